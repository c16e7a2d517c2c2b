package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The part of {@link Nn} about attention. */
abstract sealed class NnAttention extends NnNormalization permits NnLoss {

  /**
   * {@code softmax(scale q kᵀ + bias) v} for each head. Scores and softmax are computed in f32 at
   * least. A target that sees no source gets the mean of all values.
   *
   * @param query {@code [batch, targets, heads, depth]}
   * @param key {@code [batch, sources, keyHeads, depth]}; heads is a multiple of keyHeads, and
   *     neighbouring heads share a key
   * @param value {@code [batch, sources, keyHeads, valueDepth]}
   * @return {@code [batch, targets, heads, valueDepth]}
   */
  public static Tensor dotProductAttention(
      Tensor query, Tensor key, Tensor value, Attention options) {
    return optional(
        Arrays.asList(query, key, value, options.bias(), options.mask()),
        v -> {
          Tensor[] c =
              Dims.cast(
                  Dims.promoted(required(v[0]), required(v[1]), required(v[2])),
                  required(v[0]),
                  required(v[1]),
                  required(v[2]));
          return attention(c[0], c[1], c[2], v[3], v[4], options);
        });
  }

  /** Attention without bias and mask, with scale {@code 1 / sqrt(depth)}. */
  public static Tensor dotProductAttention(Tensor query, Tensor key, Tensor value) {
    return dotProductAttention(query, key, value, Attention.DEFAULT);
  }

  private static Tensor attention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor bias,
      @Nullable Tensor mask,
      Attention options) {
    if (query.rank() != 4 || key.rank() != 4 || value.rank() != 4) {
      throw new OpException(
          "dotProductAttention: query, key and value must be [batch, time, heads, depth]: got "
              + Dims.briefs(List.of(query, key, value)));
    }
    long batch = query.shape().dim(0);
    long targets = query.shape().dim(1);
    long heads = query.shape().dim(2);
    long depth = query.shape().dim(3);
    long sources = key.shape().dim(1);
    long keyHeads = key.shape().dim(2);
    if (keyHeads == 0 || heads % keyHeads != 0 || key.shape().dim(3) != depth) {
      throw new OpException(
          "dotProductAttention: depths must be equal and heads a multiple of the heads of the"
              + " keys: got "
              + Dims.briefs(List.of(query, key, value)));
    }
    long groups = heads / keyHeads;
    DType wide = Promotion.wide(query.dtype());
    // Grouped heads are folded into the targets: one product for each head of the keys.
    Tensor folded =
        Lax.reshape(
            Lax.transpose(
                Lax.reshape(query, batch, targets, keyHeads, groups, depth), 0, 2, 3, 1, 4),
            batch,
            keyHeads,
            groups * targets,
            depth);
    Tensor scores =
        Lax.dotGeneral(
            folded,
            key,
            new DimensionNumbers.Dot(List.of(0L, 1L), List.of(0L, 2L), List.of(3L), List.of(3L)),
            null,
            wide);
    scores = Lax.reshape(scores, batch, heads, targets, sources);
    double scale = options.scale() != null ? options.scale() : 1 / Math.sqrt(depth);
    scores = Lax.mul(scores, Dims.constant(scores, scale));
    if (options.softCap() != null) {
      Tensor cap = Dims.constant(scores, 1 / options.softCap());
      Tensor one = Dims.constant(scores, 1);
      scores = Lax.div(scores, Lax.add(one, Lax.mul(Lax.abs(scores), cap)));
    }
    if (bias != null) {
      scores = Np.add(scores, Lax.convertElementType(fourAxes(bias, heads), wide));
    }
    Tensor visible = mask == null ? null : fourAxes(Np.cast(mask, DType.BOOL), heads);
    if (options.isCausal()) {
      Tensor row = Lax.iota(DType.I32, 0, targets, sources);
      Tensor column = Lax.iota(DType.I32, 1, targets, sources);
      Tensor past = Lax.ge(row, column);
      visible = visible == null ? past : Np.logicalAnd(visible, past);
    }
    if (visible != null) {
      scores = Np.where(visible, scores, -0.7 * Limits.max(wide));
    }
    Tensor weights = Lax.convertElementType(NnActivation.softmax(scores), key.dtype());
    Tensor out =
        Lax.dotGeneral(
            Lax.reshape(weights, batch, keyHeads, groups * targets, sources),
            value,
            new DimensionNumbers.Dot(List.of(0L, 1L), List.of(0L, 2L), List.of(3L), List.of(1L)),
            null,
            null);
    long valueDepth = value.shape().dim(3);
    return Lax.transpose(Lax.reshape(out, batch, heads, targets, valueDepth), 0, 2, 1, 3);
  }

  /** A bias or mask of fewer axes: those of batch and heads are put in. */
  private static Tensor fourAxes(Tensor x, long heads) {
    Tensor out = x;
    while (out.rank() < 4) {
      boolean hasHeads = out.rank() == 3 && out.shape().dim(1) == heads;
      out = out.rank() == 3 ? Np.expandDims(out, hasHeads ? 2 : 1) : Np.expandDims(out, 0);
    }
    return out;
  }
}
