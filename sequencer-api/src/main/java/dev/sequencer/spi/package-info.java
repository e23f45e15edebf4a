/** What plug-ins implement: transports, renderers, sources of templates, data and credentials. */
@NullMarked
package dev.sequencer.spi;

import org.jspecify.annotations.NullMarked;
