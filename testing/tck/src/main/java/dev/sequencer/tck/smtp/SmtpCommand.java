package dev.sequencer.tck.smtp;

/**
 * A command that a client sent.
 *
 * @param connection the number of its connection, from 1
 * @param moment what kind it is
 * @param line the whole line without its end
 */
public record SmtpCommand(int connection, SmtpMoment moment, String line) {}
