package dev.sequencer;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A list of steps with its rules. Immutable. Publishing it makes a version that never changes;
 * description, end date and pace are not part of the version and take effect at once.
 *
 * <p>Defaults: personal mail, no window, the engine's zone, a pool of all mailboxes of the tenant,
 * {@link Retry#standard()}, no pace, no end date, {@link OnFailure#FAIL}, the engine's policy for
 * mails in doubt.
 */
public final class Sequence {
  private final String name;
  private final List<Step> steps;
  private final Rules rules;
  private final Terms terms;

  Sequence(String name, List<Step> steps, Rules rules, Terms terms) {
    this.name = name;
    this.steps = List.copyOf(steps);
    this.rules = rules;
    this.terms = terms;
  }

  /** Begins to describe a sequence. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Gives its name, unique in its tenant. */
  public String name() {
    return name;
  }

  /** Gives its steps in the order in which they were described. */
  public List<Step> steps() {
    return steps;
  }

  /** Gives the rules that are part of its version. */
  public Rules rules() {
    return rules;
  }

  /** Gives what is not part of its version. */
  public Terms terms() {
    return terms;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequence that
        && name.equals(that.name)
        && steps.equals(that.steps)
        && rules.equals(that.rules)
        && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, steps, rules, terms);
  }

  /** Gives its name and the keys of its steps. */
  @Override
  public String toString() {
    return "Sequence[" + name + " " + steps.stream().map(Step::key).toList() + "]";
  }

  /**
   * The rules of a version.
   *
   * @param kind the kind of its mails
   * @param window when its e-mail may leave, in the contact's zone; empty for always
   * @param defaultZone the zone of contacts without one
   * @param pool the addresses of the mailboxes that share its work; empty for all of the tenant
   * @param retry the retries of deferred mails
   * @param onFailure what a failed e-mail does to its enrollment
   * @param inDoubt what happens with mails in doubt; empty for the engine's policy
   */
  public record Rules(
      MailKind kind,
      Optional<SendWindow> window,
      Optional<ZoneId> defaultZone,
      List<EmailAddress> pool,
      Retry retry,
      OnFailure onFailure,
      Optional<InDoubt> inDoubt) {
    /** The defaults. */
    public static final Rules DEFAULT =
        new Rules(
            MailKind.PERSONAL,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Retry.standard(),
            OnFailure.FAIL,
            Optional.empty());

    /** Copies the list. */
    public Rules {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(window, "window");
      Objects.requireNonNull(defaultZone, "defaultZone");
      pool = List.copyOf(pool);
      Objects.requireNonNull(retry, "retry");
      Objects.requireNonNull(onFailure, "onFailure");
      Objects.requireNonNull(inDoubt, "inDoubt");
    }
  }

  /**
   * What is not part of a version and takes effect at once for all that runs.
   *
   * @param description for people
   * @param pace its own pace
   * @param endsAt from when on nothing of it is sent; what waits, waits until it is extended
   */
  public record Terms(String description, Optional<Pace> pace, Optional<Instant> endsAt) {
    /** None. */
    public static final Terms NONE = new Terms("", Optional.empty(), Optional.empty());

    /** Checks that nothing is missing. */
    public Terms {
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(pace, "pace");
      Objects.requireNonNull(endsAt, "endsAt");
    }
  }

  /** Describes a sequence step by step. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<Step> steps = new ArrayList<>();
    private final List<EmailAddress> pool = new ArrayList<>();
    private MailKind kind = MailKind.PERSONAL;
    private Optional<SendWindow> window = Optional.empty();
    private Optional<ZoneId> zone = Optional.empty();
    private Retry retry = Retry.standard();
    private OnFailure onFailure = OnFailure.FAIL;
    private Optional<InDoubt> inDoubt = Optional.empty();
    private Terms terms = Terms.NONE;
    private int waits;

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Says what it is for. */
    public Builder description(String text) {
      terms = new Terms(text, terms.pace(), terms.endsAt());
      return this;
    }

    /** Sets the kind of its mails. */
    public Builder kind(MailKind kindOfMail) {
      kind = Objects.requireNonNull(kindOfMail, "kind");
      return this;
    }

    /** Sets when its e-mail may leave, in the contact's zone. */
    public Builder window(SendWindow sendWindow) {
      window = Optional.of(sendWindow);
      return this;
    }

    /**
     * Sets the zone of contacts without one.
     *
     * @throws TimeRuleException with INVALID_ZONE
     */
    public Builder defaultZone(String id) {
      zone = Optional.of(Zones.of(id));
      return this;
    }

    /**
     * Adds mailboxes that share its work.
     *
     * @throws IllegalArgumentException when one is no address
     */
    public Builder pool(String... mailboxes) {
      for (String mailbox : mailboxes) {
        pool.add(EmailAddress.of(mailbox));
      }
      return this;
    }

    /** Sets the retries of deferred mails. */
    public Builder retry(Retry policy) {
      retry = Objects.requireNonNull(policy, "retry");
      return this;
    }

    /** Sets its own pace over all its mailboxes. */
    public Builder pace(Pace pace) {
      terms = new Terms(terms.description(), Optional.of(pace), terms.endsAt());
      return this;
    }

    /**
     * Sets from when on nothing of it is sent.
     *
     * @throws IllegalArgumentException when its year is not between 1 and 9999
     */
    public Builder endsAt(Instant instant) {
      terms = new Terms(terms.description(), terms.pace(), Optional.of(Instants.cut(instant)));
      return this;
    }

    /** Sets what a failed e-mail does to its enrollment. */
    public Builder onFailure(OnFailure rule) {
      onFailure = Objects.requireNonNull(rule, "onFailure");
      return this;
    }

    /** Sets what happens with its mails in doubt. */
    public Builder inDoubt(InDoubt policy) {
      inDoubt = Optional.of(policy);
      return this;
    }

    /** Adds a step that sends an e-mail. */
    public Builder email(String key, Consumer<MailSpec> mail) {
      return step(new Step.Email(key, Optional.empty(), MailSpec.describe(mail)));
    }

    /** Adds a step that waits; its key is {@code wait-1}, {@code wait-2}, ... by its place. */
    public Builder waitFor(Delay delay) {
      return waitFor("wait-" + (waits + 1), delay);
    }

    /** Adds a step that waits. */
    public Builder waitFor(String key, Delay delay) {
      return step(new Step.Wait(key, Optional.empty(), delay));
    }

    /** Adds a step. */
    public Builder step(Step step) {
      if (step instanceof Step.Wait) {
        waits++;
      }
      steps.add(Objects.requireNonNull(step, "step"));
      return this;
    }

    /**
     * Gives the sequence.
     *
     * @throws DefinitionException with everything that is wrong with its shape: no steps, duplicate
     *     or bad keys, an unknown next step, a cycle, a step that nothing leads to
     */
    public Sequence build() {
      List<Problem> faults = SequenceShape.faults(name, steps);
      if (!faults.isEmpty()) {
        throw new DefinitionException("sequence '" + name + "'", faults);
      }
      return new Sequence(
          name, steps, new Rules(kind, window, zone, pool, retry, onFailure, inDoubt), terms);
    }
  }
}
