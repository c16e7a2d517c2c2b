package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.F3;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.cornu.tracer.graph.Inliner;

/**
 * A function made of several operations, run as one. In a trace its operations are recorded one by
 * one, all with the line of the user's program that called the function; outside, they become a
 * single program, so that an eager call costs one launch and one compiled program, not one per
 * operation.
 *
 * <p>The function may use no tensors beside its arguments, and must take all sizes from them: for
 * symbolic tensors it runs again with other sizes.
 */
public final class Composed {
  private Composed() {}

  /** {@code f(x)} as one operation. */
  public static Tensor of(Tensor x, F1<Tensor, Tensor> f) {
    Trace trace = Trace.current();
    return trace != null
        ? trace.asOne(() -> f.apply(x))
        : many(v -> List.of(f.apply(v.get(0))), List.of(x)).get(0);
  }

  /** {@code f(x, y)} as one operation. */
  public static Tensor of(Tensor x, Tensor y, F2<Tensor, Tensor, Tensor> f) {
    Trace trace = Trace.current();
    return trace != null
        ? trace.asOne(() -> f.apply(x, y))
        : many(v -> List.of(f.apply(v.get(0), v.get(1))), List.of(x, y)).get(0);
  }

  /** {@code f(x, y, z)} as one operation. */
  public static Tensor of(Tensor x, Tensor y, Tensor z, F3<Tensor, Tensor, Tensor, Tensor> f) {
    Trace trace = Trace.current();
    return trace != null
        ? trace.asOne(() -> f.apply(x, y, z))
        : many(v -> List.of(f.apply(v.get(0), v.get(1), v.get(2))), List.of(x, y, z)).get(0);
  }

  /** A function of several tensors with one result as one operation. */
  public static Tensor one(List<Tensor> operands, F1<List<Tensor>, Tensor> f) {
    Trace trace = Trace.current();
    return trace != null
        ? trace.asOne(() -> f.apply(operands))
        : many(v -> List.of(f.apply(v)), operands).get(0);
  }

  /** A function of several tensors with several results as one operation. */
  public static List<Tensor> many(F1<List<Tensor>, List<Tensor>> f, List<Tensor> operands) {
    Trace trace = Trace.current();
    if (trace != null) {
      return trace.asOne(() -> f.apply(operands));
    }
    return Dispatch.many((b, v) -> record(f, b, v), operands.toArray(new Tensor[0]));
  }

  private static List<Value> record(F1<List<Tensor>, List<Tensor>> f, Builder b, Value[] operands) {
    List<Type> types = new ArrayList<>(operands.length);
    for (Value operand : operands) {
      types.add(operand.type());
    }
    try (Trace trace = Trace.open(Trace.Kind.FUNCTION, "eager call", types)) {
      List<Tensor> arguments = new ArrayList<>(operands.length);
      for (int i = 0; i < operands.length; i++) {
        arguments.add(trace.argument(i));
      }
      List<Value> results = new ArrayList<>();
      for (Tensor result : f.apply(arguments)) {
        results.add(trace.lift(result));
      }
      if (!trace.captures().isEmpty()) {
        throw new IllegalStateException(
            "a composed operation used a tensor that is not among its operands: "
                + trace.captures().get(0).type().brief());
      }
      trace.block().returns(results);
      return new Inliner(b.block()).inline(trace.block(), Arrays.asList(operands));
    }
  }
}
