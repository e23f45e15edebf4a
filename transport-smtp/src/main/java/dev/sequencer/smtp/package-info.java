/** SMTP: {@link dev.sequencer.smtp.SmtpTransport}. */
@NullMarked
package dev.sequencer.smtp;

import org.jspecify.annotations.NullMarked;
