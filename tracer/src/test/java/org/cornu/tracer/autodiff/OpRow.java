package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** One row of the table of ops: a small program around one op, and where to evaluate it. */
final class OpRow {
  final OpCode code;
  private String name;
  private final List<TensorType> types = new ArrayList<>();
  private final List<Literal> inputs = new ArrayList<>();
  private double low = -2;
  private double high = 2;
  int order = 2;
  double tolerance = 1e-7;
  private BiFunction<Builder, List<Value>, List<Value>> body = (b, x) -> x;

  private OpRow(OpCode code) {
    this.code = code;
    this.name = code.shortName();
  }

  static OpRow of(OpCode code) {
    return new OpRow(code);
  }

  OpRow named(String variant) {
    name += " " + variant;
    return this;
  }

  /** Arguments of these types with uniform random values in the present domain. */
  OpRow args(TensorType... more) {
    for (TensorType type : more) {
      types.add(type);
      Random random = new Random(31L * types.size() + code.mlirName().hashCode());
      int parts = type.dtype().isComplex() ? 2 : 1;
      double[] values = new double[Math.toIntExact(type.shape().count()) * parts];
      for (int i = 0; i < values.length; i++) {
        values[i] = low + (high - low) * random.nextDouble();
      }
      inputs.add(GradientCheck.real(type, values));
    }
    return this;
  }

  OpRow real(int... dims) {
    return args(GradientCheck.f64(java.util.Arrays.stream(dims).asLongStream().toArray()));
  }

  OpRow domain(double from, double to) {
    low = from;
    high = to;
    return this;
  }

  OpRow ints(long[] dims, long... values) {
    TensorType type = TensorType.of(DType.I32, dims);
    types.add(type);
    inputs.add(Literal.ofLongs(type, values));
    return this;
  }

  OpRow values(TensorType type, double... values) {
    types.add(type);
    inputs.add(GradientCheck.real(type, values));
    return this;
  }

  OpRow bools(long[] dims, boolean... values) {
    TensorType type = TensorType.of(DType.BOOL, dims);
    types.add(type);
    inputs.add(Literal.ofBooleans(type, values));
    return this;
  }

  OpRow order(int max) {
    order = max;
    return this;
  }

  OpRow tolerance(double relative) {
    tolerance = relative;
    return this;
  }

  /** One result. */
  OpRow build(BiFunction<Builder, List<Value>, Value> op) {
    body = (b, x) -> List.of(op.apply(b, x));
    return this;
  }

  OpRow buildAll(BiFunction<Builder, List<Value>, List<Value>> op) {
    body = op;
    return this;
  }

  Func func() {
    return GradientCheck.func(types, body);
  }

  List<Literal> inputs() {
    return inputs;
  }

  void check() {
    GradientCheck.check(func(), inputs, order, tolerance);
  }

  @Override
  public String toString() {
    return name;
  }
}
