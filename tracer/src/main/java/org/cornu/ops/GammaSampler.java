package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Gamma numbers by Marsaglia and Tsang's rejection ("A simple method for generating gamma
 * variables", 2000), with JAX's use of keys: one key for each element, from which each trial takes
 * its own. Shapes below 1 are drawn at one more and scaled by a power of a uniform number.
 */
final class GammaSampler {
  private static final double SQUEEZE = 0.0331;

  private GammaSampler() {}

  /** The key of all elements, and their shapes; two, for a rule of differentiation. */
  private record Arguments(Tensor key, Tensor a) {}

  private static final F1<Arguments, Tensor> PLAIN =
      Transforms.customJvp(in -> each(in, false), (in, d) -> derivative(in, d, false));

  private static final F1<Arguments, Tensor> LOGARITHM =
      Transforms.customJvp(in -> each(in, true), (in, d) -> derivative(in, d, true));

  /**
   * The numbers inside of a derivative. The loops that draw them could be differentiated, but not
   * rightly: a custom rule without forward mode makes a second derivative an error instead.
   */
  private static F1<Arguments, Tensor> once(boolean logarithm) {
    return Transforms.<Arguments, Tensor, Tensor>customVjp(
        in -> each(in, logarithm),
        in -> new Transforms.Forward<>(each(in, logarithm), in.key()),
        (key, cotangent) -> new Arguments(key, Lax.fullLike(cotangent, Double.NaN)));
  }

  /** Numbers of the shapes {@code a}, or their logarithms. */
  static Tensor draw(Tensor key, Tensor a, boolean logarithm) {
    return (logarithm ? LOGARITHM : PLAIN).apply(new Arguments(key, a));
  }

  private static Tensor each(Arguments in, boolean logarithm) {
    Shape shape = in.a().shape();
    long count = shape.count();
    F2<Tensor, Tensor, Tensor> one = (key, a) -> one(key, a, logarithm);
    Tensor keys = Keys.split(in.key(), Shape.of(count));
    Tensor drawn = Transforms.vmap(one).apply(keys, Lax.reshape(in.a(), count));
    return Lax.reshape(drawn, shape.dims());
  }

  private record Candidate(Tensor key, Tensor x, Tensor v) {}

  private record Trial(Tensor key, Tensor square, Tensor cube, Tensor u) {}

  private static Tensor one(Tensor key, Tensor a, boolean logarithm) {
    DType dtype = a.dtype();
    Tensor zero = Lax.full(dtype, 0);
    Tensor unit = Lax.full(dtype, 1);
    Tensor large = Lax.ge(a, unit);
    Tensor shape = Lax.select(large, a, Lax.add(a, unit));
    Tensor third = Lax.full(dtype, 1.0 / 3);
    Tensor d = Lax.sub(shape, third);
    Tensor c = Lax.div(third, Lax.sqrt(d));
    Tensor[] keys = Keys.several(key, 2);

    // begins with a trial that is refused
    Trial accepted =
        Lax.whileLoop(
            (Trial t) -> refused(t, d),
            (Trial t) -> trial(t.key(), c),
            new Trial(keys[0], zero, unit, Lax.full(dtype, 2)));
    Tensor v = accepted.cube();
    long[] scalar = {};
    if (logarithm) {
      Tensor log = Lax.neg(RandomInversion.exponential(keys[1], dtype, scalar));
      Tensor none = Lax.bitwiseOr(large, Lax.eq(log, zero));
      Tensor boost = Lax.select(none, zero, Lax.mul(log, Lax.div(unit, a)));
      return Lax.add(Lax.add(Lax.log(d), Lax.log(v)), boost);
    }
    Tensor u = Lax.sub(unit, RandomUniform.uniform(keys[1], dtype, scalar));
    Tensor boost = Lax.select(large, unit, Lax.pow(u, Lax.div(unit, a)));
    return Lax.mul(Lax.mul(d, v), boost);
  }

  private static Tensor refused(Trial t, Tensor d) {
    Tensor unit = Lax.fullLike(d, 1);
    Tensor squeeze =
        Lax.ge(
            t.u(),
            Lax.sub(unit, Lax.mul(Lax.fullLike(d, SQUEEZE), Lax.mul(t.square(), t.square()))));
    Tensor bound =
        Lax.add(
            Lax.mul(t.square(), Lax.fullLike(d, 0.5)),
            Lax.mul(d, Lax.add(Lax.sub(unit, t.cube()), Lax.log(t.cube()))));
    return Lax.bitwiseAnd(squeeze, Lax.ge(Lax.log(t.u()), bound));
  }

  private static Trial trial(Tensor key, Tensor c) {
    DType dtype = c.dtype();
    Tensor zero = Lax.full(dtype, 0);
    Tensor[] keys = Keys.several(key, 3);
    Candidate found =
        Lax.whileLoop(
            (Candidate k) -> Lax.le(k.v(), zero),
            (Candidate k) -> {
              Tensor[] next = Keys.several(k.key(), 2);
              Tensor x = RandomNormal.normal(next[1], dtype);
              return new Candidate(next[0], x, Lax.add(Lax.full(dtype, 1), Lax.mul(x, c)));
            },
            new Candidate(keys[1], zero, Lax.full(dtype, -1)));
    Tensor v = found.v();
    return new Trial(
        keys[0],
        Lax.mul(found.x(), found.x()),
        Lax.mul(Lax.mul(v, v), v),
        RandomUniform.uniform(keys[2], dtype));
  }

  /** The number moves with its shape so that its probability from below stays what it is. */
  private static Transforms.Jvp<Tensor> derivative(
      Arguments in, Arguments tangents, boolean logarithm) {
    Tensor drawn = once(logarithm).apply(in);
    Tensor sample = drawn;
    if (logarithm) {
      double tiny = in.a().dtype() == DType.F64 ? Double.MIN_NORMAL : Math.scalb(1.0, -126);
      Tensor e = Lax.exp(drawn);
      sample = Lax.select(Lax.eq(e, Lax.fullLike(e, 0)), Lax.fullLike(e, tiny), e);
    }
    Tensor slope = Special.gammaSampleSlope(in.a(), sample);
    if (logarithm) {
      slope = Lax.div(slope, sample);
    }
    return new Transforms.Jvp<>(drawn, Lax.mul(tangents.a(), slope));
  }
}
