package dev.sequencer.internal.mail;

import dev.sequencer.internal.text.OutsideText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes Message-IDs that decode by themselves to the delivery they name, so that a reply or a
 * bounce needs no look-up table and may come before the outcome was recorded.
 *
 * <p>An id is {@code <key@domain>} in the strict dot-atom form of RFC 5322 section 3.6.4, in lower
 * case. The key is the base 32 form of three numbers, each in as few bytes as it needs, and the
 * first 8 bytes of an HMAC-SHA256 over them; it also serves as the send key. With a domain of up to
 * 30 characters and numbers of everyday size an id has at most 60 characters.
 *
 * <p>The same input gives the same id, in every process that has the store's key. Immutable; safe
 * for use by several threads.
 */
public final class MessageIds {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "message-id\0".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 16;
  private static final int MAC_BYTES = 8;
  private static final int LONGEST_DECODED = 998;
  // The local part has at most 44 characters, three stand around it; transports take 250 in all.
  private static final int LONGEST_DOMAIN = 200;
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");

  /** Holds key and purpose; each code is made by a copy of it, which costs less than a new one. */
  private final Mac begun;

  private MessageIds(Mac begun) {
    this.begun = begun;
  }

  /**
   * Gives the ids of a store.
   *
   * @param key the store's 16 random bytes, copied
   * @throws IllegalArgumentException when it has another length
   */
  public static MessageIds with(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key of Message-IDs must have 16 bytes, but has " + key.length);
    }
    try {
      Mac begun = Mac.getInstance(ALGORITHM);
      begun.init(new SecretKeySpec(key, ALGORITHM));
      begun.update(PURPOSE);
      return new MessageIds(begun);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /**
   * Gives the Message-ID of a delivery from a mailbox, with its angle brackets.
   *
   * @param enrollment the number of the enrollment
   * @param step the number of the step
   * @param mailbox the document id of the mailbox
   * @param senderDomain the domain of the mailbox's address in its ASCII form; of a domain with
   *     more than 200 characters the last labels are taken
   * @throws IllegalArgumentException when a number is negative or the domain is no host name
   */
  public String create(long enrollment, int step, int mailbox, String senderDomain) {
    return idOf(sendKey(enrollment, step, mailbox), senderDomain);
  }

  /**
   * Gives the Message-ID of a send key.
   *
   * @throws IllegalArgumentException as {@link #create}
   */
  public static String idOf(String sendKey, String senderDomain) {
    String domain = senderDomain.toLowerCase(Locale.ROOT);
    if (domain.endsWith(".")) {
      domain = domain.substring(0, domain.length() - 1);
    }
    while (domain.length() > LONGEST_DOMAIN && domain.indexOf('.') >= 0) {
      domain = domain.substring(domain.indexOf('.') + 1);
    }
    if (!DOMAIN.matcher(domain).matches() || domain.length() > LONGEST_DOMAIN) {
      throw new IllegalArgumentException(
          "the domain of a Message-ID must be a host name in ASCII, but is '"
              + OutsideText.clean(senderDomain, 60)
              + "': use the domain of the mailbox's address");
    }
    return "<" + sendKey + "@" + domain + ">";
  }

  /**
   * Gives what identifies a delivery from a mailbox to a transport: 18 to 44 letters and digits.
   *
   * @throws IllegalArgumentException when a number is negative
   */
  public String sendKey(long enrollment, int step, int mailbox) {
    if (enrollment < 0 || step < 0 || mailbox < 0) {
      throw new IllegalArgumentException(
          "the numbers in a Message-ID must not be negative, but are enrollment "
              + enrollment
              + ", step "
              + step
              + ", mailbox "
              + mailbox);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writeNumber(bytes, enrollment);
    writeNumber(bytes, step);
    writeNumber(bytes, mailbox);
    bytes.writeBytes(mac(bytes.toByteArray()));
    return Base32.encode(bytes.toByteArray());
  }

  /**
   * Gives what an id of ours names, as other systems hand it back: with or without angle brackets,
   * folded, in any case. The domain is not looked at, since gateways rewrite it; a send key alone
   * is an id too.
   *
   * @param messageId one id, of any length and content
   * @return empty when it is not one that this store's key made
   */
  public Optional<Decoded> decode(String messageId) {
    if (messageId.length() > LONGEST_DECODED) {
      return Optional.empty();
    }
    String key = keyOf(messageId);
    Optional<byte[]> bytes = Base32.decode(key).filter(b -> b.length > MAC_BYTES);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Optional<Decoded> decoded =
        readNumbers(Arrays.copyOf(bytes.get(), bytes.get().length - MAC_BYTES));
    // Made anew and compared as a whole: one delivery has exactly one key, and the comparison takes
    // the same time wherever the first difference is.
    return decoded.filter(
        d -> sameInConstantTime(sendKey(d.enrollment(), d.step(), d.mailbox()), key));
  }

  /** Gives an id as it is kept and looked for: with angle brackets, unfolded. */
  public static String bracketed(String messageId) {
    String plain = unfolded(messageId).toString();
    return plain.isEmpty() || plain.startsWith("<") ? plain : "<" + plain + ">";
  }

  private static StringBuilder unfolded(String messageId) {
    StringBuilder plain = new StringBuilder(messageId.length());
    for (int i = 0; i < messageId.length(); i++) {
      char c = messageId.charAt(i);
      if (" \t\r\n".indexOf(c) < 0) {
        plain.append(c);
      }
    }
    return plain;
  }

  private static String keyOf(String messageId) {
    StringBuilder plain = unfolded(messageId);
    int start = plain.indexOf("<") == 0 ? 1 : 0;
    int end = plain.length();
    if (end > start && plain.charAt(end - 1) == '>') {
      end--;
    }
    int at = plain.indexOf("@");
    return plain.substring(start, at < start ? end : at).toLowerCase(Locale.ROOT);
  }

  private byte[] mac(byte[] numbers) {
    try {
      return Arrays.copyOf(((Mac) begun.clone()).doFinal(numbers), MAC_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every Java runtime copies " + ALGORITHM, e);
    }
  }

  private static boolean sameInConstantTime(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Seven bits a byte, the lowest first; all but the last byte have their highest bit set. */
  private static void writeNumber(ByteArrayOutputStream bytes, long number) {
    long rest = number;
    while (rest > 0x7f) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private static Optional<Decoded> readNumbers(byte[] bytes) {
    long[] numbers = new long[3];
    int at = 0;
    for (int i = 0; i < numbers.length; i++) {
      int shift = 0;
      boolean more = true;
      while (more) {
        if (at == bytes.length || shift > 56) {
          return Optional.empty();
        }
        numbers[i] |= (bytes[at] & 0x7fL) << shift;
        more = bytes[at] < 0;
        shift += 7;
        at++;
      }
    }
    boolean whole =
        at == bytes.length && numbers[1] <= Integer.MAX_VALUE && numbers[2] <= Integer.MAX_VALUE;
    return whole
        ? Optional.of(new Decoded(numbers[0], (int) numbers[1], (int) numbers[2]))
        : Optional.empty();
  }

  /**
   * What a Message-ID names.
   *
   * @param enrollment the number of the enrollment
   * @param step the number of the step
   * @param mailbox the document id of the mailbox
   */
  public record Decoded(long enrollment, int step, int mailbox) {}
}
