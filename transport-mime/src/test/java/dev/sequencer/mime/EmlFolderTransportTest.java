package dev.sequencer.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.Found;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmlFolderTransportTest {
  @TempDir Path folder;

  @Test
  void aFileIsNamedByDateMailboxAndMessageIdAndHoldsTheMail() throws Exception {
    OutgoingMail mail = TestMails.mail(1);
    SendResult result = EmlFolderTransport.into(folder).send(mail, TestPermit.granting());
    assertThat(result.outcome()).isEqualTo(SendResult.Outcome.SENT);
    List<Path> files = files(folder);
    assertThat(files).hasSize(1);
    String name = files.get(0).getFileName().toString();
    assertThat(name).matches("20260601T080000Z_ann@acme\\.example_[0-9a-f]{24}\\.eml");
    assertThat(result.receipt().providerId()).contains(name);
    assertThat(Files.readAllBytes(files.get(0))).isEqualTo(MimeMail.of(mail).bytes());
  }

  @Test
  void aMessageIdIsWrittenOnceAlsoAfterARestart() throws Exception {
    EmlFolderTransport first = EmlFolderTransport.into(folder);
    first.send(TestMails.mail(1), TestPermit.granting());
    assertThat(first.send(TestMails.mail(1), TestPermit.granting()).outcome())
        .isEqualTo(SendResult.Outcome.SENT);
    EmlFolderTransport second = EmlFolderTransport.into(folder);
    assertThat(second.send(TestMails.mail(1), TestPermit.granting()).outcome())
        .isEqualTo(SendResult.Outcome.SENT);
    second.send(TestMails.mail(2), TestPermit.granting());
    assertThat(files(folder)).hasSize(2);
  }

  @Test
  void aRefusedPermitLeavesNoFileAndNoPart() throws Exception {
    EmlFolderTransport.into(folder).send(TestMails.mail(1), TestPermit.refusing());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void itFindsWhatItHasWrittenAndProvesWhatItHasNot() throws Exception {
    EmlFolderTransport transport = EmlFolderTransport.into(folder);
    OutgoingMail mail = TestMails.mail(1);
    assertThat(transport.find(mail.sender(), mail.key()).verdict())
        .isEqualTo(Found.Verdict.NOT_SENT);
    transport.send(mail, TestPermit.granting());
    assertThat(transport.find(mail.sender(), mail.key()).verdict()).isEqualTo(Found.Verdict.SENT);
  }

  @Test
  void aFolderThatCannotBeWrittenHandsNothingOver() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    SendResult result =
        EmlFolderTransport.into(file.resolve("sub")).send(TestMails.mail(1), TestPermit.granting());
    assertThat(result.outcome()).isEqualTo(SendResult.Outcome.NOT_HANDED_OVER);
    assertThat(EmlFolderTransport.into(file.resolve("sub")).find(null, TestMails.key(1)))
        .isEqualTo(Found.CANNOT_TELL);
  }

  @Test
  void aMailThatCannotBeWrittenIsRefusedWithTheReason() throws Exception {
    SendResult result =
        EmlFolderTransport.into(folder)
            .send(TestMails.withSubject(TestMails.mail(1), "a\r\nb"), TestPermit.granting());
    assertThat(result.outcome()).isEqualTo(SendResult.Outcome.REFUSED_MESSAGE);
    assertThat(result.text()).startsWith("header 'Subject' must be one line");
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
