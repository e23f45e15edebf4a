/** Makes an engine of a configuration. */
@NullMarked
package dev.sequencer.cli.host;

import org.jspecify.annotations.NullMarked;
