/**
 * Definitions as text: sequences, mailboxes and windows as JSON, read from a tree of nodes that
 * know their place, so that every format reports faults alike.
 */
@NullMarked
package dev.sequencer.internal.definition;

import org.jspecify.annotations.NullMarked;
