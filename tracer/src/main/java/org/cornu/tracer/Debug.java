package org.cornu.tracer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.cornu.ops.Np;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.CheckKind;
import org.cornu.tracer.graph.Instrument;
import org.cornu.tracer.runtime.CheckException;
import org.cornu.tracer.runtime.HostCalls;
import org.cornu.tracer.runtime.NanHunt;

/**
 * Looking into programs while they run: printing, checks, and the search for NaN. All of it works
 * in plain code and under every transform; under {@code vmap}, element by element. It needs devices
 * that share memory with the host.
 *
 * <pre>{@code
 * Tensor loss(Params p, Batch b) {
 *   Tensor norm = Linalg.norm(p.w());
 *   debugPrint("norm {}", norm);
 *   errorIf(norm.gt(100.0), "norm {} is too large", norm);
 *   …
 * }
 * }</pre>
 *
 * <p>With {@code -Dcornu.debug.nans=true}, or {@link #nans}, a compiled function whose result
 * contains a NaN runs again with a check behind every op, and an error names the line of the first
 * that made one; {@code -Dcornu.debug.infs=true} does so for infinities too.
 */
public final class Debug {
  private Debug() {}

  // ---- printing

  /**
   * Prints values when the program runs, on standard output.
   *
   * @param format text with {@code {}} for each value
   */
  public static void debugPrint(String format, Tensor... values) {
    print("debugPrint", format, values, false);
  }

  /**
   * Like {@link #debugPrint}, in the order of the program among the ordered prints of the same
   * function or loop body. Others may come in any order that their operands allow.
   */
  public static void debugPrintOrdered(String format, Tensor... values) {
    print("debugPrintOrdered", format, values, true);
  }

  private static void print(String name, String format, Tensor[] values, boolean ordered) {
    requireBraces(name, format, values);
    Trace trace = Trace.current();
    if (trace == null) {
      System.out.println(HostCalls.fill(format, literals(values)));
      return;
    }
    Map<String, Attribute> config = new HashMap<>();
    config.put("text", new Attribute.Str(format));
    List<Tensor> operands = new ArrayList<>(List.of(values));
    if (ordered) {
      config.put("ordered", new Attribute.Str("true"));
      Tensor last = trace.lastOrdered();
      operands.add(0, last != null ? last : Np.zeros(DType.I32));
    }
    List<Type> results = ordered ? List.of(TensorType.of(DType.I32)) : List.of();
    List<Tensor> out = emit(HostCalls.PRINT, operands, results, config, true, false);
    if (ordered) {
      trace.lastOrdered(out.get(0));
    }
  }

  private static void requireBraces(String name, String format, Tensor[] values) {
    int braces = format.split("\\{\\}", -1).length - 1;
    if (braces != values.length) {
      throw new OpException(
          name
              + ": '"
              + format
              + "' has "
              + braces
              + " pairs of braces for "
              + values.length
              + " values",
          "write {} where a value shall stand");
    }
  }

  private static List<Literal> literals(Tensor[] values) {
    List<Literal> out = new ArrayList<>();
    for (Tensor value : values) {
      out.add(value.toLiteral());
    }
    return out;
  }

  // ---- checks

  /**
   * Makes the program fail where {@code condition}, a bool tensor of any shape, is true anywhere.
   * Under {@code vmap}, a check in a branch or loop counts for the elements that are there; one in
   * a {@code scan} or jitted function inside of such a branch counts for all.
   *
   * @param message text with {@code {}} for each value
   * @throws CheckException at once for concrete tensors; else where a result of the program is read
   *     or waited for
   */
  public static void errorIf(Tensor condition, String message, Tensor... values) {
    if (!condition.dtype().isBool()) {
      throw new OpException(
          "errorIf: the condition must be bool: got " + condition.type().brief(),
          "compare first: x.gt(0)");
    }
    requireBraces("errorIf", message, values);
    String text = message + UserFrame.suffix();
    Tensor any = condition.rank() == 0 ? condition : Np.any(condition);
    if (Trace.current() == null) {
      if (any.item() != 0) {
        throw new CheckException(HostCalls.fill(text, literals(values)));
      }
      return;
    }
    List<Tensor> operands = new ArrayList<>(List.of(values));
    operands.add(0, any);
    Map<String, Attribute> config = Map.of("text", new Attribute.Str(text));
    emit(HostCalls.CHECK, operands, List.of(), config, true, false);
  }

  /** The tree itself; the program fails where one of its tensors contains a NaN or infinity. */
  public static <T> T checkFinite(String name, T tree) {
    return Trees.mapWithPath(
        tree,
        (path, t) -> {
          if (t.dtype().isInexact()) {
            errorIf(
                Np.logicalNot(Np.isfinite(t)),
                "check: "
                    + name
                    + (path.isEmpty() ? "" : " leaf '" + path + "'")
                    + " contains a NaN or infinity: {}",
                t);
          }
          return t;
        });
  }

  /**
   * The indices themselves; the program fails where one lies outside of {@code [-size, size)}.
   *
   * @param indices an integer tensor
   * @param size the size of the axis that they index
   */
  public static Tensor checkIndices(Tensor indices, long size) {
    if (!indices.dtype().isInteger()) {
      throw new OpException(
          "checkIndices: indices must be integers: got " + indices.type().brief(),
          "convert them with astype(DType.I32)");
    }
    errorIf(
        Np.logicalOr(indices.lt(-size), indices.ge(size)),
        "check: an index is out of range for an axis of size " + size + ": {}",
        indices);
    return indices;
  }

  /**
   * {@code f} with checks behind its ops, those of its derivatives included when {@code f} is one.
   * An error names the op and the line that it comes from. Use it outermost, below {@code jit}:
   * what it returns is lowered, so that a loop in it has no reverse derivative any more.
   *
   * @param kinds what to check for
   */
  public static <A, R> F1<A, R> checkify(F1<A, R> f, CheckKind... kinds) {
    Set<CheckKind> all = EnumSet.noneOf(CheckKind.class);
    all.addAll(List.of(kinds));
    return a -> checked(f, a, all);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  private static <A, R> R checked(F1<A, R> f, A a, Set<CheckKind> kinds) {
    Tracing.Arguments arguments = Tracing.Arguments.of(new Object[] {a});
    Tracing.Traced traced =
        Tracing.trace("checkify(" + Tracing.name(f) + ")", arguments, v -> f.apply((A) v[0]));
    Func func = Instrument.checks(traced.func(), kinds);
    return Trees.unflatten(
        traced.result(), Dispatch.call(func, traced.operands(arguments.leaves())));
  }

  /** Switches the search for the first NaN on or off; see {@code -Dcornu.debug.nans}. */
  public static void nans(boolean search) {
    NanHunt.nans(search);
  }

  /** Switches the search for the first infinity or NaN on or off. */
  public static void infs(boolean search) {
    NanHunt.infs(search);
  }

  // ---- callbacks

  /**
   * Calls Java code from inside a program: a function of the operands' values alone, which may run
   * often, or never when nobody uses the results. It has no derivative; give it one with {@code
   * customJvp} or {@code customVjp}. Under {@code vmap} it is called for each element.
   *
   * <p>Make {@code f} once, not in the traced function: each function object is a program of its
   * own.
   *
   * @param results types of the results, in order
   */
  public static List<Tensor> pureCallback(
      Function<List<Literal>, List<Literal>> f, List<TensorType> results, Tensor... operands) {
    return callback("pureCallback", f, results, operands, false, false);
  }

  /**
   * Like {@link #pureCallback}; under {@code vmap} {@code f} is called once, with whole batches:
   * all operands and results have one more axis in front.
   */
  public static List<Tensor> pureCallbackVectorized(
      Function<List<Literal>, List<Literal>> f, List<TensorType> results, Tensor... operands) {
    return callback("pureCallback", f, results, operands, false, true);
  }

  /** Like {@link #pureCallback} for code that reads or changes the world: it runs exactly once. */
  public static List<Tensor> ioCallback(
      Function<List<Literal>, List<Literal>> f, List<TensorType> results, Tensor... operands) {
    return callback("ioCallback", f, results, operands, true, false);
  }

  private static List<Tensor> callback(
      String name,
      Function<List<Literal>, List<Literal>> f,
      List<TensorType> results,
      Tensor[] operands,
      boolean effect,
      boolean whole) {
    for (TensorType type : results) {
      if (type.dtype().bits() < 8 && !type.dtype().isBool()) {
        throw new OpException(
            name + ": results must have elements of whole bytes: got " + type.brief(),
            "use i8 or u8");
      }
    }
    Map<String, Attribute> config = Map.of("function", Attribute.Int.i64(HostCalls.number(f)));
    if (Trace.current() != null) {
      return emit(HostCalls.CALL, List.of(operands), results, config, effect, whole);
    }
    List<Tensor> out = new ArrayList<>();
    for (Literal result : f.apply(literals(operands))) {
      out.add(Tensor.of(result));
    }
    return out;
  }

  private static List<Tensor> emit(
      String target,
      List<Tensor> operands,
      List<? extends Type> results,
      Map<String, Attribute> config,
      boolean effect,
      boolean whole) {
    Map<String, Attribute> attributes = new HashMap<>();
    attributes.put("call_target_name", new Attribute.Str(target));
    attributes.put("api_version", Attribute.Int.i32(4));
    attributes.put("backend_config", new Attribute.Dict(config));
    attributes.put("has_side_effect", new Attribute.Bool(effect));
    if (whole) {
      attributes.put("cornu.batched", new Attribute.Str("whole"));
    }
    return Dispatch.many(
        (Builder b, Value[] v) ->
            b.create(OpCode.CUSTOM_CALL, List.of(v), attributes, List.of(), results).results(),
        operands.toArray(new Tensor[0]));
  }
}
