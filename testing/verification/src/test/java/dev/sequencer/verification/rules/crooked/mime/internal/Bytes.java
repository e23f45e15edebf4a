package dev.sequencer.verification.rules.crooked.mime.internal;

/** Internal to its module. */
public final class Bytes {}
