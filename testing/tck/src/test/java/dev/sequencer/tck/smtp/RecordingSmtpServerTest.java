package dev.sequencer.tck.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingSmtpServerTest {
  @TempDir Path folder;

  @Test
  void aMailIsOnTheDiskBeforeItsReplyAndOutlivesAKill() throws Exception {
    RecordingSmtpProcess server = RecordingSmtpProcess.start(folder);
    try (RawClient client = new RawClient(server.port())) {
      client.untilData();
      assertThat(client.say("Subject: eins\r\n\r\nhi\r\n.")).startsWith("250");
      server.kill();
    }
    assertThat(server.isRunning()).isFalse();
    assertThat(server.mails()).hasSize(1);
    AcceptedMail mail = server.mails().get(0);
    assertThat(mail.sender()).isEqualTo("ann@acme.example");
    assertThat(mail.recipients()).containsExactly("bo@example.com");
    assertThat(mail.text()).isEqualTo("Subject: eins\r\n\r\nhi\r\n");
  }

  @Test
  void aSecondRunInTheSameFolderKeepsTheMailsOfTheFirst() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (RecordingSmtpProcess server = RecordingSmtpProcess.start(folder);
          RawClient client = new RawClient(server.port())) {
        client.untilData();
        assertThat(client.say("run " + run + "\r\n.")).startsWith("250");
      }
    }
    assertThat(RecordedMail.readAll(folder))
        .extracting(AcceptedMail::text)
        .containsExactly("run 0\r\n", "run 1\r\n");
  }

  @Test
  void endsWhenItsInputIsClosed() {
    RecordingSmtpProcess server = RecordingSmtpProcess.start(folder);
    server.close();
    assertThat(server.isRunning()).isFalse();
  }
}
