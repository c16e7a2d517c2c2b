package org.cornu.tracer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.tracer.graph.Closures;
import org.cornu.tracer.graph.Inliner;
import org.cornu.tracer.graph.Instrument;
import org.cornu.tracer.runtime.DeviceArray;
import org.cornu.tracer.runtime.HostCalls;
import org.cornu.tracer.runtime.ProgramCache;
import org.jspecify.annotations.Nullable;

/**
 * Where two ways to run a program part: it is run whole on both, and where the results differ, cut
 * in halves until one op remains. Loops are followed step by step, branches into the one taken.
 *
 * <pre>{@code
 * Divergence.find(step, params).ifPresent(System.out::println);
 * // dot_general at Mlp.apply(Mlp.java:31): f32[8,10] differs by 3.2e-2 at element 7: 1.25 against 1.218
 * }</pre>
 */
public final class Divergence {
  private static final double RTOL = 1e-4;
  private static final double ATOL = 1e-5;
  private static final int MAX_STEPS = 10_000;

  private final Engine first;
  private final Engine second;
  private final double rtol;
  private final double atol;

  private Divergence(Engine first, Engine second, double rtol, double atol) {
    this.first = first;
    this.second = second;
    this.rtol = rtol;
    this.atol = atol;
  }

  /** A way to run programs. */
  @FunctionalInterface
  public interface Engine {
    /** Compiled by XLA for the default device. */
    Engine PJRT = Divergence::onDevice;

    /** The reference in plain Java. */
    Engine INTERPRETER = (func, inputs) -> HostCalls.install(new Interpreter()).run(func, inputs);

    /** The results of a function without Cornu's own ops. */
    List<Literal> run(Func func, List<Literal> inputs);
  }

  /**
   * The first op whose results differ.
   *
   * @param op the op in the lowered program
   * @param where its name and the Java line that it comes from, loops and branches around it first
   * @param type of the value that differs
   * @param element its element that differs most, counted in row-major order
   * @param first what the first engine made of it
   * @param second what the second one did
   */
  public record Found(
      Op op, String where, TensorType type, int element, double first, double second) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %s differs by %.3g at element %d: %.9g against %.9g",
          where,
          type.brief(),
          Math.abs(first - second),
          element,
          first,
          second);
    }
  }

  /** Where the compiled form of {@code f} parts from the interpreter, by more than 1e-4. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> Optional<Found> find(F1<A, R> f, A a) {
    Tracing.Arguments arguments = Tracing.Arguments.of(new Object[] {a});
    Tracing.Traced traced =
        Tracing.trace("divergence(" + Tracing.name(f) + ")", arguments, v -> f.apply((A) v[0]));
    List<Literal> inputs = new ArrayList<>();
    traced.operands(arguments.leaves()).forEach(t -> inputs.add(t.toLiteral()));
    return find(traced.func(), inputs, RTOL, ATOL, Engine.PJRT, Engine.INTERPRETER);
  }

  /**
   * Where two engines part on a function: values {@code a} and {@code b} differ where {@code |a -
   * b| > atol + rtol |b|}; integers where they are not equal.
   */
  public static Optional<Found> find(
      Func func, List<Literal> inputs, double rtol, double atol, Engine first, Engine second) {
    Func lowered = EliminateDeadCode.withoutCallees(Instrument.lowered(func));
    return new Divergence(first, second, rtol, atol).search(lowered, inputs, "");
  }

  private static List<Literal> onDevice(Func func, List<Literal> inputs) {
    DeviceArray[] arrays = new DeviceArray[inputs.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = DeviceArray.ofLiteral(inputs.get(i));
    }
    List<Literal> out = new ArrayList<>();
    for (DeviceArray result : ProgramCache.get(func, arrays).run(arrays)) {
      out.add(result.toLiteral());
      result.close();
    }
    for (DeviceArray array : arrays) {
      array.close();
    }
    return out;
  }

  private Optional<Found> search(Func func, List<Literal> inputs, String around) {
    List<Op> ops = func.body().ops();
    if (compare(func, func.body().results(), inputs) == null) {
      return Optional.empty();
    }
    int same = 0;
    int differs = ops.size();
    while (differs - same > 1) {
      int middle = (same + differs) >>> 1;
      List<Value> live = live(func.body(), middle);
      if (compare(prefix(func, middle, live), live, inputs) == null) {
        same = middle;
      } else {
        differs = middle;
      }
    }
    if (ops.isEmpty()) {
      return Optional.empty();
    }
    Op op = ops.get(differs - 1);
    String where = around + op.code().shortName() + Instrument.where(op.location());
    Optional<Found> inner = inside(func, differs - 1, op, inputs, where);
    if (inner.isPresent()) {
      return inner;
    }
    List<Value> live = differs == ops.size() ? func.body().results() : live(func.body(), differs);
    Difference worst = compare(prefix(func, differs, live), live, inputs);
    return worst == null
        ? Optional.empty()
        : Optional.of(new Found(op, where, worst.type, worst.element, worst.first, worst.second));
  }

  // ---- parts of programs

  /** The values of the first {@code count} ops that later ops or the results need. */
  private static List<Value> live(Block body, int count) {
    Set<Value> needed = new HashSet<>(body.results());
    for (Op op : body.ops().subList(count, body.ops().size())) {
      needed.addAll(op.operands());
      if (!op.regions().isEmpty()) {
        needed.addAll(Closures.freeValues(op.regions()));
      }
    }
    List<Value> out = new ArrayList<>();
    for (Op op : body.ops().subList(0, count)) {
      for (Value result : op.results()) {
        if (needed.contains(result) && result.type() instanceof TensorType) {
          out.add(result);
        }
      }
    }
    return out;
  }

  private static Func prefix(Func func, int count, List<Value> results) {
    Block body = new Block(func.body().argumentTypes());
    Inliner inliner = new Inliner(body).map(func.body().arguments(), body.arguments());
    func.body().ops().subList(0, count).forEach(inliner::copy);
    body.returns(inliner.get(results));
    return EliminateDeadCode.withoutCallees(new Func("prefix", body));
  }

  /** Follows a loop or branch, whose operands both engines agree on. */
  private Optional<Found> inside(Func func, int index, Op op, List<Literal> inputs, String where) {
    if (op.code() != OpCode.WHILE && op.code() != OpCode.CASE && op.code() != OpCode.IF) {
      return Optional.empty();
    }
    List<Value> free = new ArrayList<>(Closures.freeValues(op.regions()));
    List<Value> wanted = new ArrayList<>(op.operands());
    wanted.addAll(free);
    List<Literal> values = second.run(prefix(func, index, wanted), inputs);
    List<Literal> state = new ArrayList<>(values.subList(0, op.operands().size()));
    List<Literal> captured = values.subList(op.operands().size(), values.size());
    if (op.code() != OpCode.WHILE) {
      int last = op.regions().size() - 1;
      long chosen = state.get(0).longAt(0);
      int branch =
          op.code() == OpCode.IF
              ? (chosen != 0 ? 0 : 1)
              : chosen < 0 || chosen > last ? last : (int) chosen;
      String path = where + " > branch " + branch + " > ";
      return search(function(op.regions().get(branch), free), captured, path);
    }
    Func condition = function(op.regions().get(0), free);
    Func body = function(op.regions().get(1), free);
    for (int step = 0; step < MAX_STEPS; step++) {
      List<Literal> all = new ArrayList<>(state);
      all.addAll(captured);
      if (second.run(condition, all).get(0).longAt(0) == 0) {
        break;
      }
      Optional<Found> found = search(body, all, where + " > step " + step + " > ");
      if (found.isPresent()) {
        return found;
      }
      state = second.run(body, all);
    }
    return Optional.empty();
  }

  /** A region as a function of its arguments and what it captures. */
  private static Func function(Block region, List<Value> free) {
    List<Type> types = new ArrayList<>(region.argumentTypes());
    free.forEach(v -> types.add(v.type()));
    Block body = new Block(types);
    int own = region.arguments().size();
    Inliner inliner =
        new Inliner(body)
            .map(region.arguments(), body.arguments().subList(0, own))
            .map(free, body.arguments().subList(own, types.size()));
    region.ops().forEach(inliner::copy);
    return EliminateDeadCode.withoutCallees(
        new Func("region", body.returns(inliner.get(region.results()))));
  }

  // ---- comparison

  private record Difference(TensorType type, int element, double first, double second) {}

  /** The worst difference between the engines, or null. */
  private @Nullable Difference compare(Func func, List<Value> results, List<Literal> inputs) {
    if (results.isEmpty()) {
      return null;
    }
    List<Literal> a = first.run(func, inputs);
    List<Literal> b = second.run(func, inputs);
    Difference worst = null;
    double size = 0;
    // The last value is that of the last op; it counts first where differences are alike.
    for (int i = a.size() - 1; i >= 0; i--) {
      boolean complex = a.get(i).type().dtype().isComplex();
      for (int k = 0; k < a.get(i).count(); k++) {
        double excess = excess(a.get(i).doubleAt(k), b.get(i).doubleAt(k));
        if (complex) {
          excess = Math.max(excess, excess(a.get(i).imagAt(k), b.get(i).imagAt(k)));
        }
        if (excess > size) {
          size = excess;
          worst = new Difference(a.get(i).type(), k, a.get(i).doubleAt(k), b.get(i).doubleAt(k));
        }
      }
    }
    return worst;
  }

  /** How far beyond the tolerance two numbers are apart; 0 within it. */
  private double excess(double x, double y) {
    if (x == y || Double.isNaN(x) && Double.isNaN(y)) {
      return 0;
    }
    double apart = Math.abs(x - y);
    if (Double.isNaN(apart) || Double.isInfinite(apart)) {
      return Double.MAX_VALUE;
    }
    return Math.max(0, apart - atol - rtol * Math.abs(y));
  }
}
