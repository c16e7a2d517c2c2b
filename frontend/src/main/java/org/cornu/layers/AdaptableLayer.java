package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Np;
import org.cornu.quantizers.Int4QuantizationConfig;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.quantizers.Quantizer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A product with one kernel, which can be quantized, and to which a product of low rank can be
 * added and trained in its place (Hu et al. 2021).
 *
 * @param <L> the layer class itself
 */
public abstract class AdaptableLayer<L extends AdaptableLayer<L>> extends KernelLayer<L> {
  static final Option<QuantizationConfig> QUANTIZATION_CONFIG =
      Option.object("quantization_config", QuantizationConfig.FAMILY).nullable();

  private @Nullable Shape shape;
  private @Nullable ScaleLayout layout;
  private @Nullable Variable kernel;
  private @Nullable QuantizedKernel quantized;
  private @Nullable Float8Scales float8;
  private @Nullable QuantizationConfig quantization;
  private @Nullable Lora lora;

  /** The bias, or null where there is none; subclasses make it. */
  @Nullable Variable bias;

  AdaptableLayer(Spec spec) {
    super(spec);
  }

  /** The product of an input with a kernel of the layer's shape. */
  abstract Tensor product(Tensor x, Tensor weights);

  /** Makes the kernel, as numbers or quantized as the policy says. */
  final void buildKernel(Shape kernelShape, ScaleLayout scales, Initializer initializer) {
    shape = kernelShape;
    layout = scales;
    quantization = getOrNull(QUANTIZATION_CONFIG);
    QuantizedDTypePolicy policy = QuantizedDTypePolicy.orNull(policy());
    if (policy != null && "float8".equals(policy.quantizationMode())) {
      float8 = new Float8Scales(this, policy.amaxHistoryLength());
    } else if (policy != null) {
      quantized = QuantizedKernel.build(this, kernelShape, scales, policy, quantization);
      return;
    }
    kernel =
        addWeight(
            "kernel",
            kernelShape,
            initializer,
            getOrNull(Kernel.KERNEL_REGULARIZER),
            getOrNull(Kernel.KERNEL_CONSTRAINT));
  }

  /** Adds the adaptation that the options ask for; at the end of {@code build}. */
  final void buildConfiguredLora() {
    Integer rank = getOrNull(Lora.RANK);
    if (rank != null) {
      enableLora(rank, getOrNull(Lora.ALPHA));
    }
  }

  /** {@link #enableLora(int, Integer)} with alpha equal to the rank. */
  public final void enableLora(int rank) {
    enableLora(rank, getOrNull(Lora.ALPHA));
  }

  /**
   * Freezes the kernel and trains a product of this rank beside it. When the layer is saved, the
   * product is added to the kernel.
   *
   * @param rank columns of the first factor
   * @param alpha the product is scaled by {@code alpha / rank}; null for the rank
   */
  public final void enableLora(int rank, @Nullable Integer alpha) {
    Shape whole = adaptable(shape, lora);
    if (float8 != null) {
      throw new UnsupportedOperationException(
          name() + ".enableLora: not possible in mode float8, as in Keras");
    }
    Variable frozen =
        kernel != null ? kernel : Objects.requireNonNull(quantized).variables().get(0);
    lora =
        addLora(
            frozen, "lora_kernel", rank, alpha, getOrNull(Kernel.KERNEL_REGULARIZER), whole.dims());
  }

  @Override
  public final boolean canBeQuantized(QuantizationConfig config) {
    return true;
  }

  @Override
  public final void quantize(QuantizationConfig config) {
    Variable numbers = kernel;
    if (numbers == null || float8 != null) {
      throw new IllegalStateException(
          name()
              + (shape == null
                  ? ".quantize: the layer is not built\n  hint: call it once, or buildFor"
                  : ".quantize: the layer is already quantized, as " + policy().name()));
    }
    if (config.mode().equals("int8") && computeDType() == DType.F16) {
      throw new IllegalStateException(
          name()
              + ".quantize: int8 does not go with computation in float16\n  hint: use"
              + " mixed_bfloat16");
    }
    String mode = config.mode();
    if (config instanceof Int4QuantizationConfig int4) {
      mode = "int4/" + int4.blockSize();
    }
    QuantizedDTypePolicy next = QuantizedDTypePolicy.of(mode, policy().name());
    quantization = config;
    try (NameScope scope = NameScope.open(state().path())) {
      if (mode.equals("float8")) {
        float8 = new Float8Scales(this, next.amaxHistoryLength());
      } else {
        Tensor values = numbers.value();
        Quantizer weights = config.weightQuantizer();
        state().remove(numbers);
        kernel = null;
        QuantizedKernel made =
            QuantizedKernel.build(
                this, numbers.shape(), Objects.requireNonNull(layout), next, config);
        made.fill(values, weights);
        quantized = made;
      }
    }
    state().changedPolicy(next);
  }

  /** The product with the kernel as it is now, adaptation included. */
  final Tensor kernelProduct(Tensor x) {
    Lora added = lora;
    QuantizedKernel integers = quantized;
    if (integers != null) {
      Tensor y = integers.product(x, this::product, computeDType());
      return added == null ? y : Np.add(y, Np.cast(product(x, added.delta()), y.dtype()));
    }
    Tensor weights = Objects.requireNonNull(kernel).value();
    Float8Scales scales = float8;
    if (scales != null) {
      return scales.product(x, weights, this::product, computeDType());
    }
    return product(
        x, added == null ? weights : Np.cast(Np.add(weights, added.delta()), computeDType()));
  }

  /** The result with bias and activation. */
  final Tensor finish(Tensor y) {
    Variable offset = bias;
    Tensor out = y;
    if (offset != null) {
      Tensor value = offset.value();
      if (float8 != null && computeDType() == DType.F32) { // as in Keras
        value = Np.cast(Np.cast(value, DType.BF16), DType.F32);
      }
      out = Np.add(y, value);
    }
    return get(Kernel.ACTIVATION).apply(out);
  }

  /** The shape of the kernel; the layer must be built. */
  final Shape kernelShape() {
    return Objects.requireNonNull(shape, "not built");
  }

  @Override
  public final List<Variable> savedVariables() {
    List<Variable> out = new ArrayList<>();
    QuantizedKernel integers = quantized;
    out.add(integers != null ? integers.variables().get(0) : Objects.requireNonNull(kernel));
    if (bias != null) {
      out.add(bias);
    }
    if (integers != null) {
      out.addAll(integers.variables().subList(1, integers.variables().size()));
    }
    if (float8 != null) {
      out.addAll(float8.variables());
    }
    return out;
  }

  /** With the adaptation added to the kernel. */
  @Override
  public final List<Tensor> savedValues() {
    List<Tensor> out = new ArrayList<>(super.savedValues());
    Lora added = lora;
    if (added == null) {
      return out;
    }
    QuantizedKernel integers = quantized;
    if (integers == null) {
      out.set(0, Np.add(out.get(0), added.delta()));
      return out;
    }
    List<Tensor> again =
        integers.quantized(Np.add(integers.numbers(DType.F32), added.delta()), null);
    int behind = bias == null ? 0 : 1;
    for (int i = 0; i < again.size(); i++) {
      out.set(i == 0 ? 0 : i + behind, again.get(i));
    }
    return out;
  }

  /** What was read holds the adaptation; it starts anew. */
  @Override
  public final void onLoaded() {
    if (lora != null) {
      lora.reset();
    }
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    config.put(
        QUANTIZATION_CONFIG.key(),
        writer.write(shape == null ? getOrNull(QUANTIZATION_CONFIG) : quantization));
    Lora added = lora;
    if (added != null) {
      added.describe(config);
    }
    return config;
  }
}
