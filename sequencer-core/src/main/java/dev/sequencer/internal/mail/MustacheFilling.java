package dev.sequencer.internal.mail;

import dev.sequencer.spi.MailRenderer.Format;
import dev.sequencer.spi.MailRenderer.RenderException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills one template once, in bounded time and space.
 *
 * <ol>
 *   <li>A name is looked up from the innermost section outwards, in maps and nowhere else. Of a
 *       dotted name the first part is looked up so and the rest inside what was found; failing
 *       that, a value under the whole name with its dots counts, as defaults and columns have them.
 *   <li>A variable that is not found fails the template.
 *   <li>A section is shown for each item of a list and once for anything else; not at all when its
 *       name is not found or its value is {@code false}, an empty text or an empty list.
 * </ol>
 */
final class MustacheFilling {
  static final int LONGEST = 5_000_000;
  static final int MOST_STEPS = 2_000_000;

  private final Format format;
  private final StringBuilder out = new StringBuilder();
  private final List<Object> scopes = new ArrayList<>();
  private int steps;

  private MustacheFilling(Format format, Map<String, Object> values) {
    this.format = format;
    scopes.add(values);
  }

  static String fill(List<MustacheNode> template, Format format, Map<String, Object> values) {
    MustacheFilling filling = new MustacheFilling(format, values);
    filling.show(template);
    return filling.out.toString();
  }

  private void show(List<MustacheNode> nodes) {
    for (MustacheNode node : nodes) {
      step();
      if (node instanceof MustacheNode.Text text) {
        append(text.text());
      } else if (node instanceof MustacheNode.Value value) {
        String shown = text(value);
        append(format == Format.HTML && !value.raw() ? HtmlText.escape(shown) : shown);
      } else if (node instanceof MustacheNode.Section section) {
        show(section);
      }
    }
  }

  private void show(MustacheNode.Section section) {
    Object value = find(section.name());
    boolean shown =
        value != null
            && !Boolean.FALSE.equals(value)
            && !"".equals(value)
            && !(value instanceof List<?> list && list.isEmpty());
    if (section.inverted()) {
      if (!shown) {
        show(section.content());
      }
    } else if (shown && value instanceof List<?> items) {
      for (Object item : items) {
        inside(item, section);
      }
    } else if (shown) {
      inside(value, section);
    }
  }

  private void inside(@Nullable Object item, MustacheNode.Section section) {
    step();
    if (!isAllowed(item)) {
      throw unsupported(section.name(), section.line(), item);
    }
    scopes.add(item);
    show(section.content());
    scopes.remove(scopes.size() - 1);
  }

  private String text(MustacheNode.Value node) {
    Object value = find(node.name());
    if (value == null) {
      throw new RenderException(
          "variable "
              + node.name().quoted()
              + " at line "
              + node.line()
              + " has no value: give the contact, the enrollment or the mail's defaults one, or"
              + " put it into a section of its name");
    }
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw new RenderException(
          "variable "
              + node.name().quoted()
              + " at line "
              + node.line()
              + (value instanceof List<?> ? " is a list" : " is a map")
              + " and cannot be shown as text: open a section for it, {{#"
              + node.name().text()
              + "}}...{{/"
              + node.name().text()
              + "}}");
    }
    if (!isAllowed(value)) {
      throw unsupported(node.name(), node.line(), value);
    }
    return value instanceof Number number ? number(number) : value.toString();
  }

  private static RenderException unsupported(MustacheName name, int line, @Nullable Object value) {
    return new RenderException(
        "variable "
            + name.quoted()
            + " at line "
            + line
            + " must be a string, number, boolean, list or map, but is "
            + (value == null ? "null" : "a " + value.getClass().getName()));
  }

  private static boolean isAllowed(@Nullable Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Double
        || value instanceof Float
        || value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof Map<?, ?>
        || value instanceof List<?>;
  }

  /** Digits and a point, whatever the locale; whole ones without a fraction they do not need. */
  private static String number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        return number.toString();
      }
      BigDecimal exact = new BigDecimal(number.toString());
      return value == Math.rint(value) ? exact.toBigInteger().toString() : exact.toPlainString();
    }
    if (number instanceof BigDecimal decimal) {
      // Written out, 1E+1000000000 would fill the memory.
      return Math.abs((long) decimal.scale()) > 1000 ? decimal.toString() : decimal.toPlainString();
    }
    return number.toString();
  }

  private @Nullable Object find(MustacheName name) {
    if (name.isItem()) {
      return scopes.get(scopes.size() - 1);
    }
    Object found = inScopes(name.parts().get(0));
    for (int i = 1; i < name.parts().size() && found != null; i++) {
      found = found instanceof Map<?, ?> map ? map.get(name.parts().get(i)) : null;
    }
    return found == null && name.parts().size() > 1 ? inScopes(name.text()) : found;
  }

  private @Nullable Object inScopes(String key) {
    for (int i = scopes.size() - 1; i >= 0; i--) {
      if (scopes.get(i) instanceof Map<?, ?> map) {
        Object found = map.get(key);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private void append(String text) {
    if (text.length() > LONGEST - out.length()) {
      throw new RenderException(
          "a filled template has at most " + LONGEST + " characters, but this one would have more");
    }
    out.append(text);
  }

  private void step() {
    if (++steps > MOST_STEPS) {
      throw new RenderException(
          "a template is filled in at most "
              + MOST_STEPS
              + " steps, but this one needs more: its sections repeat too often");
    }
  }
}
