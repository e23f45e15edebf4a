/** Small text helpers of Sequencer's own modules; not for hosts. */
@NullMarked
package dev.sequencer.internal.text;

import org.jspecify.annotations.NullMarked;
