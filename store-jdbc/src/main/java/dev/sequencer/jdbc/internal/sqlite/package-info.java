/**
 * SQLite: how its file is opened and checked, who may write and when, what its faults mean. Nothing
 * here is for hosts.
 */
@NullMarked
package dev.sequencer.jdbc.internal.sqlite;

import org.jspecify.annotations.NullMarked;
