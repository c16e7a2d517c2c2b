package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.quantizers.AbsMaxQuantizer;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.quantizers.Quantizer;
import org.cornu.quantizers.Quantizers;
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
          .base(List.of(QUANTIZATION_CONFIG, Lora.RANK, Lora.ALPHA))
          .create(ReversibleEmbedding::new);

  private @Nullable Variable reverse;
  private @Nullable QuantizedReverse quantizedReverse;
  private @Nullable Quantizer inputs;

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
  void buildMore() {
    if (!get(TIE_WEIGHTS)) {
      reverse =
          addWeight(
              "reverse_embeddings", Shape.of(get(OUTPUT_DIM), get(INPUT_DIM)), get(INITIALIZER));
    }
  }

  @Override
  void buildMoreQuantized(QuantizedTable table, @Nullable QuantizationConfig config) {
    inputs = config == null ? new AbsMaxQuantizer() : config.activationQuantizer();
    if (!get(TIE_WEIGHTS)) {
      quantizedReverse = table.reversed(this);
    }
  }

  @Override
  void quantizeMore(QuantizedTable table, QuantizationConfig config) {
    Variable numbers = reverse;
    Tensor values = numbers == null ? null : numbers.value();
    if (numbers != null) {
      state().remove(numbers);
      reverse = null;
    }
    buildMoreQuantized(table, config);
    if (values != null) {
      Objects.requireNonNull(quantizedReverse).fill(values, config.weightQuantizer());
    }
  }

  @Override
  List<Variable> moreVariables() {
    QuantizedReverse integers = quantizedReverse;
    return integers != null ? integers.variables() : reverse == null ? List.of() : List.of(reverse);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    if (!call.flag("reverse", false)) {
      return lookUp(x);
    }
    QuantizedTable integers = quantized();
    Tensor scores = integers == null ? scores(x) : scores(x, integers);
    Double cap = getOrNull(LOGIT_SOFT_CAP);
    return cap == null ? scores : Np.multiply(Np.tanh(Np.divide(scores, cap)), cap);
  }

  private Tensor scores(Tensor x) {
    Variable back = reverse;
    Tensor input = x;
    Tensor table = back == null ? Np.transpose(table()) : back.value();
    String dtype = getOrNull(REVERSE_DTYPE);
    if (dtype != null) {
      input = Np.cast(input, DTypePolicy.kerasType(dtype));
      table = Np.cast(table, DTypePolicy.kerasType(dtype));
    }
    return Np.matmul(input, table);
  }

  private Tensor scores(Tensor x, QuantizedTable table) {
    QuantizedReverse own = quantizedReverse;
    Quantizer quantizer = inputs;
    Quantizers.Scaled input = quantizer == null ? null : quantizer.apply(x, -1);
    Tensor values = input == null ? x : input.values();
    Tensor scores =
        own != null ? own.product(values, computeDType()) : table.product(values, computeDType());
    return input == null ? scores : Np.cast(scores.div(input.scale()), computeDType());
  }
}
