package dev.sequencer.cli;

import dev.sequencer.DefinitionException;
import dev.sequencer.SequencerException;
import dev.sequencer.cli.show.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** Says what went wrong, in words; a trace only for what nobody foresaw. */
final class FaultMessages implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (e instanceof CommandLine.ParameterException usage) {
      return new UsageMessages().handleParseException(usage, new String[0]);
    }
    if (e instanceof DefinitionException definition) {
      definition
          .faults()
          .forEach(fault -> err.println("fault: " + Printable.line(fault.toString())));
    } else if (e instanceof IOException io) {
      err.println("sequencer: " + Printable.line(words(io)));
    } else if (e instanceof UncheckedIOException io && io.getCause() != null) {
      err.println("sequencer: " + Printable.line(words(io.getCause())));
    } else if (isForeseen(e)) {
      err.println("sequencer: " + Printable.line(String.valueOf(e.getMessage())));
    } else {
      err.println("sequencer: this is a fault of the program itself, please report it:");
      e.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean isForeseen(Exception e) {
    return e instanceof Refused
        || e instanceof IllegalArgumentException
        || e instanceof IllegalStateException
        || e instanceof SequencerException;
  }

  private static String words(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "there is no file '" + missing.getFile() + "': correct the path";
    }
    if (e instanceof AccessDeniedException denied) {
      return "'" + denied.getFile() + "' cannot be read or written: check who may";
    }
    if (e instanceof FileSystemException file) {
      return "'" + file.getFile() + "' cannot be used: " + file.getReason();
    }
    return "reading or writing failed: " + e.getMessage();
  }
}
