/**
 * The bytes of a mail (RFC 5322, RFC 2045 to 2047, RFC 2231), written once for SMTP, Gmail and
 * {@code .eml} files: {@link dev.sequencer.mime.MimeMail}; and a transport that writes files.
 */
@NullMarked
package dev.sequencer.mime;

import org.jspecify.annotations.NullMarked;
