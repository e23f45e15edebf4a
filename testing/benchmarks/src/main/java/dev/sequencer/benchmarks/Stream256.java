package dev.sequencer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Streams contacts into a store from a process of its own with a heap of 256 MB. */
final class Stream256 {
  private Stream256() {}

  static void run(StoreKind kind, long contacts, Report report)
      throws IOException, InterruptedException {
    switch (kind) {
      case MEMORY -> {}
      case SQLITE -> {
        try (Scratch scratch = new Scratch()) {
          run(kind, contacts, report, "--sqlite", scratch.file("engine.db").toString());
        }
      }
      case POSTGRES -> {
        try (PostgresServer server = PostgresServer.start();
            PostgresServer.Database database = server.database()) {
          run(kind, contacts, report, "--postgres", database.url());
        }
      }
    }
  }

  private static void run(StoreKind kind, long contacts, Report report, String option, String where)
      throws IOException, InterruptedException {
    try (Scratch scratch = new Scratch()) {
      long from = System.nanoTime();
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "stream",
                  "--contacts",
                  Long.toString(contacts),
                  option,
                  where)
              .redirectErrorStream(true)
              .redirectOutput(scratch.file("out").toFile())
              .start();
      boolean ended = child.waitFor(60, TimeUnit.MINUTES);
      if (!ended) {
        child.destroyForcibly();
      }
      if (!ended || child.exitValue() != 0) {
        throw new IllegalStateException(
            "contacts did not stream into a heap of 256 MB: "
                + java.nio.file.Files.readString(scratch.file("out")));
      }
      report.add(
          "scale." + kind.text() + ".stream_256mb",
          "contacts/s",
          contacts / ((System.nanoTime() - from) / 1e9));
    }
  }
}
