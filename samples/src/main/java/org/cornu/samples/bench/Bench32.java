package org.cornu.samples.bench;

import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * The generator of all benchmark data: a hash of salt and index, whose upper 24 bits give floats in
 * [-1, 1) that are exact in f32.
 */
final class Bench32 {
  private Bench32() {}

  /** The 24 bits of element {@code i}. */
  private static int bits(int salt, int i) {
    int x = i + 0x9E3779B9 * (salt + 1);
    x ^= x >>> 16;
    x *= 0x85EBCA6B;
    x ^= x >>> 13;
    x *= 0xC2B2AE35;
    return (x ^ (x >>> 16)) >>> 8;
  }

  /** Elements {@code from} to {@code from + count} of a salt, in [-1, 1). */
  static float[] floats(int salt, int from, int count) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = (bits(salt, from + i) - (1 << 23)) * 0x1p-23f;
    }
    return out;
  }

  /** Elements {@code from} to {@code from + count} of a salt, in [0, modulus). */
  static int[] ints(int salt, int modulus, int from, int count) {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = bits(salt, from + i) % modulus;
    }
    return out;
  }

  /** A tensor of the first elements of a salt, in [-1, 1). */
  static Tensor symmetric(int salt, long... dims) {
    return Tensor.of(floats(salt, 0, count(dims)), dims);
  }

  /** A tensor of the first elements of a salt, in [0, modulus). */
  static Tensor integers(int salt, int modulus, long... dims) {
    return Tensor.of(ints(salt, modulus, 0, count(dims)), dims);
  }

  /** Number {@code batch} of the tensors that a salt's elements are cut into. */
  static Tensor symmetricBatch(int salt, int batch, long... dims) {
    int count = count(dims);
    return Tensor.of(floats(salt, batch * count, count), dims);
  }

  /** Number {@code batch} of the integer tensors that a salt's elements are cut into. */
  static Tensor integerBatch(int salt, int modulus, int batch, long... dims) {
    int count = count(dims);
    return Tensor.of(ints(salt, modulus, batch * count, count), dims);
  }

  static int count(long... dims) {
    return Math.toIntExact(Shape.of(dims).count());
  }
}
