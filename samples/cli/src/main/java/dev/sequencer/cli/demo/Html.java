package dev.sequencer.cli.demo;

import java.util.Locale;

/** Writes HTML and SVG; every value is escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Adds markup as it is, with values in the places of {@code %s}, escaped. */
  Html add(String markup, Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] =
          values[i] instanceof Double number
              ? String.format(Locale.ROOT, "%.1f", number)
              : escape(String.valueOf(values[i]));
    }
    out.append(values.length == 0 ? markup : String.format(Locale.ROOT, markup, safe)).append('\n');
    return this;
  }

  /** Adds what another one has written. */
  Html add(Html part) {
    out.append(part.out);
    return this;
  }

  static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
