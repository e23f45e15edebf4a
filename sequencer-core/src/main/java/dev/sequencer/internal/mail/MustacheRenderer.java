package dev.sequencer.internal.mail;

import dev.sequencer.spi.MailRenderer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills templates of Mustache, strictly: a variable without value fails the template and is named,
 * a section without value is not shown. Values are looked up in maps only; no method of a value is
 * ever called by its name and no template reads a file.
 *
 * <p>Understood are {@code {{x}}}, dotted names, {@code {{{x}}}} and {@code {{&x}}} (not escaped),
 * {@code {{#x}}}, {@code {{^x}}}, {@code {{.}}}, comments and new delimiters. {@code {{>x}}} is
 * refused. Numbers are shown with digits and a point, whatever the locale.
 *
 * <p>Bounded: a template has at most 1,000,000 characters and sections 50 deep, what it is filled
 * to at most 5,000,000 characters in 2,000,000 steps. Templates that were read are kept, at most
 * 500 of them with 4,000,000 characters. Safe for use by several threads.
 */
public final class MustacheRenderer implements MailRenderer {
  private static final int MOST_KEPT = 500;
  private static final int MOST_CHARACTERS_KEPT = 4_000_000;

  // In the order of use, the longest unused first. Guarded by itself.
  private final Map<String, List<MustacheNode>> kept = new LinkedHashMap<>(64, 0.75f, true);
  private long charactersKept;

  @Override
  public String render(String template, Format format, Map<String, Object> values) {
    return MustacheFilling.fill(read(template), format, values);
  }

  @Override
  public Set<String> variables(String template) {
    Set<String> names = new LinkedHashSet<>();
    addVariables(read(template), names);
    return names;
  }

  private static void addVariables(List<MustacheNode> nodes, Set<String> names) {
    for (MustacheNode node : nodes) {
      if (node instanceof MustacheNode.Value value && !value.name().isItem()) {
        names.add(value.name().text());
      } else if (node instanceof MustacheNode.Section section) {
        addVariables(section.content(), names);
      }
    }
  }

  private List<MustacheNode> read(String template) {
    synchronized (kept) {
      List<MustacheNode> known = kept.get(template);
      if (known != null) {
        return known;
      }
    }
    // Read outside the lock: two threads may read the same text, which does no harm.
    List<MustacheNode> nodes = List.copyOf(MustacheReader.read(template));
    synchronized (kept) {
      if (kept.put(template, nodes) == null) {
        charactersKept += template.length();
      }
      Iterator<String> oldest = kept.keySet().iterator();
      while (kept.size() > MOST_KEPT || charactersKept > MOST_CHARACTERS_KEPT) {
        charactersKept -= oldest.next().length();
        oldest.remove();
      }
    }
    return nodes;
  }

  /** Gives how many templates are kept. */
  int kept() {
    synchronized (kept) {
      return kept.size();
    }
  }
}
