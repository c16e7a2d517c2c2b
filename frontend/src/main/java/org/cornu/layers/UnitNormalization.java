package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.tracer.Tensor;

/** Scaled to length 1 over the given axes. */
public final class UnitNormalization extends Layer<UnitNormalization> {
  private static final Option<List<Integer>> AXIS = Option.axes("axis").defaultTo(-1);

  static final Spec SPEC =
      Spec.of("keras.layers", "UnitNormalization")
          .base(OPTIONS)
          .options(AXIS)
          .create(UnitNormalization::new);

  /** Over the last axis. */
  public UnitNormalization() {
    super(SPEC);
  }

  /** The axes that are normalized together; default the last. */
  @CanIgnoreReturnValue
  public UnitNormalization axis(int... axes) {
    return set(AXIS, Arrays.stream(axes).boxed().toList());
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Nn.normalize(x, 2, 1e-12, ConvLayer.ints(get(AXIS)));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
