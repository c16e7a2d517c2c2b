package org.cornu.samples.bench;

import org.cornu.tracer.Tensor;

/**
 * The generator of all benchmark data: a hash of salt and index, whose upper 24 bits give floats in
 * [-1, 1) that are exact in f32.
 */
final class Bench32 {
  private Bench32() {}

  private static int hash(int salt, int i) {
    int x = i + 0x9E3779B9 * (salt + 1);
    x ^= x >>> 16;
    x *= 0x85EBCA6B;
    x ^= x >>> 13;
    x *= 0xC2B2AE35;
    return x ^ (x >>> 16);
  }

  /** Values in [-1, 1) times {@code scale}, multiplied in f32. */
  static Tensor symmetric(int salt, float scale, long... dims) {
    float[] out = new float[count(dims)];
    for (int i = 0; i < out.length; i++) {
      out[i] = scale * ((hash(salt, i) >>> 8) - (1 << 23)) * 0x1p-23f;
    }
    return Tensor.of(out, dims);
  }

  /** Integers in [0, modulus). */
  static Tensor integers(int salt, int modulus, long... dims) {
    int[] out = new int[count(dims)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (hash(salt, i) >>> 8) % modulus;
    }
    return Tensor.of(out, dims);
  }

  private static int count(long... dims) {
    long count = 1;
    for (long dim : dims) {
      count *= dim;
    }
    return Math.toIntExact(count);
  }
}
