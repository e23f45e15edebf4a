package dev.sequencer.cli;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Whom a mail is for. */
final class ContactOptions {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "ADDRESS",
      description = "Who gets it: bo@example.com or \"Bo <bo@example.com>\".")
  private String to = "";

  @Option(names = "--id", paramLabel = "ID", description = "Your own id of the contact.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--zone", paramLabel = "ZONE", description = "The contact's zone: Asia/Tokyo.")
  private Optional<String> zone = Optional.empty();

  @Option(names = "--locale", paramLabel = "TAG", description = "The contact's language: de-AT.")
  private Optional<String> locale = Optional.empty();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "NAME=VALUE",
      description = "A value for the template; may be given several times.")
  private Map<String, String> data = new LinkedHashMap<>();

  Contact contact() {
    Contact contact = named("--to", to, Contact::of);
    contact = with("--id", id, contact::id).orElse(contact);
    contact = with("--zone", zone, contact::zone).orElse(contact);
    return with("--locale", locale, contact::locale).orElse(contact);
  }

  private static Optional<Contact> with(
      String option, Optional<String> value, Function<String, Contact> reader) {
    return value.map(text -> named(option, text, reader));
  }

  /** Says which option holds the value that breaks a rule. */
  static <T> T named(String option, String value, Function<String, T> reader) {
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + " '" + value + "': " + e.getMessage(), e);
    }
  }

  Attributes data() {
    return Attributes.of(data);
  }
}
