package org.cornu.tracer;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.text.Printer;
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

  /** Two trees, such as the gradients with respect to two arguments. */
  public record Pair<A, B>(A first, B second) {}

  /** Three trees, such as the gradients with respect to three arguments. */
  public record Triple<A, B, C>(A first, B second, C third) {}

  /** The gradient of a scalar function with respect to its second argument. */
  public static <A, B> F2<A, B, B> grad(F2<A, B, Tensor> f, Wrt.Second wrt) {
    return (a, b) -> valueAndGrad(f, wrt).apply(a, b).grad();
  }

  /** The gradients of a scalar function with respect to both arguments. */
  public static <A, B> F2<A, B, Pair<A, B>> grad(F2<A, B, Tensor> f, Wrt.All wrt) {
    return (a, b) -> valueAndGrad(f, wrt).apply(a, b).grad();
  }

  /** The gradient of a scalar function with respect to its second argument. */
  public static <A, B, C> F3<A, B, C, B> grad(F3<A, B, C, Tensor> f, Wrt.Second wrt) {
    return (a, b, c) -> valueAndGrad(f, wrt).apply(a, b, c).grad();
  }

  /** The gradient of a scalar function with respect to its third argument. */
  public static <A, B, C> F3<A, B, C, C> grad(F3<A, B, C, Tensor> f, Wrt.Third wrt) {
    return (a, b, c) -> valueAndGrad(f, wrt).apply(a, b, c).grad();
  }

  /** The gradients of a scalar function with respect to all three arguments. */
  public static <A, B, C> F3<A, B, C, Triple<A, B, C>> grad(F3<A, B, C, Tensor> f, Wrt.All wrt) {
    return (a, b, c) -> valueAndGrad(f, wrt).apply(a, b, c).grad();
  }

  /** Value and gradient of a scalar function with respect to its second argument. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B> F2<A, B, ValueAndGrad<B>> valueAndGrad(F2<A, B, Tensor> f, Wrt.Second wrt) {
    return (a, b) ->
        Gradients.valueAndGrad(
            Tracing.name(f), v -> f.apply((A) v[1], (B) v[0]), new Object[] {b, a});
  }

  /** Value and gradients of a scalar function with respect to both arguments. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B> F2<A, B, ValueAndGrad<Pair<A, B>>> valueAndGrad(
      F2<A, B, Tensor> f, Wrt.All wrt) {
    return (a, b) ->
        Gradients.valueAndGrad(
            Tracing.name(f), v -> of((Pair<A, B>) v[0], f), new Object[] {new Pair<>(a, b)});
  }

  /** Value and gradient of a scalar function with respect to its second argument. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C> F3<A, B, C, ValueAndGrad<B>> valueAndGrad(
      F3<A, B, C, Tensor> f, Wrt.Second wrt) {
    return (a, b, c) ->
        Gradients.valueAndGrad(
            Tracing.name(f), v -> f.apply((A) v[1], (B) v[0], (C) v[2]), new Object[] {b, a, c});
  }

  /** Value and gradient of a scalar function with respect to its third argument. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C> F3<A, B, C, ValueAndGrad<C>> valueAndGrad(
      F3<A, B, C, Tensor> f, Wrt.Third wrt) {
    return (a, b, c) ->
        Gradients.valueAndGrad(
            Tracing.name(f), v -> f.apply((A) v[1], (B) v[2], (C) v[0]), new Object[] {c, a, b});
  }

  /** Value and gradients of a scalar function with respect to all three arguments. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C> F3<A, B, C, ValueAndGrad<Triple<A, B, C>>> valueAndGrad(
      F3<A, B, C, Tensor> f, Wrt.All wrt) {
    return (a, b, c) ->
        Gradients.valueAndGrad(
            Tracing.name(f),
            v -> {
              Triple<A, B, C> all = (Triple<A, B, C>) v[0];
              return f.apply(all.first(), all.second(), all.third());
            },
            new Object[] {new Triple<>(a, b, c)});
  }

  private static <A, B, R> R of(Pair<A, B> pair, F2<A, B, R> f) {
    return f.apply(pair.first(), pair.second());
  }

  /**
   * The complex derivative of a holomorphic function from complex tensors to a complex scalar.
   *
   * @throws OpException where an argument or the result is not complex
   */
  public static <A> F1<A, A> gradHolomorphic(F1<A, Tensor> f) {
    return a -> Gradients.holomorphic(Tracing.name(f), f, a);
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

  /** Like {@link #vjp(F1, Object)} for two arguments; the pullback gives both cotangents. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, R> Vjp<Pair<A, B>, R> vjp(F2<A, B, R> f, A a, B b) {
    return Gradients.vjp(Tracing.name(f), v -> of((Pair<A, B>) v[0], f), new Pair<>(a, b));
  }

  /** What a function to differentiate returns, and what it returns beside it. */
  public record Aux<R, X>(R value, X aux) {}

  /** The value of a function, its pullback, and what else it returned. */
  public record VjpAux<A, R, X>(R value, F1<R, A> pullback, X aux) {}

  /** Like {@link #vjp(F1, Object)} for a function that also returns auxiliary data. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R, X> VjpAux<A, R, X> vjpAux(F1<A, Aux<R, X>> f, A a) {
    Vjp<A, Aux<R, X>> out = Gradients.vjp(Tracing.name(f), v -> cut(f.apply((A) v[0])), a);
    X aux = out.value().aux();
    return new VjpAux<>(out.value().value(), ct -> out.pullback().apply(new Aux<>(ct, aux)), aux);
  }

  /** The auxiliary part without derivative. */
  private static <R, X> Aux<R, X> cut(Aux<R, X> out) {
    return new Aux<>(out.value(), stopGradient(out.aux()));
  }

  // ---- forward mode

  /** The value of a function and its directional derivative. */
  public record Jvp<R>(R value, R tangent) {}

  /** Value of {@code f} at {@code a} and its derivative in direction {@code tangent}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> Jvp<R> jvp(F1<A, R> f, A a, A tangent) {
    return Gradients.jvp(Tracing.name(f), v -> f.apply((A) v[0]), a, tangent);
  }

  /** Like {@link #jvp(F1, Object, Object)} for two arguments. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, R> Jvp<R> jvp(F2<A, B, R> f, A a, B b, A tangentA, B tangentB) {
    return Gradients.jvp(
        Tracing.name(f),
        v -> of((Pair<A, B>) v[0], f),
        new Pair<>(a, b),
        new Pair<>(tangentA, tangentB));
  }

  /** The value of a function, its directional derivative, and what else it returned. */
  public record JvpAux<R, X>(R value, R tangent, X aux) {}

  /** Like {@link #jvp(F1, Object, Object)} for a function that also returns auxiliary data. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R, X> JvpAux<R, X> jvpAux(F1<A, Aux<R, X>> f, A a, A tangent) {
    Jvp<Aux<R, X>> out = Gradients.jvp(Tracing.name(f), v -> cut(f.apply((A) v[0])), a, tangent);
    return new JvpAux<>(out.value().value(), out.tangent().value(), out.value().aux());
  }

  /** The value of a function and its derivative as a linear function of the direction. */
  public record Linearized<A, R>(R value, F1<A, R> linear) {}

  /** Runs {@code f} at {@code a} once; the linear function then costs no more runs of {@code f}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> Linearized<A, R> linearize(F1<A, R> f, A a) {
    return Gradients.linearize(Tracing.name(f), v -> f.apply((A) v[0]), a);
  }

  /** A value, its derivative as a linear function, and what else the function returned. */
  public record LinearizedAux<A, R, X>(R value, F1<A, R> linear, X aux) {}

  /** Like {@link #linearize(F1, Object)} for a function that also returns auxiliary data. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R, X> LinearizedAux<A, R, X> linearizeAux(F1<A, Aux<R, X>> f, A a) {
    Linearized<A, Aux<R, X>> out =
        Gradients.linearize(Tracing.name(f), v -> cut(f.apply((A) v[0])), a);
    return new LinearizedAux<>(
        out.value().value(), t -> out.linear().apply(t).value(), out.value().aux());
  }

  /**
   * The Jacobian of a tensor function by forward mode, one column at a time: a tree like the
   * argument, whose leaves have the shape {@code f(x).shape + leaf.shape}.
   */
  public static <A> F1<A, A> jacfwd(F1<A, Tensor> f) {
    return a -> Jacobians.forward(Tracing.name(f), f, a);
  }

  /**
   * The Jacobian of a tensor function by reverse mode, one row at a time: a tree like the argument,
   * whose leaves have the shape {@code f(x).shape + leaf.shape}.
   */
  public static <A> F1<A, A> jacrev(F1<A, Tensor> f) {
    return a -> Jacobians.reverse(Tracing.name(f), f, a);
  }

  /**
   * The Jacobians of a function whose result is a tree, by forward mode: by the path of each tensor
   * of the result, what {@link #jacfwd} would give for it.
   */
  public static <A, R> F1<A, Map<String, A>> jacfwdTree(F1<A, R> f) {
    return a -> Jacobians.forwardTree(Tracing.name(f), f, a);
  }

  /** Like {@link #jacfwdTree} by reverse mode. */
  public static <A, R> F1<A, Map<String, A>> jacrevTree(F1<A, R> f) {
    return a -> Jacobians.reverseTree(Tracing.name(f), f, a);
  }

  /** The matrix of second derivatives of a scalar function: shape {@code x.shape + x.shape}. */
  public static F1<Tensor, Tensor> hessian(F1<Tensor, Tensor> f) {
    return jacfwd(jacrev(f));
  }

  /**
   * The second derivatives of a scalar function of a tree: by the path of a first tensor, a tree
   * whose leaves have the shape {@code first.shape + second.shape}.
   */
  public static <A> F1<A, Map<String, A>> hessianTree(F1<A, Tensor> f) {
    F1<A, A> gradient = grad(f);
    return jacfwdTree(gradient);
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
  public static <A, R> F1<A, R> vmap(F1<A, R> f, Axes in, int out) {
    return vmap(f, in, Axes.all(out));
  }

  /**
   * {@code f} over chosen axes of its argument; each result is stacked on the axis of {@code out}.
   * One whose axis is {@link Axes#NONE} must be the same for the whole batch, and is returned once.
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, R> F1<A, R> vmap(F1<A, R> f, Axes in, Axes out) {
    return a ->
        (R) Vectorize.call(Tracing.name(f), v -> f.apply((A) v[0]), new Object[] {a}, in, out);
  }

  /** {@code f} over axis 0 of every tensor of its arguments; results are stacked on axis 0. */
  public static <A, B, R> F2<A, B, R> vmap(F2<A, B, R> f) {
    return vmap(f, Axes.all(0), 0);
  }

  /** {@code f} over chosen axes of its arguments; results are stacked on axis {@code out}. */
  public static <A, B, R> F2<A, B, R> vmap(F2<A, B, R> f, Axes in, int out) {
    return vmap(f, in, Axes.all(out));
  }

  /** Like {@link #vmap(F1, Axes, Axes)}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, R> F2<A, B, R> vmap(F2<A, B, R> f, Axes in, Axes out) {
    return (a, b) ->
        (R)
            Vectorize.call(
                Tracing.name(f), v -> f.apply((A) v[0], (B) v[1]), new Object[] {a, b}, in, out);
  }

  /** {@code f} over axis 0 of every tensor of its arguments; results are stacked on axis 0. */
  public static <A, B, C, R> F3<A, B, C, R> vmap(F3<A, B, C, R> f) {
    return vmap(f, Axes.all(0), 0);
  }

  /** {@code f} over chosen axes of its arguments; results are stacked on axis {@code out}. */
  public static <A, B, C, R> F3<A, B, C, R> vmap(F3<A, B, C, R> f, Axes in, int out) {
    return vmap(f, in, Axes.all(out));
  }

  /** Like {@link #vmap(F1, Axes, Axes)}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C, R> F3<A, B, C, R> vmap(F3<A, B, C, R> f, Axes in, Axes out) {
    return (a, b, c) ->
        (R)
            Vectorize.call(
                Tracing.name(f),
                v -> f.apply((A) v[0], (B) v[1], (C) v[2]),
                new Object[] {a, b, c},
                in,
                out);
  }

  /** {@code f} over axis 0 of every tensor of its arguments; results are stacked on axis 0. */
  public static <A, B, C, D, R> F4<A, B, C, D, R> vmap(F4<A, B, C, D, R> f) {
    return vmap(f, Axes.all(0), Axes.all(0));
  }

  /** {@code f} over chosen axes of its arguments; results are stacked on axis {@code out}. */
  public static <A, B, C, D, R> F4<A, B, C, D, R> vmap(F4<A, B, C, D, R> f, Axes in, int out) {
    return vmap(f, in, Axes.all(out));
  }

  /** Like {@link #vmap(F1, Axes, Axes)}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C, D, R> F4<A, B, C, D, R> vmap(F4<A, B, C, D, R> f, Axes in, Axes out) {
    return (a, b, c, d) ->
        (R)
            Vectorize.call(
                Tracing.name(f),
                v -> f.apply((A) v[0], (B) v[1], (C) v[2], (D) v[3]),
                new Object[] {a, b, c, d},
                in,
                out);
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
  public static <A, B, R> F2<A, B, R> remat(F2<A, B, R> f) {
    return remat(f, Remat.NOTHING_SAVEABLE);
  }

  /** {@code f} that keeps for the backward pass only what the policy names. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, R> F2<A, B, R> remat(F2<A, B, R> f, Remat policy) {
    return (a, b) ->
        (R)
            CustomDerivatives.remat(
                Tracing.name(f), v -> f.apply((A) v[0], (B) v[1]), new Object[] {a, b}, policy);
  }

  /** {@code f} whose intermediate values are computed again in the backward pass. */
  public static <A, B, C, R> F3<A, B, C, R> remat(F3<A, B, C, R> f) {
    return remat(f, Remat.NOTHING_SAVEABLE);
  }

  /** {@code f} that keeps for the backward pass only what the policy names. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, C, R> F3<A, B, C, R> remat(F3<A, B, C, R> f, Remat policy) {
    return (a, b, c) ->
        (R)
            CustomDerivatives.remat(
                Tracing.name(f),
                v -> f.apply((A) v[0], (B) v[1], (C) v[2]),
                new Object[] {a, b, c},
                policy);
  }

  /**
   * The tree itself; its tensors carry a name by which {@link Remat#saveOnlyTheseNames} and its kin
   * know them.
   */
  public static <A> A checkpointName(A tree, String name) {
    return Trees.map(tree, t -> CustomDerivatives.named(t, name));
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

  /** Like {@link #customJvp(F1, F2)} for two arguments. */
  public static <A, B, R> F2<A, B, R> customJvp(
      F2<A, B, R> f, F2<Pair<A, B>, Pair<A, B>, Jvp<R>> rule) {
    return (a, b) ->
        CustomDerivatives.jvp(Tracing.name(f), (Pair<A, B> p) -> of(p, f), rule, new Pair<>(a, b));
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

  /** Like {@link #customVjp(F1, F1, F2)} for two arguments. */
  public static <A, B, R, S> F2<A, B, R> customVjp(
      F2<A, B, R> f, F2<A, B, Forward<R, S>> forward, F2<S, R, Pair<A, B>> backward) {
    return (a, b) ->
        CustomDerivatives.vjp(
            Tracing.name(f),
            (Pair<A, B> p) -> of(p, f),
            (Pair<A, B> p) -> of(p, forward),
            backward,
            new Pair<>(a, b));
  }

  /**
   * Checks the derivatives of {@code f} at {@code a} in both modes, up to this order, against
   * finite differences in a random direction, in f64 and c128. Tensors of other types than floats
   * stay as they are.
   *
   * @throws AssertionError where they differ by more than 1e-5, relative above 1
   */
  public static <A, R> void checkGrads(F1<A, R> f, A a, int order) {
    GradientCheck.check(Tracing.name(f), f, a, order);
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

  /** Like {@link #evalShape(F1, Object)} for two arguments. */
  public static <A, B, R> R evalShape(F2<A, B, R> f, A a, B b) {
    F1<Pair<A, B>, R> both = p -> of(p, f);
    return evalShape(both, new Pair<>(a, b));
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

  /** The StableHLO function that {@code f} records for arguments like {@code a} and {@code b}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  public static <A, B, R> Func makeGraph(F2<A, B, R> f, A a, B b) {
    return Tracing.trace(
            Tracing.name(f),
            Tracing.Arguments.of(new Object[] {a, b}),
            v -> f.apply((A) v[0], (B) v[1]))
        .func();
  }

  /** The StableHLO text of {@link #makeGraph(F1, Object)}, Cornu's own ops still in it. */
  public static <A, R> String graphText(F1<A, R> f, A a) {
    return Printer.print(makeGraph(f, a));
  }

  /** {@code x} with derivative zero. */
  public static <A> A stopGradient(A x) {
    UnaryOperator<Tensor> stop = t -> Dispatch.unary(t, (b, v) -> b.stopGradient(v));
    return Trees.map(x, stop);
  }
}
