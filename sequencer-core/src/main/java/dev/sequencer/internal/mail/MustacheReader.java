package dev.sequencer.internal.mail;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheVisitor;
import dev.sequencer.internal.mail.MustacheBuilder.Delimiters;
import dev.sequencer.spi.MailRenderer.RenderException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one template with the parser of mustache.java and hands what it finds to {@link
 * MustacheBuilder}s, one per open section. Nothing else of that library is used: its codes call
 * methods by reflection, print a missing variable as nothing and read files, ours do not.
 *
 * <p>The parser is lenient where a mail must not be: it takes the end of the text for the end of a
 * tag, cuts delimiters to two characters, counts no lines inside a tag and joins lines behind a
 * section. So every tag is checked in {@link #translate}, which the parser calls with its content,
 * and the text before it is taken from there. One instance reads one text.
 */
final class MustacheReader extends DefaultMustacheFactory {
  static final int LONGEST = 1_000_000;
  static final int DEEPEST = 50;

  private static final String SILENT = "#^/!=";

  private final MustacheText text;
  private final Deque<MustacheBuilder> open = new ArrayDeque<>();
  private String tag = "";
  private int tagAt;
  private int textFrom;
  private @Nullable MustacheBuilder closed;

  private MustacheReader(MustacheText text) {
    super(
        (String name) -> {
          throw new RenderException("a template reads no files");
        });
    this.text = text;
  }

  /**
   * Reads a template.
   *
   * @throws RenderException when it is none; the message names line and column
   */
  static List<MustacheNode> read(String template) {
    if (template.length() > LONGEST) {
      throw new RenderException(
          "a template has at most "
              + LONGEST
              + " characters, but this one has "
              + template.length());
    }
    return new MustacheReader(MustacheText.of(template)).read();
  }

  private List<MustacheNode> read() {
    try {
      mc.compile(text, "template");
    } catch (MustacheException | IndexOutOfBoundsException e) {
      MustacheBuilder innermost = open.peek();
      if (innermost != null && open.size() > 1 && text.ended()) {
        tagAt = innermost.position();
        throw refused("section " + MailRules.quoted(innermost.name()) + " is never closed");
      }
      throw refusedTag("is not well formed");
    }
    MustacheBuilder whole = closed();
    whole.text(text.between(textFrom, text.length()));
    return whole.nodes();
  }

  @Override
  public MustacheVisitor createMustacheVisitor() {
    MustacheBuilder outer = open.peek();
    if (outer == null) {
      open.push(new MustacheBuilder(this, "", 0, Delimiters.USUAL));
    } else if (open.size() > DEEPEST) {
      throw refused("sections may be nested at most " + DEEPEST + " deep");
    } else {
      open.push(new MustacheBuilder(this, tag.substring(1).trim(), tagAt, outer.delimiters()));
    }
    return innermost();
  }

  /** Takes the text before a tag and checks the tag, before the parser looks at its content. */
  @Override
  public String translate(String content) {
    tag = content;
    tagAt = text.startOf(content);
    if (text.ended()) {
      throw refusedTag("is never closed");
    }
    takeText();
    char kind = kind();
    if (kind == '=') {
      innermost().delimiters(delimiters());
    } else if (kind == '/') {
      checkClosing(content.substring(1).trim());
    } else if (kind != '!'
        && ("#^&{<$?>%".indexOf(kind) < 0 ? content : content.substring(1)).isBlank()) {
      throw refusedTag("has no name");
    }
    return content;
  }

  private char kind() {
    return tag.isEmpty() ? ' ' : tag.charAt(0);
  }

  /** A tag that shows nothing and stands alone on its line takes the whole line with it. */
  private void takeText() {
    Delimiters marks = innermost().delimiters();
    int start = tagAt - marks.start().length();
    // The third brace of a raw variable is read later.
    int end = text.position() + (kind() == '{' && marks.end().endsWith("}}") ? 1 : 0);
    if (SILENT.indexOf(kind()) >= 0 && text.blankBefore(start) >= 0 && text.blankAfter(end) >= 0) {
      start = text.blankBefore(start);
      end = text.blankAfter(end);
    }
    innermost().text(text.between(textFrom, start));
    textFrom = end;
  }

  private Delimiters delimiters() {
    String[] marks = tag.substring(1).trim().split("\\s+", -1);
    for (String mark : marks) {
      if (marks.length != 2 || mark.isEmpty() || mark.length() > 2 || mark.contains("=")) {
        throw refusedTag("must give two marks of one or two characters, as in {{=<% %>=}}");
      }
    }
    return new Delimiters(marks[0], marks[1]);
  }

  private void checkClosing(String name) {
    if (open.size() == 1) {
      throw refusedTag("closes a section that was not opened");
    }
    if (!innermost().name().equals(name)) {
      throw refusedTag(
          "must first close section "
              + MailRules.quoted(innermost().name())
              + " of line "
              + line(innermost().position()));
    }
  }

  private MustacheBuilder innermost() {
    return open.element();
  }

  void close(MustacheBuilder builder) {
    open.pop();
    closed = builder;
  }

  /** Gives the section that was closed last. */
  MustacheBuilder closed() {
    if (closed == null) {
      throw new IllegalStateException("the parser uses a section before it closes one");
    }
    return closed;
  }

  MustacheName name(String variable) {
    MustacheName name = MustacheName.of(variable.trim());
    if (name.hasEmptyPart()) {
      throw refused("a name needs something on both sides of a dot, but is " + name.quoted());
    }
    return name;
  }

  /** Gives the line of the tag that was read last. */
  int tagLine() {
    return line(tagAt);
  }

  int line(int position) {
    return text.line(position);
  }

  RenderException refusedSection() {
    tagAt = closed().position();
    return refused("only sections that begin with # or ^ are supported");
  }

  RenderException refusedTag(String why) {
    return refused("the tag " + MailRules.quoted("{{" + tag + "}}") + " " + why);
  }

  private RenderException refused(String why) {
    return new RenderException("at " + text.place(tagAt) + ": " + why);
  }
}
