package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "42, ENROLLMENT, 42",
    "enrollment:42, ENROLLMENT, 42",
    "ann@acme.example, MAILBOX, ann@acme.example",
    "mailbox:ann@acme.example, MAILBOX, ann@acme.example",
    "onboarding, SEQUENCE, onboarding",
    "sequence:42, SEQUENCE, 42",
    "42 days, SEQUENCE, 42 days"
  })
  void aTargetIsKnownByItsLookOrByWhatIsSaid(String text, Target.Kind kind, String name) {
    assertThat(Target.parse(text)).isEqualTo(new Target(kind, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "enrollment:x", "enrollment:", "99999999999999999999"})
  void aNumberThatIsNoEnrollmentIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.parse(text))
        .withMessageContaining("the id of an enrollment must be");
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.parse("@acme.example"))
        .withMessageContaining("mailbox '@acme.example'");
  }
}
