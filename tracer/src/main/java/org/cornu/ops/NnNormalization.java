package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The part of {@link Nn} that normalizes. Narrow floats are computed in f32. */
abstract sealed class NnNormalization extends NnConvolution permits NnAttention {

  /** Mean and (population) variance. */
  public record Moments(Tensor mean, Tensor variance) {}

  /** Mean and variance over axes; of f16 and bf16 limited to the range of f16. */
  public static Moments moments(Tensor x, boolean keepdims, int... axes) {
    List<Tensor> out =
        Composed.many(
            operands -> {
              Tensor w = operands.get(0);
              DType dtype = Promotion.inexact(w.dtype());
              Tensor v = Lax.convertElementType(w, Promotion.wide(dtype));
              Tensor mean = Np.mean(v, keepdims, axes);
              Tensor variance = Np.var(v, keepdims, axes);
              if (dtype.isFloat() && dtype.bits() < 32) {
                double limit = Limits.max(DType.F16);
                mean = Np.clip(mean, -limit, limit);
                variance = Np.clip(variance, -limit, limit);
              }
              return List.of(
                  Lax.convertElementType(mean, dtype), Lax.convertElementType(variance, dtype));
            },
            List.of(x));
    return new Moments(out.get(0), out.get(1));
  }

  /** Runs {@code f} on the operands that are there, each absent one passed as null. */
  static Tensor optional(
      List<@Nullable Tensor> operands, java.util.function.Function<@Nullable Tensor[], Tensor> f) {
    List<Tensor> present = new ArrayList<>();
    for (Tensor x : operands) {
      if (x != null) {
        present.add(x);
      }
    }
    return Composed.one(
        present,
        v -> {
          @Nullable Tensor[] all = new @Nullable Tensor[operands.size()];
          int next = 0;
          for (int i = 0; i < all.length; i++) {
            all[i] = operands.get(i) == null ? null : v.get(next++);
          }
          return f.apply(all);
        });
  }

  static Tensor required(@Nullable Tensor x) {
    if (x == null) {
      throw new IllegalStateException("an operand that must be there is missing");
    }
    return x;
  }

  /**
   * {@code (x - mean) / sqrt(variance + epsilon) * scale + offset} with vectors along one axis.
   *
   * @param offset added last, or null
   * @param scale multiplied with, or null
   */
  public static Tensor batchNormalization(
      Tensor x,
      Tensor mean,
      Tensor variance,
      int axis,
      @Nullable Tensor offset,
      @Nullable Tensor scale,
      double epsilon) {
    return optional(
        Arrays.asList(x, mean, variance, offset, scale),
        v -> {
          Tensor input = required(v[0]);
          int at = Dims.axis("batchNormalization", axis, input.rank());
          long[] dims = Dims.filled(input.rank(), 1);
          dims[at] = input.shape().dim(at);
          Tensor inverse = Np.rsqrt(Np.add(Np.reshape(required(v[2]), dims), epsilon));
          if (v[4] != null) {
            inverse = Np.multiply(inverse, Np.reshape(v[4], dims));
          }
          Tensor shift = Np.multiply(Np.negative(Np.reshape(required(v[1]), dims)), inverse);
          if (v[3] != null) {
            shift = Np.add(shift, Np.reshape(v[3], dims));
          }
          return Np.add(Np.multiply(input, inverse), shift);
        });
  }

  /**
   * {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta} over axes of each sample.
   *
   * @param gamma factors in the shape of the axes, or null
   * @param beta summands in the shape of the axes, or null
   * @param axes none means the last
   */
  public static Tensor layerNormalization(
      Tensor x, @Nullable Tensor gamma, @Nullable Tensor beta, double epsilon, int... axes) {
    return optional(
        Arrays.asList(x, gamma, beta),
        v -> {
          Tensor w = required(v[0]);
          DType result = Promotion.inexact(w.dtype());
          Tensor input = Lax.convertElementType(w, Promotion.wide(w.dtype()));
          int[] reduced = lastOr("layerNormalization", axes, w.rank());
          Tensor mean = Np.mean(input, true, reduced);
          Tensor variance = Np.var(input, true, reduced);
          Tensor inverse = Lax.rsqrt(Np.add(variance, epsilon));
          if (v[1] != null) {
            inverse = Np.multiply(inverse, along(v[1], input, reduced));
          }
          Tensor out = Np.multiply(Np.subtract(input, mean), inverse);
          if (v[2] != null) {
            out = Np.add(out, along(v[2], input, reduced));
          }
          return Lax.convertElementType(out, result);
        });
  }

  private static int[] lastOr(String op, int[] axes, int rank) {
    return Dims.axes(op, axes.length == 0 ? new int[] {-1} : axes, rank);
  }

  /** Parameters in the shape of the axes, made to broadcast against x. */
  private static Tensor along(Tensor parameter, Tensor x, int[] axes) {
    Tensor p = Lax.convertElementType(parameter, x.dtype());
    if (p.rank() == x.rank()) {
      return p;
    }
    long[] dims = Dims.filled(x.rank(), 1);
    for (int axis : axes) {
      dims[axis] = x.shape().dim(axis);
    }
    return Np.reshape(p, dims);
  }

  /**
   * {@code x / sqrt(mean(x²) + epsilon) * scale} over axes of each sample.
   *
   * @param scale factors in the shape of the axes, or null
   * @param axes none means the last
   */
  public static Tensor rmsNormalization(
      Tensor x, @Nullable Tensor scale, double epsilon, int... axes) {
    return optional(
        Arrays.asList(x, scale),
        v -> {
          Tensor w = required(v[0]);
          DType result = Promotion.inexact(w.dtype());
          Tensor input = Lax.convertElementType(w, Promotion.wide(w.dtype()));
          int[] reduced = lastOr("rmsNormalization", axes, w.rank());
          Tensor mean = Np.mean(Lax.mul(input, input), true, reduced);
          Tensor out = Np.multiply(input, Lax.rsqrt(Np.add(mean, epsilon)));
          if (v[1] != null) {
            out = Np.multiply(out, along(v[1], input, reduced));
          }
          return Lax.convertElementType(out, result);
        });
  }

  /**
   * Normalizes groups of channels of each sample: {@code x [batch, spatial…, channels]}.
   *
   * @param gamma a factor for each channel, or null
   * @param beta a summand for each channel, or null
   * @param axis of the channels
   */
  public static Tensor groupNormalization(
      Tensor x,
      int groups,
      @Nullable Tensor gamma,
      @Nullable Tensor beta,
      int axis,
      double epsilon) {
    return optional(
        Arrays.asList(x, gamma, beta),
        v -> {
          Tensor w = required(v[0]);
          int at = Dims.axis("groupNormalization", axis, w.rank());
          long channels = w.shape().dim(at);
          if (groups < 1 || channels % groups != 0) {
            throw new OpException(
                "groupNormalization: the channels must divide into the groups: got "
                    + channels
                    + " channels and "
                    + groups
                    + " groups");
          }
          Tensor input = Lax.convertElementType(w, Promotion.wide(w.dtype()));
          long[] dims = w.shape().insert(at + 1, channels / groups).dims();
          dims[at] = groups;
          Tensor grouped = Lax.reshape(input, dims);
          int[] reduced = Dims.others(new int[] {0, at}, grouped.rank());
          Tensor mean = Np.mean(grouped, true, reduced);
          Tensor inverse = Lax.rsqrt(Np.add(Np.var(grouped, true, reduced), epsilon));
          Tensor out =
              Lax.reshape(Np.multiply(Np.subtract(grouped, mean), inverse), w.shape().dims());
          if (v[1] != null) {
            out = Np.multiply(out, along(v[1], out, new int[] {at}));
          }
          if (v[2] != null) {
            out = Np.add(out, along(v[2], out, new int[] {at}));
          }
          return Lax.convertElementType(out, Promotion.inexact(w.dtype()));
        });
  }

  /**
   * {@code x} divided by its norm along axes; the norm counts as at least epsilon.
   *
   * @param order of the norm: 2 is Euclid's
   * @param axes none means the last
   */
  public static Tensor normalize(Tensor x, int order, double epsilon, int... axes) {
    if (order < 1) {
      throw new OpException("normalize: the order must be at least 1: got " + order);
    }
    return Composed.of(
        x,
        w -> {
          Tensor v = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          v = v.rank() == 0 ? Lax.reshape(v, 1) : v;
          int[] reduced = lastOr("normalize", axes, v.rank());
          if (order == 2) {
            Tensor square = Np.sum(Lax.mul(v, v), true, reduced);
            Tensor inverse = Np.minimum(Lax.rsqrt(square), 1 / epsilon);
            return Np.multiply(v, inverse);
          }
          Tensor norm =
              Np.power(Np.sum(Np.power(Lax.abs(v), (long) order), true, reduced), 1.0 / order);
          return Np.divide(v, Np.maximum(norm, epsilon));
        });
  }
}
