/**
 * Sequencer in files: a configuration and sequences in YAML, contacts in CSV, and a JSON Schema for
 * editors.
 */
@NullMarked
package dev.sequencer.files;

import org.jspecify.annotations.NullMarked;
