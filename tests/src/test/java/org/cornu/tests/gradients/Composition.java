package org.cornu.tests.gradients;

import java.util.List;
import java.util.Locale;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * A function of matrices of 3 by 3 under transforms, each of which gives a function of the same
 * kind again and can be had in two ways: as written, and by other means.
 */
record Composition(Expr base, List<Step> steps) {

  /** The function by the transforms themselves. */
  F1<List<Tensor>, Tensor> composed() {
    F1<List<Tensor>, Tensor> f = base::at;
    for (Step step : steps) {
      f = step.transformed.apply(f);
    }
    return f;
  }

  /** The same function by other means. */
  F1<List<Tensor>, Tensor> byOtherMeans() {
    F1<List<Tensor>, Tensor> f = base::at;
    for (Step step : steps) {
      f = step.otherwise.apply(f);
    }
    return f;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(base.toString());
    for (Step step : steps) {
      out.insert(0, step.name().toLowerCase(Locale.ROOT) + "(").append(')');
    }
    return out.toString();
  }

  /** A transform, and what it should equal. */
  enum Step {
    /** Compiled by itself, against as it is. */
    JIT(f -> Transforms.jit(f)::apply, f -> f),

    /** Computed again in the backward pass, against kept. */
    REMAT(Transforms::remat, f -> f),

    /** The gradient in reverse mode, against a tangent for each element. */
    GRAD(
        f -> x -> Transforms.grad(scalar(f)).apply(x).get(0),
        f ->
            x -> {
              F1<Tensor, Tensor> along =
                  v -> Transforms.jvp(scalar(f), x, List.of(v, Np.multiply(v, 0.0))).tangent();
              Tensor basis = Lax.reshape(Np.eye(x.get(0).dtype(), 9, 9, 0), 9, 3, 3);
              return Lax.reshape(Transforms.vmap(along).apply(basis), 3, 3);
            }),

    /** A directional derivative in forward mode, against reverse mode twice. */
    JVP(
        f -> x -> Transforms.jvp(f, x, direction(x)).tangent(),
        f ->
            x -> {
              // the pullback is linear, and its own pullback is the derivative
              F1<Tensor, List<Tensor>> pullback = u -> Transforms.vjp(f, x).pullback().apply(u);
              Tensor zero = Lax.fullLike(x.get(0), 0);
              return Transforms.vjp(pullback, zero).pullback().apply(direction(x));
            }),

    /** The linear map at a point, against the directional derivative. */
    LINEARIZE(
        f -> x -> Transforms.linearize(f, x).linear().apply(direction(x)),
        f -> x -> Transforms.jvp(f, x, direction(x)).tangent()),

    /** Over three points at once, against one after the other. */
    VMAP(
        f ->
            x -> {
              Tensor first = Np.stack(moved(x.get(0)), 0);
              Tensor all =
                  Transforms.vmap((Tensor v) -> f.apply(List.of(v, x.get(1)))).apply(first);
              return Np.mean(all, 0);
            },
        f ->
            x -> {
              Tensor sum = Lax.fullLike(x.get(0), 0);
              for (Tensor v : moved(x.get(0))) {
                sum = Np.add(sum, f.apply(List.of(v, x.get(1))));
              }
              return Np.divide(sum, 3.0);
            }),

    /** Two rounds of a loop, against two calls. */
    LOOP(
        f -> x -> Lax.foriLoop(0, 2, (i, v) -> Np.tanh(f.apply(List.of(v, x.get(1)))), x.get(0)),
        f ->
            x -> {
              Tensor once = Np.tanh(f.apply(x));
              return Np.tanh(f.apply(List.of(once, x.get(1))));
            }),

    /** One of two branches, against both and a choice. */
    COND(
        f ->
            x -> {
              Tensor pred = Np.greater(Np.sum(x.get(0)), 0.0);
              return Lax.cond(pred, () -> f.apply(x), () -> Np.sin(x.get(1)));
            },
        f -> x -> Np.where(Np.greater(Np.sum(x.get(0)), 0.0), f.apply(x), Np.sin(x.get(1))));

    private final F1<F1<List<Tensor>, Tensor>, F1<List<Tensor>, Tensor>> transformed;
    private final F1<F1<List<Tensor>, Tensor>, F1<List<Tensor>, Tensor>> otherwise;

    Step(
        F1<F1<List<Tensor>, Tensor>, F1<List<Tensor>, Tensor>> transformed,
        F1<F1<List<Tensor>, Tensor>, F1<List<Tensor>, Tensor>> otherwise) {
      this.transformed = transformed;
      this.otherwise = otherwise;
    }

    private static F1<List<Tensor>, Tensor> scalar(F1<List<Tensor>, Tensor> f) {
      return x -> {
        Tensor y = f.apply(x);
        Tensor weights = Lax.reshape(Lax.cos(Lax.iota(DType.F64, 9)), 3, 3);
        return Np.sum(Np.multiply(Np.sin(y), Lax.convertElementType(weights, y.dtype())));
      };
    }

    private static List<Tensor> direction(List<Tensor> x) {
      return List.of(Np.cos(x.get(1)), Np.sin(x.get(0)));
    }

    private static List<Tensor> moved(Tensor x) {
      return List.of(x, Np.add(x, 0.25), Np.multiply(x, 0.5));
    }
  }
}
