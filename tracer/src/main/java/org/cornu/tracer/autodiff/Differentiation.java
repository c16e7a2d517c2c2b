package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.tracer.graph.CustomRule;
import org.cornu.tracer.graph.MissingRuleException;

/**
 * Derivatives of StableHLO functions, as functions. Forward mode ({@link #jvp}) and reverse mode
 * ({@link #vjp}) come from the same jvp rules; reverse mode transposes the linear part of the jvp.
 * The result is plain IR again, so that derivatives nest to any order.
 *
 * <p>Only values of real or complex floating-point type have tangents, of the same type. Complex
 * derivatives follow JAX: the vjp is the plain transpose without conjugation, so that the gradient
 * of a real loss with respect to {@code x} is {@code dL/dRe(x) - i dL/dIm(x)}.
 *
 * <p>Edge behaviour is JAX's: ties of {@code maximum} give half of the tangent to each side, ties
 * of a {@code reduce} maximum are split evenly, the slope of {@code abs} at 0 is +1, {@code clamp}
 * has slope 0 on its bounds, {@code x^0} has slope NaN at 0 for a floating-point exponent.
 *
 * <p>Work and size of the result are linear in the size of the program; a function that is called
 * often is differentiated once.
 */
public final class Differentiation {
  static final String NO_FORWARD_MODE =
      "forward mode needs the derivative of a function that has only a custom vjp; "
          + "give it a custom jvp, or use reverse mode";

  private Differentiation() {}

  /**
   * The directional derivative of {@code func}.
   *
   * @param func a function with a body
   * @param active one entry per argument: whether it has a tangent; only arguments of
   *     floating-point type can
   * @return {@code (args…, tangents of the active args…) -> (results…, tangents of the active
   *     results…)}
   * @throws MissingRuleException for an op without a derivative, named with its line
   */
  public static JvpResult jvp(Func func, boolean[] active) {
    check("jvp", func, active);
    JvpResult out = new Jvp().transform(func, active);
    requireForwardMode(out.func());
    return new JvpResult(EliminateDeadCode.withoutCallees(out.func()), out.activeResults());
  }

  /**
   * The reverse derivative of {@code func}.
   *
   * @param active one entry per argument: whether its cotangent is wanted
   * @return {@code (args…, cotangents of the active results…) -> (results…, cotangents of the
   *     active args…)}, with the mask of active results
   * @throws MissingRuleException for an op without a derivative, or one without a transpose, such
   *     as a while loop
   */
  public static VjpResult vjp(Func func, boolean[] active) {
    check("vjp", func, active);
    JvpResult jvp = new Jvp().transform(func, active);
    boolean[] linear = tangentArguments(active);
    int results = func.body().results().size();
    boolean[] given = new boolean[jvp.func().body().results().size()];
    for (int i = results; i < given.length; i++) {
      given[i] = true;
    }
    Transposition.Transposed back = new Transposition().transform(jvp.func(), linear, given);
    return new VjpResult(
        complete(back, func, active, results, "vjp_" + func.name()), jvp.activeResults());
  }

  /** Keeps the results of the function and spells out the cotangents that are zero. */
  private static Func complete(
      Transposition.Transposed back, Func source, boolean[] active, int results, String name) {
    Block body = back.func().body();
    Emit e = new Emit(new org.cornu.stablehlo.build.Builder(body));
    List<Value> all = body.results();
    int next = all.size() - Masks.count(back.reached());
    List<Value> out = new ArrayList<>(all.subList(0, results));
    int argument = 0;
    for (int i = 0; i < active.length; i++) {
      if (active[i]) {
        boolean reached = back.reached()[argument++];
        out.add(reached ? all.get(next++) : e.zeros(source.body().argument(i).type()));
      }
    }
    body.returns(out);
    return EliminateDeadCode.withoutCallees(new Func(name, body));
  }

  /**
   * The value of {@code func} and its derivative at that point as a linear function.
   *
   * @param active one entry per argument: whether it has a tangent
   */
  public static Linearized linearize(Func func, boolean[] active) {
    check("linearize", func, active);
    JvpResult jvp = new Jvp().transform(func, active);
    int results = func.body().results().size();
    Block source = jvp.func().body();
    boolean[] linear = tangentArguments(active);
    Block knownBody = new Block(func.body().argumentTypes());
    PartitionScope scope = new PartitionScope(new Partition(), knownBody, linear, source);
    scope.run(source);
    Block linearBlock = scope.linearBlock();
    linearBlock.returns(scope.get(source.results().subList(results, source.results().size())));
    Residuals residuals = Residuals.of(knownBody, linearBlock, Residuals::isCheap);
    List<Value> knownResults = new ArrayList<>(scope.get(source.results().subList(0, results)));
    knownResults.addAll(residuals.values());
    knownBody.returns(knownResults);
    List<Type> types = new ArrayList<>(Masks.types(residuals.values()));
    int n = types.size();
    types.addAll(linearBlock.argumentTypes());
    Block linearBody = new Block(types);
    org.cornu.tracer.graph.Inliner inliner =
        new org.cornu.tracer.graph.Inliner(linearBody)
            .map(residuals.values(), linearBody.arguments().subList(0, n))
            .map(linearBlock.arguments(), linearBody.arguments().subList(n, types.size()));
    linearBody.returns(residuals.rebuild(inliner));
    return new Linearized(
        EliminateDeadCode.withoutCallees(new Func("known_" + func.name(), knownBody)),
        EliminateDeadCode.withoutCallees(new Func("linear_" + func.name(), linearBody)),
        n,
        jvp.activeResults());
  }

  /**
   * The transpose of a function that is linear in some arguments. Ops that do not depend on those
   * are computed forward, the others are turned around.
   *
   * @param linear one entry per argument: whether the function is linear in it
   * @return {@code (args that are not linear…, cotangents of the linear results…) -> (results that
   *     are not linear…, cotangents of the linear args…)}
   */
  public static TransposeResult transpose(Func func, boolean[] linear) {
    check("transpose", func, linear);
    boolean[] linearResults = new Dependence().of(func, linear);
    Transposition.Transposed back = new Transposition().transform(func, linear, linearResults);
    int kept = linearResults.length - Masks.count(linearResults);
    return new TransposeResult(
        complete(back, func, linear, kept, "transpose_" + func.name()), linearResults);
  }

  /**
   * The result of {@link #vjp}.
   *
   * @param func {@code (args…, cotangents of the active results…) -> (results…, cotangents of the
   *     active args…)}
   * @param activeResults which results take a cotangent: those of floating-point type that depend
   *     on an active argument
   */
  public record VjpResult(Func func, boolean[] activeResults) {}

  /**
   * The result of {@link #linearize}.
   *
   * @param known {@code args… -> (results…, residuals…)}
   * @param linear {@code (residuals…, tangents of the active args…) -> tangents of the active
   *     results…}
   * @param residualCount how many residuals there are
   * @param activeResults which results have a tangent
   */
  public record Linearized(Func known, Func linear, int residualCount, boolean[] activeResults) {}

  /**
   * The result of {@link #transpose}.
   *
   * @param func {@code (args that are not linear…, cotangents of the linear results…) -> (results
   *     that are not linear…, cotangents of the linear args…)}
   * @param linearResults which results depend on linear arguments
   */
  public record TransposeResult(Func func, boolean[] linearResults) {}

  /** In the arguments of a jvp, the tangents. */
  private static boolean[] tangentArguments(boolean[] active) {
    boolean[] out = new boolean[active.length + Masks.count(active)];
    for (int i = active.length; i < out.length; i++) {
      out[i] = true;
    }
    return out;
  }

  private static void check(String transform, Func func, boolean[] mask) {
    List<Type> inputs = func.type().inputs();
    if (mask.length != inputs.size()) {
      throw new IllegalArgumentException(
          transform
              + ": one entry per argument expected: @"
              + func.name()
              + " takes "
              + inputs.size()
              + ", got "
              + mask.length);
    }
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] && !Masks.isInexact(inputs.get(i))) {
        throw new IllegalArgumentException(
            transform
                + ": argument "
                + i
                + " of @"
                + func.name()
                + " is "
                + inputs.get(i)
                + ", which has no derivative: only floating-point and complex tensors do; "
                + "pass it as an argument that is not differentiated");
      }
    }
  }

  /**
   * Checks that a tangent can be computed: what only a custom backward function describes can be
   * transposed, not run forward.
   *
   * @throws MissingRuleException for a function with a custom vjp alone, named with its line
   */
  public static void requireForwardMode(Func func) {
    refuseReverseOnly(func, new HashSet<>());
  }

  private static void refuseReverseOnly(Func func, Set<Func> seen) {
    if (!func.isDeclaration() && seen.add(func)) {
      refuseReverseOnly(func.body(), seen);
    }
  }

  private static void refuseReverseOnly(Block block, Set<Func> seen) {
    for (Op op : block.ops()) {
      if (op.code() == OpCode.CUSTOM_DERIVATIVE && CustomRule.of(op) instanceof CustomRule.Linear) {
        throw new MissingRuleException(op, "jvp", NO_FORWARD_MODE);
      }
      op.regions().forEach(region -> refuseReverseOnly(region, seen));
      op.callees().forEach(callee -> refuseReverseOnly(callee, seen));
    }
  }
}
