package dev.sequencer.mime;

import dev.sequencer.tck.transport.FarEnd;
import dev.sequencer.tck.transport.TakenMail;
import dev.sequencer.tck.transport.TransportContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class EmlFolderTransportContractTest extends TransportContract {
  @TempDir Path folder;

  @Override
  protected FarEnd open() throws IOException {
    Path own = Files.createTempDirectory(folder, "far");
    return FarEnd.of(EmlFolderTransport.into(own), () -> taken(own)).withoutEnvelope();
  }

  private static List<TakenMail> taken(Path folder) {
    return EmlFolderTransportTest.files(folder).stream()
        .map(EmlFolderTransportContractTest::read)
        .toList();
  }

  private static TakenMail read(Path file) {
    try {
      String text = Files.readString(file);
      String to = Reader.between(text, "\r\nTo: ", "\r\n");
      String id = Reader.between(text, "\r\nMessage-ID: ", "\r\n");
      return new TakenMail(id, List.of(to), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
