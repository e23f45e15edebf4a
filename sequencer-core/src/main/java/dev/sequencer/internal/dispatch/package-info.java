/** The cycle: claim, prepare, begin, send, complete; and what decides about attempts in doubt. */
@NullMarked
package dev.sequencer.internal.dispatch;

import org.jspecify.annotations.NullMarked;
