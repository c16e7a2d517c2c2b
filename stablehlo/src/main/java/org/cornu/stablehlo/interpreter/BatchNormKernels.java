package org.cornu.stablehlo.interpreter;

import java.util.List;

/** The batch normalisation ops, computed in double per feature. */
final class BatchNormKernels {
  private BatchNormKernels() {}

  private static int feature(Array x, int axis, int i) {
    return i / Indexing.product(x.dims, axis + 1, x.rank()) % x.dims[axis];
  }

  private static double[] mean(Array x, int axis) {
    double[] out = new double[x.dims[axis]];
    for (int i = 0; i < x.count; i++) {
      out[feature(x, axis, i)] += x.re[i];
    }
    return divided(out, x.count / Math.max(1, x.dims[axis]));
  }

  private static double[] variance(Array x, int axis, double[] mean) {
    double[] out = new double[x.dims[axis]];
    for (int i = 0; i < x.count; i++) {
      int f = feature(x, axis, i);
      out[f] += (x.re[i] - mean[f]) * (x.re[i] - mean[f]);
    }
    return divided(out, x.count / Math.max(1, x.dims[axis]));
  }

  private static double[] divided(double[] sums, int n) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= n;
    }
    return sums;
  }

  static Array inference(
      Array x,
      Array scale,
      Array offset,
      double[] mean,
      double[] variance,
      double epsilon,
      int axis) {
    double[] out = new double[x.count];
    for (int i = 0; i < out.length; i++) {
      int f = feature(x, axis, i);
      double normal = (x.re[i] - mean[f]) / Math.sqrt(variance[f] + epsilon);
      out[i] = normal * scale.re[f] + offset.re[f];
    }
    return Array.rounded(x.dtype, x.dims, out);
  }

  /** Output, mean and variance of the batch. */
  static List<Array> training(Array x, Array scale, Array offset, double epsilon, int axis) {
    double[] mean = mean(x, axis);
    double[] variance = variance(x, axis, mean);
    Array out = inference(x, scale, offset, mean, variance, epsilon, axis);
    int[] dims = {x.dims[axis]};
    return List.of(out, Array.rounded(x.dtype, dims, mean), Array.rounded(x.dtype, dims, variance));
  }

  /** Gradients of operand, scale and offset. */
  static List<Array> gradient(
      Array x,
      Array scale,
      Array mean,
      Array variance,
      Array gradOutput,
      double epsilon,
      int axis) {
    int features = x.dims[axis];
    double n = (double) x.count / Math.max(1, features);
    double[] gradScale = new double[features];
    double[] gradOffset = new double[features];
    for (int i = 0; i < x.count; i++) {
      int f = feature(x, axis, i);
      double root = Math.sqrt(variance.re[f] + epsilon);
      gradScale[f] += gradOutput.re[i] * (x.re[i] - mean.re[f]) / root;
      gradOffset[f] += gradOutput.re[i];
    }
    double[] gradOperand = new double[x.count];
    for (int i = 0; i < x.count; i++) {
      int f = feature(x, axis, i);
      double root = Math.sqrt(variance.re[f] + epsilon);
      double normal = (x.re[i] - mean.re[f]) / root;
      gradOperand[i] =
          scale.re[f] / root * (gradOutput.re[i] - (gradOffset[f] + normal * gradScale[f]) / n);
    }
    int[] dims = {features};
    return List.of(
        Array.rounded(x.dtype, x.dims, gradOperand),
        Array.rounded(x.dtype, dims, gradScale),
        Array.rounded(x.dtype, dims, gradOffset));
  }
}
