/** What is not for hosts: the socket, and what replies mean. */
@NullMarked
package dev.sequencer.smtp.internal;

import org.jspecify.annotations.NullMarked;
