package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** Keys and random bits. */
abstract sealed class RandomKeys permits RandomUniform {
  RandomKeys() {}

  /** The key of a seed: {@code u32[2]}, the seed's low 32 bits in the second word. */
  public static Tensor key(long seed) {
    return Tensor.of(Literal.ofLongs(TensorType.of(DType.U32, 2), high(seed), low(seed)));
  }

  /** The key of a seed for a generator of this kind. */
  public static Tensor key(long seed, KeyKind kind) {
    return switch (kind) {
      case THREEFRY2X32 -> key(seed);
      case RBG ->
          Tensor.of(
              Literal.ofLongs(
                  TensorType.of(DType.U32, 4), high(seed), low(seed), high(seed), low(seed)));
    };
  }

  private static long low(long seed) {
    return seed & 0xFFFFFFFFL;
  }

  private static long high(long seed) {
    return seed == (int) seed || seed >>> 32 == 0 ? 0 : seed >>> 32;
  }

  /** The generator that a key belongs to. */
  public static KeyKind keyKind(Tensor key) {
    return Keys.kind(key);
  }

  /** The words of a key: here a key is its data, so this only checks that it is one. */
  public static Tensor keyData(Tensor key) {
    Keys.kind(key);
    return key;
  }

  /** A key of these words (u32), which must be as many as the kind asks for. */
  public static Tensor wrapKeyData(Tensor data, KeyKind kind) {
    if (data.dtype() != DType.U32 || !data.shape().equals(Shape.of(kind.words()))) {
      throw new OpException(
          "wrapKeyData: a key of "
              + kind.label()
              + " is u32["
              + kind.words()
              + "]: got "
              + data.type().brief());
    }
    return data;
  }

  /** {@code count} independent keys: {@code u32[count, words]}. */
  public static Tensor split(Tensor key, int count) {
    return Keys.split(key, Shape.of(count));
  }

  /** Independent keys in an array: {@code u32[dims..., words]}. */
  public static Tensor split(Tensor key, long... dims) {
    return Keys.split(key, Shape.of(dims));
  }

  /** Key {@code i} of the keys that {@link #split} gave. */
  public static Tensor keyAt(Tensor keys, int i) {
    if (keys.rank() != 2 || i < 0 || i >= keys.shape().dim(0)) {
      throw new OpException(
          "keyAt: needs u32[n, words] and 0 <= i < n: got "
              + keys.type().brief()
              + " and i = "
              + i);
    }
    long words = keys.shape().dim(1);
    return Lax.reshape(Lax.slice(keys, new long[] {i, 0}, new long[] {i + 1L, words}), words);
  }

  /** The key for item number {@code data} of a stream. */
  public static Tensor foldIn(Tensor key, int data) {
    return foldIn(key, Lax.constant(Literal.ofLongs(TensorType.of(DType.I32), data)));
  }

  /** The key for item number {@code data} (a scalar integer) of a stream. */
  public static Tensor foldIn(Tensor key, Tensor data) {
    return Keys.foldIn(key, data);
  }

  /** Uniform bits: u8, u16, u32 or u64 of shape {@code dims}. */
  public static Tensor bits(Tensor key, DType dtype, long... dims) {
    if (!dtype.isUnsigned() || dtype.bits() < 8) {
      throw new OpException("bits: the type must be u8, u16, u32 or u64: got " + dtype);
    }
    return Keys.bits(key, dtype, Shape.of(dims));
  }

  /** What {@link #rngBitGenerator} returns: the state for the next call, and the bits. */
  public record GeneratedBits(Tensor state, Tensor bits) {}

  /**
   * Bits from the device's own generator, StableHLO's {@code rng_bit_generator}.
   *
   * @param state {@code u64[2]} for THREE_FRY, {@code u64[2]} or {@code u64[3]} for PHILOX, the
   *     same in words of u32, or any of these for DEFAULT
   * @param algorithm DEFAULT, THREE_FRY or PHILOX
   * @param dtype of the result: an integer or float type, whose bits are all random
   */
  public static GeneratedBits rngBitGenerator(
      Tensor state, String algorithm, DType dtype, long... dims) {
    List<Tensor> out =
        Dispatch.many(
            (b, v) -> b.rngBitGenerator(v[0], TensorType.of(dtype, dims), algorithm), state);
    return new GeneratedBits(out.get(0), out.get(1));
  }
}
