package dev.sequencer.files;

import dev.sequencer.DefinitionException;
import dev.sequencer.Sequence;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.SequenceReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One sequence as YAML 1.2 in UTF-8: what is written is read again as an equal sequence.
 *
 * <pre>{@code
 * name: onboarding
 * window: {mon-fri: "09:00-17:00", holidays: [2026-12-25]}
 * steps:
 *   - email: welcome            # the key of the step
 *     template: welcome
 *   - wait: 2d at 09:30
 *   - email: follow-up
 *     template: follow-up
 *     inThread: true
 * }</pre>
 *
 * <p>The fields are those of the stored JSON; {@code email: KEY} and {@code wait: DELAY} are short
 * for {@code type} and {@code key}. Variables are not replaced: <code>${...}</code> in a mail is
 * text. A file has at most 4 MiB. Stateless; safe for use by several threads.
 */
public final class SequenceFile {
  private SequenceFile() {}

  /**
   * Reads a file.
   *
   * @throws DefinitionException with everything that is wrong, each with {@code file:line:column};
   *     also when the file cannot be read
   */
  public static Sequence read(Path file) {
    return readLocated(file).sequence();
  }

  /**
   * Reads a file and keeps where things stand in it.
   *
   * @throws DefinitionException as {@link #read}
   */
  public static LocatedSequence readLocated(Path file) {
    Faults faults = new Faults();
    String name = file.toString();
    Optional<LocatedSequence> sequence =
        SourceFile.read(file, name, faults).flatMap(text -> located(name, text, faults));
    faults.throwIfAny(name);
    return sequence.orElseThrow(() -> new IllegalStateException("no sequence and no fault"));
  }

  /**
   * Reads a text.
   *
   * @throws DefinitionException with everything that is wrong, each with {@code line:column}
   */
  public static Sequence parse(String yaml) {
    Faults faults = new Faults();
    Optional<LocatedSequence> sequence = located("", yaml, faults);
    faults.throwIfAny("the YAML of a sequence");
    return sequence
        .map(LocatedSequence::sequence)
        .orElseThrow(() -> new IllegalStateException("no sequence and no fault"));
  }

  static Optional<LocatedSequence> located(String source, String text, Faults faults) {
    Node node = YamlNodes.read(source, text, faults);
    return SequenceReader.read(node, faults).map(sequence -> new LocatedSequence(sequence, node));
  }

  /**
   * Writes a sequence; what has its default is left out.
   *
   * @throws DefinitionException when a text in it has a NUL or a lone surrogate
   */
  public static String write(Sequence sequence) {
    return YamlWriter.write(SequenceYaml.tree(sequence));
  }
}
