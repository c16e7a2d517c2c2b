package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Fully connected over the axes that an equation names: {@code "abc,cde->abde"} turns {@code
 * [batch, time, features]} into {@code [batch, time, heads, size]}.
 */
public final class EinsumDense extends AdaptableLayer<EinsumDense> {
  private static final Option<String> EQUATION = Option.string("equation").required();
  private static final Option<List<@Nullable Integer>> OUTPUT_SHAPE =
      Option.of("output_shape", new SizesCodec()).required();
  private static final Option<String> BIAS_AXES = Option.string("bias_axes").nullable();
  private static final Option<Integer> GPTQ_COLUMNS =
      Option.integer("gptq_unpacked_column_size").nullable().omittedWhenNull();

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
    buildKernel(parts.kernel(), parts.scales(), fanned(get(Kernel.KERNEL_INITIALIZER), parts));
    if (parts.bias() != null) {
      bias = addBiasOf(parts.bias());
    }
    buildConfiguredLora();
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

  @Override
  Tensor product(Tensor x, Tensor weights) {
    return Np.einsum(get(EQUATION), x, weights);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return finish(kernelProduct(x));
  }
}
