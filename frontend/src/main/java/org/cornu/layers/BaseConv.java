package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
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
        .aliases(className.replace("Conv", "Convolution"));
  }

  /** Groups of channels that are convolved apart; default 1. */
  @CanIgnoreReturnValue
  public final L groups(int value) {
    return set(GROUPS, value);
  }

  @Override
  protected void build(Shape input) {
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
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return finish(Nn.conv(x, Objects.requireNonNull(kernel).value(), convOptions()));
  }
}
