package dev.sequencer.cli.demo;

/**
 * A vertical scale from 0.
 *
 * @param step what lies between two of its lines
 * @param top what stands at its top
 * @param height its length in the picture
 */
record Scale(int step, int top, double height) {
  private static final int MOST_LINES = 5;

  /** Gives a scale of round numbers that holds the largest value. */
  static Scale upTo(int largest, double height) {
    int[] steps = {1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000};
    for (int step : steps) {
      if (largest <= step * MOST_LINES) {
        return new Scale(step, (largest + step - 1) / step * step, height);
      }
    }
    return new Scale(largest, largest, height);
  }

  double length(int value) {
    return height * value / top;
  }

  /** Draws its lines and their numbers. */
  void draw(Html svg, double left, double topEdge, double width) {
    for (int value = 0; value <= top; value += step) {
      double y = topEdge + height - length(value);
      svg.add("<line class='day' x1='%s' x2='%s' y1='%s' y2='%s'/>", left, left + width, y, y);
      svg.add("<text class='number' x='%s' y='%s'>%s</text>", left - 6, y + 4, value);
    }
  }
}
