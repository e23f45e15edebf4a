/**
 * The rules over the jars: which module may use which, told by byte code. {@link
 * dev.sequencer.verification.rules.House} has the table, {@link
 * dev.sequencer.verification.rules.HouseRules} the rules, and each rule is shown to bite.
 */
package dev.sequencer.verification.rules;
