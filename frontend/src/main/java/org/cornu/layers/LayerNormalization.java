package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** Mean 0 and variance 1 over the given axes of each sample, then a learned factor and offset. */
public final class LayerNormalization extends AffineLayer<LayerNormalization> {
  private static final Option<List<Integer>> AXIS = Option.ints("axis").defaultTo(-1);

  private static final Option<Boolean> RMS_SCALING =
      Option.bool("rms_scaling")
          .defaultTo(false)
          .where("must be false (RMSNormalization does what it meant)", given -> !given);

  static final Spec SPEC =
      Spec.of("keras.layers", "LayerNormalization")
          .base(OPTIONS)
          .options(
              AXIS,
              EPSILON,
              CENTER,
              SCALE,
              BETA_INITIALIZER,
              GAMMA_INITIALIZER,
              BETA_REGULARIZER,
              GAMMA_REGULARIZER,
              BETA_CONSTRAINT,
              GAMMA_CONSTRAINT)
          .base(List.of(RMS_SCALING))
          .create(LayerNormalization::new);

  /** Over the last axis. */
  public LayerNormalization() {
    super(SPEC);
  }

  /** The axes that are normalized together; default the last. */
  @CanIgnoreReturnValue
  public LayerNormalization axis(int... axes) {
    return set(AXIS, Arrays.stream(axes).boxed().toList());
  }

  @Override
  protected void build(Shape input) {
    addAffine(sizes(input, get(AXIS)));
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor y = Nn.layerNormalization(x, gamma(), beta(), get(EPSILON), ConvLayer.ints(get(AXIS)));
    return Np.cast(y, computeDType());
  }
}
