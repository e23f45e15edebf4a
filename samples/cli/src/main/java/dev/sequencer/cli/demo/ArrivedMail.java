package dev.sequencer.cli.demo;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A mail as the server took it.
 *
 * @param messageId its Message-ID with angle brackets; empty when it has none
 * @param recipient the address of the envelope
 * @param at when it came, on the demo's clock
 * @param file where its bytes are
 */
record ArrivedMail(String messageId, String recipient, Instant at, Path file) {}
