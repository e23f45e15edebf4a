/** Two weeks of a sequence in some seconds, over a real SMTP server in the same process. */
@NullMarked
package dev.sequencer.cli.demo;

import org.jspecify.annotations.NullMarked;
