package dev.sequencer.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredContactTest {
  private static final StoredContact KNOWN =
      new StoredContact(
          7,
          "acme",
          Optional.of("u1"),
          "Ann Lee <ann@acme.example>",
          "ann@acme.example",
          Optional.of("Europe/Berlin"),
          Optional.of("de"),
          "{\"plan\":\"pro\",\"seats\":3}");

  private static StoredContact given(String address, String attributes) {
    return new StoredContact(
        0,
        "acme",
        Optional.empty(),
        address,
        address.substring(address.indexOf('<') + 1).replace(">", ""),
        Optional.empty(),
        Optional.empty(),
        attributes);
  }

  @Test
  void aKnownContactKeepsWhatIsNotGiven() {
    assertThat(KNOWN.updatedWith(given("ann@acme.example", "{}"))).isEqualTo(KNOWN);
  }

  @Test
  void givenFieldsWin() {
    StoredContact given =
        new StoredContact(
            0,
            "acme",
            Optional.of("u2"),
            "Ann Bo <ann@new.example>",
            "ann@new.example",
            Optional.of("Asia/Tokyo"),
            Optional.of("ja"),
            "{\"seats\":4}");
    StoredContact updated = KNOWN.updatedWith(given);
    assertThat(updated)
        .isEqualTo(
            new StoredContact(
                7,
                "acme",
                Optional.of("u2"),
                "Ann Bo <ann@new.example>",
                "ann@new.example",
                Optional.of("Asia/Tokyo"),
                Optional.of("ja"),
                "{\"plan\":\"pro\",\"seats\":4}"));
  }

  @Test
  void aNewAddressWithoutADisplayNameKeepsTheKnownOne() {
    StoredContact updated = KNOWN.updatedWith(given("ann@new.example", "{}"));
    assertThat(updated.address()).isEqualTo("Ann Lee <ann@new.example>");
    assertThat(updated.normalized()).isEqualTo("ann@new.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{}|{}",
        "{}|{\"a\":1}|{\"a\":1}",
        "{\"a\":1}|{}|{\"a\":1}",
        "{\"a\":1,\"b\":2}|{\"a\":3}|{\"a\":3,\"b\":2}",
        "{\"a\":1}|{\"b\":2}|{\"a\":1,\"b\":2}",
        "{ \"a\" : {\"x\":1} }|{\"a\":{\"y\":2}}|{\"a\":{\"y\":2}}",
        "{\"a\":[1,{\"b\":2}],\"c\":3}|{\"b\":4}|{\"a\":[1,{\"b\":2}],\"c\":3,\"b\":4}",
        "{\"a\":\"},{\\\"\"}|{\"b\":\"\\\\\"}|{\"a\":\"},{\\\"\",\"b\":\"\\\\\"}",
        "{\"\\u0061\":1}|{\"a\":2}|{\"a\":2}",
        "{\"a\":null}|{\"b\":true}|{\"a\":null,\"b\":true}"
      })
  void attributesAreLaidOverByTheirOutermostNames(String known, String more, String both) {
    StoredContact contact = given("ann@acme.example", known);
    assertThat(contact.updatedWith(given("ann@acme.example", more)).attributes()).isEqualTo(both);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1}x",
        "{\"a\":\"x}",
        "{\"\\u00g1\":1}",
        "{a:1}",
        "{\"a\":1,}"
      })
  void attributesThatAreNoObjectAreRefusedWithoutShowingThem(String bad) {
    StoredContact contact = given("ann@acme.example", "{\"plan\":1}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> contact.updatedWith(given("ann@acme.example", bad)))
        .withMessageStartingWith("attributes must be a JSON object (RFC 8259), but at character ");
  }
}
