package org.cornu.stablehlo.interpreter;

import java.util.List;
import java.util.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;

/**
 * Random bits. {@code rng_bit_generator} gives XLA's bits: ThreeFry-2x32 with 20 rounds and
 * Philox-4x32 with 10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011), with
 * XLA's layout of counters over the result. DEFAULT is Philox, as on XLA's CPU and GPU backends.
 */
final class RandomKernels {
  private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};

  private RandomKernels() {}

  /** The new state and the bits. */
  static List<Array> bits(Array state, String algorithm, DType dtype, int[] dims) {
    boolean words = state.dtype == DType.U32;
    Array wide = words ? Conversions.bitcast(state, DType.U64, new int[] {state.count / 2}) : state;
    long[] next = wide.longs.clone();
    long[] raw =
        algorithm.equals("THREE_FRY")
            ? threeFry(next, dims, dtype.bits())
            : philox(next, Indexing.count(dims), dtype.bits());
    Array out = Array.zeros(dtype, dims);
    long mask = dtype.bits() == 64 ? -1L : (1L << dtype.bits()) - 1;
    for (int i = 0; i < raw.length; i++) {
      if (dtype.isFloat()) {
        out.re[i] = FloatFormat.decode(dtype, raw[i] & mask);
      } else {
        out.longs[i] = Rounding.wrap(dtype, dtype.isBool() ? raw[i] & 1 : raw[i]);
      }
    }
    Array after = Array.ofLongs(DType.U64, wide.dims, next);
    return List.of(words ? Conversions.bitcast(after, DType.U32, state.dims) : after, out);
  }

  private static long[] threeFry(long[] state, int[] dims, int bits) {
    int count = Indexing.count(dims);
    long key = state[0];
    long counter = state[1];
    long[] out = new long[count];
    if (bits == 64) {
      for (int i = 0; i < count; i++) {
        out[i] = threeFry(key, counter + i);
      }
      state[1] = counter + count;
      return out;
    }
    // One block gives two numbers, which lie next to each other along the dimension that is split:
    // the first even one, else the largest.
    int split = splitDimension(dims);
    int size = dims.length == 0 ? 1 : dims[split];
    int inner = dims.length == 0 ? 1 : Indexing.product(dims, split + 1, dims.length);
    int half = (size + 1) / 2;
    for (int i = 0; i < count; i++) {
      int outer = i / inner / size;
      int along = i / inner % size;
      long block = ((long) outer * half + along / 2) * inner + i % inner;
      long pair = threeFry(key, counter + block);
      out[i] = along % 2 == 0 ? pair & 0xFFFFFFFFL : pair >>> 32;
    }
    state[1] = counter + (size == 0 ? 0 : (long) count / size * half);
    return out;
  }

  private static int splitDimension(int[] dims) {
    int largest = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] % 2 == 0) {
        return i;
      }
      largest = dims[i] > dims[largest] ? i : largest;
    }
    return largest;
  }

  /** One block: the low and high words of key and counter to the low and high words out. */
  static long threeFry(long key, long counter) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    int[] keys = {k0, k1, 0x1BD11BDA ^ k0 ^ k1};
    int x0 = (int) counter + k0;
    int x1 = (int) (counter >>> 32) + k1;
    for (int group = 0; group < 5; group++) {
      for (int r = 0; r < 4; r++) {
        x0 += x1;
        x1 = Integer.rotateLeft(x1, ROTATIONS[group % 2 * 4 + r]) ^ x0;
      }
      x0 += keys[(group + 1) % 3];
      x1 += keys[(group + 2) % 3] + group + 1;
    }
    return (x0 & 0xFFFFFFFFL) | (long) x1 << 32;
  }

  private static long[] philox(long[] state, int count, int bits) {
    // A state of two words holds the counter's low word second; the key is its high word too.
    boolean brief = state.length < 3;
    long low = state[1];
    long high = brief ? state[0] : state[2];
    int words = bits == 64 ? 2 * count : count;
    int blocks = (words + 3) / 4;
    long[] out = new long[count];
    int[] block = new int[4];
    for (int b = 0; b < blocks; b++) {
      long at = low + b;
      philox(state[0], at, Long.compareUnsigned(at, low) < 0 ? high + 1 : high, block);
      for (int w = 0; w < 4; w++) {
        int i = bits == 64 ? b * 2 + w / 2 : b * 4 + w;
        if (i < count) {
          long word = block[w] & 0xFFFFFFFFL;
          out[i] |= bits == 64 ? word << (w % 2 * 32) : word;
        }
      }
    }
    long next = low + blocks;
    if (!brief) {
      state[2] = Long.compareUnsigned(next, low) < 0 ? high + 1 : high;
    }
    state[1] = next;
    return out;
  }

  /** One block of four words. */
  static void philox(long key, long low, long high, int[] out) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    int x0 = (int) low;
    int x1 = (int) (low >>> 32);
    int x2 = (int) high;
    int x3 = (int) (high >>> 32);
    for (int round = 0; round < 10; round++) {
      long first = (x0 & 0xFFFFFFFFL) * 0xD2511F53L;
      long second = (x2 & 0xFFFFFFFFL) * 0xCD9E8D57L;
      x0 = (int) (second >>> 32) ^ x1 ^ k0;
      x1 = (int) second;
      x2 = (int) (first >>> 32) ^ x3 ^ k1;
      x3 = (int) first;
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    out[0] = x0;
    out[1] = x1;
    out[2] = x2;
    out[3] = x3;
  }

  /** {@code rng}: its numbers are free by the spec; here they depend on the interpreter's seed. */
  static Array rng(Random random, Array a, Array b, int[] dims, boolean normal) {
    Array out = Array.zeros(a.element, dims);
    for (int i = 0; i < out.count; i++) {
      if (a.dtype.isFloat()) {
        double unit = normal ? random.nextGaussian() : random.nextDouble();
        double scale = normal ? b.re[0] : b.re[0] - a.re[0];
        out.re[i] = Rounding.round(a.dtype, a.re[0] + unit * scale);
      } else if (a.dtype.isBool()) {
        out.longs[i] = random.nextInt(2);
      } else {
        long span = b.longs[0] - a.longs[0];
        long offset = span == 0 ? 0 : Long.remainderUnsigned(random.nextLong(), span);
        out.longs[i] = Rounding.wrap(a.dtype, a.longs[0] + offset);
      }
    }
    return out;
  }
}
