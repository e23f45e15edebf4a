package dev.sequencer.tck.store;

import dev.sequencer.spi.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * What every store must do, as tests. A store's own test extends this class and says how an empty
 * store is made:
 *
 * <pre>{@code
 * final class InMemoryStoreTest extends StoreContract {
 *   @Override
 *   protected Store create() {
 *     return InMemoryStore.create();
 *   }
 * }
 * }</pre>
 *
 * <p>Time stands until a test moves it, and nothing sleeps; tests with several threads wait at
 * latches.
 */
public abstract class StoreContract {
  private StoreBench bench;

  /** For subclasses. */
  protected StoreContract() {}

  /** Makes an empty store; called once for each test. */
  protected abstract Store create();

  /**
   * Gives the store again after all its handles were closed: a durable one made anew of what is on
   * its disk, another one as it is, which is the default.
   */
  protected Store reopen(Store closed) {
    return closed;
  }

  /** Opens an empty store. */
  @BeforeEach
  void openBench() {
    bench = new StoreBench(create());
  }

  @AfterEach
  void closeBench() {
    bench.close();
  }

  @Nested
  class Enrolling extends EnrollingRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class KnownContacts extends ContactRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Suppressing extends SuppressionRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Claiming extends ClaimingRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class EndsOfClaims extends ClaimExpiryRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class WakeUps extends WakeUpRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Beginning extends BeginningRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class TakingCapacity extends CapacityRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class RollingQuotas extends RollingRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Completing extends CompletingRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Outcomes extends OutcomeRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Steering extends SteeringRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Targets extends TargetRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Documents extends DocumentRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Views extends ViewRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Logs extends LogRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Tenants extends TenantRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class ClocksAndKeys extends ClockRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Texts extends TextRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Verdicts extends VerdictRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class RepeatedAndRefusedOutcomes extends RepeatedOutcomeRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class KeysOfActs extends ActKeyRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class AllCalls extends CallRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class SeveralCallers extends ConcurrencyRules {
    @Override
    StoreBench bench() {
      return bench;
    }
  }

  @Nested
  class Deaths extends CrashRules {
    @Override
    StoreBench bench() {
      return bench;
    }

    @Override
    Store reopen(Store closed) {
      return StoreContract.this.reopen(closed);
    }
  }

  @Nested
  class Reopening extends ReopeningRules {
    @Override
    StoreBench bench() {
      return bench;
    }

    @Override
    Store reopen(Store closed) {
      return StoreContract.this.reopen(closed);
    }
  }
}
