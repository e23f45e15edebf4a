package dev.sequencer.internal.catalog;

import dev.sequencer.MailKind;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import dev.sequencer.internal.plan.StepGraph;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of a sequence; never changes.
 *
 * @param id its document
 * @param sequence the document of its sequence
 * @param number 1 for the first
 * @param definition what was published
 * @param graph its steps by number
 * @param window the digest of its window
 * @param pool the document of its pool
 * @param publishedAt when
 */
public record Version(
    int id,
    int sequence,
    int number,
    Sequence definition,
    StepGraph graph,
    Optional<String> window,
    int pool,
    Instant publishedAt) {
  /** Gives the kind of the mail of a step. */
  public MailKind kind(Step.Email step) {
    return step.mail().kind().orElse(definition.rules().kind());
  }

  /** Gives its window. */
  public Optional<SendWindow> sendWindow() {
    return definition.rules().window();
  }
}
