/**
 * SMTP servers for tests: one that misbehaves as told, one that records as a process of its own.
 */
@NullMarked
package dev.sequencer.tck.smtp;

import org.jspecify.annotations.NullMarked;
