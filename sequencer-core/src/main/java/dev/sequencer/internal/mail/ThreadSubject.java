package dev.sequencer.internal.mail;

import java.util.regex.Pattern;

/** The subject of an answer. */
final class ThreadSubject {
  private static final Pattern ANSWERS =
      Pattern.compile("^(?:\\s*re(?:\\[\\d{1,4}])?\\s*:)+\\s*", Pattern.CASE_INSENSITIVE);

  private ThreadSubject() {}

  /** Gives {@code Re: } once, whatever stood before, and the subject of the first mail. */
  static String answering(String first) {
    return ("Re: " + ANSWERS.matcher(first).replaceFirst("").strip()).strip();
  }
}
