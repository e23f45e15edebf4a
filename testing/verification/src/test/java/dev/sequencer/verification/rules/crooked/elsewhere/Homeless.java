package dev.sequencer.verification.rules.crooked.elsewhere;

/** In a package that no module owns. */
final class Homeless {}
