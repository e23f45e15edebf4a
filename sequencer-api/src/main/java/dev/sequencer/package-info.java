/** What a host sees: how to describe, start and steer e-mail sequences. */
@NullMarked
package dev.sequencer;

import org.jspecify.annotations.NullMarked;
