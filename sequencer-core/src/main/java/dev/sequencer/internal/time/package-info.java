/**
 * The time rules as pure functions: delays, send times, windows, business days, cron, retries.
 *
 * <p>Nothing here reads a clock or keeps state; every function takes one reading of {@code now}
 * where it needs one. "Local" means the wall clock of the zone that is given. The only exception
 * that leaves this package is {@link dev.sequencer.TimeRuleException}.
 */
@NullMarked
package dev.sequencer.internal.time;

import org.jspecify.annotations.NullMarked;
