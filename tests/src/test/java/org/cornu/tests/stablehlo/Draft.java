package org.cornu.tests.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * A random program that is being written: the values so far, of which each step takes some as
 * operands, and its inputs. A step after which some value is a denormal number is taken back, since
 * XLA flushes these to zero.
 */
final class Draft {
  static final DType[] FLOATS = {DType.F32, DType.F64, DType.F16, DType.BF16};
  static final DType[] INTEGERS = {
    DType.I8, DType.I16, DType.I32, DType.I64, DType.U8, DType.U16, DType.U32, DType.U64
  };

  /** Types that are stored and converted, compared and moved, and little else. */
  static final DType[] SMALL = {
    DType.I2,
    DType.I4,
    DType.U2,
    DType.U4,
    DType.F4E2M1FN,
    DType.F8E3M4,
    DType.F8E4M3,
    DType.F8E4M3FN,
    DType.F8E4M3FNUZ,
    DType.F8E4M3B11FNUZ,
    DType.F8E5M2,
    DType.F8E5M2FNUZ,
    DType.F8E8M0FNU
  };

  private static final int MAX_ELEMENTS = 256;

  final Grid grid;
  final Block block = new Block(List.of());
  final Builder b = new Builder(block);

  /** Inputs of each process. */
  final List<List<Literal>> inputs = new ArrayList<>();

  final List<Boolean> isNoise = new ArrayList<>();
  private final List<Value> pool = new ArrayList<>();
  private final Interpreter interpreter = new Interpreter();
  private SplittableRandom random = new SplittableRandom(0);

  /** A program without ops, to run on these processes. */
  Draft(Grid grid) {
    this.grid = grid;
    for (int i = 0; i < grid.count(); i++) {
      inputs.add(new ArrayList<>());
    }
  }

  private Value argument(TensorType type, boolean noise, Supplier<Literal> values) {
    inputs.forEach(process -> process.add(values.get()));
    isNoise.add(noise);
    return block.addArgument(type);
  }

  /** Runs one step with choices that follow from {@code gene}. */
  void step(long gene, Runnable step) {
    random = new SplittableRandom(gene);
    int values = pool.size();
    int ops = block.ops().size();
    step.run();
    if (!isPlain(ops) || pool.stream().anyMatch(v -> v.shape().count() > MAX_ELEMENTS)) {
      pool.subList(Math.max(values, 1), pool.size()).clear();
    }
  }

  /** What the program may return. */
  List<Value> values() {
    return pool;
  }

  /** True if no result of the ops from the given one on has a denormal number. */
  private boolean isPlain(int from) {
    List<Value> results = new ArrayList<>();
    for (Op op : block.ops().subList(from, block.ops().size())) {
      for (Value result : op.results()) {
        if (result.type() instanceof TensorType type && type.dtype().isInexact()) {
          results.add(result);
        }
      }
    }
    if (results.isEmpty()) {
      return true;
    }
    block.returns(results);
    return grid.run(interpreter, new Func("draft", block), inputs).stream()
        .allMatch(process -> process.stream().allMatch(Draft::isPlain));
  }

  private static boolean isPlain(Literal literal) {
    double least = minNormal(literal.type().dtype().real());
    for (int i = 0; i < literal.count(); i++) {
      if (isTiny(literal.doubleAt(i), least) || isTiny(literal.imagAt(i), least)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTiny(double x, double least) {
    return x != 0 && Math.abs(x) < least;
  }

  /** The least positive number that is not denormal, neither in the type nor in f32. */
  static double minNormal(DType dtype) {
    return dtype == DType.F64
        ? Double.MIN_NORMAL
        : Math.max(Float.MIN_NORMAL, FloatFormat.minNormal(dtype));
  }

  int below(int n) {
    return random.nextInt(n);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  <T> T one(T[] choices) {
    return choices[below(choices.length)];
  }

  /** True for types with fewer than 16 (floats) or 8 (integers) bits. */
  static boolean isSmall(DType dtype) {
    return dtype.isFloat() ? dtype.bits() < 16 : !dtype.isBool() && dtype.bits() < 8;
  }

  /** Adds a result to the values, rounding made visible. */
  void add(Value x) {
    DType dtype = x.dtype();
    if (!dtype.isInexact() || isSmall(dtype)) {
      pool.add(x);
      return;
    }
    TensorType type = x.tensorType();
    Literal ones = dtype.isComplex() ? Literal.ofComplex(type, 1, 0) : Literal.ofDoubles(type, 1);
    pool.add(b.multiply(x, argument(type, true, () -> ones)));
  }

  private Value found(Predicate<Value> wanted, DType[] otherwise, Shape shape) {
    for (int i = 0; i < 8; i++) {
      Value x = latest();
      if (wanted.test(x)) {
        return x;
      }
    }
    return input(one(otherwise), shape);
  }

  /** The latest values more often than the first. */
  private Value latest() {
    int back = Math.min(below(pool.size()), below(pool.size()));
    return pool.get(pool.size() - 1 - back);
  }

  /** The value that was added last. */
  Value newest() {
    return pool.get(pool.size() - 1);
  }

  /** Any value at all. */
  Value any() {
    return latest();
  }

  /** A value of a type with full arithmetic, or a boolean one. */
  Value wide() {
    return found(x -> !isSmall(x.dtype()), FLOATS, shape());
  }

  /** A real number. */
  Value real() {
    return found(x -> x.dtype().isFloat() && !isSmall(x.dtype()), FLOATS, shape());
  }

  /** An integer. */
  Value integer() {
    return found(x -> x.dtype().isInteger() && !isSmall(x.dtype()), INTEGERS, shape());
  }

  /** A complex number. */
  Value complex() {
    DType[] types = {DType.C64, DType.C128};
    return found(x -> x.dtype().isComplex(), types, Shape.of(1 + below(4)));
  }

  /** True for arrays of a size to work on: neither scalars nor empty. */
  private static boolean isArray(Shape shape) {
    return shape.rank() > 0 && shape.count() > 0 && shape.count() <= 128;
  }

  /** A value with at least one dimension, of a type with full arithmetic. */
  Value tensor() {
    return found(x -> isArray(x.shape()) && !isSmall(x.dtype()), FLOATS, Shape.of(2, 3));
  }

  /** A real or integer value with at least one dimension. */
  Value numbers() {
    return found(
        x ->
            isArray(x.shape())
                && !isSmall(x.dtype())
                && !x.dtype().isBool()
                && !x.dtype().isComplex(),
        coin() ? FLOATS : INTEGERS,
        Shape.of(2, 3));
  }

  Shape shape() {
    long[] dims = new long[below(4)];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = 1 + below(4);
    }
    return Shape.of(dims);
  }

  /** A new argument of the program. */
  Value input(DType dtype, Shape shape) {
    TensorType type = TensorType.of(dtype, shape);
    add(argument(type, false, () -> values(type)));
    return newest();
  }

  private Literal values(TensorType type) {
    DType dtype = type.dtype();
    int count = (int) type.shape().count();
    if (dtype.isComplex()) {
      double[] parts = new double[2 * count];
      Arrays.setAll(parts, i -> number(dtype.real()));
      return Literal.ofComplex(type, parts);
    }
    if (dtype.isFloat()) {
      double[] values = new double[count];
      Arrays.setAll(values, i -> number(dtype));
      return Literal.ofDoubles(type, values);
    }
    long[] values = new long[count];
    Arrays.setAll(values, i -> below(4) == 0 ? random.nextLong() : below(9) - 4);
    return Literal.ofLongs(type, values);
  }

  /** A new argument of indices from {@code -1} to {@code limit}, so some are out of range. */
  Value indices(DType dtype, Shape shape, int limit) {
    return integers(dtype, shape, -1, limit);
  }

  /** A new argument of integers from {@code first} to {@code last}. */
  Value integers(DType dtype, Shape shape, int first, int last) {
    TensorType type = TensorType.of(dtype, shape);
    return argument(
        type,
        false,
        () -> {
          long[] values = new long[(int) shape.count()];
          Arrays.setAll(values, i -> first + below(last - first + 1));
          return Literal.ofLongs(type, values);
        });
  }

  private double number(DType dtype) {
    if (dtype == DType.F8E8M0FNU) {
      return Math.scalb(1.0, below(9) - 4);
    }
    double x =
        switch (below(12)) {
          case 0 -> 0;
          case 1 -> below(7) - 3;
          case 2 -> FloatFormat.round(dtype, (random.nextDouble() - 0.5) * 100);
          default -> FloatFormat.round(dtype, (random.nextDouble() - 0.5) * 4);
        };
    return isTiny(x, minNormal(dtype)) ? 0 : x;
  }

  /** Another value of the same type. */
  Value mate(Value x) {
    for (int i = 0; i < 4; i++) {
      Value y = latest();
      if (y != x && y.type().equals(x.type())) {
        return y;
      }
    }
    return input(x.dtype(), x.shape());
  }

  int axis(Value x) {
    return below(x.shape().rank());
  }

  /** NaN replaced by 1 and -0 by 0, for ops that tell them apart by bits. */
  Value plain(Value x) {
    if (!x.dtype().isFloat()) {
      return x;
    }
    Value one = b.constant(x.tensorType(), 1);
    Value zero = b.constant(x.tensorType(), 0);
    Value number = b.select(b.compare(x, x, Comparison.EQ), x, one);
    // not by adding 0, which XLA leaves out, and -0 with it
    return b.select(b.compare(number, zero, Comparison.EQ), zero, number);
  }

  /** Numbers in [-1, 1]: what grows no further. */
  Value tame(Value x) {
    return x.dtype().isFloat() ? b.tanh(plain(x)) : x;
  }
}
