package dev.sequencer.spi;

import java.util.Map;
import java.util.Set;

/**
 * Fills a template text with values. Only maps, lists, strings, numbers and booleans reach it. Must
 * be pure and safe for use by several threads.
 */
public interface MailRenderer {
  /** What a text becomes part of. */
  enum Format {
    /** Plain text or a header: nothing is escaped. */
    TEXT,
    /** HTML: values are escaped. */
    HTML
  }

  /**
   * Fills a template text.
   *
   * @throws RenderException when a variable has no value or the text is no template
   */
  String render(String template, Format format, Map<String, Object> values);

  /**
   * Reads a template text without values and gives the names of its variables.
   *
   * @throws RenderException when the text is no template; the message names line and column
   */
  Set<String> variables(String template);

  /** A template could not be filled. */
  final class RenderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the variable or the place. */
    public RenderException(String message) {
      super(message);
    }

    /** Makes one with a cause. */
    public RenderException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
