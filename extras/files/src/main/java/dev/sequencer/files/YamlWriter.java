package dev.sequencer.files;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes trees as YAML for people: texts of several lines as they are, short lists in one line. */
final class YamlWriter {
  /** What nobody sees and some editors drop, such as a byte order mark: written as an escape. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cf}\\p{Cn}\\u0085\\u2028\\u2029[\\p{Cc}&&[^\n]]]");

  /** Lines that a block of YAML keeps as they are: the first does not begin with a blank. */
  private static final Pattern LINES = Pattern.compile("[^\\s\\p{Z}][^\n]*(?:\n[^\n]*)+");

  private YamlWriter() {}

  static String write(Map<String, ?> tree) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(100)
            .setSplitLines(false)
            .build();
    List<Event> document = new Serialize(settings).serializeOne(node(tree));
    Iterator<Event> events = document.iterator();
    return new Present(settings).emitToString(events);
  }

  private static Node node(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<NodeTuple> members = new ArrayList<>();
      map.forEach(
          (name, member) ->
              members.add(new NodeTuple(text(String.valueOf(name), false), node(member))));
      return new MappingNode(
          Tag.MAP, members, members.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
    if (value instanceof List<?> list) {
      boolean plain = list.stream().noneMatch(i -> i instanceof Map || i instanceof List);
      return new SequenceNode(
          Tag.SEQ,
          list.stream().map(YamlWriter::node).toList(),
          plain ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
    if (value instanceof Boolean) {
      return new ScalarNode(Tag.BOOL, value.toString(), ScalarStyle.PLAIN);
    }
    if (value instanceof Number number) {
      Tag tag = number.toString().matches("-?[0-9]+") ? Tag.INT : Tag.FLOAT;
      return new ScalarNode(tag, number.toString(), ScalarStyle.PLAIN);
    }
    return text(String.valueOf(value), true);
  }

  private static Node text(String value, boolean mayHaveLines) {
    return new ScalarNode(Tag.STR, value, style(value, mayHaveLines));
  }

  private static ScalarStyle style(String value, boolean mayHaveLines) {
    boolean lines =
        mayHaveLines
            && LINES.matcher(value).matches()
            && value.lines().noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"));
    if (INVISIBLE.matcher(value).find() || (value.indexOf('\n') >= 0 && !lines)) {
      return ScalarStyle.DOUBLE_QUOTED;
    }
    // Plain becomes quoted where it would be read as something else.
    return lines ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
  }
}
