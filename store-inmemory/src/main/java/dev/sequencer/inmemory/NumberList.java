package dev.sequencer.inmemory;

import java.util.Arrays;

/** Growing numbers in little memory: each that is added is greater than those before. */
final class NumberList {
  private long[] numbers = new long[1];
  private int size;

  int size() {
    return size;
  }

  long get(int index) {
    return numbers[index];
  }

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + Math.max(3, size >> 1));
    }
    numbers[size++] = number;
  }

  void removeLast() {
    size--;
  }

  /** Gives the index of the first number that is at least this; the size when there is none. */
  int from(long number) {
    int found = Arrays.binarySearch(numbers, 0, size, number);
    return found >= 0 ? found : -found - 1;
  }
}
