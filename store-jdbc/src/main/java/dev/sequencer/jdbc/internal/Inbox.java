package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.InboxEntry;
import java.util.Collection;
import java.util.List;

/** What transactions of hosts leave to be carried out after their commit. */
public interface Inbox {
  /** The inbox of a database with one writer: there nothing is left. */
  Inbox NONE =
      new Inbox() {
        @Override
        public void leave(InboxEntry entry) {
          throw new IllegalStateException(
              "acts are left only in a transaction of the host on a store for several writers: this"
                  + " one carries them out at once, ask leaves() first");
        }

        @Override
        public List<InboxEntry> list(int limit) {
          return List.of();
        }

        @Override
        public boolean take(long number) {
          return false;
        }

        @Override
        public Collection<Long> concerned(Collection<Long> enrollments) {
          return List.of();
        }
      };

  /** Leaves an entry. */
  void leave(InboxEntry entry);

  /** Gives the first entries. */
  List<InboxEntry> list(int limit);

  /** Takes an entry out, with the suppressions that held because of it; false when it is gone. */
  boolean take(long number);

  /** Gives which of some enrollments an entry concerns. */
  Collection<Long> concerned(Collection<Long> enrollments);
}
