package dev.sequencer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path temp;
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void twoWeeksOfMailsArriveAndAreShown() throws Exception {
    Path folder = temp.resolve("demo-output");
    assertThat(Demo.run(folder, out)).isTrue();
    assertThat(text.toString())
        .contains("40 contacts are enrolled.")
        .contains("Sent      153 mails")
        .contains("Arrived   153 mails")
        .contains("what arrived is exactly what the store says was sent");
    assertThat(text.toString().lines().filter(line -> line.matches("... \\d\\d Jun .*")).count())
        .isEqualTo(10);
    checkMails(folder.resolve("mails"));
    checkPage(Files.readString(folder.resolve("index.html")));
  }

  private static void checkMails(Path folder) throws IOException {
    List<Path> mails;
    try (Stream<Path> files = Files.list(folder)) {
      mails = files.sorted().toList();
    }
    assertThat(mails).hasSize(153);
    String first = Files.readString(mails.get(0));
    assertThat(first)
        .contains("\r\n\r\n")
        .contains("Subject: Welcome, ")
        .contains("Message-ID: <")
        .containsPattern("From: (Ann|Ben|Cleo) <");
  }

  private static void checkPage(String page) {
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("exactly what the store says was sent: 153 mails")
        .contains("Priya Nair")
        .contains("in Asia/Kolkata, from ")
        .contains("replied, nothing more")
        .contains("no such mailbox, nothing more")
        .contains("prefers-color-scheme: dark")
        .doesNotContain("<script")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("NaN");
    // three pictures, a mark for each mail in the large one, a line for each in the table
    assertThat(page.split("<svg class='calendar'", -1)).hasSize(2);
    String calendar = page.substring(page.indexOf("<svg class='calendar'"));
    calendar = calendar.substring(0, calendar.indexOf("</svg>"));
    assertThat(calendar.split("<g class='mark", -1)).hasSize(153 + 1);
    assertThat(page.split("<td><a href='mails/", -1)).hasSize(153 + 1);
  }

  @Test
  void aMailThatTheServerLosesIsNoticed() throws Exception {
    Demo demo = demo(temp.resolve("lost"), LosesOne::new);
    assertThat(demo.run()).isFalse();
    assertThat(text.toString())
        .contains("1 differences")
        .contains("the store says it was sent, but it did not arrive: <");
    assertThat(Files.readString(temp.resolve("lost/index.html")))
        .contains("is not what the store says was sent")
        .contains("<td class='different'>missing</td>");
  }

  @Test
  void aMailThatArrivesTwiceIsNoticed() throws Exception {
    Demo demo = demo(temp.resolve("twice"), KeepsOneTwice::new);
    assertThat(demo.run()).isFalse();
    assertThat(text.toString()).contains("1 times, but it arrived 2 times");
  }

  private Demo demo(
      Path folder, java.util.function.BiFunction<Path, InstantSource, Mailroom> mailroom)
      throws IOException {
    return new Demo(DemoFolder.make(folder), out, mailroom);
  }

  @Test
  void theFolderOfAnEarlierDemoIsMadeAnew() throws Exception {
    DemoFolder first = DemoFolder.make(temp.resolve("demo"));
    Files.writeString(first.mails().resolve("old.eml"), "old");
    DemoFolder second = DemoFolder.make(temp.resolve("demo"));
    assertThat(second.mails().resolve("old.eml")).doesNotExist();
    assertThat(second.configuration()).exists();
  }

  @Test
  void aFolderWithSomethingElseIsLeftAlone() throws Exception {
    Files.writeString(temp.resolve("thesis.txt"), "years of work");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoFolder.make(temp))
        .withMessageContaining("--out");
    assertThat(temp.resolve("thesis.txt")).hasContent("years of work");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoFolder.make(temp.resolve("thesis.txt")))
        .withMessageContaining("is a file");
  }

  /** Says that it took the seventh mail, and has not. */
  private static final class LosesOne extends FolderMailroom {
    private int mails;

    LosesOne(Path folder, InstantSource clock) {
      super(folder, clock);
    }

    @Override
    public synchronized void keep(byte[] bytes, String recipient) throws IOException {
      mails++;
      if (mails != 7) {
        super.keep(bytes, recipient);
      }
    }
  }

  /** Has the seventh mail twice. */
  private static final class KeepsOneTwice extends FolderMailroom {
    private int mails;

    KeepsOneTwice(Path folder, InstantSource clock) {
      super(folder, clock);
    }

    @Override
    public synchronized void keep(byte[] bytes, String recipient) throws IOException {
      mails++;
      super.keep(bytes, recipient);
      if (mails == 7) {
        super.keep(bytes, recipient);
      }
    }
  }
}
