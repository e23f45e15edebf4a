package dev.sequencer.mime;

/** Bytes as two upper-case hexadecimal digits, as MIME wants them. */
final class Hex {
  private static final String DIGITS = "0123456789ABCDEF";

  private Hex() {}

  static char high(byte b) {
    return DIGITS.charAt((b & 0xF0) >> 4);
  }

  static char low(byte b) {
    return DIGITS.charAt(b & 0x0F);
  }
}
