/**
 * What is defined: sequences with their versions, mailboxes, pools, windows, and what is paused.
 */
@NullMarked
package dev.sequencer.internal.catalog;

import org.jspecify.annotations.NullMarked;
