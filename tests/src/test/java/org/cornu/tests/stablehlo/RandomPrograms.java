package org.cornu.tests.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * Well-typed programs from lists of numbers: each number chooses one op, its operands among the
 * values so far, and its attributes. Leaving a number out leaves a program, which is what shrinking
 * does.
 *
 * <p>The result of every inexact op is multiplied by an argument that is all ones: by filling it
 * with numbers close to one instead, one learns how much rounding can change the results.
 */
final class RandomPrograms {
  private static final DType[] FLOATS = {DType.F32, DType.F64, DType.F16, DType.BF16};
  private static final DType[] INTEGERS = {
    DType.I8, DType.I16, DType.I32, DType.I64, DType.U8, DType.U16, DType.U32, DType.U64
  };
  private static final OpCode[] FLOAT_UNARY = {
    OpCode.ABS,
    OpCode.CBRT,
    OpCode.CEIL,
    OpCode.COSINE,
    OpCode.EXPONENTIAL,
    OpCode.EXPONENTIAL_MINUS_ONE,
    OpCode.FLOOR,
    OpCode.LOG,
    OpCode.LOG_PLUS_ONE,
    OpCode.LOGISTIC,
    OpCode.NEGATE,
    OpCode.ROUND_NEAREST_AFZ,
    OpCode.ROUND_NEAREST_EVEN,
    OpCode.RSQRT,
    OpCode.SIGN,
    OpCode.SINE,
    OpCode.SQRT,
    OpCode.TAN,
    OpCode.TANH,
    OpCode.CHLO_ERF,
    OpCode.CHLO_ERFC,
    OpCode.CHLO_SQUARE,
    OpCode.CHLO_ASINH,
    OpCode.CHLO_ATAN
  };
  private static final OpCode[] COMPLEX_UNARY = {
    OpCode.COSINE,
    OpCode.EXPONENTIAL,
    OpCode.NEGATE,
    OpCode.SINE,
    OpCode.SQRT,
    OpCode.TANH,
    OpCode.LOG,
    OpCode.SIGN
  };
  private static final OpCode[] FLOAT_BINARY = {
    OpCode.ADD,
    OpCode.SUBTRACT,
    OpCode.MULTIPLY,
    OpCode.DIVIDE,
    OpCode.MAXIMUM,
    OpCode.MINIMUM,
    OpCode.ATAN2,
    OpCode.POWER,
    OpCode.REMAINDER
  };
  private static final OpCode[] INTEGER_BINARY = {
    OpCode.ADD,
    OpCode.SUBTRACT,
    OpCode.MULTIPLY,
    OpCode.DIVIDE,
    OpCode.MAXIMUM,
    OpCode.MINIMUM,
    OpCode.AND,
    OpCode.OR,
    OpCode.XOR,
    OpCode.REMAINDER,
    OpCode.SHIFT_LEFT,
    OpCode.SHIFT_RIGHT_ARITHMETIC,
    OpCode.SHIFT_RIGHT_LOGICAL,
    OpCode.POWER
  };

  private final Block block = new Block(List.of());
  private final Builder b = new Builder(block);
  private final List<Value> pool = new ArrayList<>();
  private final List<Literal> inputs = new ArrayList<>();
  private final List<Boolean> isNoise = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);

  private RandomPrograms() {}

  /**
   * A program with the inputs to run it on.
   *
   * @param isNoise which inputs are the ones that results are multiplied by
   */
  record Program(Func func, List<Literal> inputs, List<Boolean> isNoise) {
    /** The inputs with numbers that differ from one by a few roundings where there were ones. */
    List<Literal> perturbed(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Literal> out = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        Literal input = inputs.get(i);
        if (!isNoise.get(i) || input.count() == 0) {
          out.add(input);
          continue;
        }
        DType part = input.type().dtype().real();
        double step = Math.scalb(1.0, 2 - FloatFormat.mantissaBits(part));
        boolean complex = input.type().dtype().isComplex();
        double[] values = new double[input.count() * (complex ? 2 : 1)];
        for (int k = 0; k < values.length; k++) {
          double near = random.nextBoolean() ? step : -step;
          values[k] = complex && k % 2 == 1 ? near : 1 + near;
        }
        out.add(
            complex
                ? Literal.ofComplex(input.type(), values)
                : Literal.ofDoubles(input.type(), values));
      }
      return out;
    }
  }

  /** The program that these numbers describe. */
  static Program build(List<Long> genes) {
    RandomPrograms programs = new RandomPrograms();
    programs.random = new SplittableRandom(genes.size());
    programs.input(DType.F32, Shape.of(3, 4));
    for (long gene : genes) {
      programs.random = new SplittableRandom(gene);
      int before = programs.pool.size();
      programs.step();
      if (programs.pool.size() > before) {
        programs.settle();
      }
    }
    int size = programs.pool.size();
    programs.block.returns(programs.pool.subList(Math.max(0, size - 8), size));
    return new Program(
        new Func("main", programs.block, true, Map.of(), Location.UNKNOWN),
        programs.inputs,
        programs.isNoise);
  }

  private int below(int n) {
    return random.nextInt(n);
  }

  private <T> T one(T[] choices) {
    return choices[below(choices.length)];
  }

  private Value any() {
    // The latest values more often than the first.
    int back = Math.min(below(pool.size()), below(pool.size()));
    return pool.get(pool.size() - 1 - back);
  }

  private Value inexact() {
    for (int i = 0; i < 8; i++) {
      Value x = any();
      if (x.dtype().isFloat()) {
        return x;
      }
    }
    return input(one(FLOATS), shape());
  }

  private Value integer() {
    for (int i = 0; i < 8; i++) {
      Value x = any();
      if (x.dtype().isInteger()) {
        return x;
      }
    }
    return input(one(INTEGERS), shape());
  }

  private Shape shape() {
    long[] dims = new long[below(4)];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = 1 + below(4);
    }
    return Shape.of(dims);
  }

  private Value input(DType dtype, Shape shape) {
    TensorType type = TensorType.of(dtype, shape);
    int count = (int) shape.count();
    if (dtype.isComplex()) {
      double[] parts = new double[2 * count];
      Arrays.setAll(parts, i -> real(dtype.real()));
      inputs.add(Literal.ofComplex(type, parts));
    } else if (dtype.isFloat()) {
      double[] values = new double[count];
      Arrays.setAll(values, i -> real(dtype));
      inputs.add(Literal.ofDoubles(type, values));
    } else {
      long[] values = new long[count];
      Arrays.setAll(values, i -> below(4) == 0 ? random.nextLong() : below(9) - 4);
      inputs.add(Literal.ofLongs(type, values));
    }
    isNoise.add(false);
    Value value = block.addArgument(type);
    pool.add(value);
    settle();
    return pool.get(pool.size() - 1);
  }

  private double real(DType dtype) {
    return switch (below(12)) {
      case 0 -> 0;
      case 1 -> below(7) - 3;
      case 2 -> FloatFormat.round(dtype, (random.nextDouble() - 0.5) * 100);
      default -> FloatFormat.round(dtype, (random.nextDouble() - 0.5) * 4);
    };
  }

  /** Multiplies the newest value by the ones that stand for rounding. */
  private void settle() {
    Value x = pool.get(pool.size() - 1);
    if (!x.dtype().isInexact()) {
      return;
    }
    TensorType type = x.tensorType();
    inputs.add(
        type.dtype().isComplex() ? Literal.ofComplex(type, 1, 0) : Literal.ofDoubles(type, 1));
    isNoise.add(true);
    Value noise = block.addArgument(type);
    pool.set(pool.size() - 1, b.multiply(x, noise));
  }

  /** Another value of the same type. */
  private Value mate(Value x) {
    for (int i = 0; i < 4; i++) {
      Value y = any();
      if (y != x && y.type().equals(x.type())) {
        return y;
      }
    }
    return input(x.dtype(), x.shape());
  }

  private int axis(Value x) {
    return below(x.shape().rank());
  }

  /** A value with at least one dimension. */
  private Value tensor() {
    for (int i = 0; i < 8; i++) {
      Value x = any();
      if (x.shape().rank() > 0 && x.shape().count() <= 128) {
        return x;
      }
    }
    return input(one(FLOATS), Shape.of(2, 3));
  }

  /** NaN replaced by 1 and -0 by 0, for ops that tell them apart by bits. */
  private Value plain(Value x) {
    if (!x.dtype().isFloat()) {
      return x;
    }
    Value one = b.constant(x.tensorType(), 1);
    Value zero = b.constant(x.tensorType(), 0);
    return b.add(b.select(b.compare(x, x, Comparison.EQ), x, one), zero);
  }

  private void step() {
    switch (below(30)) {
      case 0, 1, 2 -> pool.add(b.unary(one(FLOAT_UNARY), inexact()));
      case 3, 4 -> {
        Value x = inexact();
        pool.add(b.binary(one(FLOAT_BINARY), x, mate(x)));
      }
      case 5, 6 -> {
        Value x = integer();
        Value y = mate(x);
        OpCode op = one(INTEGER_BINARY);
        // XLA reads exponents of more than 31 bits otherwise than the specification.
        boolean power = op == OpCode.POWER;
        Value seven = power ? b.constant(Literal.ofLongs(x.tensorType(), 7)) : y;
        pool.add(b.binary(op, x, power ? b.and(y, seven) : y));
      }
      case 7 -> {
        Value x = integer();
        boolean signed = x.dtype().isSigned();
        pool.add(
            switch (below(signed ? 6 : 4)) {
              case 0 -> b.not(x);
              case 1 -> b.popcnt(x);
              case 2 -> b.countLeadingZeros(x);
              case 3 -> b.negate(x);
              case 4 -> b.abs(x);
              default -> b.sign(x);
            });
      }
      case 8 -> {
        Value x = any();
        Value y = mate(x);
        boolean equality = x.dtype().isComplex();
        pool.add(b.compare(x, y, Comparison.values()[below(equality ? 2 : 6)]));
      }
      case 9 -> {
        Value x = any();
        Value p = input(DType.BOOL, below(3) == 0 ? Shape.SCALAR : x.shape());
        pool.add(b.select(p, x, mate(x)));
      }
      case 10 -> {
        Value x = any();
        DType to = below(2) == 0 ? one(FLOATS) : one(INTEGERS);
        if (!x.dtype().isComplex()) {
          pool.add(b.convert(x, to));
        }
      }
      case 11 -> {
        Value x = any();
        pool.add(b.reshape(x, Shape.of(x.shape().count())));
      }
      case 12 -> {
        Value x = tensor();
        long[] permutation = new long[x.shape().rank()];
        Arrays.setAll(permutation, i -> permutation.length - 1 - i);
        pool.add(b.transpose(x, permutation));
      }
      case 13 -> {
        Value x = any();
        if (x.shape().count() <= 64) {
          long[] dims = new long[x.shape().rank()];
          Arrays.setAll(dims, i -> i + 1);
          pool.add(b.broadcastInDim(x, x.shape().insert(0, 1 + below(3)), dims));
        }
      }
      case 14 -> slice(tensor());
      case 15 -> pad(tensor());
      case 16 -> {
        Value x = tensor();
        pool.add(b.concatenate(List.of(x, mate(x)), axis(x)));
      }
      case 17 -> {
        Value x = tensor();
        pool.add(b.reverse(x, axis(x)));
      }
      case 18, 19 -> reduce(tensor());
      case 20 -> dot(tensor());
      case 21 -> window(tensor());
      case 22 -> take(tensor());
      case 23 -> scatter(tensor());
      case 24 -> {
        Value x = tensor();
        List<Value> starts = new ArrayList<>();
        long[] sizes = x.shape().dims();
        for (int i = 0; i < sizes.length; i++) {
          starts.add(input(DType.I32, Shape.SCALAR));
          sizes[i] = 1 + below((int) sizes[i]);
        }
        if (below(2) == 0) {
          pool.add(b.dynamicSlice(x, starts, sizes));
        } else {
          pool.add(b.dynamicUpdateSlice(x, input(x.dtype(), Shape.of(sizes)), starts));
        }
      }
      case 25 -> sort(tensor());
      case 26 -> loop(any());
      case 27 -> convolution(one(FLOATS));
      case 28 -> complex();
      default -> {
        Value x = any();
        switch (below(4)) {
          case 0 -> pool.add(b.iota(TensorType.of(one(INTEGERS), 3, 2), below(2)));
          case 1 -> {
            if (!x.dtype().isComplex()) {
              pool.add(b.clamp(mate(x), x, mate(x)));
            }
          }
          case 2 -> {
            if (x.dtype().isInteger()) {
              boolean wide = x.dtype().bits() == 64;
              pool.add(b.bitcastConvert(x, wide ? DType.U32 : unsigned(x.dtype())));
            }
          }
          default -> branch(x);
        }
      }
    }
  }

  private static DType unsigned(DType dtype) {
    return switch (dtype.bits()) {
      case 8 -> DType.U8;
      case 16 -> DType.U16;
      default -> DType.U32;
    };
  }

  private void slice(Value x) {
    int rank = x.shape().rank();
    long[] starts = new long[rank];
    long[] limits = new long[rank];
    long[] strides = new long[rank];
    for (int i = 0; i < rank; i++) {
      int size = x.shape().size(i);
      starts[i] = below(size + 1);
      limits[i] = starts[i] + below((int) (size - starts[i]) + 1);
      strides[i] = 1 + below(2);
    }
    pool.add(b.slice(x, starts, limits, strides));
    if (pool.get(pool.size() - 1).shape().count() == 0) {
      pool.remove(pool.size() - 1);
    }
  }

  private void pad(Value x) {
    int rank = x.shape().rank();
    long[] low = new long[rank];
    long[] high = new long[rank];
    long[] interior = new long[rank];
    for (int i = 0; i < rank; i++) {
      low[i] = below(4) - 1;
      high[i] = below(3);
      interior[i] = below(2);
    }
    pool.add(b.pad(x, input(x.dtype(), Shape.SCALAR), low, high, interior));
  }

  private Value neutral(OpCode op, DType dtype) {
    return switch (op) {
      case MULTIPLY -> b.constant(dtype, 1);
      case MAXIMUM, MINIMUM -> {
        boolean max = op == OpCode.MAXIMUM;
        if (dtype.isFloat()) {
          yield b.constant(dtype, max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        long most = dtype.isSigned() ? -1L >>> (65 - dtype.bits()) : -1L >>> (64 - dtype.bits());
        long least = dtype.isSigned() ? -most - 1 : 0;
        yield b.constant(Literal.ofLongs(TensorType.of(dtype), max ? least : most));
      }
      default -> b.constant(dtype, 0);
    };
  }

  private OpCode reducer(DType dtype) {
    if (dtype.isBool()) {
      return OpCode.OR;
    }
    OpCode[] all = {OpCode.ADD, OpCode.MULTIPLY, OpCode.MAXIMUM, OpCode.MINIMUM};
    return all[below(dtype.isComplex() ? 2 : 4)];
  }

  private void reduce(Value x) {
    OpCode op = reducer(x.dtype());
    pool.add(b.reduce(x, neutral(op, x.dtype()), op, axis(x)));
  }

  private void window(Value x) {
    OpCode op = reducer(x.dtype());
    int rank = x.shape().rank();
    long[] dims = new long[rank];
    long[] strides = new long[rank];
    long[] base = new long[rank];
    long[] dilation = new long[rank];
    long[][] padding = new long[rank][2];
    for (int i = 0; i < rank; i++) {
      dims[i] = 1 + below(3);
      strides[i] = 1 + below(2);
      base[i] = 1 + below(2);
      dilation[i] = 1 + below(2);
      padding[i] = new long[] {below(3), below(3) + 2};
    }
    WindowConfig config = new WindowConfig(dims, strides, base, dilation, padding);
    pool.add(b.reduceWindow(x, neutral(op, x.dtype()), op, config));
  }

  private void dot(Value x) {
    if (x.dtype().isBool()) {
      return;
    }
    int axis = axis(x);
    Value y = input(x.dtype(), Shape.of(2, x.shape().dim(axis)));
    pool.add(
        b.dotGeneral(
            x,
            y,
            new DimensionNumbers.Dot(List.of(), List.of(), List.of((long) axis), List.of(1L)),
            null,
            x.dtype()));
  }

  private void take(Value x) {
    Value indices = input(DType.I32, Shape.of(3, 1));
    long[] sizes = x.shape().dims();
    int axis = axis(x);
    sizes[axis] = 1;
    List<Long> offsets = new ArrayList<>();
    for (long i = 1; i < sizes.length; i++) {
      offsets.add(i);
    }
    DimensionNumbers.Gather numbers =
        new DimensionNumbers.Gather(
            offsets, List.of((long) axis), List.of(), List.of(), List.of((long) axis), 1);
    pool.add(b.gather(x, indices, numbers, sizes, false));
  }

  private void scatter(Value x) {
    Value indices = input(DType.I32, Shape.of(3, 1));
    int axis = axis(x);
    List<Long> windows = new ArrayList<>();
    for (long i = 1; i < x.shape().rank(); i++) {
      windows.add(i);
    }
    Value update = input(x.dtype(), x.shape().remove(axis).insert(0, 3));
    DimensionNumbers.Scatter numbers =
        new DimensionNumbers.Scatter(
            windows, List.of((long) axis), List.of(), List.of(), List.of((long) axis), 1);
    OpCode op = below(3) == 0 ? null : reducer(x.dtype());
    pool.add(b.scatter(x, indices, update, numbers, false, false, op));
  }

  private void sort(Value value) {
    Value x = plain(value.dtype().isComplex() ? b.real(value) : value);
    Block comparator = new Block(List.of(TensorType.of(x.dtype()), TensorType.of(x.dtype())));
    Builder c = new Builder(comparator);
    comparator.returns(
        List.of(
            c.compare(
                comparator.argument(0),
                comparator.argument(1),
                below(2) == 0 ? Comparison.LT : Comparison.GT)));
    pool.add(b.sort(List.of(x), axis(x), true, comparator).get(0));
  }

  /** A few turns of a small map. */
  private void loop(Value x) {
    if (!x.dtype().isFloat()) {
      return;
    }
    TensorType counter = TensorType.of(DType.I32);
    Value turns = b.constant(DType.I32, 1 + below(3));
    Block condition = new Block(List.of(counter, x.type()));
    Builder c = new Builder(condition);
    condition.returns(List.of(c.compare(condition.argument(0), turns, Comparison.LT)));
    Block body = new Block(List.of(counter, x.type()));
    Builder d = new Builder(body);
    Value next = d.tanh(d.add(body.argument(1), x));
    body.returns(List.of(d.add(body.argument(0), d.constant(DType.I32, 1)), next));
    pool.add(b.whileLoop(List.of(b.constant(DType.I32, 0), x), condition, body).get(1));
  }

  private void branch(Value x) {
    Value y = mate(x);
    Value index = input(DType.I32, Shape.SCALAR);
    List<Block> branches = new ArrayList<>();
    for (Value result : List.of(x, y, x)) {
      branches.add(new Block(List.of()).returns(List.of(result)));
    }
    pool.add(b.caseOf(index, branches).get(0));
  }

  private void convolution(DType dtype) {
    int groups = 1 + below(2);
    Value x = input(dtype, Shape.of(2, 5, 2 * groups));
    Value kernel = input(dtype, Shape.of(1 + below(3), 2, 2 * groups));
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(0, 2, List.of(1L), 1, 2, List.of(0L), 0, 2, List.of(1L));
    ConvolutionConfig config =
        new ConvolutionConfig(
            new long[] {1 + below(2)},
            new long[][] {{below(3), below(3)}},
            new long[] {1 + below(2)},
            new long[] {1 + below(2)},
            new boolean[] {below(2) == 0},
            dims,
            groups,
            1,
            null);
    pool.add(b.convolution(x, kernel, config));
  }

  private void complex() {
    DType dtype = below(2) == 0 ? DType.C64 : DType.C128;
    Value x = null;
    for (Value value : pool) {
      x = value.dtype() == dtype ? value : x;
    }
    if (x == null || below(4) == 0) {
      x = input(dtype, Shape.of(1 + below(4)));
    }
    switch (below(6)) {
      case 0 -> pool.add(b.unary(one(COMPLEX_UNARY), x));
      case 1 -> pool.add(b.multiply(x, mate(x)));
      case 2 -> pool.add(b.divide(x, mate(x)));
      case 3 -> pool.add(below(2) == 0 ? b.real(x) : b.imag(x));
      case 4 -> pool.add(b.abs(x));
      default -> {
        if (x.shape().rank() == 1) {
          pool.add(b.fft(x, below(2) == 0 ? "FFT" : "IFFT", x.shape().dim(0)));
        }
      }
    }
  }
}
