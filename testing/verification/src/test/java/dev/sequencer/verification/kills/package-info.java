/** Nodes as processes of their own, killed with SIGKILL while they send over SMTP. */
@NullMarked
package dev.sequencer.verification.kills;

import org.jspecify.annotations.NullMarked;
