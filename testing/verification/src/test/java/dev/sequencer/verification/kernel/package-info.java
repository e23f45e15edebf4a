/** The scenarios of the kernel under their ids, each on every store. */
@NullMarked
package dev.sequencer.verification.kernel;

import org.jspecify.annotations.NullMarked;
