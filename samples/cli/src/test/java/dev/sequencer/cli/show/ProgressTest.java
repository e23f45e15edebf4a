package dev.sequencer.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter text = new StringWriter();
  private Instant now = Instant.parse("2026-06-01T08:00:00Z");

  private Progress progress(boolean terminal) {
    return new Progress(new PrintWriter(text), () -> now, terminal, 200);
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  @Test
  void onATerminalABarIsWrittenOver() {
    Progress progress = progress(true);
    after(Duration.ofMillis(99));
    progress.at(50);
    assertThat(text.toString()).isEmpty();
    after(Duration.ofMillis(1));
    progress.at(100);
    progress.end();
    assertThat(text.toString())
        .startsWith("\r[###############...............]  50 %")
        .contains("\r[##############################] 100 %")
        .doesNotContain("of the file");
  }

  @Test
  void elsewhereALineIsWrittenNowAndThen() {
    Progress progress = progress(false);
    after(Duration.ofMillis(4_999));
    progress.at(50);
    assertThat(text.toString()).isEmpty();
    after(Duration.ofMillis(1));
    progress.at(100);
    progress.end();
    assertThat(text.toString().lines()).containsExactly("50 % of the file is done");
  }

  @Test
  void aShortRunShowsNothing() {
    Progress progress = progress(true);
    progress.at(200);
    progress.end();
    assertThat(text.toString()).isEmpty();
  }
}
