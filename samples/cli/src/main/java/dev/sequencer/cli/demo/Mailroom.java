package dev.sequencer.cli.demo;

import java.io.IOException;
import java.util.List;

/** Where the server puts what it takes. Used by several threads. */
interface Mailroom {
  /** Keeps a mail for one recipient, before the server says that it took it. */
  void keep(byte[] bytes, String recipient) throws IOException;

  /** Gives what is here, in the order in which it came. */
  List<ArrivedMail> arrived();
}
