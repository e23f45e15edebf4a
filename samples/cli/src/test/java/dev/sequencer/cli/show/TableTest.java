package dev.sequencer.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsStandUnderEachOtherAndNothingTrails() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new Table("ID", "NAME", "X").row(1, "Ann", "").row(1000, "Bo", "y").print(out, " ");
    out.flush();
    assertThat(text.toString().lines())
        .containsExactly(" ID    NAME  X", " 1     Ann", " 1000  Bo    y");
  }

  @Test
  void whatComesFromOutsideCannotSteerATerminal() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new Table("NAME").row("a\u001b[2Jb\nc\u009bd").print(out, "");
    out.flush();
    assertThat(text.toString().lines().skip(1)).containsExactly("a\uFFFD[2Jb\uFFFDc\uFFFDd");
  }

  @Test
  void linesKeepTheirEndsAndLoseCarriageReturns() {
    assertThat(Printable.lines("a\r\nb\tc\u0000")).isEqualTo("a\nb\tc\uFFFD");
  }
}
