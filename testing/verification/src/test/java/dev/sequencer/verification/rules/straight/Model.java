package dev.sequencer.verification.rules.straight;

/** The model. */
public final class Model {}
