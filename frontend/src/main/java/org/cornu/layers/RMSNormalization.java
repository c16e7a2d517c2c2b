package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Divided by the root of the mean square over the given axes, then times a learned factor. */
public final class RMSNormalization extends Layer<RMSNormalization> {
  private static final Option<List<Integer>> AXIS = Option.ints("axis").defaultTo(-1);
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-6);

  static final Spec SPEC =
      Spec.of("keras.layers", "RMSNormalization")
          .base(OPTIONS)
          .options(AXIS, EPSILON)
          .create(RMSNormalization::new);

  private @Nullable Variable scale;

  /** Over the last axis. */
  public RMSNormalization() {
    super(SPEC);
  }

  /** The axes that are normalized together; default the last. */
  @CanIgnoreReturnValue
  public RMSNormalization axis(int... axes) {
    return set(AXIS, Arrays.stream(axes).boxed().toList());
  }

  /** Added to the mean square; default 1e-6. */
  @CanIgnoreReturnValue
  public RMSNormalization epsilon(double value) {
    return set(EPSILON, value);
  }

  @Override
  protected void build(Shape input) {
    scale = addWeight("scale", AffineLayer.sizes(input, get(AXIS)), "ones");
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Nn.rmsNormalization(
        x, Objects.requireNonNull(scale).value(), get(EPSILON), ConvLayer.ints(get(AXIS)));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
