/** What hosts ask for: enrolling, sending, recording, steering, looking. */
@NullMarked
package dev.sequencer.internal.operations;

import org.jspecify.annotations.NullMarked;
