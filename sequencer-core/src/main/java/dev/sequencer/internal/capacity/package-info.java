/**
 * What a mailbox or a paced sequence may send, and when, as pure functions: quota buckets, slots,
 * spacing, warm-up.
 *
 * <p>Nothing here reads a clock or keeps state; what has been used is handed in and handed back.
 * The only exception that leaves this package is {@link dev.sequencer.TimeRuleException}.
 */
@NullMarked
package dev.sequencer.internal.capacity;

import org.jspecify.annotations.NullMarked;
