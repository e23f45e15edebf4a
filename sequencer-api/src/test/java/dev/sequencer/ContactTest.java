package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {
  private static final Contact ANN = Contact.of("Ann Lee <ann@acme.example>");

  @Test
  void eachMethodGivesANewContact() {
    Contact full =
        ANN.id(" u-1 ")
            .zone("Asia/Tokyo")
            .locale("de-AT")
            .attribute("plan", "pro")
            .attribute("seats", 3);
    assertThat(full.email()).isEqualTo(EmailAddress.of("Ann Lee <ann@acme.example>"));
    assertThat(full.id()).contains("u-1");
    assertThat(full.name()).contains("Ann Lee");
    assertThat(full.zone()).contains(ZoneId.of("Asia/Tokyo"));
    assertThat(full.locale()).contains(Locale.forLanguageTag("de-AT"));
    assertThat(full.attributes()).isEqualTo(Attributes.of(Map.of("plan", "pro", "seats", 3)));
    assertThat(full.name("Bo").name()).contains("Bo");
    assertThat(full.name(" ").name()).isEmpty();
    assertThat(full.attributes(Attributes.none()).attributes().isEmpty()).isTrue();
    assertThat(ANN.id()).isEmpty();
    assertThat(ANN.zone()).isEmpty();
    assertThat(ANN.locale()).isEmpty();
    assertThat(ANN.attributes().isEmpty()).isTrue();
  }

  @Test
  void contactsAreEqualByAllTheyHave() {
    assertThat(Contact.of("Ann Lee <ANN@acme.example>")).isEqualTo(ANN).hasSameHashCodeAs(ANN);
    assertThat(ANN.id("1")).isNotEqualTo(ANN);
    assertThat(ANN.zone("Asia/Tokyo")).isNotEqualTo(ANN);
    assertThat(ANN.locale("de")).isNotEqualTo(ANN);
    assertThat(ANN.attribute("a", 1)).isNotEqualTo(ANN);
  }

  @Test
  void anInvalidAddressIsNoContact() {
    assertThatThrownBy(() -> Contact.of("ann"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has no '@'");
  }

  @Test
  void anIdHas1To200Characters() {
    assertThat(ANN.id("x").id()).contains("x");
    assertThat(ANN.id(" " + "x".repeat(200) + " ").id()).contains("x".repeat(200));
    assertThatThrownBy(() -> ANN.id("x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the id of a contact must have 1 to 200 characters, but has 201");
    assertThatThrownBy(() -> ANN.id("   "))
        .hasMessage("the id of a contact must have 1 to 200 characters, but has 0");
    assertThat(ANN.id("a\0b").id()).contains("a\uFFFDb");
  }

  @Test
  void aZoneIsOneThatIsKnown() {
    assertThatThrownBy(() -> ANN.zone("Mars/Base"))
        .isInstanceOfSatisfying(
            TimeRuleException.class,
            e -> assertThat(e.code()).isEqualTo(TimeRuleException.Code.INVALID_ZONE));
    assertThatThrownBy(() -> ANN.zone(ZoneId.of("+05:00"))).isInstanceOf(TimeRuleException.class);
    assertThat(ANN.zone(ZoneId.of("UTC")).zone()).contains(ZoneId.of("UTC"));
  }

  @Test
  void aLocaleIsALanguageTag() {
    assertThat(ANN.locale("de_AT").locale()).contains(Locale.forLanguageTag("de-AT"));
    assertThat(ANN.locale("zh-Hant-TW").locale()).contains(Locale.forLanguageTag("zh-Hant-TW"));
    assertThat(ANN.locale(Locale.FRENCH).locale()).contains(Locale.FRENCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "german language", "d", "de-", "de AT", "deutschland", "é"})
  void whatIsNoLanguageTagIsNoLocale(String tag) {
    assertThatThrownBy(() -> ANN.locale(tag))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a locale must be a language tag such as de or de-AT, but is '" + tag + "'");
  }

  @Test
  void anOverlongLocaleIsShownShort() {
    assertThatThrownBy(() -> ANN.locale("x".repeat(10_000))).message().hasSizeLessThan(120);
  }

  @Test
  void textsShowTheIdOnly() {
    assertThat(ANN).hasToString("Contact[no id]");
    assertThat(ANN.id("u-1").attribute("a", "secret")).hasToString("Contact[id=u-1]");
  }

  @Test
  void anInputBecomesTheContact() {
    ContactInput input =
        new ContactInput(
            " ann@acme.example ",
            " u-1 ",
            " Ann Lee ",
            " Asia/Tokyo ",
            " de-AT ",
            Attributes.of(Map.of("a", 1)));
    assertThat(input.toContact())
        .isEqualTo(ANN.id("u-1").zone("Asia/Tokyo").locale("de-AT").attribute("a", 1));
    assertThat(ContactInput.of(input.toContact()).toContact()).isEqualTo(input.toContact());
  }

  @Test
  void blanksOfAnInputAreNothing() {
    Contact contact = new ContactInput("ann@x", " ", "", "\t", " ", Attributes.none()).toContact();
    assertThat(contact).isEqualTo(Contact.of("ann@x"));
    assertThat(ContactInput.of("Ann <ann@x>").toContact().name()).isEqualTo(Optional.of("Ann"));
  }

  @Test
  void anInvalidInputIsNoContact() {
    Attributes none = Attributes.none();
    assertThatThrownBy(() -> ContactInput.of("x").toContact())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContactInput("a@x", "i".repeat(201), "", "", "", none).toContact())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> new ContactInput("a@x", "", "a\nb", "", "", none).toContact())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContactInput("a@x", "", "", "Mars", "", none).toContact())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContactInput("a@x", "", "", "", "??", none).toContact())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContactInput(null, "", "", "", "", none))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("email");
  }

  @Test
  void textsOfAnInputShowTheIdOnly() {
    assertThat(ContactInput.of("secret@x")).hasToString("ContactInput[no id]");
    assertThat(new ContactInput("secret@x", "u-1", "secret", "", "", Attributes.none()))
        .hasToString("ContactInput[id=u-1]");
  }
}
