package org.cornu.layers;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Numbers summed up by some of them with weights, from which quantiles follow (after Zhang and
 * Wang, "A fast algorithm for approximate quantiles", 2007, as Keras does it).
 *
 * @param values ascending
 * @param weights how many numbers each stands for
 */
record QuantileSummary(float[] values, float[] weights) {
  static final QuantileSummary EMPTY = new QuantileSummary(new float[0], new float[0]);

  /** The summary of some numbers. */
  static QuantileSummary of(float[] numbers, double epsilon) {
    float[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double step = Math.max(sorted.length / (1.0 / epsilon), 1);
    int first = (int) (step - 1);
    int every = (int) step;
    int count = sorted.length > first ? (sorted.length - first + every - 1) / every : 0;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = sorted[first + i * every];
    }
    float[] weights = new float[count];
    Arrays.fill(weights, (float) step);
    return new QuantileSummary(values, weights);
  }

  /** The summary of both, no larger than {@code 1 / epsilon}. */
  QuantileSummary merge(QuantileSummary other, double epsilon) {
    int count = values.length + other.values.length;
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    float[] all = Arrays.copyOf(values, count);
    System.arraycopy(other.values, 0, all, values.length, other.values.length);
    float[] heavy = Arrays.copyOf(weights, count);
    System.arraycopy(other.weights, 0, heavy, weights.length, other.weights.length);
    Arrays.sort(order, Comparator.comparingDouble(i -> all[i]));
    float[] sorted = new float[count];
    float[] sortedWeights = new float[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = all[order[i]];
      sortedWeights[i] = heavy[order[i]];
    }
    return new QuantileSummary(sorted, sortedWeights).compressed(epsilon);
  }

  /** The boundaries of bins of about the same weight: one fewer than bins. */
  double[] boundaries(int bins) {
    float[] found = compressed(1.0 / bins).values;
    double[] out = new double[Math.max(0, found.length - 1)];
    for (int i = 0; i < out.length; i++) {
      out[i] = found[i];
    }
    return out;
  }

  private QuantileSummary compressed(double epsilon) {
    if (values.length * epsilon < 1) {
      return this;
    }
    int n = values.length;
    double[] sums = new double[n];
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weights[i];
      sums[i] = sum;
    }
    double[] shares = new double[n];
    for (int i = 0; i < n; i++) {
      shares[i] = (float) sums[i] / sum;
    }
    int count = (int) Math.ceil(1 / epsilon);
    float[] newValues = new float[count];
    float[] newWeights = new float[count];
    double before = 0;
    for (int i = 0; i < count; i++) {
      double share = epsilon + i * epsilon;
      newValues[i] = (float) interpolated(share, shares, values);
      double below = interpolated(share, shares, sums);
      newWeights[i] = (float) (below - before);
      before = below;
    }
    return new QuantileSummary(newValues, newWeights);
  }

  private static double interpolated(double x, double[] at, float[] y) {
    double[] wide = new double[y.length];
    Arrays.setAll(wide, i -> y[i]);
    return interpolated(x, at, wide);
  }

  /** Between the neighbours of {@code x}; the ends beyond. */
  private static double interpolated(double x, double[] at, double[] y) {
    if (x <= at[0]) {
      return y[0];
    }
    int last = at.length - 1;
    if (x >= at[last]) {
      return y[last];
    }
    int i = 0;
    while (at[i + 1] <= x) {
      i++;
    }
    return (y[i + 1] - y[i]) / (at[i + 1] - at[i]) * (x - at[i]) + y[i];
  }
}
