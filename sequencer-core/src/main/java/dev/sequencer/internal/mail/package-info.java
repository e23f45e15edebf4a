/**
 * What a mail is made of, as pure functions: templates filled strictly, a definition composed into
 * a mail, Message-IDs that decode to their delivery, the thread that a mail answers, and what
 * publish finds wrong or doubtful in a mail.
 *
 * <p>Nothing here reads a clock, a store or a log, and nothing starts a thread. Template sources
 * and renderers of the host are called on the caller's thread; whoever calls fences them with a
 * time limit.
 */
@NullMarked
package dev.sequencer.internal.mail;

import org.jspecify.annotations.NullMarked;
