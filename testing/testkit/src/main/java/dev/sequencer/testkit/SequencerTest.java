package dev.sequencer.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Hands a fresh {@link TestSequencer} to each test method that has a parameter of that type, and
 * closes it afterwards. Parameters of type {@link dev.sequencer.Sequencer}, {@link ManualClock} and
 * {@link FakeTransport} are filled too, all from one engine per test method. A failing test shows
 * the mails that had left.
 *
 * <p>On a method it stands in place of the one on the class; nested classes use that of the class
 * around them. Runs on JUnit 5.10 to 6.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(SequencerExtension.class)
public @interface SequencerTest {
  /** Where the clock stands when a test begins; by default Monday 2026-06-01 08:00 UTC. */
  String startingAt() default TestSequencerBuilder.DEFAULT_START;

  /** The engine's zone, that of contacts, sequences and mailboxes without one; UTC by default. */
  String zone() default TestSequencerBuilder.DEFAULT_ZONE;

  /** What else the engine of each test has; nothing by default. */
  Class<? extends TestSequencerSetup> setup() default TestSequencerSetup.Nothing.class;
}
