package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Small programs and their random arguments. */
final class Programs {
  private Programs() {}

  /** What a program computes from its arguments. */
  interface Body {
    List<Value> build(Builder b, List<Value> x);
  }

  /** What a program with one result computes. */
  interface Single {
    Value build(Builder b, List<Value> x);
  }

  /**
   * An argument.
   *
   * @param low smallest random value
   * @param high bound of the random values, exclusive
   * @param batchable false where the op takes no batched operand here
   */
  record Arg(TensorType type, double low, double high, boolean batchable) {
    Arg between(double from, double to) {
      return new Arg(type, from, to, batchable);
    }

    Arg shared() {
      return new Arg(type, low, high, false);
    }

    Literal random(Random random) {
      int count = (int) type.shape().count();
      DType dtype = type.dtype();
      if (dtype.isComplex()) {
        double[] parts = new double[2 * count];
        for (int i = 0; i < parts.length; i++) {
          parts[i] = low + (high - low) * random.nextDouble();
        }
        return Literal.ofComplex(type, parts);
      }
      if (dtype.isFloat()) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = low + (high - low) * random.nextDouble();
        }
        return Literal.ofDoubles(type, values);
      }
      long[] values = new long[count];
      for (int i = 0; i < count; i++) {
        values[i] = (long) Math.floor(low + (high - low) * random.nextDouble());
      }
      return Literal.ofLongs(type, values);
    }
  }

  static Arg f64(long... dims) {
    return new Arg(TensorType.of(DType.F64, dims), -2, 2, true);
  }

  static Arg c128(long... dims) {
    return new Arg(TensorType.of(DType.C128, dims), -2, 2, true);
  }

  static Arg i32(long... dims) {
    return new Arg(TensorType.of(DType.I32, dims), -9, 10, true);
  }

  static Arg u32(long... dims) {
    return new Arg(TensorType.of(DType.U32, dims), 0, 10, true);
  }

  static Arg bool(long... dims) {
    return new Arg(TensorType.of(DType.BOOL, dims), 0, 2, true);
  }

  static Arg of(DType dtype, long... dims) {
    return new Arg(TensorType.of(dtype, dims), 0, 10, true);
  }

  static Func func(List<Arg> args, Body body) {
    Block block = new Block(args.stream().map(Arg::type).toList());
    Builder b = new Builder(block);
    block.returns(body.build(b, block.arguments()));
    return new Func("f", block);
  }

  /** A region with arguments of these types. */
  static Block region(List<TensorType> types, Body body) {
    Block block = new Block(types);
    return block.returns(body.build(new Builder(block), block.arguments()));
  }

  /** A region without arguments. */
  static Block region(Body body) {
    return region(List.of(), body);
  }

  static TensorType scalar(DType dtype) {
    return TensorType.of(dtype);
  }

  static List<Literal> random(List<Arg> args, Random random) {
    List<Literal> out = new ArrayList<>();
    for (Arg arg : args) {
      out.add(arg.random(random));
    }
    return out;
  }
}
