package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.Nn;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution by its input as a layer of its own; kernel {@code [spatial…,
 * filters, in]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseConvTranspose<L extends BaseConvTranspose<L>> extends KernelConv<L> {
  private @Nullable Variable kernel;

  BaseConvTranspose(Spec spec, int rank) {
    super(spec, rank);
  }

  private static Option<List<Integer>> outputPadding(int rank) {
    return Option.ints("output_padding", rank).nullable().nonNegative();
  }

  /** The table of a transposed convolution of this rank. */
  static Spec spec(String className, int rank) {
    // Keras' signature of the 3-D class has these two the other way round.
    Option<?> fourth = rank == 3 ? DATA_FORMAT : outputPadding(rank);
    Option<?> fifth = rank == 3 ? outputPadding(rank) : DATA_FORMAT;
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(
            FILTERS,
            kernelSize(rank),
            strides(rank),
            paddings("valid", "same"),
            fourth,
            fifth,
            dilation(rank),
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

  /** Elements added at the end of the output; default as many as the padding implies. */
  @CanIgnoreReturnValue
  public final L outputPadding(int... values) {
    return set(outputPadding(rank), sizes(rank, values));
  }

  @Override
  protected void build(Shape input) {
    requireStridesOrDilation(this, rank);
    int filters = get(FILTERS);
    kernel = addKernel("kernel", kernelShape(filters, channels(input)));
    buildBias(filters);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    List<Integer> extra = getOrNull(outputPadding(rank));
    ConvOptions options = convOptions();
    if (extra != null) {
      options = options.outputPadding(ints(extra));
    }
    return finish(Nn.convTranspose(x, Objects.requireNonNull(kernel).value(), options));
  }
}
