package org.cornu.tracer;

import java.util.List;
import java.util.function.UnaryOperator;
import org.cornu.stablehlo.ir.Func;
import org.jspecify.annotations.Nullable;

/**
 * The function transforms: compile ({@link #jit}), differentiate ({@link #grad}, {@link #jvp}, …),
 * vectorise ({@link #vmap}). They nest in any order, and arguments and results are pytrees (see
 * {@link Trees}); the gradient of a function of a record is that same record type.
 *
 * <pre>{@code
 * import static org.cornu.tracer.Transforms.*;
 *
 * var step = jit((Mlp p, Batch b) -> {
 *   ValueAndGrad<Mlp> vg = valueAndGrad(Train::loss).apply(p, b);
 *   return Trees.map(p, vg.grad(), (w, g) -> w.sub(g.mul(0.1)));
 * });
 * }</pre>
 *
 * <p>Java infers the types from a method reference to a method without overloads, or from a lambda
 * with typed parameters, as above; a lambda with bare parameters needs its target type written.
 */
public final class Transforms {
  private Transforms() {}

  // ---- jit

  /** A compiled version of {@code f}: traced and compiled once per structure and types. */
  public static <A, R> Jit1<A, R> jit(F1<A, R> f) {
    return new Jit1<>(f);
  }

  /** A compiled version of {@code f}: traced and compiled once per structure and types. */
  public static <A, B, R> Jit2<A, B, R> jit(F2<A, B, R> f) {
    return new Jit2<>(f);
  }

  /** A compiled version of {@code f}: traced and compiled once per structure and types. */
  public static <A, B, C, R> Jit3<A, B, C, R> jit(F3<A, B, C, R> f) {
    return new Jit3<>(f);
  }

  /** A compiled version of {@code f}: traced and compiled once per structure and types. */
  public static <A, B, C, D, R> Jit4<A, B, C, D, R> jit(F4<A, B, C, D, R> f) {
    return new Jit4<>(f);
  }

  // ---- inspection

  /** The result of {@code f} with shapes and types but no values; nothing is computed. */
  @SuppressWarnings({"unchecked", "NullAway"}) // the result has the structure that f returned
  public static <A, R> R evalShape(F1<A, R> f, A a) {
    Tracing.Arguments arguments = Tracing.Arguments.of(new Object[] {a});
    Tracing.Traced traced =
        Tracing.trace("evalShape(" + Tracing.name(f) + ")", arguments, v -> f.apply((A) v[0]));
    return (R) specs(traced);
  }

  static @Nullable Object specs(Tracing.Traced traced) {
    List<Tensor> specs =
        traced.func().body().results().stream()
            .map(v -> Tensor.spec(v.tensorType(), null))
            .toList();
    return Trees.unflatten(traced.result(), specs);
  }

  /** The StableHLO function that {@code f} records for arguments like {@code a}. */
  @SuppressWarnings("unchecked") // arguments come back as they were taken apart
  public static <A, R> Func makeGraph(F1<A, R> f, A a) {
    return Tracing.trace(
            Tracing.name(f), Tracing.Arguments.of(new Object[] {a}), v -> f.apply((A) v[0]))
        .func();
  }

  /** {@code x} with derivative zero. */
  public static <A> A stopGradient(A x) {
    UnaryOperator<Tensor> stop = t -> Dispatch.unary(t, (b, v) -> b.stopGradient(v));
    return Trees.map(x, stop);
  }
}
