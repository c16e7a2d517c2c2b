package org.cornu.ops;

import org.cornu.tracer.F1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/** The part of {@link Nn} about activations. Bool and integers are computed in f32. */
abstract sealed class NnActivation permits NnConvolution {

  private static Tensor inexact(Tensor x, F1<Tensor, Tensor> f) {
    return Composed.of(x, v -> f.apply(Lax.convertElementType(v, Promotion.inexact(v.dtype()))));
  }

  private static Tensor number(Tensor like, double value) {
    return Dims.constant(like, value);
  }

  /** {@code max(x, 0)}; slope 0 at 0. */
  public static Tensor relu(Tensor x) {
    return Composed.of(x, v -> Lax.select(Lax.le(v, number(v, 0)), number(v, 0), v));
  }

  /**
   * Rectifier with all of Keras' options.
   *
   * @param negativeSlope slope below the threshold
   * @param maxValue where it saturates, or null
   * @param threshold below it the output is {@code negativeSlope * (x - threshold)}
   */
  public static Tensor relu(
      Tensor x, double negativeSlope, @Nullable Double maxValue, double threshold) {
    return Composed.of(
        x,
        v -> {
          if (negativeSlope != 0 && maxValue == null && threshold == 0) {
            return leakyRelu(v, negativeSlope);
          }
          Tensor out;
          if (threshold != 0) {
            out = Lax.select(Lax.gt(v, number(v, threshold)), v, number(v, 0));
          } else if (maxValue != null && maxValue == 6) {
            out = relu6(v);
          } else {
            out = relu(v);
          }
          if (maxValue != null && (threshold != 0 || maxValue != 6)) {
            out = Np.clip(out, 0.0, maxValue);
          }
          if (negativeSlope != 0) {
            Tensor negative = relu(Lax.sub(number(v, threshold), v));
            out = Lax.sub(out, Lax.mul(negative, number(v, negativeSlope)));
          }
          return out;
        });
  }

  /** {@code min(max(x, 0), 6)}; slope 1 strictly between, 0 elsewhere. Integers give f32. */
  public static Tensor relu6(Tensor x) {
    return inexact(x, v -> Lax.select(Lax.ge(v, number(v, 6)), number(v, 6), relu(v)));
  }

  /** {@code x} where not negative, else {@code negativeSlope * x}. */
  public static Tensor leakyRelu(Tensor x, double negativeSlope) {
    return inexact(
        x, v -> Lax.select(Lax.ge(v, number(v, 0)), v, Lax.mul(v, number(v, negativeSlope))));
  }

  /** {@code x} where not negative, else {@code 0.2 x}. */
  public static Tensor leakyRelu(Tensor x) {
    return leakyRelu(x, 0.2);
  }

  /** {@code x} where positive, else {@code alpha * (e^x - 1)}. */
  public static Tensor elu(Tensor x, double alpha) {
    return inexact(
        x,
        v -> {
          Tensor positive = Lax.gt(v, number(v, 0));
          // The branch not taken sees 0, so that its derivative stays finite.
          Tensor safe = Lax.select(positive, number(v, 0), v);
          return Lax.select(positive, v, Lax.mul(number(v, alpha), Lax.expm1(safe)));
        });
  }

  /** {@code x} where positive, else {@code e^x - 1}. */
  public static Tensor elu(Tensor x) {
    return elu(x, 1);
  }

  /** {@code max(x, 0) + alpha * (e^(min(x, 0) / alpha) - 1)}. */
  public static Tensor celu(Tensor x, double alpha) {
    return inexact(
        x,
        v -> {
          Tensor zero = number(v, 0);
          Tensor a = number(v, alpha);
          Tensor below = Lax.mul(a, Lax.expm1(Lax.div(Lax.min(v, zero), a)));
          return Lax.add(Lax.max(v, zero), below);
        });
  }

  /** Like {@link #celu(Tensor, double)} with alpha 1. */
  public static Tensor celu(Tensor x) {
    return celu(x, 1);
  }

  /** Scaled elu that keeps mean 0 and variance 1: scale 1.05070098, alpha 1.67326324. */
  public static Tensor selu(Tensor x) {
    return inexact(x, v -> Lax.mul(number(v, 1.0507009873554805), elu(v, 1.6732632423543772)));
  }

  /**
   * {@code x Φ(x)} with the distribution function of the normal distribution.
   *
   * @param approximate by tanh instead of the error function
   */
  public static Tensor gelu(Tensor x, boolean approximate) {
    return inexact(
        x,
        v -> {
          Tensor half = number(v, 0.5);
          if (approximate) {
            Tensor cube = Lax.mul(v, Lax.mul(v, v));
            Tensor inner =
                Lax.mul(
                    number(v, Math.sqrt(2 / Math.PI)),
                    Lax.add(v, Lax.mul(number(v, 0.044715), cube)));
            Tensor cdf = Lax.mul(half, Lax.add(number(v, 1), Lax.tanh(inner)));
            return Lax.mul(v, cdf);
          }
          Tensor scaled = Lax.mul(Lax.neg(v), number(v, Math.sqrt(0.5)));
          return Lax.mul(Lax.mul(half, v), Lax.erfc(scaled));
        });
  }

  /** {@code x Φ(x)}, exact; note that {@code keras.ops.gelu} approximates unless told otherwise. */
  public static Tensor gelu(Tensor x) {
    return gelu(x, false);
  }

  /** {@code 1 / (1 + e^-x)}. */
  public static Tensor sigmoid(Tensor x) {
    return inexact(x, Lax::logistic);
  }

  /** {@code x sigmoid(x)}, also called swish. */
  public static Tensor silu(Tensor x) {
    return inexact(x, v -> Lax.mul(v, Lax.logistic(v)));
  }

  /** {@code log(sigmoid(x))} without overflow in between. */
  public static Tensor logSigmoid(Tensor x) {
    return inexact(x, v -> Lax.neg(softplus(Lax.neg(v))));
  }

  /** {@code log(1 + e^x)} without overflow in between. */
  public static Tensor softplus(Tensor x) {
    return inexact(
        x,
        v -> {
          Tensor zero = number(v, 0);
          // At 0 the slopes are 1 and -1/2, as abs has slope 1 there: together 1/2.
          Tensor positive = Lax.select(Lax.ge(v, zero), v, zero);
          return Lax.add(positive, Lax.log1p(Lax.exp(Lax.neg(Lax.abs(v)))));
        });
  }

  /** {@code x / (1 + |x|)}. */
  public static Tensor softsign(Tensor x) {
    return inexact(x, v -> Lax.div(v, Lax.add(Lax.abs(v), number(v, 1))));
  }

  /** {@code tanh(x)}. */
  public static Tensor tanh(Tensor x) {
    return Np.tanh(x);
  }

  /** {@code x - tanh(x)}. */
  public static Tensor tanhShrink(Tensor x) {
    return inexact(x, v -> Lax.sub(v, Lax.tanh(v)));
  }

  /** {@code x tanh(softplus(x))}. */
  public static Tensor mish(Tensor x) {
    return inexact(x, v -> Lax.mul(v, Lax.tanh(softplus(v))));
  }

  /** {@code relu6(x + 3) / 6}. */
  public static Tensor hardSigmoid(Tensor x) {
    return inexact(x, v -> Lax.div(relu6(Lax.add(v, number(v, 3))), number(v, 6)));
  }

  /** {@code x hardSigmoid(x)}, also called hard swish. */
  public static Tensor hardSilu(Tensor x) {
    return inexact(x, v -> Lax.mul(v, hardSigmoid(v)));
  }

  /** {@code log(1 - exp(-x))} for positive numbers, exact at both ends. */
  public static Tensor log1mexp(Tensor x) {
    return inexact(
        x,
        v -> {
          Tensor half = number(v, Math.log(2));
          Tensor small = Lax.log(Lax.neg(Lax.expm1(Lax.neg(Lax.min(v, half)))));
          Tensor large = Lax.log1p(Lax.neg(Lax.exp(Lax.neg(Lax.max(v, half)))));
          return Lax.select(Lax.lt(v, half), small, large);
        });
  }

  /** {@code x} limited to [-1, 1]; on the bounds the slope is 1. Integers stay integers. */
  public static Tensor hardTanh(Tensor x) {
    return Composed.of(
        x,
        v -> {
          if (v.dtype().isInteger() && v.dtype().isUnsigned()) {
            return Lax.min(v, number(v, 1));
          }
          Tensor one = number(v, 1);
          Tensor below = Lax.select(Lax.lt(v, Lax.neg(one)), Lax.neg(one), v);
          return Lax.select(Lax.gt(v, one), one, below);
        });
  }

  /** {@code x} where {@code |x| > threshold}, else 0. */
  public static Tensor hardShrink(Tensor x, double threshold) {
    return inexact(x, v -> Lax.select(Lax.gt(Lax.abs(v), number(v, threshold)), v, number(v, 0)));
  }

  /** {@code x} where {@code |x| > 0.5}, else 0. */
  public static Tensor hardShrink(Tensor x) {
    return hardShrink(x, 0.5);
  }

  /** {@code x} moved toward 0 by the threshold, 0 where it would cross. */
  public static Tensor softShrink(Tensor x, double threshold) {
    return inexact(
        x,
        v -> {
          Tensor t = number(v, threshold);
          Tensor below = Lax.select(Lax.lt(v, Lax.neg(t)), Lax.add(v, t), number(v, 0));
          return Lax.select(Lax.gt(v, t), Lax.sub(v, t), below);
        });
  }

  /** Like {@link #softShrink(Tensor, double)} with threshold 0.5. */
  public static Tensor softShrink(Tensor x) {
    return softShrink(x, 0.5);
  }

  /** {@code x} where {@code x > threshold}, else {@code otherwise}. */
  public static Tensor threshold(Tensor x, double threshold, double otherwise) {
    return inexact(x, v -> Lax.select(Lax.gt(v, number(v, threshold)), v, number(v, otherwise)));
  }

  /** 0 up to -1, {@code x} from 1 on, {@code (x + 1)² / 4} between. */
  public static Tensor sparsePlus(Tensor x) {
    return inexact(
        x,
        v -> {
          Tensor one = number(v, 1);
          Tensor shifted = Lax.add(v, one);
          Tensor middle = Lax.mul(Lax.mul(shifted, shifted), number(v, 0.25));
          Tensor upper = Lax.select(Lax.ge(v, one), v, middle);
          return Lax.select(Lax.le(v, Lax.neg(one)), number(v, 0), upper);
        });
  }

  /** {@code (x + 1) / 2} limited to [0, 1]. */
  public static Tensor sparseSigmoid(Tensor x) {
    return inexact(
        x,
        v -> {
          Tensor limited = Np.clip(Lax.add(v, number(v, 1)), 0.0, 2.0);
          return Lax.mul(limited, number(v, 0.5));
        });
  }

  /** {@code (x + sqrt(x² + b)) / 2}. */
  public static Tensor squareplus(Tensor x, double b) {
    return inexact(
        x,
        v -> {
          Tensor root = Lax.sqrt(Lax.add(Lax.mul(v, v), number(v, b)));
          return Lax.mul(Lax.add(v, root), number(v, 0.5));
        });
  }

  /** {@code (x + sqrt(x² + 4)) / 2}. */
  public static Tensor squareplus(Tensor x) {
    return squareplus(x, 4);
  }

  /** The first half of an axis times the sigmoid of the second. */
  public static Tensor glu(Tensor x, int axis) {
    return inexact(
        x,
        v -> {
          int at = Dims.axis("glu", axis, v.rank());
          long n = v.shape().dim(at);
          if (n % 2 != 0) {
            throw new OpException(
                "glu: the axis must have an even size: got axis " + at + " of " + v.type().brief());
          }
          Tensor value = Lax.sliceInDim(v, 0, n / 2, 1, at);
          Tensor gate = Lax.sliceInDim(v, n / 2, n, 1, at);
          return Lax.mul(value, Lax.logistic(gate));
        });
  }

  /** {@code e^x / sum(e^x)} over axes; none means the last. Without overflow in between. */
  public static Tensor softmax(Tensor x, int... axes) {
    return inexact(
        x,
        v -> {
          int[] reduced = orLast(axes);
          Tensor e = Lax.exp(shifted(v, reduced));
          return Np.divide(e, Np.sum(e, true, reduced));
        });
  }

  /** {@code log(softmax(x))} over axes; none means the last. */
  public static Tensor logSoftmax(Tensor x, int... axes) {
    return inexact(
        x,
        v -> {
          int[] reduced = orLast(axes);
          Tensor s = shifted(v, reduced);
          return Np.subtract(s, Lax.log(Np.sum(Lax.exp(s), true, reduced)));
        });
  }

  private static int[] orLast(int[] axes) {
    return axes.length == 0 ? new int[] {-1} : axes;
  }

  /** {@code x} minus its largest element, which changes neither softmax nor its derivative. */
  private static Tensor shifted(Tensor x, int[] axes) {
    Tensor max = Np.max(Transforms.stopGradient(x), true, axes);
    return Np.subtract(x, max);
  }

  /** The point of the probability simplex that is nearest to {@code x} along an axis. */
  public static Tensor sparsemax(Tensor x, int axis) {
    return inexact(
        x,
        v -> {
          Tensor descending = Lax.neg(Np.sort(Lax.neg(v), axis));
          Tensor sums = Np.cumsum(descending, axis);
          int at = Dims.axis("sparsemax", axis, v.rank());
          Tensor rank = Lax.add(Lax.iota(v.dtype(), at, v.shape().dims()), number(v, 1));
          Tensor excess = Lax.div(Lax.sub(sums, number(v, 1)), rank);
          Tensor support = Lax.gt(Lax.sub(descending, excess), number(v, 0));
          Tensor count = Np.sum(Lax.convertElementType(support, v.dtype()), true, axis);
          Tensor kept = Lax.select(support, sums, number(v, 0));
          Tensor tau = Lax.div(Np.subtract(Np.sum(kept, true, axis), 1.0), count);
          return Np.maximum(Np.subtract(v, tau), 0.0);
        });
  }

  /** The nearest point of the probability simplex along the last axis. */
  public static Tensor sparsemax(Tensor x) {
    return sparsemax(x, -1);
  }
}
