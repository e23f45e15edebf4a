package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.internal.mail.MessageIds.Decoded;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
  private static final byte[] KEY =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final String ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String DOT_ATOM = ATOM + "(\\." + ATOM + ")*";

  private final MessageIds ids = MessageIds.with(KEY);

  private static byte[] key(int filledWith) {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) filledWith);
    return key;
  }

  // Worked out with another implementation of HMAC and base 32.
  @Test
  void anIdIsTheSameInEveryProcess() {
    assertThat(ids.create(42, 1, 7, "acme.example")).isEqualTo("<fiaqpxg2aq2rajq2cq@acme.example>");
    assertThat(MessageIds.with(KEY).create(42, 1, 7, "acme.example"))
        .isEqualTo(ids.create(42, 1, 7, "acme.example"));
  }

  @Test
  void anIdDecodesToItsDelivery() {
    assertThat(ids.decode(ids.create(42, 1, 7, "acme.example"))).contains(new Decoded(42, 1, 7));
    assertThat(ids.decode(ids.create(0, 0, 0, "a"))).contains(new Decoded(0, 0, 0));
    assertThat(
            ids.decode(
                ids.create(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, "acme.example")))
        .contains(new Decoded(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void anIdIsAStrictDotAtomInLowerCase() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      String id =
          ids.create(
              random.nextLong() >>> (1 + random.nextInt(63)),
              random.nextInt() >>> (1 + random.nextInt(31)),
              random.nextInt() >>> (1 + random.nextInt(31)),
              "Mail.ACME-shop.Example");
      assertThat(id).matches("<" + DOT_ATOM + "@mail\\.acme-shop\\.example>").hasSizeLessThan(70);
    }
  }

  @Test
  void anIdOfEverydayNumbersHasAtMost60CharactersWithADomainOf30() {
    String domain = "a".repeat(22) + ".example";
    assertThat(ids.create(34_359_738_367L, 127, 16_383, domain)).hasSizeLessThanOrEqualTo(60);
    assertThat(domain).hasSize(30);
  }

  @Test
  void anIdHasNoTrailingDot() {
    assertThat(ids.create(1, 1, 1, "acme.example."))
        .isEqualTo(ids.create(1, 1, 1, "acme.example"))
        .endsWith("@acme.example>");
  }

  @Test
  void anOverlongDomainGivesItsLastLabels() {
    String label = "x".repeat(60);
    String id = ids.create(Long.MAX_VALUE, 1, 1, String.join(".", label, label, label, "y", label));
    assertThat(id)
        .hasSizeLessThanOrEqualTo(250)
        .endsWith("@" + label + "." + label + ".y." + label + ">");
    assertThat(ids.decode(id)).contains(new Decoded(Long.MAX_VALUE, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "acme..example",
        ".example",
        "acme.example..",
        "a b",
        "a@b",
        "a>b",
        "äcme.example",
        "a\r\nb",
        "a\0"
      })
  void aDomainThatIsNoHostNameIsRefused(String domain) {
    assertThatThrownBy(() -> ids.create(1, 1, 1, domain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the domain of a Message-ID must be a host name in ASCII, but is '");
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatThrownBy(() -> ids.create(-1, 1, 1, "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ids.create(1, -1, 1, "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ids.sendKey(1, 2, -3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the numbers in a Message-ID must not be negative, but are enrollment 1, step 2,"
                + " mailbox -3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17, 32})
  void aKeyOfAnotherLengthIsRefused(int length) {
    assertThatThrownBy(() -> MessageIds.with(new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key of Message-IDs must have 16 bytes, but has " + length);
  }

  @Test
  void theKeyIsCopied() {
    byte[] key = key(5);
    MessageIds before = MessageIds.with(key);
    String id = before.create(1, 2, 3, "a");
    key[0] = 0;
    assertThat(before.create(1, 2, 3, "a")).isEqualTo(id);
  }

  @Test
  void g3AnIdIsKnownInEveryFormInWhichItComesBack() {
    String id = ids.create(42, 1, 7, "acme.example");
    String bare = id.substring(1, id.length() - 1);
    Decoded expected = new Decoded(42, 1, 7);
    assertThat(ids.decode(bare)).contains(expected);
    assertThat(ids.decode("  " + id + "\r\n")).contains(expected);
    assertThat(ids.decode("\r\n\t" + bare.replace("@", "\r\n @"))).contains(expected);
    assertThat(ids.decode(bare.substring(0, 9) + "\r\n\t" + bare.substring(9))).contains(expected);
    assertThat(ids.decode(id.replace("acme.example", "ACME.Example"))).contains(expected);
    assertThat(ids.decode(id.toUpperCase(Locale.ROOT))).contains(expected);
    assertThat(ids.decode("<" + bare)).contains(expected);
    assertThat(ids.decode(bare + ">")).contains(expected);
    assertThat(ids.decode(id.replace("acme.example", "gateway.example"))).contains(expected);
    assertThat(ids.decode(ids.sendKey(42, 1, 7))).contains(expected);
  }

  @Test
  void anIdWithOneOtherCharacterIsNoneOfOurs() {
    String key = ids.sendKey(42, 1, 7);
    int tried = 0;
    for (int i = 0; i < key.length(); i++) {
      for (char c : "abcdefghijklmnopqrstuvwxyz0123456789.-".toCharArray()) {
        if (c != key.charAt(i)) {
          String other = key.substring(0, i) + c + key.substring(i + 1);
          assertThat(ids.decode("<" + other + "@acme.example>")).as(other).isEmpty();
          tried++;
        }
      }
    }
    assertThat(tried).isEqualTo(key.length() * 37);
    assertThat(ids.decode("<" + key + "a@acme.example>")).isEmpty();
    assertThat(ids.decode("<" + key.substring(1) + "@acme.example>")).isEmpty();
    assertThat(ids.decode("<" + key.substring(0, key.length() - 1) + "@acme.example>")).isEmpty();
  }

  @Test
  void anIdOfAnotherStoreIsNoneOfOurs() {
    assertThat(MessageIds.with(key(1)).decode(ids.create(42, 1, 7, "acme.example"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<>",
        "@",
        "<@>",
        "<a@b>",
        "CAF+abc@mail.gmail.com",
        "aaaaaaaaaaaaaaaa@x",
        "é@x",
        "<<",
        "\0"
      })
  void whatIsNoIdOfOursIsEmpty(String text) {
    assertThat(ids.decode(text)).isEmpty();
  }

  @Test
  void anyTextIsDecodedOrNot() {
    long seed = 99;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String valid = ids.create(42, 1, 7, "acme.example");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? valid : "");
      for (int n = random.nextInt(8); n > 0; n--) {
        text.insert(
            random.nextInt(text.length() + 1), "<>@ab27.\r\n\u0000é".charAt(random.nextInt(12)));
      }
      String shown = text.toString();
      ids.decode(shown)
          .ifPresent(
              d ->
                  assertThat(shown.replaceAll("[\\s<>]", ""))
                      .as("seed %s", seed)
                      .startsWith(ids.sendKey(d.enrollment(), d.step(), d.mailbox())));
    }
    assertThat(ids.decode("a".repeat(1_000_000))).isEmpty();
    assertThat(ids.decode(" ".repeat(998 - valid.length()) + valid)).isPresent();
    assertThat(ids.decode(" ".repeat(999 - valid.length()) + valid)).isEmpty();
  }

  @Test
  void everyDeliveryAndMailboxHasAKeyOfItsOwn() {
    Set<String> keys = new HashSet<>();
    for (int enrollment = 1; enrollment <= 300; enrollment += 3) {
      for (int step = 1; step <= 10; step++) {
        for (int mailbox = 1; mailbox <= 300; mailbox += 50) {
          keys.add(ids.sendKey(enrollment, step, mailbox));
        }
      }
    }
    assertThat(keys).hasSize(100 * 10 * 6).allMatch(key -> key.matches("[a-z2-7]{18,44}"));
  }
}
