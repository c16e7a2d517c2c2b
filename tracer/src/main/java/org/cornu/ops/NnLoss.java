package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Nn} about class labels and losses of single samples. */
abstract sealed class NnLoss extends NnAttention permits NnSequence {
  /** Probabilities are kept this far from 0 and 1 before their logarithm is taken. */
  static final double EPSILON = 1e-7;

  /**
   * 1 at the class of each element, 0 elsewhere; all 0 where the class is out of range.
   *
   * @param axis of the classes in the result
   */
  public static Tensor oneHot(Tensor x, int classes, int axis, DType dtype) {
    return Composed.of(
        x,
        w -> {
          // a number that is no class, 1.9, matches none
          Tensor v = w.dtype() == DType.BOOL ? Lax.convertElementType(w, DType.I32) : w;
          int at = Dims.axis("oneHot", axis, v.rank() + 1);
          long[] dims = v.shape().insert(at, classes).dims();
          Tensor wanted = Np.expandDims(v, at);
          return Lax.convertElementType(Np.equal(wanted, Lax.iota(v.dtype(), at, dims)), dtype);
        });
  }

  /** 1 at the class of each element on a new last axis, in f32. */
  public static Tensor oneHot(Tensor x, int classes) {
    return oneHot(x, classes, -1, DType.F32);
  }

  /** 1 at each class that occurs along axis 1 (axis 0 of a vector), 0 elsewhere. */
  public static Tensor multiHot(Tensor x, int classes, int axis, DType dtype) {
    return Composed.of(
        x,
        v ->
            Np.max(
                oneHot(Lax.convertElementType(v, DType.I32), classes, axis, dtype),
                v.rank() > 1 ? 1 : 0));
  }

  private static void requireSameShape(String op, Tensor target, Tensor output) {
    if (!target.shape().equals(output.shape())) {
      throw new OpException(
          op
              + ": target and output must have one shape: got "
              + Dims.briefs(List.of(target, output)));
    }
  }

  /** Logarithm of the probabilities that an output stands for. */
  private static Tensor logProbabilities(Tensor output, boolean fromLogits, int axis) {
    Tensor v = Lax.convertElementType(output, Promotion.inexact(output.dtype()));
    if (fromLogits) {
      return NnActivation.logSoftmax(v, axis);
    }
    Tensor normalized = Np.divide(v, Np.sum(v, true, axis));
    return Lax.log(Np.clip(normalized, EPSILON, 1 - EPSILON));
  }

  /**
   * {@code -sum(target log p)} over the axis of the classes.
   *
   * @param fromLogits whether the output holds logits; else probabilities, which are normalized
   */
  public static Tensor categoricalCrossentropy(
      Tensor target, Tensor output, boolean fromLogits, int axis) {
    requireSameShape("categoricalCrossentropy", target, output);
    return Composed.of(
        target,
        output,
        (t, o) -> Np.negative(Np.sum(Np.multiply(t, logProbabilities(o, fromLogits, axis)), axis)));
  }

  /**
   * {@code -log p[target]} over the axis of the classes, f32 also for narrower outputs.
   *
   * @param target classes, integers, without that axis, or with size 1 in it; 0 loss out of range
   */
  public static Tensor sparseCategoricalCrossentropy(
      Tensor target, Tensor output, boolean fromLogits, int axis) {
    return Composed.of(
        target,
        output,
        (w, o) -> {
          Tensor t = Lax.convertElementType(w, DType.I32);
          if (t.rank() == o.rank() && t.rank() > 0 && t.shape().dim(-1) == 1) {
            t = Np.squeeze(t, -1);
          }
          int at = Dims.axis("sparseCategoricalCrossentropy", axis, o.rank());
          if (!t.shape().equals(o.shape().remove(at))) {
            throw new OpException(
                "sparseCategoricalCrossentropy: the target must have the shape of the output"
                    + " without the axis of the classes: got "
                    + Dims.briefs(List.of(w, o)));
          }
          Tensor logs = logProbabilities(o, fromLogits, at);
          Tensor hot = oneHot(t, o.size(at), at, DType.F32);
          return Np.negative(Np.sum(Np.multiply(hot, logs), at));
        });
  }

  /**
   * {@code -target log p - (1 - target) log(1 - p)}, elementwise.
   *
   * @param fromLogits whether the output holds logits; else probabilities
   */
  public static Tensor binaryCrossentropy(Tensor target, Tensor output, boolean fromLogits) {
    requireSameShape("binaryCrossentropy", target, output);
    return Composed.of(
        target,
        output,
        (t, w) -> {
          Tensor o = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          Tensor logP;
          Tensor logQ;
          if (fromLogits) {
            logP = NnActivation.logSigmoid(o);
            logQ = NnActivation.logSigmoid(Lax.neg(o));
          } else {
            Tensor p = Np.clip(o, EPSILON, 1 - EPSILON);
            logP = Lax.log(p);
            logQ = Lax.log(Np.subtract(1L, p));
          }
          Tensor sum = Np.add(Np.multiply(t, logP), Np.multiply(Np.subtract(1L, t), logQ));
          return Np.negative(sum);
        });
  }

  /**
   * Peak signal-to-noise ratio in decibels: {@code 20 log10(max) - 10 log10(mean((x - y)²))}.
   *
   * @param max largest value of a signal, which takes the type of {@code y}
   */
  public static Tensor psnr(Tensor x, Tensor y, double max) {
    requireSameShape("psnr", x, y);
    return Composed.of(
        x,
        y,
        (a, b) -> {
          Tensor error = Np.mean(Np.square(Np.subtract(a, b)));
          Tensor peak = Lax.full(b.dtype(), b.dtype().isInexact() ? max : Math.floor(max));
          return Np.subtract(Np.multiply(Np.log10(peak), 20L), Np.multiply(Np.log10(error), 10L));
        });
  }
}
