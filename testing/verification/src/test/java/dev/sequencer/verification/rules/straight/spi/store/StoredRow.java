package dev.sequencer.verification.rules.straight.spi.store;

/** What a store keeps: data. */
public final class StoredRow {}
