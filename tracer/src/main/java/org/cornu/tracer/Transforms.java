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

  // ---- reverse mode

  /** The gradient of a scalar function with respect to its argument. */
  public static <A> F1<A, A> grad(F1<A, Tensor> f) {
    return a -> valueAndGrad(f).apply(a).grad();
  }

  /** The gradient of a scalar function with respect to its first argument. */
  public static <A, B> F2<A, B, A> grad(F2<A, B, Tensor> f) {
    return (a, b) -> valueAndGrad(f).apply(a, b).grad();
  }

  /** The gradient of a scalar function with respect to its first argument. */
  public static <A, B, C> F3<A, B, C, A> grad(F3<A, B, C, Tensor> f) {
    return (a, b, c) -> valueAndGrad(f).apply(a, b, c).grad();
  }

  /** The gradient of a scalar function with respect to its first argument. */
  public static <A, B, C, D> F4<A, B, C, D, A> grad(F4<A, B, C, D, Tensor> f) {
    return (a, b, c, d) -> valueAndGrad(f).apply(a, b, c, d).grad();
  }

  /** Value and gradient of a scalar function with respect to its argument. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A> F1<A, ValueAndGrad<A>> valueAndGrad(F1<A, Tensor> f) {
    return a -> Gradients.valueAndGrad(Tracing.name(f), v -> f.apply((A) v[0]), new Object[] {a});
  }

  /** Value and gradient of a scalar function with respect to its first argument. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B> F2<A, B, ValueAndGrad<A>> valueAndGrad(F2<A, B, Tensor> f) {
    return (a, b) ->
        Gradients.valueAndGrad(
            Tracing.name(f), v -> f.apply((A) v[0], (B) v[1]), new Object[] {a, b});
  }

  /** Value and gradient of a scalar function with respect to its first argument. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C> F3<A, B, C, ValueAndGrad<A>> valueAndGrad(F3<A, B, C, Tensor> f) {
    return (a, b, c) ->
        Gradients.valueAndGrad(
            Tracing.name(f), v -> f.apply((A) v[0], (B) v[1], (C) v[2]), new Object[] {a, b, c});
  }

  /** Value and gradient of a scalar function with respect to its first argument. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C, D> F4<A, B, C, D, ValueAndGrad<A>> valueAndGrad(
      F4<A, B, C, D, Tensor> f) {
    return (a, b, c, d) ->
        Gradients.valueAndGrad(
            Tracing.name(f),
            v -> f.apply((A) v[0], (B) v[1], (C) v[2], (D) v[3]),
            new Object[] {a, b, c, d});
  }

  /** A scalar to differentiate, and anything else the function wants to return beside it. */
  public record WithAux<X>(Tensor value, X aux) {}

  /** Value, gradient with respect to the first argument, and what else the function returned. */
  public record ValueGradAux<A, X>(Tensor value, A grad, X aux) {}

  /** Like {@link #valueAndGrad(F1)} for a function that also returns auxiliary data. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, X> F1<A, ValueGradAux<A, X>> valueAndGradAux(F1<A, WithAux<X>> f) {
    return a -> Gradients.withAux(Tracing.name(f), v -> f.apply((A) v[0]), new Object[] {a});
  }

  /** Like {@link #valueAndGrad(F2)} for a function that also returns auxiliary data. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, X> F2<A, B, ValueGradAux<A, X>> valueAndGradAux(F2<A, B, WithAux<X>> f) {
    return (a, b) ->
        Gradients.withAux(Tracing.name(f), v -> f.apply((A) v[0], (B) v[1]), new Object[] {a, b});
  }

  /** Like {@link #valueAndGrad(F3)} for a function that also returns auxiliary data. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C, X> F3<A, B, C, ValueGradAux<A, X>> valueAndGradAux(
      F3<A, B, C, WithAux<X>> f) {
    return (a, b, c) ->
        Gradients.withAux(
            Tracing.name(f), v -> f.apply((A) v[0], (B) v[1], (C) v[2]), new Object[] {a, b, c});
  }

  /** The value of a function and the function that pulls cotangents back through it. */
  public record Vjp<A, R>(R value, F1<R, A> pullback) {}

  /**
   * Runs {@code f} at {@code a} and returns its value and its pullback: cotangents of the result
   * (same structure and types) to cotangents of {@code a}.
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> Vjp<A, R> vjp(F1<A, R> f, A a) {
    return Gradients.vjp(Tracing.name(f), v -> f.apply((A) v[0]), a);
  }

  // ---- forward mode

  /** The value of a function and its directional derivative. */
  public record Jvp<R>(R value, R tangent) {}

  /** Value of {@code f} at {@code a} and its derivative in direction {@code tangent}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> Jvp<R> jvp(F1<A, R> f, A a, A tangent) {
    return Gradients.jvp(Tracing.name(f), v -> f.apply((A) v[0]), a, tangent);
  }

  /** The value of a function and its derivative as a linear function of the direction. */
  public record Linearized<A, R>(R value, F1<A, R> linear) {}

  /** Runs {@code f} at {@code a} once; the linear function then costs no more runs of {@code f}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> Linearized<A, R> linearize(F1<A, R> f, A a) {
    return Gradients.linearize(Tracing.name(f), v -> f.apply((A) v[0]), a);
  }

  /**
   * The Jacobian of a tensor function by forward mode, one column at a time: shape {@code
   * f(x).shape + x.shape}.
   */
  public static F1<Tensor, Tensor> jacfwd(F1<Tensor, Tensor> f) {
    return x -> Jacobians.forward(f, x);
  }

  /**
   * The Jacobian of a tensor function by reverse mode, one row at a time: shape {@code f(x).shape +
   * x.shape}.
   */
  public static F1<Tensor, Tensor> jacrev(F1<Tensor, Tensor> f) {
    return x -> Jacobians.reverse(f, x);
  }

  /** The matrix of second derivatives of a scalar function: shape {@code x.shape + x.shape}. */
  public static F1<Tensor, Tensor> hessian(F1<Tensor, Tensor> f) {
    return jacfwd(jacrev(f));
  }

  /** The product of the Hessian of {@code f} at {@code a} with {@code v}, forward over reverse. */
  public static <A> A hvp(F1<A, Tensor> f, A a, A v) {
    return jvp(grad(f), a, v).tangent();
  }

  // ---- vmap

  /** {@code f} over axis 0 of every tensor of its argument; results are stacked on axis 0. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> F1<A, R> vmap(F1<A, R> f) {
    return vmap(f, Axes.all(0), 0);
  }

  /** {@code f} over chosen axes of its argument; results are stacked on axis {@code out}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> F1<A, R> vmap(F1<A, R> f, Axes in, int out) {
    return a ->
        (R)
            Vectorize.call(
                Tracing.name(f), v -> f.apply((A) v[0]), new Object[] {a}, in, out, in.axisName());
  }

  /** {@code f} over axis 0 of every tensor of its arguments; results are stacked on axis 0. */
  public static <A, B, R> F2<A, B, R> vmap(F2<A, B, R> f) {
    return vmap(f, Axes.all(0), 0);
  }

  /** {@code f} over chosen axes of its arguments; results are stacked on axis {@code out}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, R> F2<A, B, R> vmap(F2<A, B, R> f, Axes in, int out) {
    return (a, b) ->
        (R)
            Vectorize.call(
                Tracing.name(f),
                v -> f.apply((A) v[0], (B) v[1]),
                new Object[] {a, b},
                in,
                out,
                in.axisName());
  }

  /** {@code f} over axis 0 of every tensor of its arguments; results are stacked on axis 0. */
  public static <A, B, C, R> F3<A, B, C, R> vmap(F3<A, B, C, R> f) {
    return vmap(f, Axes.all(0), 0);
  }

  /** {@code f} over chosen axes of its arguments; results are stacked on axis {@code out}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C, R> F3<A, B, C, R> vmap(F3<A, B, C, R> f, Axes in, int out) {
    return (a, b, c) ->
        (R)
            Vectorize.call(
                Tracing.name(f),
                v -> f.apply((A) v[0], (B) v[1], (C) v[2]),
                new Object[] {a, b, c},
                in,
                out,
                in.axisName());
  }

  // ---- custom derivatives and rematerialization

  /** {@code f} whose intermediate values are computed again in the backward pass. */
  public static <A, R> F1<A, R> remat(F1<A, R> f) {
    return remat(f, Remat.NOTHING_SAVEABLE);
  }

  /** {@code f} that keeps for the backward pass only what the policy names. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> F1<A, R> remat(F1<A, R> f, Remat policy) {
    return a ->
        (R)
            CustomDerivatives.remat(
                Tracing.name(f), v -> f.apply((A) v[0]), new Object[] {a}, policy);
  }

  /** {@code f} whose intermediate values are computed again in the backward pass. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, R> F2<A, B, R> remat(F2<A, B, R> f) {
    return (a, b) ->
        (R)
            CustomDerivatives.remat(
                Tracing.name(f),
                v -> f.apply((A) v[0], (B) v[1]),
                new Object[] {a, b},
                Remat.NOTHING_SAVEABLE);
  }

  /**
   * {@code f} with a derivative of your own, used in forward mode and, transposed, in reverse mode.
   *
   * @param rule the value and its tangent, from the argument and the argument's tangent; linear in
   *     the tangent
   */
  public static <A, R> F1<A, R> customJvp(F1<A, R> f, F2<A, A, Jvp<R>> rule) {
    return a -> CustomDerivatives.jvp(Tracing.name(f), f, rule, a);
  }

  /** A value, and what its backward rule needs. */
  public record Forward<R, S>(R value, S residuals) {}

  /**
   * {@code f} with a rule of your own for reverse mode; it has no forward mode.
   *
   * @param forward the value and the residuals
   * @param backward the cotangent of the argument, from the residuals and the cotangent of the
   *     value
   */
  public static <A, R, S> F1<A, R> customVjp(
      F1<A, R> f, F1<A, Forward<R, S>> forward, F2<S, R, A> backward) {
    return a -> CustomDerivatives.vjp(Tracing.name(f), f, forward, backward, a);
  }

  /**
   * Checks the derivatives of {@code f} at {@code x} in both modes, up to this order, against
   * finite differences in f64.
   *
   * @throws AssertionError where they differ by more than 1e-5, relative above 1
   */
  public static void checkGrads(F1<Tensor, Tensor> f, Tensor x, int order) {
    GradientCheck.check(Tracing.name(f), f, x, order);
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
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
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
