package dev.sequencer.files;

import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads text files of bounded size in UTF-8, with or without byte order mark. */
final class SourceFile {
  static final int LARGEST = 4 * 1024 * 1024;
  static final char BYTE_ORDER_MARK = '\uFEFF';

  private SourceFile() {}

  /** Gives the text of a file; what is wrong with it is reported under the given name. */
  static Optional<String> read(Path file, String name, Faults faults) {
    Place place = new Place(name, "", 0, 0);
    if (!Files.exists(file)) {
      faults.add(place, "there is no such file: correct the path");
      return Optional.empty();
    }
    if (Files.isDirectory(file)) {
      faults.add(place, "a file is needed here, but this is a folder: name a file in it");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return decode(in.readNBytes(LARGEST + 1), place, faults);
    } catch (IOException e) {
      faults.add(place, "the file cannot be read: " + e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static Optional<String> decode(byte[] bytes, Place place, Faults faults) {
    if (bytes.length > LARGEST) {
      faults.add(place, "a file has at most " + LARGEST + " bytes, but this has more: split it");
      return Optional.empty();
    }
    if (isUtf16(bytes)) {
      faults.add(place, "a file must be UTF-8, but this is UTF-16: save it as UTF-8");
      return Optional.empty();
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      faults.add(endOf(text, place), notUtf8(bytes[in.position()]));
      return Optional.empty();
    }
    return Optional.of(text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text);
  }

  /** Says that a byte is not UTF-8, and what it looks like. */
  static String notUtf8(byte found) {
    return String.format(
        "the text must be UTF-8, but has the byte 0x%02X here, as Latin-1 or Windows-1252 have it:"
            + " save it as UTF-8",
        found);
  }

  /** Says whether bytes begin with the mark of UTF-16, or have a NUL among the first two. */
  static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    boolean marked =
        (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF);
    return marked || bytes[0] == 0 || bytes[1] == 0;
  }

  /** Gives the place right behind a text. */
  static Place endOf(String text, Place place) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = text.codePointCount(lineStart, text.length()) + 1;
    return new Place(place.source(), place.path(), line, column);
  }
}
