package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over {@code rank} spatial dimensions; kernel {@code [spatial…, in / groups,
 * filters]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseConv<L extends BaseConv<L>> extends KernelConv<L> {
  private static final Option<Integer> GROUPS = Option.integer("groups").defaultTo(1).positive();

  private @Nullable Variable kernel;
  private @Nullable Lora lora;

  BaseConv(Spec spec, int rank) {
    super(spec, rank);
  }

  /** The table of a convolution of this rank. */
  static Spec spec(String className, int rank, String... paddings) {
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(
            FILTERS,
            kernelSize(rank),
            strides(rank),
            paddings(paddings),
            DATA_FORMAT,
            dilation(rank),
            GROUPS,
            Kernel.ACTIVATION,
            Kernel.USE_BIAS,
            Kernel.KERNEL_INITIALIZER,
            Kernel.BIAS_INITIALIZER,
            Kernel.KERNEL_REGULARIZER,
            Kernel.BIAS_REGULARIZER,
            Kernel.ACTIVITY_REGULARIZER,
            Kernel.KERNEL_CONSTRAINT,
            Kernel.BIAS_CONSTRAINT)
        .base(List.of(Lora.RANK, Lora.ALPHA)) // Keras' classes pass them on to their base
        .aliases(className.replace("Conv", "Convolution"));
  }

  /** Groups of channels that are convolved apart; default 1. */
  @CanIgnoreReturnValue
  public final L groups(int value) {
    return set(GROUPS, value);
  }

  @Override
  protected void build(Shape input) {
    requireStridesOrDilation(this, rank);
    long channels = channels(input);
    int groups = get(GROUPS);
    int filters = get(FILTERS);
    if (channels % groups != 0 || filters % groups != 0) {
      throw new OpException(
          name()
              + ": channels and filters must be divisible by groups: got "
              + channels
              + " channels, "
              + filters
              + " filters, "
              + groups
              + " groups");
    }
    kernel = addKernel("kernel", kernelShape(channels / groups, filters));
    buildBias(filters);
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
   * Freezes the kernel and trains a product {@code [spatial…, in / groups, rank] · [rank, filters]}
   * beside it. When the layer is saved, the product is added to the kernel.
   *
   * @param rank columns of the first factor
   * @param alpha the product is scaled by {@code alpha / rank}; null for the rank
   */
  public final void enableLora(int rank, @Nullable Integer alpha) {
    Variable frozen = adaptable(kernel, lora);
    lora =
        addLora(
            frozen,
            "lora_kernel",
            rank,
            alpha,
            getOrNull(Kernel.KERNEL_REGULARIZER),
            frozen.shape().dims());
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor weights = Objects.requireNonNull(kernel).value();
    Lora added = lora;
    if (added != null) {
      weights = Np.cast(Np.add(weights, added.delta()), computeDType());
    }
    return finish(Nn.conv(x, weights, convOptions()));
  }

  @Override
  public List<Variable> savedVariables() {
    Lora added = lora;
    return added == null
        ? super.savedVariables()
        : super.savedVariables().stream().filter(v -> v != added.a && v != added.b).toList();
  }

  /** With the adaptation added to the kernel. */
  @Override
  public List<Tensor> savedValues() {
    List<Tensor> out = new ArrayList<>(super.savedValues());
    if (lora != null) {
      int at = savedVariables().indexOf(kernel);
      out.set(at, Np.add(out.get(at), lora.delta()));
    }
    return out;
  }

  /** What was read holds the adaptation; it starts anew. */
  @Override
  public void onLoaded() {
    if (lora != null) {
      lora.reset();
    }
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    if (lora != null) {
      lora.describe(config);
    }
    return config;
  }
}
