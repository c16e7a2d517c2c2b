package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Attention by a weighted sum of {@code tanh(query + key)} (Bahdanau). */
public final class AdditiveAttention extends BaseAttention<AdditiveAttention> {
  private static final Option<Boolean> USE_SCALE = Option.bool("use_scale").defaultTo(true);

  static final Spec SPEC =
      Spec.of("keras.layers", "AdditiveAttention")
          .base(OPTIONS)
          .options(USE_SCALE, DROPOUT)
          .base(List.of(RandomLayer.SEED))
          .create(AdditiveAttention::new);

  private @Nullable Variable scale;

  /** With learned weights of the sum. */
  public AdditiveAttention() {
    super(SPEC);
  }

  /** Whether the weights of the sum are learned, or 1; default true. */
  @CanIgnoreReturnValue
  public AdditiveAttention useScale(boolean value) {
    return set(USE_SCALE, value);
  }

  @Override
  void buildScores(Shape query) {
    if (get(USE_SCALE)) {
      scale = addWeight("scale", Shape.of(query.dim(-1)), "glorot_uniform");
    }
  }

  @Override
  Tensor scores(Tensor query, Tensor key) {
    Tensor sums = Np.tanh(Np.add(Np.expandDims(query, -2), Np.expandDims(key, -3)));
    Variable weights = scale;
    return Np.sum(weights == null ? sums : Np.multiply(weights.value(), sums), -1);
  }
}
