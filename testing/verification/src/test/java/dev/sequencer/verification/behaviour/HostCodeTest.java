package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.deliveries;
import static dev.sequencer.verification.behaviour.Scenes.enrollments;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollmentId;
import dev.sequencer.OnFailure;
import dev.sequencer.Retry;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerEvent.MailFailed;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Templates, model sources and values of the host that fail: one mail's trouble, nobody else's. */
class HostCodeTest {
  private static final Contact BO = Contact.of("bo@example.com").id("bo");
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  @TempDir Path folder;

  /** Templates that can be away or gone. */
  private static final class Shelf implements TemplateSource {
    final Map<String, Template> templates = new HashMap<>();
    final AtomicBoolean away = new AtomicBoolean();

    @Override
    public Optional<Template> template(String name, Locale locale) {
      if (away.get()) {
        throw new IllegalStateException("the shelf is away");
      }
      return Optional.ofNullable(templates.get(name));
    }

    @Override
    public Optional<byte[]> file(String name) {
      return Optional.empty();
    }
  }

  private static Shelf shelf() {
    Shelf shelf = new Shelf();
    shelf.templates.put("mail-1", Template.of("Hi {{nick}}", "Dear {{nick}}"));
    return shelf;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a value that is missing fails that mail at once, with its name, and no other one")
  void missingValue(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).templates(shelf()).sequence(one("one")).build()) {
      sequencer.enroll("one", BO);
      sequencer.enroll("one", Contact.of("cy@example.com").attribute("nick", "Cy"));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).extracting(SentMail::subject).containsExactly("Hi Cy");
      assertThat(deliveries(sequencer).get(0).status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(deliveries(sequencer).get(0).reason()).contains("nick").doesNotContain("bo@");
      assertThat(sequencer.events(MailFailed.class)).hasSize(1);

      sequencer.contacts().save(BO.attribute("nick", "Bo"));
      sequencer.enrollments().retry(enrollments(sequencer).get(0).id(), ACT);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).extracting(SentMail::subject).contains("Hi Bo");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "a template source that is away is asked again after 5 and 15 minutes, then it leaves")
  void sourceAway(Stores kept) {
    Shelf shelf = shelf();
    try (TestSequencer sequencer =
        kept.engine(folder).templates(shelf).sequence(one("one")).build()) {
      sequencer.runUntilIdle();
      shelf.away.set(true);
      sequencer.enroll("one", BO.attribute("nick", "Bo"));
      sequencer.advance(Duration.ofMinutes(19));
      assertThat(sequencer.transport().attempted()).isEmpty();
      assertThat(only(sequencer).state().reason()).isNotEmpty();
      shelf.away.set(false);
      sequencer.advance(Duration.ofHours(1));
      assertThat(left(sequencer.transport())).containsExactly(START.plus(Duration.ofMinutes(20)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a node that is older than a template leaves its mails to the newer nodes")
  void olderNode(Stores kept) {
    Shelf newer = shelf();
    newer.templates.put("mail-2", Template.of("Two", "Two"));
    Sequence two = Sequence.named("two").email("m", mail -> mail.template("mail-2")).build();
    try (TestSequencer old = kept.engine(folder).templates(shelf()).sequence(one("one")).build();
        TestSequencer fresh =
            TestSequencer.builder()
                .store(old.store())
                .clock(old.clock())
                .transport(old.transport())
                .templates(newer)
                .engine(engine -> engine.node("newer"))
                .sequence(two)
                .build()) {
      fresh.enroll("two", BO);
      old.runUntilIdle();
      assertThat(deliveries(old)).isEmpty();
      assertThat(only(old).state().reason()).contains("there is no template 'mail-2'");
      fresh.advance(Duration.ofMinutes(5));
      assertThat(fresh.mails()).extracting(SentMail::subject).containsExactly("Two");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a template source that stays away fails the mail after the policy, and says why")
  void sourceStaysAway(Stores kept) {
    Shelf shelf = shelf();
    Sequence sequence =
        Sequence.named("one")
            .retry(Retry.of(Duration.ofMinutes(1)))
            .email("mail-1", mail -> mail.template("mail-1"))
            .build();
    try (TestSequencer sequencer =
        kept.engine(folder).templates(shelf).sequence(sequence).build()) {
      sequencer.runUntilIdle();
      shelf.away.set(true);
      sequencer.enroll("one", BO.attribute("nick", "Bo"));
      sequencer.advance(Duration.ofHours(1));
      assertThat(only(sequencer).state().ending()).contains(Ending.FAILED);
      assertThat(deliveries(sequencer).get(0).reason()).contains("2 tries");
      shelf.away.set(false);
      sequencer.enrollments().retry(only(sequencer).id(), ACT);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a template that was removed fails the mail, with CONTINUE the run goes on")
  void templateGone(Stores kept) {
    Shelf shelf = shelf();
    shelf.templates.put("mail-2", Template.of("Two", "Two"));
    Sequence sequence =
        Sequence.named("two")
            .onFailure(OnFailure.CONTINUE)
            .retry(Retry.never())
            .email("mail-1", mail -> mail.template("mail-1"))
            .waitFor(Delay.days(1))
            .email("mail-2", mail -> mail.template("mail-2"))
            .build();
    try (TestSequencer sequencer =
        kept.engine(folder).templates(shelf).sequence(sequence).build()) {
      sequencer.runUntilIdle();
      shelf.templates.remove("mail-1");
      sequencer.enroll("two", BO);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-2");
      assertThat(deliveries(sequencer).get(0).reason()).contains("mail-1");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("templates are late-bound: a changed one is used from the next mail on")
  void lateBound(Stores kept) {
    Shelf shelf = shelf();
    try (TestSequencer sequencer =
        kept.engine(folder).templates(shelf).sequence(one("one")).build()) {
      sequencer.enroll("one", BO.attribute("nick", "Bo"));
      sequencer.runUntilIdle();
      shelf.templates.put("mail-1", Template.of("Hello {{nick}}", "Dear {{nick}}"));
      sequencer.enroll("one", Contact.of("cy@example.com").attribute("nick", "Cy"));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails())
          .extracting(SentMail::subject)
          .containsExactly("Hi Bo", "Hello Cy");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S19 fresh values win over the run's data, which win over the contact's attributes")
  void precedence(Stores kept) {
    Shelf shelf = new Shelf();
    shelf.templates.put("mail-1", Template.of("{{a}} {{b}} {{c}}", "Hi"));
    try (TestSequencer sequencer =
        kept.engine(folder)
            .templates(shelf)
            .engine(
                engine ->
                    engine.models(
                        mails -> {
                          Map<EnrollmentId, Attributes> fresh = new HashMap<>();
                          mails.forEach(
                              mail ->
                                  fresh.put(
                                      mail.enrollment(), Attributes.of(Map.of("c", "fresh"))));
                          return fresh;
                        }))
            .sequence(one("one"))
            .build()) {
      sequencer.enroll(
          EnrollRequest.of(
                  "one",
                  BO.attribute("a", "contact").attribute("b", "contact").attribute("c", "contact"))
              .data(Attributes.of(Map.of("b", "run", "c", "run"))));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails())
          .extracting(SentMail::subject)
          .containsExactly("contact run fresh");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a model source is asked a batch at a time, and never for what will not be sent")
  void askedInBatches(Stores kept) {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    try (TestSequencer sequencer =
        kept.engine(folder)
            .engine(
                engine ->
                    engine.models(
                        mails -> {
                          calls.incrementAndGet();
                          asked.addAndGet(mails.size());
                          return Map.of();
                        }))
            .sequence(one("one"))
            .build()) {
      sequencer.enrollAll(
          "one",
          Stream.iterate(0, i -> i + 1)
              .limit(50)
              .map(i -> ContactInput.of("p" + i + "@example.com")),
          each -> {});
      sequencer.enrollments().cancel(enrollments(sequencer).get(0).id(), ACT);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(49);
      assertThat(asked).hasValue(49);
      assertThat(calls.get()).isBetween(1, 10);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K12 a model source that gives null or too many fails nobody else")
  void modelsThatMisbehave(Stores kept) {
    AtomicBoolean gone = new AtomicBoolean();
    try (TestSequencer sequencer =
        kept.engine(folder)
            .engine(
                engine ->
                    engine.models(
                        mails -> {
                          if (gone.get()) {
                            Map<EnrollmentId, Attributes> map = new HashMap<>();
                            map.put(new EnrollmentId(4711), Attributes.none());
                            return map;
                          }
                          throw new StackOverflowError();
                        }))
            .sequence(one("one"))
            .build()) {
      sequencer.enroll("one", BO);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).isEmpty();
      gone.set(true);
      sequencer.advance(Duration.ofMinutes(5));
      assertThat(sequencer.mails()).hasSize(1);
    }
  }
}
