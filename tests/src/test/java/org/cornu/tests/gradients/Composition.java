package org.cornu.tests.gradients;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Axes;
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

  /** False where a function with rules for reverse mode alone comes under forward mode. */
  boolean isDefined() {
    int own = steps.indexOf(Step.CUSTOM_VJP);
    List<Step> outside = own < 0 ? List.of() : steps.subList(own, steps.size());
    return Collections.disjoint(outside, List.of(Step.JVP, Step.LINEARIZE, Step.CUSTOM_JVP));
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

    /** The pullback of a cotangent, against the gradient of the product with it. */
    VJP(
        f -> x -> Transforms.vjp(f, x).pullback().apply(Np.cos(x.get(1))).get(0),
        f ->
            x -> {
              Tensor u = Np.cos(x.get(1));
              F1<List<Tensor>, Tensor> product = v -> Np.sum(Np.multiply(f.apply(v), u));
              return Transforms.grad(product).apply(x).get(0);
            }),

    /** With its own derivative given as a rule for forward mode, against without. */
    CUSTOM_JVP(f -> Transforms.customJvp(f, (x, dx) -> Transforms.jvp(f, x, dx)), f -> f),

    /** With its own derivative given as rules for reverse mode, against without. */
    CUSTOM_VJP(
        f ->
            Transforms.customVjp(
                f,
                x -> new Transforms.Forward<>(f.apply(x), x),
                (List<Tensor> x, Tensor u) -> Transforms.vjp(f, x).pullback().apply(u)),
        f -> f),

    /** The diagonal of the Jacobian of sums of rows, in both modes. */
    JACOBIAN(
        f ->
            x -> {
              F1<Tensor, Tensor> sums = v -> Np.sum(f.apply(List.of(v, x.get(1))), 1);
              return Np.sum(Transforms.jacrev(sums).apply(x.get(0)), 0);
            },
        f ->
            x -> {
              F1<Tensor, Tensor> sums = v -> Np.sum(f.apply(List.of(v, x.get(1))), 1);
              Tensor zero = Lax.fullLike(x.get(0), 0);
              Tensor basis = Lax.reshape(Np.eye(x.get(0).dtype(), 9, 9, 0), 9, 3, 3);
              F1<Tensor, Tensor> along =
                  e -> Np.sum(Transforms.jvp(sums, x.get(0), Np.add(e, zero)).tangent());
              return Lax.reshape(Transforms.vmap(along).apply(basis), 3, 3);
            }),

    /** Over other axes than the first, against one after the other. */
    VMAP_AXES(
        f ->
            x -> {
              Tensor middle = Np.stack(moved(x.get(0)), 1);
              F1<Tensor, Tensor> one = v -> f.apply(List.of(v, x.get(1)));
              return Np.mean(Transforms.vmap(one, Axes.all(1), 2).apply(middle), 2);
            },
        f ->
            x -> {
              Tensor sum = Lax.fullLike(x.get(0), 0);
              for (Tensor v : moved(x.get(0))) {
                sum = Np.add(sum, f.apply(List.of(v, x.get(1))));
              }
              return Np.divide(sum, 3.0);
            }),

    /** Over three points that know of each other, against the mean by hand. */
    NAMED_AXIS(
        f ->
            x -> {
              F1<Tensor, Tensor> one =
                  v -> {
                    Tensor y = f.apply(List.of(v, x.get(1)));
                    return Np.multiply(Np.sin(y), Lax.pmean(y, "points"));
                  };
              Tensor all =
                  Transforms.vmap(one, Axes.all(0).named("points"), 0)
                      .apply(Np.stack(moved(x.get(0)), 0));
              return Np.sum(all, 0);
            },
        f ->
            x -> {
              Tensor sum = Lax.fullLike(x.get(0), 0);
              Tensor sines = sum;
              for (Tensor v : moved(x.get(0))) {
                Tensor y = f.apply(List.of(v, x.get(1)));
                sum = Np.add(sum, y);
                sines = Np.add(sines, Np.sin(y));
              }
              return Np.multiply(sines, Np.divide(sum, 3.0));
            }),

    /** Two steps of a scan with outputs, against two calls. */
    SCAN(
        f ->
            x -> {
              Lax.Scanned<Tensor, Tensor> run =
                  Lax.scan(
                      (Tensor c, Tensor item) -> {
                        Tensor y = Np.tanh(f.apply(List.of(c, item)));
                        return new Lax.Step<>(y, Np.multiply(y, item));
                      },
                      x.get(0),
                      Np.stack(List.of(x.get(1), Np.sin(x.get(1))), 0));
              return Np.add(run.carry(), Np.sum(run.ys(), 0));
            },
        f ->
            x -> {
              Tensor second = Np.sin(x.get(1));
              Tensor y = Np.tanh(f.apply(List.of(x.get(0), x.get(1))));
              Tensor z = Np.tanh(f.apply(List.of(y, second)));
              Tensor ys = Np.add(Np.multiply(y, x.get(1)), Np.multiply(z, second));
              return Np.add(z, ys);
            }),

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
