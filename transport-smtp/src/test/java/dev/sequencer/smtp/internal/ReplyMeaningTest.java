package dev.sequencer.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.SendResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyMeaningTest {
  /** Phase, reply, and what it means: outcome, "hard" for a bounce that suppresses, or the kind. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RECIPIENT | 550 5.1.1 User unknown                                   | REFUSED_RECIPIENT hard
          RECIPIENT | 550 5.1.2 Bad destination system                         | REFUSED_RECIPIENT hard
          RECIPIENT | 550 5.1.3 Bad syntax                                     | REFUSED_RECIPIENT hard
          RECIPIENT | 550 5.1.6 Moved                                          | REFUSED_RECIPIENT hard
          RECIPIENT | 550 5.1.10 Recipient not found                           | REFUSED_RECIPIENT hard
          RECIPIENT | 550 5.2.1 The account is disabled                        | REFUSED_RECIPIENT hard
          RECIPIENT | 550 5.4.4 Host not found                                 | REFUSED_RECIPIENT
          RECIPIENT | 553 5.6.7 SMTPUTF8 needed                                | REFUSED_RECIPIENT
          RECIPIENT | 550 5.1.0 Address rejected                               | REFUSED_MESSAGE
          RECIPIENT | 550 5.1.0 No such user here                              | REFUSED_RECIPIENT hard
          RECIPIENT | 550 No such user                                         | REFUSED_RECIPIENT hard
          RECIPIENT | 550 <x@y>: user unknown in local table                   | REFUSED_RECIPIENT hard
          RECIPIENT | 550 This mailbox does not exist                          | REFUSED_RECIPIENT hard
          RECIPIENT | 550 Requested action not taken: mailbox unavailable      | REFUSED_MESSAGE
          RECIPIENT | 550 blocked by our spam filter                           | MAILBOX_TROUBLE POLICY
          RECIPIENT | 554 relay access denied                                  | MAILBOX_TROUBLE POLICY
          RECIPIENT | 550 5.7.1 Message refused, user unknown to our policy    | MAILBOX_TROUBLE POLICY
          RECIPIENT | 550 5.7.26 Unauthenticated sender                        | MAILBOX_TROUBLE POLICY
          RECIPIENT | 550 5.7.515 Access denied, authentication level          | MAILBOX_TROUBLE POLICY
          RECIPIENT | 550 5.1.8 Bad sender domain                              | MAILBOX_TROUBLE POLICY
          RECIPIENT | 501 5.5.2 Syntax error                                   | MAILBOX_TROUBLE POLICY
          RECIPIENT | 552 5.2.2 Mailbox full                                   | DEFERRED
          RECIPIENT | 552 over quota                                           | DEFERRED
          RECIPIENT | 452 4.2.2 The recipient is over the daily quota          | DEFERRED
          RECIPIENT | 450 4.2.1 receiving mail too quickly                     | DEFERRED
          RECIPIENT | 452 4.5.3 Too many recipients                            | DEFERRED
          RECIPIENT | 550 4.4.7 expired                                        | DEFERRED
          RECIPIENT | 452 4.3.1 Insufficient system storage                    | DEFERRED
          RECIPIENT | 450 4.7.1 rate limit exceeded for this sender            | MAILBOX_TROUBLE THROTTLED
          RECIPIENT | 550 5.4.5 Daily user sending quota exceeded              | MAILBOX_TROUBLE DAILY_LIMIT
          RECIPIENT | 550 5.1.90 You've reached your daily limit for recipients | MAILBOX_TROUBLE DAILY_LIMIT
          RECIPIENT | 454 Throttling failure: Daily message quota exceeded     | MAILBOX_TROUBLE DAILY_LIMIT
          RECIPIENT | 454 Throttling failure: Maximum sending rate exceeded    | MAILBOX_TROUBLE THROTTLED
          RECIPIENT | 421 4.7.0 Try again later                                | MAILBOX_TROUBLE THROTTLED
          RECIPIENT | 530 5.7.0 Must issue STARTTLS first                      | MAILBOX_TROUBLE LOGIN
          RECIPIENT | 535 5.7.8 Not accepted                                   | MAILBOX_TROUBLE LOGIN
          RECIPIENT | 550 5.7.30 Basic authentication is not supported         | MAILBOX_TROUBLE LOGIN
          COPY      | 550 5.1.1 User unknown                                   | REFUSED_MESSAGE
          COPY      | 550 No such user                                         | REFUSED_MESSAGE
          COPY      | 451 4.3.0 later                                          | DEFERRED
          MAIL      | 550 5.1.1 User unknown                                   | MAILBOX_TROUBLE POLICY
          MAIL      | 553 sender not owned by user                             | MAILBOX_TROUBLE POLICY
          MAIL      | 552 5.3.4 Message too big                                | REFUSED_MESSAGE
          MAIL      | 552 too big                                              | REFUSED_MESSAGE
          MAIL      | 452 4.5.3 Domain over its recipients per hour            | DEFERRED
          DATA      | 554 No valid recipients                                  | REFUSED_MESSAGE
          DATA      | 451 4.3.0 later                                          | DEFERRED
          DOT       | 550 5.1.1 User unknown                                   | REFUSED_RECIPIENT hard
          DOT       | 554 5.7.1 Message contains spam                          | MAILBOX_TROUBLE POLICY
          DOT       | 552 5.2.3 Message too large                              | REFUSED_MESSAGE
          DOT       | 552 5.3.4 Message too large                              | REFUSED_MESSAGE
          DOT       | 552 Message size exceeds limit                           | REFUSED_MESSAGE
          DOT       | 552 Requested action aborted: mailbox full               | DEFERRED
          DOT       | 554 5.6.0 Bad content                                    | REFUSED_MESSAGE
          DOT       | 554 Transaction failed                                   | REFUSED_MESSAGE
          """)
  void aReplyMeans(Phase phase, String reply, String meaning) {
    SendResult result = ReplyMeaning.of(phase, reply(reply), true);
    assertThat(said(result)).isEqualTo(meaning);
    assertThat(result.code()).startsWith(reply.substring(0, 3));
  }

  @Test
  void withSeveralRecipientsAReplyToTheDotBlamesNone() {
    assertThat(said(ReplyMeaning.of(Phase.DOT, reply("550 5.1.1 User unknown"), false)))
        .isEqualTo("REFUSED_MESSAGE");
    assertThat(said(ReplyMeaning.of(Phase.RECIPIENT, reply("550 5.1.1 User unknown"), false)))
        .isEqualTo("REFUSED_RECIPIENT hard");
  }

  @Test
  void tooManyRecipientsAtOnceIsNoReasonToTryTheSameAgain() {
    assertThat(said(ReplyMeaning.of(Phase.COPY, reply("452 4.5.3 Too many recipients"), false)))
        .isEqualTo("REFUSED_MESSAGE");
  }

  @Test
  void everyCodeInEveryPhaseMeansThatTheMailWasNotSent() {
    for (Phase phase : Phase.values()) {
      for (int code = 400; code <= 599; code++) {
        for (String text : new String[] {"", " 5.1.1 x", " 4.7.1 x", " daily quota", " no such"}) {
          SendResult result = ReplyMeaning.of(phase, reply(code + text), true);
          assertThat(result.outcome())
              .isNotIn(
                  SendResult.Outcome.SENT,
                  SendResult.Outcome.IN_DOUBT,
                  SendResult.Outcome.NOT_HANDED_OVER);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          451 4.7.1 Greylisted                                  | PT15M
          450 Greylisting in action, please come back later     | PT15M
          451 4.7.0 Temporary policy rejection                  | PT15M
          451 4.7.1 Greylisted, try again in 300 seconds        | PT5M
          450 4.2.0 please retry after 10 minutes               | PT10M
          451 try again in 2 hours                              | PT2H
          451 4.3.0 wait 5 min                                  | PT5M
          451 4.3.0 Local error                                 |
          452 4.2.2 Mailbox full                                |
          421 4.7.0 too many connections, retry after 30 s      | PT30S
          """)
  void aHintIsFoundInTheWords(String reply, Duration hint) {
    SendResult result = ReplyMeaning.of(Phase.RECIPIENT, reply(reply), true);
    assertThat(result.retryAfter().orElse(null)).isEqualTo(hint);
  }

  private static String said(SendResult result) {
    return result.outcome()
        + result.kind().map(kind -> " " + kind).orElse("")
        + (result.hardBounce() ? " hard" : "");
  }

  private static Reply reply(String line) {
    return Reply.of(Integer.parseInt(line.substring(0, 3)), line + "\n");
  }
}
