package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A function of labels and predictions to a number. Subclasses give the values per sample in {@link
 * #call}; types, masks, weights and the reduction are applied here as Keras does.
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

  /** Type the loss is computed in; f32 where none is given. */
  public static final Option<String> DTYPE = Option.string("dtype").nullable().notInConfig();

  /** The options that all losses share. */
  public static final List<Option<?>> OPTIONS = List.of(NAME, REDUCTION, DTYPE);

  /** Makes a loss of this table. */
  protected Loss(Spec spec) {
    super(spec);
  }

  /** The table of one of Keras' losses. */
  static Spec spec(String className, String name) {
    return Spec.of("keras.losses", className).base(OPTIONS).options(NAME.defaultTo(name));
  }

  /**
   * The values before reduction.
   *
   * @param yTrue labels, of the loss's type, ranks already aligned with the predictions
   * @param yPred predictions {@code [batch, ...]}, of the loss's type
   * @return values {@code [batch, ...]}, usually without the last dimension
   */
  protected abstract Tensor call(Tensor yTrue, Tensor yPred);

  /**
   * Which values count, where that depends on the labels; null for all.
   *
   * @param values what {@link #call} returned
   */
  protected @Nullable Tensor mask(Tensor yTrue, Tensor yPred, Tensor values) {
    return null;
  }

  /** The loss of a batch without weights. */
  public final Tensor apply(Tensor yTrue, Tensor yPred) {
    return weighted(yTrue, yPred, null, null);
  }

  /**
   * The loss of a batch.
   *
   * @param sampleWeight weights that broadcast to the values, or null
   * @param mask bool tensor of the values that count, or null for all
   * @return a scalar; with reduction {@code none} the weighted values
   */
  public final Tensor weighted(
      Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight, @Nullable Tensor mask) {
    DType dtype = dtype();
    Tensor labels = Lax.convertElementType(yTrue, dtype);
    Tensor predictions = Lax.convertElementType(yPred, dtype);
    Tensor t = Reducing.align(labels, predictions);
    Tensor p = Reducing.align(predictions, labels);
    Tensor values = call(t, p);
    Tensor own = mask(t, p, values);
    Tensor counted =
        own == null
            ? mask
            : mask == null ? own : Np.logicalAnd(Lax.convertElementType(mask, DType.BOOL), own);
    return Reducing.reduce(values, sampleWeight, counted, reduction());
  }

  /** Type the loss is computed in. */
  public final DType dtype() {
    String name = getOrNull(DTYPE);
    return name == null ? DType.F32 : Promotion.byName(name);
  }

  /** How values become one number. */
  public final Reduction reduction() {
    return Reduction.of(get(REDUCTION));
  }

  /** Changes the reduction. */
  @CanIgnoreReturnValue
  public Loss reduction(String name) {
    return set(REDUCTION, name);
  }

  /** Changes the name. */
  @CanIgnoreReturnValue
  public Loss name(String name) {
    return set(NAME, name);
  }

  /** Changes the type it is computed in: {@code float64}. */
  @CanIgnoreReturnValue
  public Loss dtype(String name) {
    return set(DTYPE, name);
  }

  /** The axes of an option; none for all. */
  static int[] axes(@Nullable List<Integer> axes) {
    return axes == null ? new int[0] : axes.stream().mapToInt(Integer::intValue).toArray();
  }
}
