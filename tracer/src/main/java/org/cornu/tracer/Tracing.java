package org.cornu.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Turns a user's function into a StableHLO function. */
final class Tracing {
  private Tracing() {}

  /** The arguments of one call, taken apart. */
  record Arguments(List<Structure> structures, List<Tensor> leaves) {
    static Arguments of(@Nullable Object... args) {
      List<Structure> structures = new ArrayList<>(args.length);
      List<Tensor> leaves = new ArrayList<>();
      for (Object arg : args) {
        structures.add(Trees.flatten(arg, leaves));
      }
      return new Arguments(structures, leaves);
    }

    List<TensorType> types() {
      return leaves.stream().map(Tensor::type).toList();
    }

    /** Index of the first leaf of argument {@code i}. */
    int start(int i) {
      int start = 0;
      for (int k = 0; k < i; k++) {
        start += structures.get(k).leafCount();
      }
      return start;
    }

    /** Number of leaves of argument {@code i}. */
    int count(int i) {
      return structures.get(i).leafCount();
    }

    /** True for the leaves of argument {@code i}; {@code extra} inactive ones follow. */
    boolean[] mask(int i, int extra) {
      boolean[] mask = new boolean[leaves.size() + extra];
      java.util.Arrays.fill(mask, start(i), start(i) + count(i), true);
      return mask;
    }

    /** The arguments rebuilt around other leaves. */
    @Nullable Object[] rebuild(List<Tensor> other) {
      Structure.Cursor cursor = new Structure.Cursor(other.toArray());
      @Nullable Object[] out = new Object[structures.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = structures.get(i).build(cursor);
      }
      return out;
    }
  }

  /**
   * A traced function.
   *
   * @param func takes the leaves of the arguments, then the captured tensors
   * @param result structure of what it returns
   * @param captures tensors from outside
   */
  record Traced(Func func, Structure result, List<Tensor> captures) {
    /** The leaves followed by the captures. */
    List<Tensor> operands(List<Tensor> leaves) {
      List<Tensor> out = new ArrayList<>(leaves);
      out.addAll(captures);
      return out;
    }
  }

  /** Runs {@code body} once on traced tensors of these types. */
  static Traced trace(
      String name,
      Arguments arguments,
      List<TensorType> types,
      Function<@Nullable Object[], @Nullable Object> body) {
    return trace(name, arguments, types, body, null, 0);
  }

  /**
   * As above, inside a mapped axis.
   *
   * @param axis name of the axis, or null
   */
  static Traced trace(
      String name,
      Arguments arguments,
      List<TensorType> types,
      Function<@Nullable Object[], @Nullable Object> body,
      @Nullable String axis,
      long axisSize) {
    try (Trace trace = Trace.open(Trace.Kind.FUNCTION, name, types)) {
      if (axis != null) {
        trace.bind(axis, axisSize);
      }
      List<Tensor> leaves = new ArrayList<>(types.size());
      for (int i = 0; i < types.size(); i++) {
        leaves.add(trace.argument(i));
      }
      List<Tensor> results = new ArrayList<>();
      Structure structure = Trees.flatten(body.apply(arguments.rebuild(leaves)), results);
      List<Value> values = new ArrayList<>(results.size());
      for (Tensor result : results) {
        values.add(trace.lift(result));
      }
      trace.block().returns(values);
      return new Traced(
          new Func(symbol(name), trace.block()), structure, List.copyOf(trace.captures()));
    }
  }

  static Traced trace(
      String name, Arguments arguments, Function<@Nullable Object[], @Nullable Object> body) {
    return trace(name, arguments, arguments.types(), body);
  }

  private static String symbol(String name) {
    return name.replaceAll("[^A-Za-z0-9_]+", "_");
  }

  /** The name of a function object for messages: its method where that can be seen. */
  static String name(Object function) {
    String name = function.getClass().getSimpleName();
    int lambda = name.indexOf("$$Lambda");
    return lambda > 0 ? name.substring(0, lambda) : name.isEmpty() ? "function" : name;
  }
}
