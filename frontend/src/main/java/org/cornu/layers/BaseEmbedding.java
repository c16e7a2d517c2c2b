package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Np;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a learned table by number.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseEmbedding<L extends BaseEmbedding<L>> extends Layer<L> {
  static final Option<Integer> INPUT_DIM = Option.integer("input_dim").required().positive();
  static final Option<Integer> OUTPUT_DIM = Option.integer("output_dim").required().positive();
  static final Option<Initializer> INITIALIZER =
      Option.object("embeddings_initializer", Initializer.FAMILY).defaultTo("uniform");
  static final Option<Regularizer> REGULARIZER =
      Option.object("embeddings_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Constraint> CONSTRAINT =
      Option.object("embeddings_constraint", Constraint.FAMILY).nullable();
  static final Option<QuantizationConfig> QUANTIZATION_CONFIG =
      Option.object("quantization_config", QuantizationConfig.FAMILY).nullable();
  static final Option<Boolean> MASK_ZERO = Option.bool("mask_zero").defaultTo(false);

  @Nullable Variable embeddings;

  BaseEmbedding(Spec spec) {
    super(spec);
  }

  /** Initial rows; default uniform between -0.05 and 0.05. */
  @CanIgnoreReturnValue
  public final L embeddingsInitializer(Initializer value) {
    return set(INITIALIZER, value);
  }

  /** Penalty on the rows. */
  @CanIgnoreReturnValue
  public final L embeddingsRegularizer(@Nullable Regularizer value) {
    return set(REGULARIZER, value);
  }

  /** Projection of the rows after each update. */
  @CanIgnoreReturnValue
  public final L embeddingsConstraint(@Nullable Constraint value) {
    return set(CONSTRAINT, value);
  }

  /** Whether number 0 stands for padding that does not count; default false. */
  @CanIgnoreReturnValue
  public final L maskZero(boolean value) {
    return set(MASK_ZERO, value);
  }

  @Override
  protected final boolean autocastsInputs() {
    return false;
  }

  @Override
  protected void build(Shape input) {
    embeddings =
        weight("embeddings", Shape.of(get(INPUT_DIM), get(OUTPUT_DIM)))
            .initializer(get(INITIALIZER))
            .regularizer(getOrNull(REGULARIZER))
            .constraint(getOrNull(CONSTRAINT))
            .autocast(false)
            .add();
  }

  /** The rows of these numbers, in the type of computation. */
  final Tensor rows(Tensor numbers) {
    Tensor rows = Np.take(Objects.requireNonNull(embeddings).value(), wholeNumbers(numbers), 0);
    return Np.cast(rows, computeDType());
  }

  static Tensor wholeNumbers(Tensor x) {
    return x.dtype().isInteger() ? x : Np.cast(x, DType.I32);
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    boolean reverse = call.flag("reverse", false);
    return Collections.singletonList(
        get(MASK_ZERO) && !reverse ? Np.notEqual(inputs.get(0), 0) : null);
  }
}
