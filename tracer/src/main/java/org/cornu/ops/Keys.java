package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** Deriving keys and bits, by the kind of the key. */
final class Keys {
  private Keys() {}

  /** The kind of a key; anything that is not one key is refused. */
  static KeyKind kind(Tensor key) {
    if (key.dtype() == DType.U32 && key.rank() == 1) {
      for (KeyKind kind : KeyKind.values()) {
        if (key.shape().dim(0) == kind.words()) {
          return kind;
        }
      }
    }
    throw new OpException(
        "random: a key must be u32[2] or u32[4]: got "
            + key.type().brief()
            + "\n  hint: make one with Random.key(seed), several with Random.split and take one of"
            + " them with Random.keyAt");
  }

  static Tensor split(Tensor key, Shape shape) {
    return switch (kind(key)) {
      case THREEFRY2X32 -> Threefry.split(key, shape);
      case RBG -> {
        List<Tensor> halves = new ArrayList<>();
        halves(key).forEach(half -> halves.add(Threefry.split(half, shape)));
        yield Lax.concatenate(halves, shape.rank());
      }
    };
  }

  static Tensor foldIn(Tensor key, Tensor data) {
    return switch (kind(key)) {
      case THREEFRY2X32 -> Threefry.foldIn(key, data);
      case RBG -> {
        List<Tensor> halves = new ArrayList<>();
        halves(key).forEach(half -> halves.add(Threefry.foldIn(half, data)));
        yield Lax.concatenate(halves, 0);
      }
    };
  }

  /** Uniform bits as unsigned integers of 8, 16, 32 or 64 bits. */
  static Tensor bits(Tensor key, DType dtype, Shape shape) {
    return switch (kind(key)) {
      case THREEFRY2X32 -> Threefry.bits(key, dtype, shape);
      case RBG -> {
        // XLA wants the state in words of 64 bits, and generates at least 32 bits per element
        Tensor state = Lax.bitcastConvertType(Lax.reshape(key, 2, 2), DType.U64);
        DType drawn = dtype.bits() < 32 ? DType.U32 : dtype;
        Tensor bits = RandomKeys.rngBitGenerator(state, "DEFAULT", drawn, shape.dims()).bits();
        yield Lax.convertElementType(bits, dtype);
      }
    };
  }

  private static List<Tensor> halves(Tensor key) {
    return List.of(
        Lax.slice(key, new long[] {0}, new long[] {2}),
        Lax.slice(key, new long[] {2}, new long[] {4}));
  }

  /** {@code count} keys from one, each for itself. */
  static Tensor[] several(Tensor key, int count) {
    Tensor keys = split(key, Shape.of(count));
    Tensor[] out = new Tensor[count];
    for (int i = 0; i < count; i++) {
      out[i] = RandomKeys.keyAt(keys, i);
    }
    return out;
  }
}
