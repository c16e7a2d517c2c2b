package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.F3;
import org.cornu.tracer.F4;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Jit3;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * The counter-based generator threefry2x32 (Salmon et al. 2011, "Parallel random numbers: as easy
 * as 1, 2, 3") in JAX's default, partitionable configuration: the bits of element {@code i} depend
 * on the key and {@code i} alone, whatever the shape and the sharding.
 */
final class Threefry {
  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};
  private static final int PARITY = 0x1BD11BDA;

  /** Two words per counter. */
  private record Words(Tensor first, Tensor second) {}

  private static final Jit2<Tensor, Shape, Words> COUNTED =
      Transforms.jit((Tensor key, Shape shape) -> counted(key, shape));

  private static final Jit3<Tensor, DType, Shape, Tensor> BITS =
      Transforms.jit((F3<Tensor, DType, Shape, Tensor>) Threefry::makeBits);

  private static final Jit2<Tensor, Tensor, Tensor> FOLD =
      Transforms.jit(
          (Tensor key, Tensor data) -> {
            Tensor zero = Lax.full(DType.U32, 0);
            F4<Tensor, Tensor, Tensor, Tensor, Words> hash = Threefry::hash;
            Words words = hash.apply(word(key, 0), word(key, 1), zero, data);
            return pair(words.first(), words.second());
          });

  private Threefry() {}

  /** {@code num} keys derived from one: {@code u32[shape..., 2]}. */
  static Tensor split(Tensor key, Shape shape) {
    Words words = COUNTED.apply(key, shape);
    long[] dims = shape.insert(shape.rank(), 1).dims();
    return Lax.concatenate(
        List.of(Lax.reshape(words.first(), dims), Lax.reshape(words.second(), dims)), shape.rank());
  }

  /** A key that depends on another key and a number. */
  static Tensor foldIn(Tensor key, Tensor data) {
    return FOLD.apply(key, Lax.convertElementType(data, DType.U32));
  }

  /** Uniform bits as unsigned integers of 8, 16, 32 or 64 bits. */
  static Tensor bits(Tensor key, DType dtype, Shape shape) {
    return BITS.apply(key, dtype, shape);
  }

  private static Tensor makeBits(Tensor key, DType dtype, Shape shape) {
    Words words = counted(key, shape);
    if (dtype == DType.U64) {
      Tensor high = Lax.convertElementType(words.first(), dtype);
      Tensor low = Lax.convertElementType(words.second(), dtype);
      return Lax.bitwiseOr(Lax.shiftLeft(high, Lax.fullLike(high, 32)), low);
    }
    return Lax.convertElementType(Lax.bitwiseXor(words.first(), words.second()), dtype);
  }

  /** The hash of the row-major index of every element of a shape. */
  private static Words counted(Tensor key, Shape shape) {
    long count = shape.count();
    Tensor low;
    Tensor high;
    if (count <= 1L << 32) {
      low = Lax.reshape(Lax.iota(DType.U32, count), shape.dims());
      high = Lax.full(DType.U32, 0, shape.dims());
    } else {
      Tensor index = Lax.reshape(Lax.iota(DType.U64, count), shape.dims());
      low = Lax.convertElementType(index, DType.U32);
      high =
          Lax.convertElementType(Lax.shiftRightLogical(index, Lax.fullLike(index, 32)), DType.U32);
    }
    return hash(word(key, 0), word(key, 1), high, low);
  }

  private static Tensor word(Tensor key, int i) {
    return Lax.reshape(Lax.slice(key, new long[] {i}, new long[] {i + 1}));
  }

  private static Tensor pair(Tensor a, Tensor b) {
    return Lax.concatenate(List.of(Lax.reshape(a, 1), Lax.reshape(b, 1)), 0);
  }

  /** Twenty rounds over counters of any shape under scalar key words. */
  private static Words hash(Tensor key0, Tensor key1, Tensor x0, Tensor x1) {
    Shape shape = x0.shape();
    Tensor k0 = Lax.broadcast(key0, shape.dims());
    Tensor k1 = Lax.broadcast(key1, shape.dims());
    Tensor k2 = Lax.bitwiseXor(Lax.bitwiseXor(k0, k1), Lax.fullLike(k0, PARITY));
    Tensor[] keys = {k0, k1, k2};
    Tensor a = Lax.add(x0, k0);
    Tensor b = Lax.add(x1, k1);
    for (int group = 0; group < 5; group++) {
      for (int rotation : ROTATIONS[group % 2]) {
        a = Lax.add(a, b);
        b = Lax.bitwiseXor(rotateLeft(b, rotation), a);
      }
      a = Lax.add(a, keys[(group + 1) % 3]);
      b = Lax.add(Lax.add(b, keys[(group + 2) % 3]), Lax.fullLike(b, group + 1));
    }
    return new Words(a, b);
  }

  private static Tensor rotateLeft(Tensor x, int bits) {
    return Lax.bitwiseOr(
        Lax.shiftLeft(x, Lax.fullLike(x, bits)),
        Lax.shiftRightLogical(x, Lax.fullLike(x, 32 - bits)));
  }
}
