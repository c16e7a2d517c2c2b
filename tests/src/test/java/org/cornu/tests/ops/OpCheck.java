package org.cornu.tests.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * All tests of one row. The device runs a single program, whose results are the values, the tangent
 * of a random direction, the cotangents of random ones, the vectorised function at two points, and
 * the values in f32.
 */
final class OpCheck {
  private static final Interpreter INTERPRETER = new Interpreter();
  private static final double STEP = 1e-5;
  private static final double SINGLE = 5e-6;

  private final OpSpec spec;
  private final List<Literal> x;
  private final List<Literal> y;
  private final List<Integer> active = new ArrayList<>();
  private final Func func;
  private final List<Literal> values;
  private final List<Integer> inexact = new ArrayList<>();

  private OpCheck(OpSpec spec) {
    this.spec = spec;
    this.x = spec.sample();
    this.y = spec.otherSample();
    for (int i = 0; i < x.size(); i++) {
      if (x.get(i).type().dtype().isInexact()) {
        active.add(i);
      }
    }
    this.func = graph(spec, spec.types());
    this.values = INTERPRETER.run(func, x);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).type().dtype().isInexact()) {
        inexact.add(i);
      }
    }
  }

  static void check(OpSpec spec) {
    OpCheck check = new OpCheck(spec);
    check.containsItsOps();
    check.typesAndValuesMeanWhatTheyShould();
    check.deviceAgrees();
  }

  /** The function as recorded. */
  static Func graph(OpSpec spec, List<TensorType> types) {
    List<Tensor> arguments = types.stream().map(t -> Tensor.spec(t, null)).toList();
    return Transforms.makeGraph(spec.function(), arguments);
  }

  private void containsItsOps() {
    Set<OpCode> found = EnumSet.noneOf(OpCode.class);
    collect(func.body(), found, new HashSet<>());
    assertThat(found).as("ops of the recorded function").containsAll(spec.covers());
  }

  private static void collect(Block block, Set<OpCode> out, Set<Func> seen) {
    for (Op op : block.ops()) {
      out.add(op.code());
      op.regions().forEach(region -> collect(region, out, seen));
      for (Attribute attribute : op.attributes().values()) {
        if (attribute instanceof Attribute.Callee callee && seen.add(callee.func())) {
          collect(callee.func().body(), out, seen);
        }
      }
    }
  }

  private void typesAndValuesMeanWhatTheyShould() {
    List<Grid> expected = spec.meaningAt(x);
    assertThat(values).as("number of results").hasSameSizeAs(expected);
    for (int i = 0; i < values.size(); i++) {
      Grid want = expected.get(i);
      TensorType type = TensorType.of(want.dtype(), want.dims());
      assertThat(func.type().results().get(i)).as("type of result %d", i).isEqualTo((Type) type);
      close("interpreter, result " + i, values.get(i), want, spec.tolerance());
    }
  }

  // ---- one program with everything

  private void deviceAgrees() {
    Random random = new Random(11);
    List<Literal> direction = new ArrayList<>();
    for (int i : active) {
      direction.add(normal(x.get(i).type(), random));
    }
    List<Literal> weights = new ArrayList<>();
    for (int i : inexact) {
      weights.add(normal(values.get(i).type(), random));
    }
    List<Literal> stacked = new ArrayList<>();
    List<Literal> single = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      stacked.add(stack(x.get(i), y.get(i)));
      single.add(cast(x.get(i), DType.F64, DType.F32));
    }
    boolean differentiable = !direction.isEmpty() && !weights.isEmpty();
    Program program = new Program(differentiable);
    Program.Results got =
        Transforms.jit((Program.Inputs in) -> program.run(in))
            .apply(
                new Program.Inputs(
                    tensors(x),
                    tensors(stacked),
                    tensors(single),
                    tensors(direction),
                    tensors(weights)));

    List<Grid> expected = spec.meaningAt(x);
    for (int i = 0; i < values.size(); i++) {
      Literal value = got.values().get(i).toLiteral();
      assertThat(value.type()).as("type of result %d", i).isEqualTo(values.get(i).type());
      close("device against Java, result " + i, value, expected.get(i), spec.tolerance());
      close(
          "device against interpreter, result " + i,
          value,
          Grid.of(values.get(i)),
          spec.tolerance());
    }
    List<Literal> others = INTERPRETER.run(func, y);
    for (int i = 0; i < values.size(); i++) {
      Literal both = stack(values.get(i), others.get(i));
      Literal batched = got.batched().get(i).toLiteral();
      assertThat(batched.type()).as("type of vmap's result %d", i).isEqualTo(both.type());
      close("vmap, result " + i, batched, Grid.of(both), spec.tolerance());
    }
    if (spec.hasSingle()) {
      List<Literal> rounded =
          single.stream().map(literal -> cast(literal, DType.F32, DType.F64)).toList();
      List<Literal> wanted = INTERPRETER.run(func, rounded);
      for (int i = 0; i < values.size(); i++) {
        Literal value = got.single().get(i).toLiteral();
        close("f32, result " + i, value, Grid.of(wanted.get(i)), SINGLE);
      }
    }
    if (differentiable) {
      derivativesAgree(direction, weights, got);
    }
  }

  private void derivativesAgree(
      List<Literal> direction, List<Literal> weights, Program.Results got) {
    List<Literal> above = INTERPRETER.run(func, moved(direction, STEP));
    List<Literal> below = INTERPRETER.run(func, moved(direction, -STEP));
    double forward = 0;
    for (int k = 0; k < inexact.size(); k++) {
      int i = inexact.get(k);
      Literal tangent = got.tangents().get(k).toLiteral();
      Grid slope = Grid.of(above.get(i)).zip(Grid.of(below.get(i)), (a, b) -> (a - b) / (2 * STEP));
      close("jvp of result " + i, tangent, slope, 1e-6);
      forward += product(tangent, weights.get(k));
    }
    if (!spec.hasReverse()) {
      return;
    }
    double backward = 0;
    for (int k = 0; k < active.size(); k++) {
      Literal cotangent = got.cotangents().get(k).toLiteral();
      assertThat(cotangent.type()).isEqualTo(x.get(active.get(k)).type());
      backward += product(cotangent, direction.get(k));
    }
    assertThat(backward)
        .as("<vjp(u), v> against <u, jvp(v)>")
        .isCloseTo(forward, org.assertj.core.data.Offset.offset(1e-9 * (1 + Math.abs(forward))));
  }

  private List<Literal> moved(List<Literal> direction, double step) {
    List<Literal> out = new ArrayList<>(x);
    for (int k = 0; k < active.size(); k++) {
      int i = active.get(k);
      Grid point = Grid.of(x.get(i)).zip(Grid.of(direction.get(k)), (a, v) -> a + step * v);
      out.set(i, Literal.ofDoubles(x.get(i).type(), point.values()));
    }
    return out;
  }

  /** What the device runs. */
  private final class Program {
    record Inputs(
        List<Tensor> x,
        List<Tensor> stacked,
        List<Tensor> single,
        List<Tensor> direction,
        List<Tensor> weights) {}

    record Results(
        List<Tensor> values,
        List<Tensor> tangents,
        List<Tensor> cotangents,
        List<Tensor> batched,
        List<Tensor> single) {}

    private final boolean differentiable;

    Program(boolean differentiable) {
      this.differentiable = differentiable;
    }

    Results run(Inputs in) {
      F1<List<Tensor>, List<Tensor>> f = spec.function();
      F1<List<Tensor>, List<Tensor>> inner =
          changed -> {
            List<Tensor> all = new ArrayList<>(in.x());
            for (int k = 0; k < changed.size(); k++) {
              all.set(active.get(k), changed.get(k));
            }
            List<Tensor> results = f.apply(all);
            return inexact.stream().map(results::get).toList();
          };
      List<Tensor> point = active.stream().map(in.x()::get).toList();
      return new Results(
          f.apply(in.x()),
          differentiable ? Transforms.jvp(inner, point, in.direction()).tangent() : List.of(),
          differentiable && spec.hasReverse()
              ? Transforms.vjp(inner, point).pullback().apply(in.weights())
              : List.of(),
          Transforms.vmap(f).apply(in.stacked()),
          spec.hasSingle() ? f.apply(in.single()) : List.of());
    }
  }

  // ---- literals

  private static List<Tensor> tensors(List<Literal> literals) {
    return literals.stream().map(Tensor::of).toList();
  }

  private static Literal normal(TensorType type, Random random) {
    double[] out = new double[Math.toIntExact(type.shape().count())];
    for (int i = 0; i < out.length; i++) {
      out[i] = random.nextGaussian();
    }
    return Literal.ofDoubles(type, out);
  }

  private static double product(Literal a, Literal b) {
    double sum = 0;
    for (int i = 0; i < a.count(); i++) {
      sum += a.doubleAt(i) * b.doubleAt(i);
    }
    return sum;
  }

  private static Literal stack(Literal a, Literal b) {
    byte[] first = a.expandedBytes();
    byte[] second = b.expandedBytes();
    byte[] out = ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    Shape shape = Shape.of(2).concat(a.type().shape());
    return Literal.ofBytes(a.type().withShape(shape), out);
  }

  private static Literal cast(Literal x, DType from, DType to) {
    return x.type().dtype() == from
        ? Literal.ofDoubles(x.type().withElement(to), Grid.of(x).values())
        : x;
  }

  /** Integers exactly, reals relative to the largest element. */
  private static void close(String what, Literal got, Grid want, double tolerance) {
    assertThat(got.type().shape().dims()).as(what).isEqualTo(want.dims());
    boolean exact = !got.type().dtype().isInexact();
    double scale = 1;
    for (double value : want.values()) {
      scale = Double.isFinite(value) ? Math.max(scale, Math.abs(value)) : scale;
    }
    for (int i = 0; i < got.count(); i++) {
      double a = got.doubleAt(i);
      double b = want.values()[i];
      boolean same = a == b || Double.isNaN(a) && Double.isNaN(b);
      assertThat(same || !exact && Math.abs(a - b) <= tolerance * scale)
          .as("%s: element %d is %s, expected %s (difference %s)", what, i, a, b, a - b)
          .isTrue();
    }
  }
}
