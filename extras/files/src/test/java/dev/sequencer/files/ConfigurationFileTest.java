package dev.sequencer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sequencer.DefinitionException;
import dev.sequencer.InDoubt;
import dev.sequencer.Mailbox;
import dev.sequencer.MailboxLimits.Spread;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerConfig;
import dev.sequencer.spi.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  private static final String SMTP = "transports: {smtp: {type: smtp, host: localhost}}\n";

  @TempDir Path folder;

  private Configuration read(String yaml) throws IOException {
    return read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private Configuration read(byte[] yaml) throws IOException {
    Path file = Files.write(folder.resolve("sequencer.yaml"), yaml);
    return ConfigurationFile.read(file, Examples.ENVIRONMENT);
  }

  private static Configuration example(String name) {
    return ConfigurationFile.read(Examples.GOOD.resolve(name), Examples.ENVIRONMENT);
  }

  private String fault(byte[] yaml) {
    DefinitionException e =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            DefinitionException.class, () -> read(yaml));
    assertThat(e.faults()).hasSize(1);
    return e.faults().get(0).toString().replace(folder + "/", "");
  }

  private static Credential login(Configuration configuration, Mailbox mailbox) {
    return configuration.credentials().find("", mailbox.credentials().orElse("")).orElseThrow();
  }

  @Nested
  class Settings {
    @Test
    void thatAreLeftOutHaveTheEnginesDefaults() {
      Configuration small = example("small.yaml");
      assertThat(small.store()).isEqualTo(new StoreSettings.Memory());
      assertThat(small.engine()).isEqualTo(EngineSettings.DEFAULT);
      assertThat(small.engine().workers()).isEqualTo(SequencerConfig.Settings.DEFAULT.workers());
      assertThat(small.templates()).isEmpty();
      assertThat(small.mailboxes()).containsExactly(Mailbox.of("ann@acme.example"));
      assertThat(small.lints()).isEmpty();
    }

    @Test
    void ofAPostgresStoreHaveItsDefaults() {
      Configuration small = example("postgres-small.yaml");
      assertThat(small.store()).isEqualTo(StoreSettings.Postgres.at("jdbc:postgresql:app", "dan"));
      assertThat(small.credentials().find("", "dan")).contains(new Credential.Password("", "dans"));
    }

    @Test
    void ofAPostgresStoreAreThoseOfTheFileAndTheLoginIsAReference() {
      Configuration full = example("postgres.yaml");
      StoreSettings.Postgres store = (StoreSettings.Postgres) full.store();
      assertThat(store)
          .isEqualTo(
              new StoreSettings.Postgres(
                  "jdbc:postgresql://db.example:5432/app?ssl=true",
                  store.credentials(),
                  "mail",
                  "mail_",
                  false,
                  5,
                  false));
      assertThat(full.credentials().find("", store.credentials()))
          .contains(new Credential.Password("app", Examples.SECRET));
      assertThat(full.toString()).doesNotContain(Examples.SECRET);
      assertThat(full.lints()).isEmpty();
    }

    @Test
    void areThoseOfTheFile() {
      Configuration full = example("full.yaml");
      assertThat(full.store())
          .isEqualTo(new StoreSettings.Sqlite(Examples.GOOD.resolve("data/sequencer.db")));
      assertThat(full.templates()).contains(Examples.GOOD.resolve("mail"));
      assertThat(full.engine())
          .isEqualTo(
              new EngineSettings(
                  Optional.of(ZoneId.of("Europe/Berlin")),
                  Optional.of("node-1"),
                  8,
                  InDoubt.HOLD,
                  new EngineSettings.Times(
                      Duration.ofSeconds(60),
                      Duration.ofSeconds(30),
                      Duration.ofSeconds(10),
                      Duration.ofMinutes(1),
                      Duration.ofMinutes(15)),
                  false));
      assertThat(full.lints()).isEmpty();
    }

    @Test
    void atTheirBoundsAreTakenAndBeyondThemRefused() throws IOException {
      assertThat(read("workers: 1000\n").engine().workers()).isEqualTo(1000);
      assertThat(fault("workers: 1001\n".getBytes(StandardCharsets.UTF_8)))
          .endsWith("must be a whole number from 1 to 1000, but is 1001");
      assertThat(read("times: {sweep: 10ms, claimExpiry: 1h}\n").engine().times().sweep())
          .isEqualTo(Duration.ofMillis(10));
      assertThat(fault("times: {sweep: 9ms}\n".getBytes(StandardCharsets.UTF_8)))
          .endsWith("'sweep' must be from 10ms to 1h, but is '9ms'");
      String name = "n".repeat(100);
      assertThat(read("node: " + name + "\n").engine().node()).contains(name);
      assertThat(fault(("node: " + name + "n\n").getBytes(StandardCharsets.UTF_8)))
          .endsWith("must have 1 to 100 characters and not be blank");
    }
  }

  @Nested
  class Transports {
    @Test
    void areReadWithAllTheirSettings() {
      assertThat(example("full.yaml").transports())
          .containsOnlyKeys("smtp", "tls", "clear", "465", "files")
          .containsEntry(
              "smtp",
              new TransportSettings.Smtp(
                  "smtp.acme.example",
                  587,
                  TransportSettings.Security.STARTTLS,
                  Optional.of(TransportSettings.Auth.PLAIN),
                  Optional.of("app.acme.example"),
                  new TransportSettings.Waits(
                      Optional.of(Duration.ofMinutes(2)),
                      Optional.of(Duration.ofMinutes(10)),
                      Optional.of(Duration.ofSeconds(20)),
                      Optional.of(Duration.ofSeconds(60)),
                      Optional.of(Duration.ZERO)),
                  OptionalInt.of(50)))
          .containsEntry("files", new TransportSettings.Eml(Examples.GOOD.resolve("outbox")));
    }

    @Test
    void haveTheUsualPortOfTheirSecurityAndTheUsualSecurityOfTheirPort() {
      Map<String, TransportSettings> transports = example("full.yaml").transports();
      assertThat(transports.get("tls"))
          .isEqualTo(smtp("smtp.acme.example", 465, TransportSettings.Security.TLS, ""));
      assertThat(transports.get("clear"))
          .isEqualTo(smtp("127.0.0.1", 25, TransportSettings.Security.NONE, ""));
      assertThat(transports.get("465"))
          .isEqualTo(smtp("smtp.acme.example", 465, TransportSettings.Security.TLS, "XOAUTH2"));
    }

    private TransportSettings smtp(
        String host, int port, TransportSettings.Security security, String auth) {
      return new TransportSettings.Smtp(
          host,
          port,
          security,
          auth.isEmpty() ? Optional.empty() : Optional.of(TransportSettings.Auth.valueOf(auth)),
          Optional.empty(),
          TransportSettings.Waits.DEFAULT,
          OptionalInt.empty());
    }

    @Test
    void inClearToAnotherMachineAreALint() throws IOException {
      assertThat(read("transports: {a: {type: smtp, host: h.example, security: none}}").lints())
          .singleElement()
          .asString()
          .endsWith(
              "sequencer.yaml:1:57 transports.a.security: mails and passwords go in clear to"
                  + " another machine: use starttls or tls");
    }
  }

  @Nested
  class Mailboxes {
    @Test
    void areReadWithAllTheirSettings() {
      List<Mailbox> mailboxes = example("full.yaml").mailboxes();
      Mailbox ann = mailboxes.get(0);
      assertThat(ann.address()).hasToString("Ann <ann@acme.example>");
      assertThat(ann.limits().spread()).isEqualTo(Spread.EVENLY_WITH_JITTER);
      assertThat(ann.limits().minGap()).isEqualTo(Duration.ofMillis(1500));
      assertThat(ann.zone()).contains(ZoneId.of("Europe/Vienna"));
      assertThat(mailboxes.get(1))
          .isEqualTo(
              Mailbox.googleWorkspace("ben@acme.example")
                  .via("465")
                  .credentials("ben@acme.example"));
      assertThat(mailboxes.get(2).limits().perDay()).hasValue(100);
      assertThat(mailboxes.get(2).limits().day())
          .isEqualTo(Mailbox.gmail("cy@acme.example").limits().day());
    }

    @Test
    void logInWithTheirOwnLoginElseThatOfTheirTransportElseTheirReference() {
      Configuration full = example("full.yaml");
      List<Mailbox> mailboxes = full.mailboxes();
      assertThat(login(full, mailboxes.get(0)))
          .isEqualTo(new Credential.Password("shared", Examples.SECRET));
      assertThat(login(full, mailboxes.get(1)))
          .isEqualTo(new Credential.AccessToken("ben", "t0ken"));
      assertThat(login(full, mailboxes.get(2))).isEqualTo(new Credential.Password("cy", "none"));
      assertThat(login(full, mailboxes.get(3))).isEqualTo(new Credential.Password("", "dans"));
      assertThat(full.toString()).doesNotContain(Examples.SECRET, "t0ken", "dans");
    }

    @Test
    void withTheOnlyTransportNeedNotNameItAndUseItsLogin() throws IOException {
      Configuration configuration =
          read(
              """
              transports:
                smtp: {type: smtp, host: localhost, user: u, password: "${SMTP_PASSWORD}"}
              mailboxes: [{address: ann@acme.example}]
              """);
      Mailbox ann = configuration.mailboxes().get(0);
      assertThat(ann.transport()).isEmpty();
      assertThat(login(configuration, ann))
          .isEqualTo(new Credential.Password("u", Examples.SECRET));
    }

    @Test
    void withTheirPasswordInTheFileAreALintThatDoesNotShowIt() throws IOException {
      assertThat(
              read(SMTP + "mailboxes: [{address: a@b.example, user: a, password: hunter2}]")
                  .lints())
          .singleElement()
          .asString()
          .endsWith(
              "sequencer.yaml:2:55 mailboxes[0].password: 'password' stands in the file, where"
                  + " others may read it: take it from the environment, as in"
                  + " \"${SMTP_PASSWORD}\"")
          .doesNotContain("hunter2");
    }
  }

  @Nested
  class Sequences {
    @Test
    void comeFromFilesFoldersAndTheFileItself() {
      Configuration full = example("full.yaml");
      assertThat(full.sequences())
          .extracting(located -> located.sequence().name())
          .containsExactly("onboarding", "renewal", "inline");
      assertThat(full.sequence("renewal").orElseThrow().sequence())
          .isEqualTo(SequenceFile.read(Examples.GOOD.resolve("sequences/renewal.yml")));
      assertThat(full.sequence("nobody")).isEmpty();
    }

    @Test
    void keepWhatLooksLikeAVariableAsText() {
      Sequence inline = example("full.yaml").sequence("inline").orElseThrow().sequence();
      assertThat(inline.steps().get(0).toString()).contains("$${not} a variable");
    }

    @Test
    void mayHaveTheirPathFromAVariable() throws IOException {
      Path sequence = Examples.GOOD.resolve("sequences/renewal.yml").toAbsolutePath();
      Path file = folder.resolve("x.yaml");
      Files.writeString(
          file, SMTP + "mailboxes: {address: ann@acme.example}\nsequences: [\"${WHERE}\"]\n");
      assertThat(ConfigurationFile.read(file, Map.of("WHERE", sequence.toString())).sequences())
          .hasSize(1);
    }
  }

  @Nested
  class TheFile {
    @Test
    void isUtf8WithOrWithoutByteOrderMark() throws IOException {
      assertThat(read("\uFEFFnode: grün\n").engine().node()).contains("grün");
    }

    @Test
    void inUtf16OrLatin1IsNamedWithItsPlace() {
      assertThat(fault("node: a\n".getBytes(StandardCharsets.UTF_16)))
          .isEqualTo("sequencer.yaml: a file must be UTF-8, but this is UTF-16: save it as UTF-8");
      assertThat(fault("store: memory\nnode: grün\n".getBytes(StandardCharsets.ISO_8859_1)))
          .isEqualTo(
              "sequencer.yaml:2:9: the text must be UTF-8, but has the byte 0xFC here, as Latin-1"
                  + " or Windows-1252 have it: save it as UTF-8");
    }

    @Test
    void hasFourMebibytesAndNotOneByteMore() throws IOException {
      String yaml = "node: a\n#";
      String largest = yaml + "x".repeat(SourceFile.LARGEST - yaml.length());
      assertThat(read(largest).engine().node()).contains("a");
      assertThat(fault((largest + "x").getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(
              "sequencer.yaml: a file has at most 4194304 bytes, but this has more: split it");
    }

    @Test
    void isNestedAsDeepAsTheLimitAndNotDeeper() throws IOException {
      String deep = "sequences: [{name: x, steps: [{email: a, defaults: {a: %s1%s}}]}]\n";
      // Attributes are at most 32 deep, the file itself 64.
      int most = 32;
      assertThat(read(deep.formatted("[".repeat(most), "]".repeat(most))).sequences()).hasSize(1);
      assertThat(
              fault(
                  deep.formatted("[".repeat(most + 1), "]".repeat(most + 1))
                      .getBytes(StandardCharsets.UTF_8)))
          .contains("attributes may be nested at most 32 deep");
    }

    @Test
    void holdsAHundredThousandValuesAndNotOneMore() throws IOException {
      // Everything around the list, and each of its items.
      String list = "sequences: [{name: x, steps: [{email: a, defaults: {a: [%s]}}]}]\n";
      int around = 15;
      String items = "1,".repeat(YamlNodes.MOST_VALUES - around);
      assertThat(read(list.formatted(items)).sequences()).hasSize(1);
      assertThat(fault(list.formatted(items + "1").getBytes(StandardCharsets.UTF_8)))
          .contains("a file holds at most 100000 values");
    }

    @Test
    void thatIsMissingOrAFolderIsNamed() {
      assertThatExceptionOfType(DefinitionException.class)
          .isThrownBy(() -> ConfigurationFile.read(Path.of("nowhere.yaml"), Map.of()))
          .withMessage(
              "nowhere.yaml has a fault: nowhere.yaml: there is no such file: correct the path");
      assertThatExceptionOfType(DefinitionException.class)
          .isThrownBy(() -> ConfigurationFile.read(folder, Map.of()))
          .withMessageContaining("but this is a folder: name a file in it");
    }
  }

  @Nested
  class Variables {
    private Optional<String> node(String text) throws IOException {
      return read("node: \"" + text + "\"\n").engine().node();
    }

    @Test
    void areReplacedAnywhereInAText() throws IOException {
      assertThat(node("a ${BEN_TOKEN} b ${BEN_TOKEN}")).contains("a t0ken b t0ken");
    }

    @Test
    void haveDefaultsForWhatIsMissingOrEmpty() throws IOException {
      assertThat(node("${NOWHERE:-here}")).contains("here");
      assertThat(node("${EMPTY:-here}")).contains("here");
      assertThat(node("${BEN_TOKEN:-here}")).contains("t0ken");
      assertThat(node("x${EMPTY}${NOWHERE:-}")).contains("x");
    }

    @Test
    void areEscapedByASecondDollar() throws IOException {
      assertThat(node("$${BEN_TOKEN}")).contains("${BEN_TOKEN}");
      assertThat(node("$$ $x $")).contains("$$ $x $");
    }

    @Test
    void giveNumbersAndWordsToo() throws IOException {
      Path file = folder.resolve("x.yaml");
      Files.writeString(file, "workers: \"${W}\"\nlogOutcomes: ${L}\ninDoubt: ${D}\n");
      EngineSettings engine =
          ConfigurationFile.read(file, Map.of("W", "3", "L", "false", "D", "resend")).engine();
      assertThat(engine.workers()).isEqualTo(3);
      assertThat(engine.logOutcomes()).isFalse();
      assertThat(engine.inDoubt()).isEqualTo(InDoubt.RESEND);
    }

    @Test
    void areNotReplacedInWhatAVariableGave() throws IOException {
      Path file = folder.resolve("x.yaml");
      Files.writeString(file, "node: ${A}\n");
      assertThat(ConfigurationFile.read(file, Map.of("A", "${B}", "B", "b")).engine().node())
          .contains("${B}");
    }
  }
}
