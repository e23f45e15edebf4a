package dev.sequencer.cli;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.MailKind;
import dev.sequencer.Resolution;
import dev.sequencer.WhenMailboxGone;
import dev.sequencer.cli.show.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Reads the words of enums as JSON writes them: {@code in-doubt}. */
final class Words {
  private Words() {}

  static void register(CommandLine line) {
    register(line, DeliveryStatus.class);
    register(line, EnrollmentStatus.class);
    register(line, MailKind.class);
    register(line, Resolution.class);
    register(line, WhenMailboxGone.class);
  }

  private static <E extends Enum<E>> void register(CommandLine line, Class<E> type) {
    line.registerConverter(type, text -> read(type, text));
  }

  private static <E extends Enum<E>> E read(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> Json.word(one).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    "it must be one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(Json::word)
                            .collect(Collectors.joining(", "))
                        + ", but is '"
                        + text
                        + "'"));
  }
}
