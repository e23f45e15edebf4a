package dev.sequencer.internal.engine;

/** Tells the engine of this process that there may be work; before it is made, nobody. */
final class Signal implements Runnable {
  private volatile Runnable target = () -> {};

  void to(Runnable newTarget) {
    target = newTarget;
  }

  @Override
  public void run() {
    target.run();
  }
}
