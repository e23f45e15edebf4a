/**
 * For the tests of hosts: a clock that a test moves, a transport that a test scripts, an engine on
 * both, and an extension for JUnit.
 */
@NullMarked
package dev.sequencer.testkit;

import org.jspecify.annotations.NullMarked;
