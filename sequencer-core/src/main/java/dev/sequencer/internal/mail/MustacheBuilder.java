package dev.sequencer.internal.mail;

import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one section holds, or the whole text. Its tags come from the parser; the text
 * between them comes from the reader, since the parser swallows ends of lines that belong to it.
 */
final class MustacheBuilder implements MustacheVisitor {
  private final MustacheReader reader;
  private final String name;
  private final int position;
  private final List<MustacheNode> nodes = new ArrayList<>();
  private Delimiters delimiters;

  MustacheBuilder(MustacheReader reader, String name, int position, Delimiters delimiters) {
    this.reader = reader;
    this.name = name;
    this.position = position;
    this.delimiters = delimiters;
  }

  /** The two marks around a tag. */
  record Delimiters(String start, String end) {
    static final Delimiters USUAL = new Delimiters("{{", "}}");
  }

  /** Gives the name of the section; empty for the whole text. */
  String name() {
    return name;
  }

  /** Gives where its opening tag is. */
  int position() {
    return position;
  }

  List<MustacheNode> nodes() {
    return nodes;
  }

  /** Gives the delimiters that hold now; new ones hold until their section ends. */
  Delimiters delimiters() {
    return delimiters;
  }

  void delimiters(Delimiters changed) {
    delimiters = changed;
  }

  void text(String text) {
    if (!text.isEmpty()) {
      nodes.add(new MustacheNode.Text(text));
    }
  }

  @Override
  public void value(TemplateContext place, String variable, boolean encoded) {
    nodes.add(new MustacheNode.Value(reader.name(variable), !encoded, reader.tagLine()));
  }

  @Override
  public void iterable(TemplateContext place, String variable, @Nullable Mustache content) {
    section(variable, false);
  }

  @Override
  public void notIterable(TemplateContext place, String variable, @Nullable Mustache content) {
    section(variable, true);
  }

  private void section(String variable, boolean inverted) {
    MustacheBuilder closed = reader.closed();
    nodes.add(
        new MustacheNode.Section(
            reader.name(variable), inverted, reader.line(closed.position), closed.nodes));
  }

  /** Ends this section; the parser only passes on what it gets, which is nothing. */
  @Override
  public @Nullable Mustache mustache(TemplateContext place) {
    reader.close(this);
    return null;
  }

  @Override
  public void write(TemplateContext place, String text) {}

  @Override
  public void comment(TemplateContext place, String comment) {}

  @Override
  public void eof(TemplateContext place) {}

  @Override
  public void partial(TemplateContext place, String variable, String indent) {
    throw reader.refusedTag("includes another template, which is not supported: copy it in");
  }

  @Override
  public void dynamicPartial(TemplateContext place, String variable, String indent) {
    partial(place, variable, indent);
  }

  @Override
  public void pragma(TemplateContext place, String pragma, @Nullable String args) {
    throw reader.refusedTag("is a pragma, which is not supported: take it out");
  }

  @Override
  public void extend(TemplateContext place, String variable, @Nullable Mustache content) {
    throw reader.refusedSection();
  }

  @Override
  public void name(TemplateContext place, String variable, @Nullable Mustache content) {
    throw reader.refusedSection();
  }

  @Override
  public void checkName(TemplateContext place, String variable, @Nullable Mustache content) {
    throw reader.refusedSection();
  }
}
