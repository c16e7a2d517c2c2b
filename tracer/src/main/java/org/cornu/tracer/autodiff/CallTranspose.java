package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.CustomRule;
import org.jspecify.annotations.Nullable;

/** Transposes of calls, checkpoints, custom derivatives and manual computations. */
final class CallTranspose {
  private CallTranspose() {}

  private static Transposition.Transposed callee(TransposeSite s, Func callee, boolean[] linear) {
    return s.transposition.transform(callee, linear, Masks.present(s.cts()));
  }

  private static List<@Nullable Value> spread(
      TransposeSite s, boolean[] linear, boolean[] reached, List<Value> cotangents) {
    List<@Nullable Value> out = s.empty();
    int argument = 0;
    int next = 0;
    for (int i = 0; i < linear.length; i++) {
      if (linear[i]) {
        if (reached[argument++]) {
          out.set(i, cotangents.get(next++));
        }
      }
    }
    return out;
  }

  private static List<Value> arguments(TransposeSite s, boolean[] linear) {
    List<Value> out = new ArrayList<>(Masks.where(s.op.operands(), linear, false));
    out.addAll(Masks.nonNull(s.cts()));
    return out;
  }

  static List<@Nullable Value> call(TransposeSite s) {
    boolean[] linear = s.linear();
    Transposition.Transposed back = callee(s, s.op.callee("callee"), linear);
    if (!Masks.any(back.reached())) {
      return s.empty();
    }
    List<Value> results = s.b.call(back.func(), arguments(s, linear));
    return spread(s, linear, back.reached(), cotangents(back, results));
  }

  /** The results after those that are known. */
  private static List<Value> cotangents(Transposition.Transposed back, List<Value> results) {
    return results.subList(results.size() - Masks.count(back.reached()), results.size());
  }

  /**
   * The backward pass of a checkpoint, which computes the known part again. A barrier around what
   * it starts from keeps the compiler from finding that out, and from doing it early.
   */
  static List<@Nullable Value> remat(TransposeSite s) {
    boolean[] linear = s.linear();
    Transposition.Transposed back = callee(s, s.op.callee("callee"), linear);
    if (!Masks.any(back.reached())) {
      return s.empty();
    }
    List<Value> arguments = arguments(s, linear);
    if (s.op.boolAttribute("prevent_cse", true)) {
      arguments = s.b.optimizationBarrier(arguments);
    }
    List<Value> results = s.b.remat(arguments, back.func(), CallJvp.without(s.op, "callee"));
    return spread(s, linear, back.reached(), cotangents(back, results));
  }

  /** Calls the user's backward function. */
  static List<@Nullable Value> custom(TransposeSite s) {
    if (!(CustomRule.of(s.op) instanceof CustomRule.Linear rule)) {
      throw s.nonlinear();
    }
    int residuals = rule.backward().body().arguments().size() - s.op.results().size();
    List<Value> arguments = new ArrayList<>();
    for (int i = 0; i < residuals; i++) {
      arguments.add(s.x(i));
    }
    for (int i = 0; i < s.op.results().size(); i++) {
      arguments.add(s.ctOrZeros(i));
    }
    List<Value> results = s.b.call(rule.backward(), arguments);
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < results.size(); i++) {
      out.set(residuals + i, results.get(i));
    }
    return out;
  }

  /**
   * A value that is the same along some manual axes is one value, not many: its cotangent is
   * divided among the devices on the way in, and summed over them on the way out, by stacking the
   * parts along a new dimension that is split over those axes.
   */
  static List<@Nullable Value> manualComputation(TransposeSite s) {
    ManualShape shape = ManualShape.of(s.op);
    boolean[] linear = s.linear();
    boolean[] given = Masks.present(s.cts());
    Func body = new Func("manual", s.op.region(0));
    Transposition.Transposed back = s.transposition.transform(body, linear, given);
    if (!Masks.any(back.reached())) {
      return s.empty();
    }
    List<Value> operands = new ArrayList<>(Masks.where(s.op.operands(), linear, false));
    List<Sharding> in = new ArrayList<>(Masks.where(shape.in(), linear, false));
    for (int i = 0; i < given.length; i++) {
      Value ct = s.ct(i);
      if (ct != null) {
        long copies = size(s, shape, shape.unmentioned(shape.out().get(i)));
        operands.add(copies == 1 ? ct : s.e.scale(ct, 1.0 / copies));
        in.add(shape.out().get(i));
      }
    }
    Block source = back.func().body();
    int skipped = source.results().size() - Masks.count(back.reached());
    Block inside = new Block(source.argumentTypes());
    List<Value> locals =
        new org.cornu.tracer.graph.Inliner(inside).inline(source, inside.arguments());
    Emit e = new Emit(new Builder(inside));
    List<Value> results = new ArrayList<>();
    List<Sharding> out = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    List<Long> copies = new ArrayList<>();
    int argument = 0;
    int next = skipped;
    for (int i = 0; i < linear.length; i++) {
      if (!linear[i] || !back.reached()[argument++]) {
        continue;
      }
      Sharding layout = shape.in().get(i);
      List<String> same = shape.unmentioned(layout);
      Value local = locals.get(next++);
      long number = size(s, shape, same);
      copies.add(number);
      if (number == 1) {
        results.add(local);
        out.add(layout);
        types.add(s.type(i));
        continue;
      }
      results.add(e.b.reshape(local, local.shape().insert(0, 1)));
      List<Sharding.Dim> dims = new ArrayList<>();
      dims.add(Sharding.Dim.of(same.toArray(String[]::new)));
      dims.addAll(layout.dims());
      out.add(Sharding.of(layout.mesh(), dims));
      TensorType whole = s.type(i);
      types.add(whole.withShape(whole.shape().insert(0, number)));
    }
    inside.returns(results);
    List<Value> parts = s.b.manualComputation(operands, in, out, shape.axes(), inside, types);
    List<Value> sums = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      sums.add(copies.get(i) == 1 ? parts.get(i) : s.e.reduceSum(parts.get(i), 0));
    }
    return spread(s, linear, back.reached(), sums);
  }

  private static long size(TransposeSite s, ManualShape shape, List<String> axes) {
    long size = shape.size(s.op, axes);
    if (size < 0) {
      throw s.missing(
          "the sizes of the manual axes "
              + axes
              + " cannot be told from its shapes; "
              + "give the shardings an inlined mesh");
    }
    return size;
  }
}
