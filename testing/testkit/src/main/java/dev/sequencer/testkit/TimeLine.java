package dev.sequencer.testkit;

import java.util.List;

/**
 * What had left when a test failed, shown under its failure. Addresses stand here, as nowhere else:
 * they are those that the test made up.
 */
final class TimeLine extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_LINES = 50;

  private TimeLine(String text) {
    super(text, null, false, false);
  }

  /** Gives the time line; when that fails too, it says so in place of hiding the test's failure. */
  static TimeLine of(TestSequencer sequencer) {
    try {
      return new TimeLine(text(sequencer));
    } catch (RuntimeException e) {
      return new TimeLine("the mails cannot be shown: " + e);
    }
  }

  private static String text(TestSequencer sequencer) {
    List<SentMail> mails = sequencer.mails();
    StringBuilder text = new StringBuilder("It was ").append(sequencer.clock().instant());
    text.append(", and ").append(mails.size()).append(mails.size() == 1 ? " mail" : " mails");
    text.append(" had left");
    int first = Math.max(0, mails.size() - MOST_LINES);
    if (first > 0) {
      text.append(", of which these are the last ").append(MOST_LINES);
    }
    text.append(mails.isEmpty() ? "." : ":");
    mails.subList(first, mails.size()).forEach(mail -> text.append("\n  ").append(mail));
    return text.toString();
  }
}
