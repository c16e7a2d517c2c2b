package org.cornu.losses;

import java.util.List;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A function of labels and predictions to a number. Subclasses give the values per sample in {@link
 * #call}; masks, weights and the reduction are applied here as Keras does.
 */
public abstract class Loss extends Configured<Loss> {
  /** All losses, by name. */
  public static final Family<Loss> FAMILY = Family.of("loss", Loss.class);

  /** How values become one number. */
  public static final Option<String> REDUCTION =
      Option.choice(
              "reduction", "sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none")
          .defaultTo("sum_over_batch_size")
          .nullMeans("none");

  /** Name in logs. */
  public static final Option<String> NAME = Option.string("name").nullable();

  /** Type the loss is computed in. */
  public static final Option<Object> DTYPE = Option.tree("dtype").nullable();

  /** The options that all losses share. */
  public static final List<Option<?>> OPTIONS = List.of(NAME, REDUCTION, DTYPE);

  /** Makes a loss of this table. */
  protected Loss(Spec spec) {
    super(spec);
  }

  /**
   * The values before reduction.
   *
   * @param yTrue labels, ranks already aligned with the predictions
   * @param yPred predictions {@code [batch, ...]}
   * @return values {@code [batch, ...]}, usually without the last dimension
   */
  protected abstract Tensor call(Tensor yTrue, Tensor yPred);

  /** The loss of a batch without weights. */
  public final Tensor apply(Tensor yTrue, Tensor yPred) {
    return weighted(yTrue, yPred, null, null);
  }

  /**
   * The loss of a batch.
   *
   * @param sampleWeight weights that broadcast to the values, or null
   * @param mask bool tensor of the values that count, or null for all
   */
  public final Tensor weighted(
      Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight, @Nullable Tensor mask) {
    return Reducing.loss(
        this::call, yTrue, yPred, sampleWeight, mask, Reduction.of(get(REDUCTION)));
  }

  /** Changes the reduction. */
  public Loss reduction(String name) {
    return set(REDUCTION, name);
  }

  /** Changes the name. */
  public Loss name(String name) {
    return set(NAME, name);
  }
}
