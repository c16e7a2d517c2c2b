package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Fully connected over the axes that an equation names: {@code "abc,cde->abde"} turns {@code
 * [batch, time, features]} into {@code [batch, time, heads, size]}.
 */
public final class EinsumDense extends KernelLayer<EinsumDense> {
  private static final Option<String> EQUATION = Option.string("equation").required();
  private static final Option<List<@Nullable Integer>> OUTPUT_SHAPE =
      Option.of("output_shape", new SizesCodec()).required();
  private static final Option<String> BIAS_AXES = Option.string("bias_axes").nullable();
  private static final Option<Integer> GPTQ_COLUMNS =
      Option.integer("gptq_unpacked_column_size").nullable().omittedWhenNull();
  private static final Option<Object> QUANTIZATION_CONFIG =
      Option.tree("quantization_config").nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "EinsumDense")
          .base(OPTIONS)
          .options(
              EQUATION,
              OUTPUT_SHAPE,
              Kernel.ACTIVATION,
              BIAS_AXES,
              Kernel.KERNEL_INITIALIZER,
              Kernel.BIAS_INITIALIZER,
              Kernel.KERNEL_REGULARIZER,
              Kernel.BIAS_REGULARIZER,
              Kernel.ACTIVITY_REGULARIZER,
              Kernel.KERNEL_CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Lora.RANK,
              Lora.ALPHA,
              GPTQ_COLUMNS,
              QUANTIZATION_CONFIG)
          .create(EinsumDense::new);

  private @Nullable Variable kernel;
  private @Nullable Variable bias;
  private @Nullable Lora lora;

  private EinsumDense() {
    super(SPEC);
  }

  /**
   * With an equation of input, kernel and output.
   *
   * @param outputShape sizes of the output without the batch (and without what {@code ...} stands
   *     for); -1 for a size that is the input's
   */
  public EinsumDense(String equation, int... outputShape) {
    this();
    set(EQUATION, equation);
    List<@Nullable Integer> sizes = new ArrayList<>();
    for (int size : outputShape) {
      sizes.add(size < 0 ? null : (Integer) size);
    }
    set(OUTPUT_SHAPE, sizes);
  }

  /** The letters of the output that have a bias; default none. */
  @CanIgnoreReturnValue
  public EinsumDense biasAxes(@Nullable String value) {
    return set(BIAS_AXES, value);
  }

  @Override
  protected void build(Shape input) {
    EinsumEquation parts =
        EinsumEquation.of(get(EQUATION), getOrNull(BIAS_AXES), input, get(OUTPUT_SHAPE));
    kernel =
        addWeight(
            "kernel",
            parts.kernel(),
            fanned(get(Kernel.KERNEL_INITIALIZER), parts),
            getOrNull(Kernel.KERNEL_REGULARIZER),
            getOrNull(Kernel.KERNEL_CONSTRAINT));
    if (parts.bias() != null) {
      bias = addBiasOf(parts.bias());
    }
    enableConfiguredLora();
  }

  /** An initializer whose fans are unset gets those that the equation means. */
  private static Initializer fanned(Initializer initializer, EinsumEquation parts) {
    Map<String, @Nullable Object> config = initializer.getConfig();
    if (!config.containsKey("input_axes") || config.get("input_axes") != null) {
      return initializer;
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>(config);
    named.put("input_axes", parts.inputAxes());
    named.put("output_axes", parts.outputAxes());
    return Registry.global()
        .get(
            Initializer.FAMILY,
            Map.of("class_name", initializer.spec().className(), "config", named));
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
    Tensor weights = Objects.requireNonNull(kernel).value();
    Lora added = lora;
    if (added != null) {
      weights = Np.add(weights, added.delta());
    }
    Tensor y = Np.einsum(get(EQUATION), x, weights);
    Variable offset = bias;
    return get(Kernel.ACTIVATION).apply(offset == null ? y : Np.add(y, offset.value()));
  }
}
