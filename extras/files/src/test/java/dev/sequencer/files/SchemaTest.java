package dev.sequencer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sequencer.DefinitionException;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.definition.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schema and reader are kept in step over all example and fault files, fields and words. */
class SchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema SCHEMA = REGISTRY.getSchema(SequencerSchema.text());

  @TempDir Path folder;

  @Test
  void isASchemaOfItsDraft() {
    Schema draft =
        REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    assertThat(draft.validate(SequencerSchema.text(), InputFormat.JSON)).isEmpty();
    assertThat(Json.object(SequencerSchema.text()))
        .containsEntry("$schema", SpecificationVersion.DRAFT_2020_12.getDialectId());
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsTakenByReaderAndSchema() {
    return Examples.in(Examples.GOOD).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    Examples.GOOD.relativize(file).toString(),
                    () -> {
                      Examples.read(file);
                      assertThat(errors(file)).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyFaultFileIsSeenOrNotAsItsTextSays() {
    return Examples.in(Examples.FAULTS).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat("schema: " + verdict(file))
                            .isEqualTo(FaultFilesTest.firstLine(file))));
  }

  static String verdict(Path file) {
    try {
      return errors(file).isEmpty() ? "cannot see it" : "sees it";
    } catch (DefinitionException malformed) {
      return "is not reached";
    }
  }

  private static List<Error> errors(Path file) {
    Node node = YamlNodes.read(file.toString(), Examples.text(file), new Faults());
    return SCHEMA.validate(json(node), InputFormat.JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "configuration                     | zzz: 1",
        "times                             | times: {zzz: 1}",
        "configuration/store/anyOf/2       | store: {sqlite: a, zzz: 1}",
        "postgres                          | store: {postgres: {zzz: 1}}",
        "smtp                              | transports: {a: {type: smtp, host: h, zzz: 1}}",
        "eml                               | transports: {a: {type: eml, folder: f, zzz: 1}}",
        "mailbox                           | mailboxes: {zzz: 1}",
        "mailbox/rampUp                    | mailboxes: {rampUp: {zzz: 1}}",
        "sequence                          | sequences: {zzz: 1}",
        "sequence/pace                     | sequences: {pace: {zzz: 1}}",
        "email                             | sequences: {steps: [{email: a, zzz: 1}]}",
        "wait                              | sequences: {steps: [{wait: 1d, zzz: 1}]}",
        "typedEmail                        | sequences: {steps: [{type: email, zzz: 1}]}",
        "typedWait                         | sequences: {steps: [{type: wait, zzz: 1}]}",
        "attachment/anyOf/1 | sequences: {steps: [{email: a, attachments: {zzz: 1}}]}",
      })
  void theFieldsOfTheSchemaAreThoseOfTheReader(String path, String yaml) throws IOException {
    assertThat(properties(path).keySet())
        .map(String::valueOf)
        .containsExactlyInAnyOrderElementsOf(named("a field here must be one of ", yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "configuration/inDoubt/anyOf/0 | inDoubt: zzz",
        "configuration/store/anyOf/0   | store: zzz",
        "smtp/security/anyOf/0         | transports: {a: {type: smtp, security: zzz}}",
        "smtp/auth/anyOf/0             | transports: {a: {type: smtp, auth: zzz}}",
        "mailbox/preset/anyOf/0        | mailboxes: {preset: zzz}",
        "mailbox/day/anyOf/0           | mailboxes: {day: zzz}",
        "mailbox/hour/anyOf/0          | mailboxes: {hour: zzz}",
        "mailbox/spread/anyOf/0        | mailboxes: {spread: zzz}",
        "kind                          | sequences: {kind: zzz}",
        "kind                          | sequences: {steps: [{email: a, kind: zzz}]}",
        "sequence/onFailure            | sequences: {onFailure: zzz}",
        "sequence/inDoubt              | sequences: {inDoubt: zzz}",
        "sequence/retry/anyOf/0        | sequences: {retry: zzz}",
      })
  void theWordsOfTheSchemaAreThoseOfTheReader(String path, String yaml) throws IOException {
    assertThat((List<?>) definition(path).get("enum"))
        .map(String::valueOf)
        .containsExactlyElementsOf(named(" must be one of ", yaml));
  }

  /** Gives the names that the message about {@code zzz} lists. */
  private List<String> named(String rule, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), yaml);
    DefinitionException e =
        catchThrowableOfType(
            DefinitionException.class, () -> ConfigurationFile.read(file, Map.of()));
    String message =
        e.faults().stream()
            .map(fault -> fault.message())
            .filter(text -> text.endsWith(", but is 'zzz'"))
            .collect(Collectors.joining());
    int start = message.indexOf(rule) + rule.length();
    return List.of(message.substring(start, message.indexOf(", but is 'zzz'")).split(", ", -1));
  }

  private static Map<?, ?> properties(String path) {
    return (Map<?, ?>) definition(path).get("properties");
  }

  /** Follows a path of a definition, its properties, and places in their alternatives. */
  private static Map<?, ?> definition(String path) {
    Object at = Json.object(SequencerSchema.text()).get("$defs");
    for (String part : path.split("/", -1)) {
      if (at instanceof List<?> list) {
        at = list.get(Integer.parseInt(part));
      } else {
        Map<?, ?> object = (Map<?, ?>) at;
        at =
            object.containsKey(part)
                ? object.get(part)
                : ((Map<?, ?>) object.get("properties")).get(part);
      }
    }
    return (Map<?, ?>) at;
  }

  /** Writes a node as JSON, with null where there is nothing. */
  private static String json(Node node) {
    if (node instanceof Node.Members object) {
      return object.members().entrySet().stream()
          .map(m -> Json.write(m.getKey()) + ":" + json(m.getValue().value()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node instanceof Node.Items list) {
      return list.items().stream().map(SchemaTest::json).collect(Collectors.joining(",", "[", "]"));
    }
    boolean nothing = node instanceof Node.Nothing || node instanceof Node.Unreadable;
    return nothing ? "null" : Json.write(node.plain());
  }
}
