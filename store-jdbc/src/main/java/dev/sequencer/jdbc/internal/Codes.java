package dev.sequencer.jdbc.internal;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.Suppression;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The letters that stand in tables for the values of enums; a letter never changes its meaning. */
public final class Codes {
  private Codes() {}

  static String of(EnrollmentStatus status) {
    return switch (status) {
      case ACTIVE -> "A";
      case PAUSED -> "P";
      case HELD -> "H";
      case ENDED -> "E";
    };
  }

  static EnrollmentStatus status(String code) {
    return switch (code) {
      case "A" -> EnrollmentStatus.ACTIVE;
      case "P" -> EnrollmentStatus.PAUSED;
      case "H" -> EnrollmentStatus.HELD;
      case "E" -> EnrollmentStatus.ENDED;
      default -> throw unknown("status of an enrollment", code);
    };
  }

  static String of(EnrollmentPhase phase) {
    return switch (phase) {
      case WAITING -> "W";
      case SENDING -> "S";
      case IN_DOUBT -> "D";
    };
  }

  static EnrollmentPhase phase(String code) {
    return switch (code) {
      case "W" -> EnrollmentPhase.WAITING;
      case "S" -> EnrollmentPhase.SENDING;
      case "D" -> EnrollmentPhase.IN_DOUBT;
      default -> throw unknown("phase of an enrollment", code);
    };
  }

  static @Nullable String of(Optional<Ending> ending) {
    if (ending.isEmpty()) {
      return null;
    }
    return switch (ending.get()) {
      case COMPLETED -> "C";
      case STOPPED -> "S";
      case CANCELLED -> "X";
      case FAILED -> "F";
    };
  }

  static Optional<Ending> ending(@Nullable String code) {
    if (code == null) {
      return Optional.empty();
    }
    return switch (code) {
      case "C" -> Optional.of(Ending.COMPLETED);
      case "S" -> Optional.of(Ending.STOPPED);
      case "X" -> Optional.of(Ending.CANCELLED);
      case "F" -> Optional.of(Ending.FAILED);
      default -> throw unknown("ending of an enrollment", code);
    };
  }

  static String of(DeliveryStatus status) {
    return switch (status) {
      case SENT -> "S";
      case SKIPPED -> "K";
      case FAILED -> "F";
      case IN_DOUBT -> "D";
    };
  }

  static DeliveryStatus delivery(String code) {
    return switch (code) {
      case "S" -> DeliveryStatus.SENT;
      case "K" -> DeliveryStatus.SKIPPED;
      case "F" -> DeliveryStatus.FAILED;
      case "D" -> DeliveryStatus.IN_DOUBT;
      default -> throw unknown("status of a delivery", code);
    };
  }

  public static String of(Suppression.Blocks blocks) {
    return switch (blocks) {
      case EVERYTHING -> "A";
      case ALL_BUT_TRANSACTIONAL -> "M";
    };
  }

  static Suppression.Blocks blocks(String code) {
    return switch (code) {
      case "A" -> Suppression.Blocks.EVERYTHING;
      case "M" -> Suppression.Blocks.ALL_BUT_TRANSACTIONAL;
      default -> throw unknown("reach of a suppression", code);
    };
  }

  static String of(LedgerKey.Kind kind) {
    return switch (kind) {
      case MAILBOX -> "M";
      case SEQUENCE -> "Q";
    };
  }

  static LedgerKey.Kind ledger(String code) {
    return switch (code) {
      case "M" -> LedgerKey.Kind.MAILBOX;
      case "Q" -> LedgerKey.Kind.SEQUENCE;
      default -> throw unknown("kind of a ledger", code);
    };
  }

  private static IllegalStateException unknown(String what, String code) {
    return new IllegalStateException(
        "the tables hold '"
            + code
            + "' as the "
            + what
            + ", which this version does not know: update Sequencer");
  }
}
