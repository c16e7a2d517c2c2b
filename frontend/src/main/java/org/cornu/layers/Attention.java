package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Attention by products of queries and keys, or by a sum of tanh (Luong). */
public final class Attention extends BaseAttention<Attention> {
  private static final Option<Boolean> USE_SCALE = Option.bool("use_scale").defaultTo(false);
  private static final Option<String> SCORE_MODE =
      Option.choice("score_mode", "dot", "concat").defaultTo("dot");

  static final Spec SPEC =
      Spec.of("keras.layers", "Attention")
          .base(OPTIONS)
          .options(USE_SCALE, SCORE_MODE, DROPOUT, RandomLayer.SEED)
          .create(Attention::new);

  private @Nullable Variable scale;
  private @Nullable Variable concatWeight;

  /** By products that are not scaled. */
  public Attention() {
    super(SPEC);
  }

  /** Whether a factor of the scores is learned; default false. */
  @CanIgnoreReturnValue
  public Attention useScale(boolean value) {
    return set(USE_SCALE, value);
  }

  /** {@code dot} (default) or {@code concat}. */
  @CanIgnoreReturnValue
  public Attention scoreMode(String value) {
    return set(SCORE_MODE, value);
  }

  /** Seed of the dropout; default a random one. */
  @CanIgnoreReturnValue
  public Attention seed(long value) {
    return set(RandomLayer.SEED, value);
  }

  @Override
  void buildScores(Shape query) {
    if (get(USE_SCALE)) {
      scale = addWeight("scale", Shape.of(), "ones");
    }
    if (get(SCORE_MODE).equals("concat")) {
      concatWeight = addWeight("concat_score_weight", Shape.of(), "ones");
    }
  }

  @Override
  Tensor scores(Tensor query, Tensor key) {
    Variable factor = scale;
    Variable weight = concatWeight;
    if (weight == null) {
      Tensor scores = Np.matmul(query, Np.swapaxes(key, -2, -1));
      return factor == null ? scores : Np.multiply(scores, factor.value());
    }
    Tensor sums = Np.add(Np.expandDims(query, -2), Np.expandDims(key, -3));
    Tensor scaled = factor == null ? sums : Np.multiply(factor.value(), sums);
    return Np.multiply(weight.value(), Np.sum(Np.tanh(scaled), -1));
  }
}
