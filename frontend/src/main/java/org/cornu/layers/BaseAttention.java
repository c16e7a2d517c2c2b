package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attention over unprojected inputs {@code [query, value]} or {@code [query, value, key]}, each
 * {@code [batch, length, features]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseAttention<L extends BaseAttention<L>> extends Layer<L> {
  static final Option<Double> DROPOUT = Option.real("dropout").defaultTo(0.0).within(0, 1);

  private @Nullable SeedGenerator seeds;

  BaseAttention(Spec spec) {
    super(spec);
  }

  /** Share of the attention dropped in training; default 0. */
  @CanIgnoreReturnValue
  public final L dropout(double value) {
    return set(DROPOUT, value);
  }

  /** Scores {@code [batch, query length, key length]}. */
  abstract Tensor scores(Tensor query, Tensor key);

  /** Makes the variables for queries of this shape. */
  abstract void buildScores(Shape query);

  @Override
  public final boolean takesListOfInputs() {
    return true;
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw new OpException(
          name() + ": takes [query, value] or [query, value, key]: got " + inputs.size());
    }
    buildScores(inputs.get(0));
    if (get(DROPOUT) > 0) {
      seeds = addSeedGenerator(spec().option("seed") == null ? null : getOrNull(RandomLayer.SEED));
    }
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    Tensor query = inputs.get(0);
    Tensor value = inputs.get(1);
    Tensor key = inputs.size() > 2 ? inputs.get(2) : value;
    Tensor scores = scores(query, key);
    Tensor mask = call.maskOf(1);
    if (mask != null) {
      mask = Np.expandDims(mask, -2);
    }
    if (call.flag("use_causal_mask", false)) {
      Tensor causal = AttentionMasks.causal(query.size(1), key.size(1));
      mask = mask == null ? causal : Np.logicalAnd(mask, causal);
    }
    if (mask != null) {
      double much = scores.dtype() == DType.F16 ? 65504 : 1e9;
      scores = Np.where(mask, scores, Np.subtract(scores, much));
    }
    Tensor weights = Nn.softmax(scores, -1);
    if (call.isTraining() && seeds != null) {
      weights =
          RandomLayer.dropout(
              weights, Objects.requireNonNull(seeds).next(), get(DROPOUT), weights.shape().dims());
    }
    Tensor output = Np.matmul(weights, value);
    Tensor queryMask = call.maskOf(0);
    if (queryMask != null) {
      output = Np.where(Np.expandDims(queryMask, -1), output, Lax.fullLike(output, 0));
    }
    return call.flag("return_attention_scores", false) ? List.of(output, weights) : List.of(output);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
