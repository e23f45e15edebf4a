/** The test kit over the real engine. */
@NullMarked
package dev.sequencer.verification.testkit;

import org.jspecify.annotations.NullMarked;
