package dev.sequencer.files;

/** Follows the quotes of a record (RFC 4180 section 2.5 to 2.7), line by line. */
final class QuoteScan {
  static final String BROKEN =
      "behind the closing quote of a field the next field must begin, but something else stands"
          + " there: double the quotes inside a quoted field";

  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    CLOSED,
    BROKEN
  }

  private final char separator;
  private State state = State.FIELD_START;

  QuoteScan(char separator) {
    this.separator = separator;
  }

  void add(String text) {
    for (int i = 0; i < text.length() && state != State.BROKEN; i++) {
      state = after(text.charAt(i));
    }
  }

  /** Says whether the record goes on in the next line. */
  boolean isOpen() {
    return state == State.QUOTED;
  }

  /** Says whether something stands behind a closing quote. */
  boolean isBroken() {
    return state == State.BROKEN;
  }

  private State after(char c) {
    boolean ends = c == separator;
    return switch (state) {
      case FIELD_START -> ends ? State.FIELD_START : c == '"' ? State.QUOTED : State.PLAIN;
      case PLAIN -> ends ? State.FIELD_START : State.PLAIN;
      case QUOTED -> c == '"' ? State.CLOSED : State.QUOTED;
      case CLOSED -> {
        if (c == '"') {
          yield State.QUOTED;
        }
        boolean lineBreak = c == '\n' || c == '\r';
        yield ends ? State.FIELD_START : lineBreak ? State.CLOSED : State.BROKEN;
      }
      case BROKEN -> State.BROKEN;
    };
  }
}
