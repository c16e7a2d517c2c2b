package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Fully connected: {@code y = activation(x · kernel + bias)} over the last dimension; x {@code
 * [..., in]}, kernel {@code [in, units]}, bias {@code [units]}.
 */
public final class Dense extends KernelLayer<Dense> {
  private static final Option<Integer> UNITS = Option.integer("units").required().positive();
  private static final Option<Object> QUANTIZATION_CONFIG =
      Option.tree("quantization_config").nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "Dense")
          .base(OPTIONS)
          .options(
              UNITS,
              Kernel.ACTIVATION,
              Kernel.USE_BIAS,
              Kernel.KERNEL_INITIALIZER,
              Kernel.BIAS_INITIALIZER,
              Kernel.KERNEL_REGULARIZER,
              Kernel.BIAS_REGULARIZER,
              ACTIVITY_REGULARIZER,
              Kernel.KERNEL_CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Lora.RANK,
              Lora.ALPHA,
              QUANTIZATION_CONFIG)
          .create(Dense::new);

  private @Nullable Variable kernel;
  private @Nullable Variable bias;
  private @Nullable Lora lora;

  private Dense() {
    super(SPEC);
  }

  /** With this number of outputs. */
  @CanIgnoreReturnValue
  public Dense(int units) {
    this();
    set(UNITS, units);
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() < 2) {
      throw new OpException(
          name() + ": the input must have a batch and a feature dimension: got shape " + input);
    }
    long units = get(UNITS);
    kernel =
        addWeight(
            "kernel",
            Shape.of(input.dim(-1), units),
            get(Kernel.KERNEL_INITIALIZER),
            getOrNull(Kernel.KERNEL_REGULARIZER),
            getOrNull(Kernel.KERNEL_CONSTRAINT));
    if (get(Kernel.USE_BIAS)) {
      bias =
          addWeight(
              "bias",
              Shape.of(units),
              get(Kernel.BIAS_INITIALIZER),
              getOrNull(Kernel.BIAS_REGULARIZER),
              getOrNull(Kernel.BIAS_CONSTRAINT));
    }
    enableConfiguredLora();
  }

  /**
   * Freezes the kernel and trains a product of this rank beside it.
   *
   * @param rank columns of the first factor
   */
  public void enableLora(int rank) {
    if (lora != null) {
      throw new IllegalStateException(name() + ": lora is already enabled");
    }
    lora =
        addLora(
            Objects.requireNonNull(kernel, "not built"),
            "lora_kernel",
            rank,
            getOrNull(Lora.ALPHA));
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    Lora added = lora;
    if (added != null) {
      added.describe(config);
    }
    return config;
  }

  private void enableConfiguredLora() {
    Integer rank = getOrNull(Lora.RANK);
    if (rank != null) {
      enableLora(rank);
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Variable weights = Objects.requireNonNull(kernel);
    if (x.shape().dim(-1) != weights.shape().dim(0)) {
      throw new OpException(
          name()
              + ": the last dimension of the input must be "
              + weights.shape().dim(0)
              + ", for which the layer was built: got "
              + x.type().brief(),
          "pass inputs like the first one, or make another layer for these");
    }
    Lora added = lora;
    Tensor full = added == null ? weights.value() : Np.add(weights.value(), added.delta());
    Tensor y = Np.matmul(x, full);
    Variable offset = bias;
    return get(Kernel.ACTIVATION).apply(offset == null ? y : Np.add(y, offset.value()));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
