/** The code of the guide, compiled and run, and the check that the guide shows just that. */
@NullMarked
package dev.sequencer.verification.docs;

import org.jspecify.annotations.NullMarked;
