/**
 * The store's calls on any database: each call reads what it needs set by set, decides in Java and
 * writes set by set, in one transaction. What differs between databases is behind {@code Database}
 * and {@code Dialect}. Nothing here is for hosts.
 */
@NullMarked
package dev.sequencer.jdbc.internal;

import org.jspecify.annotations.NullMarked;
