package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Attributes;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.ModelSource;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Code of the host that throws, is slow or never returns. */
class HostCodeTest extends Scenario {
  static final String GOOD = "good";
  static final String BAD = "bad";

  /** What the host's code does when it is called for a bad mail. */
  private Runnable deed = () -> {};

  /** Which code of the host it is. It is asked for a mail by the name of its contact. */
  enum Code {
    MODELS,
    TEMPLATES,
    RENDERER;

    void into(Sequencer.Builder engine, Runnable deed) {
      switch (this) {
        case MODELS -> engine.models(models(deed));
        case TEMPLATES -> engine.templates(templates(deed));
        case RENDERER -> engine.renderer(renderer(deed));
      }
    }

    private static ModelSource models(Runnable deed) {
      return mails -> {
        if (mails.stream().anyMatch(mail -> mail.sequence().equals(BAD))) {
          deed.run();
        }
        return Map.<EnrollmentId, Attributes>of();
      };
    }

    static TemplateSource templates(Runnable deed) {
      return new TemplateSource() {
        @Override
        public Optional<Template> template(String name, Locale locale) {
          if (name.equals(BAD)) {
            deed.run();
          }
          return Optional.of(Template.of("subject", name));
        }

        @Override
        public Optional<byte[]> file(String name) {
          return Optional.empty();
        }
      };
    }

    private static MailRenderer renderer(Runnable deed) {
      return new MailRenderer() {
        @Override
        public String render(String template, Format format, Map<String, Object> values) {
          if (template.equals(BAD)) {
            deed.run();
          }
          return template;
        }

        @Override
        public Set<String> variables(String template) {
          return Set.of();
        }
      };
    }
  }

  private static Sequence sequence(String name) {
    return Sequence.named(name)
        .email("first", mail -> mail.subject("1").text(GOOD))
        .email("second", mail -> mail.template(name))
        .build();
  }

  static Sequence one(String name) {
    return Sequence.named(name).email("only", mail -> mail.template(name)).build();
  }

  static Stream<Arguments> codes() {
    return Arrays.stream(Code.values())
        .flatMap(code -> Arrays.stream(Kept.values()).map(kept -> Arguments.of(code, kept)));
  }

  private TestSequencer engine(Code code, Kept kept, Sequence... sequences) {
    TestSequencer sequencer =
        closing(
            describe(store(kept), mailbox(), sequences)
                .templates(Code.templates(() -> {}))
                .engine(engine -> code.into(engine, () -> deed.run()))
                .build());
    sequencer.runUntilIdle();
    return sequencer;
  }

  @ParameterizedTest
  @MethodSource("codes")
  @DisplayName("K12 the outcome of a mail is kept before code of the host runs for the next one")
  void outcomeFirst(Code code, Kept kept) {
    Sequence two = sequence(BAD);
    TestSequencer sequencer = engine(code, kept, two);
    List<DeliveryStatus> known = new ArrayList<>();
    deed =
        () -> {
          List<DeliveryView> all = deliveries(sequencer);
          if (!all.isEmpty()) {
            known.add(all.get(0).status());
            throw new SimulatedCrash("in code of the host");
          }
        };
    enroll(sequencer, two, "bo@example.com");
    assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
    assertThat(known).containsExactly(DeliveryStatus.SENT);
    deed = () -> {};
    sequencer.crash();
    sequencer.advance(Duration.ofHours(1));
    assertThat(transport.accepted()).hasSize(2);
    assertThat(deliveries(sequencer)).extracting(d -> d.status()).containsOnly(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @MethodSource("codes")
  @DisplayName("K12 code of the host that throws holds back its own mail, the batch goes on")
  void throwing(Code code, Kept kept) {
    Sequence good = one(GOOD);
    Sequence bad = one(BAD);
    TestSequencer sequencer = engine(code, kept, good, bad);
    deed =
        () -> {
          throw new IllegalStateException("no");
        };
    EnrollmentId held = enroll(sequencer, bad, "bo@example.com");
    for (int i = 0; i < 5; i++) {
      enroll(sequencer, good, "c" + i + "@example.com");
    }
    sequencer.runUntilIdle();
    assertThat(transport.accepted()).hasSize(5);
    EnrollmentView waiting = view(sequencer, held);
    assertThat(waiting.status()).isEqualTo(EnrollmentStatus.ACTIVE);
    assertThat(waiting.state().reason()).isNotEmpty().doesNotContain("bo@");
    deed = () -> {};
    sequencer.advance(Duration.ofHours(1));
    assertThat(transport.accepted()).hasSize(6);
  }
}
