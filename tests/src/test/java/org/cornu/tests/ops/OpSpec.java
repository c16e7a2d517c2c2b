package org.cornu.tests.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.testing.Law;
import org.cornu.testing.Laws;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;

/**
 * A row of the table: a function of tensors, the ops that it must contain, where to evaluate it,
 * and what it means in plain Java. The function must work for f32 in place of f64, and returns real
 * tensors only (of a complex one both parts).
 */
final class OpSpec {
  /** How one argument is drawn. */
  private record Argument(TensorType type, Function<Random, Literal> draw) {}

  private final List<OpCode> covers;
  private final List<Argument> arguments = new ArrayList<>();
  private String name = "";
  private double low = -2;
  private double high = 2;
  private double tolerance = 1e-10;
  private boolean reverse = true;
  private boolean single = true;
  private double units = 8;
  private F1<List<Tensor>, List<Tensor>> function = x -> x;
  private Function<List<Grid>, List<Grid>> meaning = x -> x;

  private OpSpec(List<OpCode> covers) {
    this.covers = covers;
  }

  /** A row about these ops. */
  static OpSpec of(OpCode... covers) {
    return new OpSpec(List.of(covers));
  }

  /** Tells rows about the same op apart. */
  OpSpec named(String value) {
    name = value;
    return this;
  }

  /** Where the real arguments that follow lie: away from poles and jumps. */
  OpSpec domain(double from, double to) {
    low = from;
    high = to;
    return this;
  }

  /** How closely XLA, the interpreter and Java agree in f64, relative to the largest element. */
  OpSpec tolerance(double value) {
    tolerance = value;
    return this;
  }

  /** Its number of steps is not known: no reverse mode. */
  OpSpec forwardOnly() {
    reverse = false;
    return this;
  }

  /** How many units of f32, bf16 and f16 it may be off, relative to the largest element. */
  OpSpec units(double value) {
    units = value;
    return this;
  }

  /** It depends on the bits of f64, or asks too much of f32. */
  OpSpec doubleOnly() {
    single = false;
    return this;
  }

  /** An argument of random elements in the domain. */
  OpSpec real(long... dims) {
    TensorType type = TensorType.of(DType.F64, dims);
    double from = low;
    double to = high;
    arguments.add(
        new Argument(
            type,
            random -> Literal.ofDoubles(type, random.doubles(count(type), from, to).toArray())));
    return this;
  }

  /** An argument of given elements. */
  OpSpec values(long[] dims, double... values) {
    TensorType type = TensorType.of(DType.F64, dims);
    arguments.add(new Argument(type, random -> Literal.ofDoubles(type, values)));
    return this;
  }

  /** An integer or bool argument of given elements. */
  OpSpec ints(DType dtype, long[] dims, long... values) {
    TensorType type = TensorType.of(dtype, dims);
    arguments.add(new Argument(type, random -> Literal.ofLongs(type, values)));
    return this;
  }

  /** An i32 argument of random elements from {@code from} (inclusive) to {@code to} (exclusive). */
  OpSpec between(int from, int to, long... dims) {
    TensorType type = TensorType.of(DType.I32, dims);
    arguments.add(
        new Argument(
            type,
            random ->
                Literal.ofLongs(
                    type, random.ints(count(type), from, to).asLongStream().toArray())));
    return this;
  }

  /** What to call, with one result. */
  OpSpec op(F1<List<Tensor>, Tensor> f) {
    return ops(x -> List.of(f.apply(x)));
  }

  /** What to call. */
  OpSpec ops(F1<List<Tensor>, List<Tensor>> f) {
    function = f;
    return this;
  }

  /** What it means: the result with its shape and type. */
  OpSpec means(Function<List<Grid>, Grid> f) {
    return meansAll(x -> List.of(f.apply(x)));
  }

  /** What it means: the results with their shapes and types. */
  OpSpec meansAll(Function<List<Grid>, List<Grid>> f) {
    meaning = f;
    return this;
  }

  List<OpCode> covers() {
    return covers;
  }

  double tolerance() {
    return tolerance;
  }

  /** What it must obey. */
  Laws<List<Tensor>, List<Tensor>> laws() {
    Laws<List<Tensor>, List<Tensor>> laws =
        Laws.of(function).named(toString()).exactness(tolerance).units(units);
    if (!reverse) {
      laws = laws.forwardOnly();
    }
    return single ? laws : laws.except(Law.TYPES);
  }

  F1<List<Tensor>, List<Tensor>> function() {
    return function;
  }

  List<Grid> meaningAt(List<Literal> inputs) {
    return meaning.apply(inputs.stream().map(Grid::of).toList());
  }

  List<TensorType> types() {
    return arguments.stream().map(Argument::type).toList();
  }

  /** Arguments that belong to the domain. */
  List<Literal> sample() {
    Random random = new Random(toString().hashCode());
    return arguments.stream().map(a -> a.draw().apply(random)).toList();
  }

  private static long count(TensorType type) {
    return type.shape().count();
  }

  @Override
  public String toString() {
    String ops = covers.stream().map(OpCode::mlirName).collect(Collectors.joining(" ", "", " "));
    return ops + name + Arrays.toString(types().stream().map(TensorType::brief).toArray());
  }

  /** Joins rows. */
  @SafeVarargs
  static List<OpSpec> join(List<OpSpec>... parts) {
    List<OpSpec> out = new ArrayList<>();
    for (List<OpSpec> part : parts) {
      out.addAll(part);
    }
    return Collections.unmodifiableList(out);
  }
}
