package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
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
import org.cornu.stablehlo.passes.LowerComposites;
import org.cornu.stablehlo.passes.LowerOwnOps;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of every function, tried at the arguments of a recorded call on the interpreter,
 * in f64: forward mode agrees with central differences, reverse with forward mode, the derivative
 * of reverse mode with its differences, and {@code vmap} with a loop.
 */
final class OpLaws {
  private static final Interpreter INTERPRETER = new Interpreter();
  private static final double STEP = 1e-5;
  private static final double DERIVATIVE = 1e-5;

  private final F1<List<Tensor>, List<Tensor>> function;
  private final List<Literal> x;
  private final Func graph;
  private final List<Literal> values;
  private final List<Integer> active = new ArrayList<>();
  private final List<Integer> inexact = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(7);

  /** Fails where the function cannot be recorded. */
  OpLaws(OpCatalog.Entry entry, JsonNode recorded) {
    this.function =
        xs ->
            OpRunner.call(entry, recorded, xs).stream()
                .filter(Tensor.class::isInstance)
                .map(Tensor.class::cast)
                .toList();
    this.x =
        Recorded.literals(recorded.get("inputs")).stream()
            .map(v -> inType(shaken(v), DType.F64))
            .toList();
    this.graph = record(function, x);
    this.values = INTERPRETER.run(graph, x);
    for (int i = 0; i < x.size(); i++) {
      if (x.get(i).type().dtype().isInexact() && x.get(i).count() > 0) {
        active.add(i);
      }
    }
    for (int i = 0; i < values.size(); i++) {
      DType dtype = values.get(i).type().dtype();
      if (dtype == DType.F64 || dtype == DType.C128) {
        inexact.add(i);
      }
    }
  }

  private static Func record(F1<List<Tensor>, List<Tensor>> f, List<Literal> inputs) {
    return Transforms.makeGraph(f, inputs.stream().map(v -> Tensor.spec(v.type(), null)).toList());
  }

  /** True where there is something to differentiate, and by something. */
  boolean isDifferentiable() {
    return !active.isEmpty() && !inexact.isEmpty();
  }

  /** StableHLO ops of the function, those of its callees included. */
  Set<String> ops() {
    Set<OpCode> codes = EnumSet.noneOf(OpCode.class);
    Func plain = LowerComposites.run(LowerOwnOps.run(graph));
    collect(plain.body(), codes, new HashSet<>());
    Set<String> out = new TreeSet<>();
    for (OpCode code : codes) {
      if (code != OpCode.CALL && code != OpCode.CONSTANT && !code.shortName().equals("return")) {
        out.add(code.shortName());
      }
    }
    return out;
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

  /**
   * Types among bf16, f16, f32 and f64 for which the function gives what it gives in f64, to the
   * precision of the type.
   */
  Set<DType> types() {
    Set<DType> out = EnumSet.noneOf(DType.class);
    if (active.isEmpty()) {
      return out;
    }
    out.add(DType.F64);
    for (DType dtype : List.of(DType.BF16, DType.F16, DType.F32)) {
      try {
        List<Literal> narrow = x.stream().map(v -> inType(v, dtype)).toList();
        List<Literal> rounded = narrow.stream().map(v -> inType(v, DType.F64)).toList();
        List<Literal> got = INTERPRETER.run(record(function, narrow), narrow);
        double tolerance = dtype == DType.F32 ? 1e-4 : dtype == DType.F16 ? 2e-2 : 0.1;
        if (problem("", got, INTERPRETER.run(graph, rounded), tolerance) == null) {
          out.add(dtype);
        }
      } catch (IllegalArgumentException e) {
        // A type that the function refuses.
      }
    }
    return out;
  }

  // ---- vmap

  /** Two calls at once against one after the other; null where they agree. */
  @Nullable String vectorized() {
    if (x.isEmpty()) {
      return null;
    }
    List<Literal> y = x.stream().map(v -> map(v, v, (a, b) -> 0.75 * a)).toList();
    List<Literal> both = stack(x, y);
    List<Literal> got = INTERPRETER.run(record(Transforms.vmap(function), both), both);
    return problem("vmap", got, stack(values, INTERPRETER.run(graph, y)), 1e-9);
  }

  private static List<Literal> stack(List<Literal> x, List<Literal> y) {
    List<Literal> out = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      byte[] a = x.get(i).expandedBytes();
      byte[] b = y.get(i).expandedBytes();
      TensorType type = x.get(i).type();
      out.add(
          Literal.ofBytes(
              type.withShape(Shape.of(2).concat(type.shape())),
              ByteBuffer.allocate(a.length + b.length).put(a).put(b).array()));
    }
    return out;
  }

  // ---- derivatives

  /** The function of the inputs that have derivatives to the results that have them. */
  private F1<List<Tensor>, List<Tensor>> smooth(List<Tensor> all) {
    return point -> {
      List<Tensor> full = new ArrayList<>(all);
      for (int k = 0; k < point.size(); k++) {
        full.set(active.get(k), point.get(k));
      }
      List<Tensor> results = function.apply(full);
      return inexact.stream().map(results::get).toList();
    };
  }

  private List<Literal> activeOf(List<Literal> all) {
    return active.stream().map(all::get).toList();
  }

  private List<Literal> inexactOf(List<Literal> all) {
    return inexact.stream().map(all::get).toList();
  }

  private List<Literal> along(List<Literal> direction, double step) {
    List<Literal> out = new ArrayList<>(x);
    for (int k = 0; k < active.size(); k++) {
      int i = active.get(k);
      out.set(i, map(x.get(i), direction.get(k), (a, b) -> a + step * b));
    }
    return out;
  }

  /** Both modes once; null where they agree with differences. */
  @Nullable String differentiated() {
    List<Literal> direction = activeOf(x).stream().map(this::normal).toList();
    List<Literal> weights = inexactOf(values).stream().map(this::normal).toList();
    List<Literal> slope =
        slope(
            inexactOf(INTERPRETER.run(graph, along(direction, STEP))),
            inexactOf(INTERPRETER.run(graph, along(direction, -STEP))));
    int n = x.size();
    int k = active.size();
    List<Literal> inputs = concat(x, direction, weights);
    Func modes =
        record(
            in -> {
              F1<List<Tensor>, List<Tensor>> f = smooth(in.subList(0, n));
              List<Tensor> point = active.stream().map(in::get).toList();
              List<Tensor> out =
                  new ArrayList<>(Transforms.jvp(f, point, in.subList(n, n + k)).tangent());
              out.addAll(Transforms.vjp(f, point).pullback().apply(in.subList(n + k, in.size())));
              return out;
            },
            inputs);
    List<Literal> got = INTERPRETER.run(modes, inputs);
    List<Literal> tangents = got.subList(0, inexact.size());
    String problem = problem("jvp", tangents, slope, DERIVATIVE);
    if (problem != null) {
      return problem;
    }
    double forward = pairing(weights, tangents);
    double backward = pairing(got.subList(inexact.size(), got.size()), direction);
    boolean same =
        Math.abs(forward - backward) <= 1e-7 * (1 + Math.abs(forward))
            || Double.isNaN(forward) && Double.isNaN(backward);
    return same ? null : "vjp: <vjp(u), v> is " + backward + ", <u, jvp(v)> is " + forward;
  }

  /** The derivative of reverse mode; null where it agrees with differences of it. */
  @Nullable String differentiatedTwice() {
    List<Literal> direction = activeOf(x).stream().map(this::normal).toList();
    List<Literal> weights = inexactOf(values).stream().map(this::normal).toList();
    int n = x.size();
    int k = active.size();
    F1<List<Tensor>, List<Tensor>> pullback =
        in -> {
          F1<List<Tensor>, List<Tensor>> f = smooth(in.subList(0, n));
          List<Tensor> point = active.stream().map(in::get).toList();
          return Transforms.vjp(f, point).pullback().apply(in.subList(n, in.size()));
        };
    List<Literal> at = concat(x, weights);
    Func once = record(pullback, at);
    List<Literal> slope =
        slope(
            INTERPRETER.run(once, concat(along(direction, STEP), weights)),
            INTERPRETER.run(once, concat(along(direction, -STEP), weights)));
    Func twice =
        record(
            in -> {
              List<Tensor> rest = in.subList(0, at.size());
              return Transforms.jvp(
                      (List<Tensor> point) -> {
                        List<Tensor> full = new ArrayList<>(rest);
                        for (int i = 0; i < point.size(); i++) {
                          full.set(active.get(i), point.get(i));
                        }
                        return pullback.apply(full);
                      },
                      active.stream().map(in::get).toList(),
                      in.subList(at.size(), at.size() + k))
                  .tangent();
            },
            concat(at, direction));
    return problem("jvp of vjp", INTERPRETER.run(twice, concat(at, direction)), slope, 1e-4);
  }

  private static List<Literal> slope(List<Literal> above, List<Literal> below) {
    List<Literal> out = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      out.add(map(above.get(i), below.get(i), (a, b) -> (a - b) / (2 * STEP)));
    }
    return out;
  }

  @SafeVarargs
  private static List<Literal> concat(List<Literal>... lists) {
    List<Literal> out = new ArrayList<>();
    for (List<Literal> list : lists) {
      out.addAll(list);
    }
    return out;
  }

  // ---- numbers

  /** Away from the places where a function has a corner or a jump. */
  private static Literal shaken(Literal v) {
    SplittableRandom random = new SplittableRandom(11);
    return map(v, v, (a, b) -> a + 0.01 * random.nextDouble());
  }

  private static Literal inType(Literal v, DType real) {
    DType dtype = v.type().dtype();
    if (dtype.isComplex()) {
      return map(v, v, real == DType.F64 ? DType.C128 : DType.C64, (a, b) -> a);
    }
    return dtype.isFloat() ? map(v, v, real, (a, b) -> a) : v;
  }

  private Literal normal(Literal like) {
    return map(like, like, (a, b) -> random.nextDouble(-1, 1));
  }

  private static Literal map(Literal x, Literal y, DoubleBinaryOperator f) {
    return map(x, y, x.type().dtype(), f);
  }

  /** A function of the real and of the imaginary parts; integers stay. */
  private static Literal map(Literal x, Literal y, DType dtype, DoubleBinaryOperator f) {
    if (!dtype.isInexact()) {
      return x;
    }
    boolean complex = dtype.isComplex();
    double[] out = new double[x.count() * (complex ? 2 : 1)];
    for (int i = 0; i < x.count(); i++) {
      int at = complex ? 2 * i : i;
      out[at] = f.applyAsDouble(x.doubleAt(i), y.doubleAt(i));
      if (complex) {
        out[at + 1] = f.applyAsDouble(x.imagAt(i), y.imagAt(i));
      }
    }
    TensorType type = TensorType.of(dtype, x.type().shape());
    return complex ? Literal.ofComplex(type, out) : Literal.ofDoubles(type, out);
  }

  /** {@code Re sum u v}. */
  private static double pairing(List<Literal> u, List<Literal> v) {
    double sum = 0;
    for (int k = 0; k < u.size(); k++) {
      for (int i = 0; i < u.get(k).count(); i++) {
        double re = u.get(k).doubleAt(i) * v.get(k).doubleAt(i);
        boolean complex = u.get(k).type().dtype().isComplex();
        sum += complex ? re - u.get(k).imagAt(i) * v.get(k).imagAt(i) : re;
      }
    }
    return sum;
  }

  /** The first difference, in size relative to the largest element; what is not finite is free. */
  private static @Nullable String problem(
      String what, List<Literal> got, List<Literal> want, double tolerance) {
    for (int k = 0; k < want.size(); k++) {
      Literal g = got.get(k);
      Literal w = want.get(k);
      if (!g.type().shape().equals(w.type().shape())) {
        return what + ": " + g.type().brief() + " in place of " + w.type().brief();
      }
      boolean exact = !w.type().dtype().isInexact();
      double scale = 1;
      for (int i = 0; i < w.count(); i++) {
        double size = Math.abs(w.doubleAt(i));
        scale = Double.isFinite(size) ? Math.max(scale, size) : scale;
      }
      for (int i = 0; i < w.count(); i++) {
        double re = g.doubleAt(i) - w.doubleAt(i);
        double im = w.type().dtype().isComplex() ? g.imagAt(i) - w.imagAt(i) : 0;
        if (Double.isFinite(w.doubleAt(i))
            && !(Math.hypot(re, im) <= (exact ? 0 : tolerance * scale))) {
          return what
              + ", result "
              + k
              + ": element "
              + i
              + " is "
              + g.doubleAt(i)
              + ", expected "
              + w.doubleAt(i);
        }
      }
    }
    return null;
  }
}
