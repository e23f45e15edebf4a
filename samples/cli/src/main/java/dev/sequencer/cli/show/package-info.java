/** Shows things to people and to programs. */
@NullMarked
package dev.sequencer.cli.show;

import org.jspecify.annotations.NullMarked;
