package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An embedding that also goes back: called with {@code Call.DEFAULT.with("reverse", true)} it turns
 * vectors into scores of the numbers, by the same table or by another one.
 */
public final class ReversibleEmbedding extends BaseEmbedding<ReversibleEmbedding> {
  private static final Option<Boolean> TIE_WEIGHTS = Option.bool("tie_weights").defaultTo(true);
  private static final Option<String> REVERSE_DTYPE = Option.string("reverse_dtype").nullable();
  private static final Option<Double> LOGIT_SOFT_CAP = Option.real("logit_soft_cap").nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "ReversibleEmbedding")
          .base(OPTIONS)
          .options(
              INPUT_DIM,
              OUTPUT_DIM,
              TIE_WEIGHTS,
              INITIALIZER,
              REGULARIZER,
              Kernel.ACTIVITY_REGULARIZER,
              CONSTRAINT,
              MASK_ZERO,
              REVERSE_DTYPE,
              LOGIT_SOFT_CAP)
          .base(List.of(QUANTIZATION_CONFIG))
          .ignoring("lora_rank", "lora_alpha")
          .create(ReversibleEmbedding::new);

  private @Nullable Variable reverse;

  private ReversibleEmbedding() {
    super(SPEC);
  }

  /**
   * A table.
   *
   * @param inputDim how many numbers there are
   * @param outputDim length of the vectors
   */
  public ReversibleEmbedding(int inputDim, int outputDim) {
    this();
    set(INPUT_DIM, inputDim);
    set(OUTPUT_DIM, outputDim);
  }

  /** Whether the way back uses the same table; default true. */
  @CanIgnoreReturnValue
  public ReversibleEmbedding tieWeights(boolean value) {
    return set(TIE_WEIGHTS, value);
  }

  /** Type of the way back, {@code float32}; default that of the inputs. */
  @CanIgnoreReturnValue
  public ReversibleEmbedding reverseDtype(String value) {
    return set(REVERSE_DTYPE, value);
  }

  /** Bound of the scores: {@code cap tanh(score / cap)}. */
  @CanIgnoreReturnValue
  public ReversibleEmbedding logitSoftCap(double value) {
    return set(LOGIT_SOFT_CAP, value);
  }

  @Override
  protected void build(Shape input) {
    super.build(input);
    if (!get(TIE_WEIGHTS)) {
      reverse =
          addWeight(
              "reverse_embeddings", Shape.of(get(OUTPUT_DIM), get(INPUT_DIM)), get(INITIALIZER));
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    if (!call.flag("reverse", false)) {
      return rows(x);
    }
    Variable back = reverse;
    Tensor table =
        back == null ? Np.transpose(Objects.requireNonNull(embeddings).value()) : back.value();
    Tensor input = x;
    String dtype = getOrNull(REVERSE_DTYPE);
    if (dtype != null) {
      input = Np.cast(input, DTypePolicy.kerasType(dtype));
      table = Np.cast(table, DTypePolicy.kerasType(dtype));
    }
    Tensor scores = Np.matmul(input, table);
    Double cap = getOrNull(LOGIT_SOFT_CAP);
    return cap == null ? scores : Np.multiply(Np.tanh(Np.divide(scores, cap)), cap);
  }
}
