package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  private static final String RULE =
      "an e-mail address must read local@domain or Name <local@domain>, but ";

  private static void assertRefused(String text, String why) {
    assertThatThrownBy(() -> EmailAddress.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(RULE + why);
  }

  @Test
  void anAddressKeepsHowItWasWrittenAndIsComparedWithoutCase() {
    EmailAddress ann = EmailAddress.of("  Ann.Lee+news@Acme.Example ");
    assertThat(ann.address()).isEqualTo("Ann.Lee+news@Acme.Example");
    assertThat(ann.normalized()).isEqualTo("ann.lee+news@acme.example");
    assertThat(ann.domain()).isEqualTo("acme.example");
    assertThat(ann.localPart()).isEqualTo("Ann.Lee+news");
    assertThat(ann.name()).isEmpty();
    assertThat(ann)
        .isEqualTo(EmailAddress.of("ann.lee+NEWS@acme.example"))
        .hasSameHashCodeAs(EmailAddress.of("ann.lee+NEWS@acme.example"))
        .isNotEqualTo(EmailAddress.of("ann@acme.example"))
        .isNotEqualTo(ann.named("Ann"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "a@b.c",
        "!#$%&'*+-/=?^_`{|}~@acme.example",
        "a.b.c@acme.example",
        "1@2.example",
        "jürgen@acme.example",
        "用户@例子.测试",
        "a@xn--exmple-cua.example",
        "o'neil@acme.example"
      })
  void everyFormOfTheStandardIsTaken(String text) {
    assertThat(EmailAddress.of(text).address()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it has no '@'",
        "ann|it has no '@'",
        "<>|it has no '@'",
        ">|it has no '@'",
        "@acme.example|nothing stands before the '@'",
        "ann@|nothing stands after the '@'",
        "@|nothing stands before the '@'",
        ".ann@x|a dot of the part before the '@' has no character beside it",
        "ann.@x|a dot of the part before the '@' has no character beside it",
        "a..b@x|a dot of the part before the '@' has no character beside it",
        "a b@x|the part before the '@' has the character U+0020, which is not allowed",
        "a@b@c|the part before the '@' has the character U+0040, which is not allowed",
        "\"a b\"@x|the part before the '@' has the character U+0022, which is not allowed",
        "a,b@x|the part before the '@' has the character U+002C, which is not allowed",
        "a@b c|the domain has the character U+0020, which is not allowed",
        "a@[127.0.0.1]|the domain has the character U+005B, which is not allowed",
        "a@b..c|the domain has an empty label",
        "a@.b|the domain has an empty label",
        "a@b.|the domain has an empty label",
        "a@b。|the domain has an empty label",
        "a@b。。c|the domain is not a host name",
        "a@-b.example|the domain is not a host name",
        "a@b_c.example|the domain is not a host name",
        "a@b/c|the domain is not a host name"
      })
  void whatIsNoAddressIsRefusedByItsRule(String text, String why) {
    assertRefused(text, why);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 9, 10, 13, 0x7F, 0x85, 0xA0, 0xAD, 0x2003, 0x200B, 0x2028, 0x3000, 0xFEFF, 0xD800})
  void controlBlankAndInvisibleCharactersAreRefused(int character) {
    assertRefused(
        "an" + (char) character + "n@x",
        String.format(
            "the part before the '@' has the character U+%04X, which is not allowed", character));
    assertThatThrownBy(() -> EmailAddress.of("ann@acme" + (char) character + ".example"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHeaderCannotBeSmuggledIn() {
    assertThatThrownBy(() -> EmailAddress.of("a@x.example\r\nBcc: b@y.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused(
        "Ann\r\nBcc: b@y.example <a@x.example>", "the display name has a control character");
  }

  @Test
  void theLocalPartHasAtMost64Bytes() {
    assertThat(EmailAddress.of("a".repeat(64) + "@x").localPart()).hasSize(64);
    assertRefused("a".repeat(65) + "@x", "the part before the '@' is longer than 64 bytes");
    assertThat(EmailAddress.of("ü".repeat(32) + "@x").localPart()).hasSize(32);
    assertRefused("ü".repeat(32) + "a@x", "the part before the '@' is longer than 64 bytes");
  }

  @Test
  void theWholeHasAtMost254Bytes() {
    String domain = ("x".repeat(62) + ".").repeat(3) + "example.test";
    String longest = "a".repeat(254 - 1 - domain.length()) + "@" + domain;
    assertThat(longest).hasSize(254);
    assertThat(EmailAddress.of(longest).address()).isEqualTo(longest);
    assertRefused("a" + longest, "it is longer than 254 bytes");
    String international = "日月火水木金土年時分秒間.".repeat(6) + "example";
    assertThat(international).hasSizeLessThan(100);
    assertRefused("a@" + international, "it is longer than 254 bytes");
  }

  @Test
  void aLabelOfTheDomainHasAtMost63Characters() {
    assertThat(EmailAddress.of("a@" + "x".repeat(63)).domain()).hasSize(63);
    assertRefused("a@" + "x".repeat(64), "the domain is not a host name");
  }

  @Test
  void anInternationalDomainIsComparedInItsAsciiForm() {
    EmailAddress one = EmailAddress.of("you@Exämple.com");
    assertThat(one.normalized()).isEqualTo("you@xn--exmple-cua.com");
    assertThat(one.domain()).isEqualTo("xn--exmple-cua.com");
    assertThat(one.address()).isEqualTo("you@Exämple.com");
    assertThat(EmailAddress.of("you@XN--exmple-cua.com")).isEqualTo(one);
    assertThat(EmailAddress.of("you@exämple。com")).isEqualTo(one);
  }

  @Test
  void aLetterIsTheSameInBothItsForms() {
    assertThat(EmailAddress.of("jürgen@x")).isEqualTo(EmailAddress.of("ju\u0308rgen@x"));
    assertThat(EmailAddress.of("JÜRGEN@x")).isEqualTo(EmailAddress.of("jürgen@x"));
  }

  @Test
  void aDisplayNameIsRead() {
    assertThat(EmailAddress.of("Ann Lee <ann@x>").name()).contains("Ann Lee");
    assertThat(EmailAddress.of("\"Lee, Ann\" < ann@x >").name()).contains("Lee, Ann");
    assertThat(EmailAddress.of("\"a \\\"b\\\" \\\\ c\"<ann@x>").name()).contains("a \"b\" \\ c");
    assertThat(EmailAddress.of("\" Ann \" <ann@x>").name()).contains("Ann");
    assertThat(EmailAddress.of("<ann@x>").name()).isEmpty();
    assertThat(EmailAddress.of("\"\" <ann@x>").name()).isEmpty();
    assertThat(EmailAddress.of("a <b> <ann@x>").name()).contains("a <b>");
  }

  @Test
  void aDisplayNameIsSetStrippedAndTakenOff() {
    EmailAddress ann = EmailAddress.of("Ann <ann@x>");
    assertThat(ann.named("  Bo ").name()).contains("Bo");
    assertThat(ann.named(" ").name()).isEmpty();
    assertThat(ann.named("").address()).isEqualTo("ann@x");
    assertThat(ann.named("a\uD83Db\uD83D\uDE00").name()).contains("a\uFFFDb\uD83D\uDE00");
  }

  @Test
  void aDisplayNameHasAtMost200CharactersAndNoControlCharacter() {
    EmailAddress ann = EmailAddress.of("ann@x");
    assertThat(ann.named("x".repeat(200)).name())
        .hasValueSatisfying(n -> assertThat(n).hasSize(200));
    assertThatThrownBy(() -> ann.named("x".repeat(201)))
        .hasMessage(RULE + "the display name is longer than 200 characters");
    for (String name : new String[] {"a\nb", "a\rb", "a\0b", "a\tb", "a\u007Fb"}) {
      assertThatThrownBy(() -> ann.named(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(RULE + "the display name has a control character");
    }
  }

  @Test
  void messagesNeverShowTheAddress() {
    for (String text :
        new String[] {"secret", "secret@", "secret..x@y", "secret@sec_ret", "s(ecret@x"}) {
      assertThatThrownBy(() -> EmailAddress.of(text)).message().doesNotContain("ecret");
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    long seed = 17;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 5_000; run++) {
      StringBuilder name = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        name.append("ab \"\\<>@,é😀".charAt(random.nextInt(11)));
      }
      EmailAddress address = EmailAddress.of("Ann@x.example").named(name.toString());
      assertThat(EmailAddress.of(address.toString()))
          .as("seed %s, run %s, '%s'", seed, run, address)
          .isEqualTo(address);
    }
  }

  @Test
  @Timeout(10)
  void anyTextIsAnAddressOrRefusedAtOnce() {
    long seed = 23;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append("a@.<>\" \\ü-\u0000\uD800。".charAt(random.nextInt(13)));
      }
      try {
        assertThat(EmailAddress.of(text.toString()).normalized()).contains("@");
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageStartingWith(RULE);
      }
    }
    assertRefused("a@" + "ü".repeat(1_000_000), "it is longer than 254 bytes");
    assertRefused("a".repeat(1_000_000) + "@x", "it is longer than 254 bytes");
  }

  @Test
  void nullIsNoAddress() {
    assertThatThrownBy(() -> EmailAddress.of(null)).hasMessage("address");
  }
}
