package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import dev.sequencer.cli.demo.RecordingServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as processes of its own, two at a time on one file. */
class RunTest {
  @TempDir private Path folder;

  private Project project(int port) throws IOException {
    Files.createDirectory(folder.resolve("mail"));
    return Project.empty(folder)
        .write(
            "sequencer.yaml",
            "store: {sqlite: ./sequencer.db}",
            "defaultZone: Europe/Berlin",
            "templates: ./mail",
            "transports:",
            "  smtp: {type: smtp, host: 127.0.0.1, port: " + port + ", security: none}",
            "mailboxes:",
            "  - address: ann@acme.example",
            "sequences:",
            "  - name: hello",
            "    steps:",
            "      - email: hello",
            "        template: hello")
        .write("mail/hello.txt", "Subject: Hello, {{name}}", "", "Hello {{name}}.")
        .write("contacts.csv", "email,name", "bo@example.com,Bo", "cy@example.com,Cy");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err.txt"));
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void aHostSendsWhatOthersEnrollAndEndsCleanlyWhenItIsToldTo() throws Exception {
    Files.createDirectory(folder.resolve("received"));
    try (RecordingServer server = RecordingServer.start(folder.resolve("received"), 3)) {
      Project project = project(server.port());
      Process host = start("run", "--grace", "5");
      try {
        assertThat(output(host).readLine())
            .as("its first line; its errors are %s", errors())
            .startsWith("sequencer runs: store sequencer.db, mailboxes ann@acme.example")
            .contains("sequences hello");
        Process other = start("enroll", "hello", "--contacts", "contacts.csv");
        assertThat(output(other).readLine()).startsWith("hello: enrolled 2");
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
        Outcome send =
            project.run(
                "send",
                "--from",
                "ann@acme.example",
                "--to",
                "Di <di@example.com>",
                "--template",
                "hello");
        assertThat(send.code()).isZero();
        assertThat(server.awaited().await(30, TimeUnit.SECONDS)).as(errors()).isTrue();
        host.destroy();
        assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(host.exitValue()).isZero();
      } finally {
        host.destroyForcibly();
      }
      assertThat(server.recipients())
          .containsExactly("bo@example.com", "cy@example.com", "di@example.com");
      Outcome sent = project.run("deliveries", "--status", "sent");
      assertThat(sent.out()).contains("1-1").contains("2-1").contains("3-1");
      Outcome status = project.run("status", "--json");
      assertThat(status.json("sequences", 0, "deliveries", 0, "sent")).isEqualTo(2L);
      assertThat(status.json("health", "up")).isEqualTo(true);
    }
  }

  @Test
  void aHostWithFaultsDoesNotStart() throws Exception {
    project(1).replace("sequencer.yaml", "template: hello", "template: hallo");
    Process host = start("run");
    assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(host.exitValue()).isEqualTo(1);
    assertThat(errors()).contains("fault: ").contains("hallo");
  }
}
