/** A host that people drive from a command line. */
@NullMarked
package dev.sequencer.cli;

import org.jspecify.annotations.NullMarked;
