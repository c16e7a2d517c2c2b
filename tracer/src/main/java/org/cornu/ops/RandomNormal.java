package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.F3;
import org.cornu.tracer.Jit3;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** The normal distribution and its relatives. */
abstract sealed class RandomNormal extends RandomUniform permits RandomInversion {
  RandomNormal() {}

  private static final Sampler NORMAL =
      Sampler.ofBits(
          "normal",
          s -> {
            // The open interval: -1 itself would give -infinity.
            Tensor low = s.full(aboveMinusOne(s.dtype()));
            Tensor u = between(s.key(), s.dtype(), low, s.full(1));
            return Lax.mul(s.full(Math.sqrt(2)), Lax.erfInv(u));
          });

  private static final Sampler TRUNCATED =
      Sampler.ofBits(
          "truncatedNormal",
          s -> {
            Tensor lower = s.given(0);
            Tensor upper = s.given(1);
            double root = Math.sqrt(2);
            Tensor a = Lax.erf(Lax.div(lower, Lax.fullLike(lower, root)));
            Tensor b = Lax.erf(Lax.div(upper, Lax.fullLike(upper, root)));
            Tensor u = between(s.key(), s.dtype(), in(a, s), in(b, s));
            Tensor out = Lax.mul(s.full(root), Lax.erfInv(u));
            Tensor low = next(lower, Double.POSITIVE_INFINITY);
            Tensor high = next(upper, Double.NEGATIVE_INFINITY);
            return Lax.min(Lax.max(in(low, s), out), in(high, s));
          });

  private static final Sampler LOGNORMAL =
      Sampler.of("lognormal", s -> Lax.exp(Lax.mul(standard(s), s.parameter(0))));

  private static final Sampler MAXWELL =
      Sampler.of(
          "maxwell",
          s -> {
            Shape three = s.shape().insert(s.shape().rank(), 3);
            return Linalg.norm(normal(s.key(), s.dtype(), three.dims()), null, false, -1);
          });

  private static final Sampler RAYLEIGH =
      Sampler.of(
          "rayleigh",
          s -> Lax.mul(s.parameter(0), Lax.sqrt(Lax.mul(Lax.log(s.uniform()), s.full(-2)))));

  private static final Sampler WALD =
      Sampler.of(
          "wald",
          s -> {
            Tensor[] keys = s.keys(2);
            Tensor mean = s.parameter(0);
            Tensor y = Lax.square(standard(s.withKey(keys[0])));
            Tensor z = s.withKey(keys[1]).uniform();
            Tensor square = Lax.square(mean);
            Tensor root =
                Lax.sqrt(
                    Lax.add(Lax.mul(Lax.mul(s.full(4), mean), y), Lax.mul(square, Lax.square(y))));
            Tensor x =
                Lax.sub(
                    Lax.add(mean, Lax.div(Lax.mul(square, y), s.full(2))),
                    Lax.mul(Lax.div(mean, s.full(2)), root));
            Tensor small = Lax.le(z, Lax.div(mean, Lax.add(mean, x)));
            return Lax.select(small, x, Lax.div(square, x));
          });

  private static Tensor in(Tensor x, Sampler.Draw s) {
    return Dims.broadcastTo(x, s.shape());
  }

  static Tensor standard(Sampler.Draw s) {
    return normal(s.key(), s.dtype(), s.shape().dims());
  }

  private static double aboveMinusOne(DType dtype) {
    // -1 has the mantissa 0, so the next value toward 0 has half the spacing of [1, 2).
    return -1 + Math.scalb(1.0, -FloatFormat.mantissaBits(dtype) - 1);
  }

  private static Tensor next(Tensor x, double toward) {
    return Lax.nextAfter(Transforms.stopGradient(x), Lax.fullLike(x, toward));
  }

  /** Standard normal numbers of type f32 in a shape. */
  public static Tensor normal(Tensor key, long... dims) {
    return normal(key, DType.F32, dims);
  }

  /**
   * Normal with mean 0 and standard deviation 1. In a complex type the real and the imaginary part
   * have variance 1/2 each.
   */
  public static Tensor normal(Tensor key, DType dtype, long... dims) {
    return dtype.isComplex() ? complex(key, dtype, dims) : NORMAL.apply(key, dtype, dims);
  }

  private static Tensor complex(Tensor key, DType dtype, long[] dims) {
    Tensor[] keys = Keys.several(key, 2);
    Tensor z =
        Lax.complex(
            NORMAL.apply(keys[0], dtype.real(), dims), NORMAL.apply(keys[1], dtype.real(), dims));
    return Lax.div(z, Lax.fullLike(z, Math.sqrt(2)));
  }

  /** Standard normal, restricted to [lower, upper]. */
  public static Tensor truncatedNormal(
      Tensor key, double lower, double upper, DType dtype, long... dims) {
    return truncatedNormal(
        key,
        Sampler.number("truncatedNormal", dtype, lower),
        Sampler.number("truncatedNormal", dtype, upper),
        dtype,
        dims);
  }

  /** Standard normal, restricted to [lower, upper]. */
  public static Tensor truncatedNormal(
      Tensor key, Tensor lower, Tensor upper, DType dtype, long... dims) {
    return TRUNCATED.apply(key, dtype, dims, lower, upper);
  }

  /** The exponential of a normal number of mean 0 and standard deviation {@code sigma}. */
  public static Tensor lognormal(Tensor key, double sigma, DType dtype, long... dims) {
    return lognormal(key, Sampler.number("lognormal", dtype, sigma), dtype, dims);
  }

  /** The exponential of a normal number of mean 0 and standard deviation {@code sigma}. */
  public static Tensor lognormal(Tensor key, Tensor sigma, DType dtype, long... dims) {
    return LOGNORMAL.apply(key, dtype, dims, sigma);
  }

  /** The length of a vector of three standard normal numbers. */
  public static Tensor maxwell(Tensor key, DType dtype, long... dims) {
    return MAXWELL.apply(key, dtype, dims);
  }

  /**
   * {@code loc ± scale · maxwell}, with a random sign. As in JAX, the shape of the parameters is
   * appended to the dimensions given.
   */
  public static Tensor doubleSidedMaxwell(
      Tensor key, Tensor loc, Tensor scale, DType dtype, long... dims) {
    long[] parameters = Sampler.shape("doubleSidedMaxwell", new long[0], loc, scale).dims();
    long[] leading = dims.length == 0 ? parameters : dims;
    long[] shape = java.util.Arrays.copyOf(leading, leading.length + parameters.length);
    System.arraycopy(parameters, 0, shape, leading.length, parameters.length);
    Tensor[] keys = Keys.several(key, 2);
    Tensor signed =
        Lax.mul(RandomUniform.rademacher(keys[1], dtype, shape), maxwell(keys[0], dtype, shape));
    Tensor[] p = Dims.cast(dtype, loc, scale);
    return Np.add(Np.multiply(signed, p[1]), p[0]);
  }

  /** The length of a vector of two normal numbers of deviation {@code scale}. */
  public static Tensor rayleigh(Tensor key, double scale, DType dtype, long... dims) {
    return rayleigh(key, Sampler.number("rayleigh", dtype, scale), dtype, dims);
  }

  /** The length of a vector of two normal numbers of deviation {@code scale}. */
  public static Tensor rayleigh(Tensor key, Tensor scale, DType dtype, long... dims) {
    return RAYLEIGH.apply(key, dtype, dims, scale);
  }

  /** Wald (inverse Gaussian) with this mean and scale 1. */
  public static Tensor wald(Tensor key, double mean, DType dtype, long... dims) {
    return wald(key, Sampler.number("wald", dtype, mean), dtype, dims);
  }

  /** Wald (inverse Gaussian) with this mean and scale 1. */
  public static Tensor wald(Tensor key, Tensor mean, DType dtype, long... dims) {
    return WALD.apply(key, dtype, dims, mean);
  }

  /** How {@link #multivariateNormal} takes the root of a covariance. */
  public enum CovarianceRoot {
    /** By Cholesky: positive definite covariances, the fastest. */
    CHOLESKY {
      @Override
      Tensor of(Tensor covariance) {
        return Linalg.cholesky(covariance);
      }
    },
    /** By eigenvectors: semidefinite covariances too. */
    EIGH {
      @Override
      Tensor of(Tensor covariance) {
        Linalg.Eigen e = Linalg.eigh(covariance);
        return scaled(e.vectors(), e.values());
      }
    },
    /** By singular vectors: the most robust. */
    SVD {
      @Override
      Tensor of(Tensor covariance) {
        Linalg.Svd s = Linalg.svd(covariance, true);
        return scaled(s.u(), s.s());
      }
    };

    abstract Tensor of(Tensor covariance);

    private static Tensor scaled(Tensor vectors, Tensor squares) {
      return Np.multiply(vectors, Np.sqrt(Np.expandDims(squares, -2)));
    }
  }

  /**
   * Normal vectors of this mean and covariance, whose root is taken by Cholesky.
   *
   * @param mean {@code [..., n]}
   * @param covariance {@code [..., n, n]}, symmetric and positive definite
   * @param dims the result's shape without the last axis n; none: what mean and covariance
   *     broadcast to
   */
  public static Tensor multivariateNormal(
      Tensor key, Tensor mean, Tensor covariance, DType dtype, long... dims) {
    return multivariateNormal(key, mean, covariance, CovarianceRoot.CHOLESKY, dtype, dims);
  }

  /** Like {@link #multivariateNormal(Tensor, Tensor, Tensor, DType, long...)} by another root. */
  public static Tensor multivariateNormal(
      Tensor key, Tensor mean, Tensor covariance, CovarianceRoot root, DType dtype, long... dims) {
    Sampler.requireFloat("multivariateNormal", dtype);
    if (mean.rank() < 1
        || covariance.rank() < 2
        || covariance.shape().dim(-1) != mean.shape().dim(-1)
        || covariance.shape().dim(-2) != mean.shape().dim(-1)) {
      throw new OpException(
          "multivariateNormal: needs a mean [..., n] and a covariance [..., n, n]: got "
              + mean.type().brief()
              + " and "
              + covariance.type().brief());
    }
    return MULTIVARIATE.apply(
        key, new Multivariate(mean, covariance), new Options(root, dtype, Shape.of(dims)));
  }

  private record Multivariate(Tensor mean, Tensor covariance) {}

  private record Options(CovarianceRoot root, DType dtype, Shape batch) {}

  private static final Jit3<Tensor, Multivariate, Options, Tensor> MULTIVARIATE =
      Transforms.jit((F3<Tensor, Multivariate, Options, Tensor>) RandomNormal::multivariate);

  private static Tensor multivariate(Tensor key, Multivariate p, Options o) {
    Tensor[] in =
        Dims.cast(
            Promotion.inexact(Dims.promoted(p.mean(), p.covariance())), p.mean(), p.covariance());
    Tensor rows = Lax.reduce(in[1], LaxLinear.Reduction.ADD, in[1].rank() - 1L);
    Shape batch = Sampler.shape("multivariateNormal", o.batch().dims(), first(in[0]), first(rows));
    long n = in[0].shape().dim(-1);
    Tensor z = normal(key, o.dtype(), batch.insert(batch.rank(), n).dims());
    Tensor root = o.root().of(in[1]);
    return Np.add(in[0], Np.einsum("...ij,...j->...i", root, z));
  }

  /** The first element of the last axis: stands for the shape of the others. */
  private static Tensor first(Tensor x) {
    int last = x.rank() - 1;
    return Lax.reshape(
        Lax.sliceInDim(x, 0, 1, 1, last), java.util.Arrays.copyOf(x.shape().dims(), last));
  }

  /** Orthogonal matrices {@code [dims..., n, n]}, uniformly distributed (Haar). */
  public static Tensor orthogonal(Tensor key, int n, DType dtype, long... dims) {
    return orthogonal(key, n, n, dtype, dims);
  }

  /** Matrices {@code [dims..., n, m]} with orthonormal rows or columns, whichever are fewer. */
  public static Tensor orthogonal(Tensor key, int n, int m, DType dtype, long... dims) {
    if (n < 1 || m < 1) {
      throw new OpException("orthogonal: n and m must be positive: got " + n + ", " + m);
    }
    return ORTHOGONAL.apply(
        key, new Size(n, m), new Options(CovarianceRoot.SVD, dtype, Shape.of(dims)));
  }

  private record Size(long n, long m) {}

  private static final Jit3<Tensor, Size, Options, Tensor> ORTHOGONAL =
      Transforms.jit((F3<Tensor, Size, Options, Tensor>) RandomNormal::orthogonal);

  private static Tensor orthogonal(Tensor key, Size size, Options o) {
    Shape batch = o.batch();
    Shape shape =
        batch
            .insert(batch.rank(), Math.max(size.n(), size.m()))
            .insert(batch.rank() + 1, Math.min(size.n(), size.m()));
    Linalg.Qr qr = Linalg.qr(normal(key, o.dtype(), shape.dims()));
    Tensor sign = Np.sign(Np.diagonal(qr.r(), 0, -2, -1));
    Tensor q = Np.multiply(qr.q(), Np.expandDims(sign, -2));
    return size.n() < size.m() ? Np.swapaxes(q, -1, -2) : q;
  }
}
