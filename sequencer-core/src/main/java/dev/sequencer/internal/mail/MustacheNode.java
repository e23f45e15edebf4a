package dev.sequencer.internal.mail;

import java.util.List;

/** A piece of a template that was read. Immutable. */
sealed interface MustacheNode {

  /**
   * Text that is copied.
   *
   * @param text the text
   */
  record Text(String text) implements MustacheNode {}

  /**
   * A variable whose value is shown.
   *
   * @param name its name
   * @param raw whether it stands unescaped, as in {@code {{{x}}}}
   * @param line the line of the template, from 1
   */
  record Value(MustacheName name, boolean raw, int line) implements MustacheNode {}

  /**
   * A part that is shown once, for each item of a list, or not at all.
   *
   * @param name the name of what decides
   * @param inverted whether it is shown when there is nothing
   * @param line the line of its opening tag, from 1
   * @param content what it shows
   */
  record Section(MustacheName name, boolean inverted, int line, List<MustacheNode> content)
      implements MustacheNode {
    public Section {
      content = List.copyOf(content);
    }
  }
}
