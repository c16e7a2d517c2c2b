package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Normal with variance {@code 2 / fanIn}, cut at two deviations (He et al. 2015). */
public final class HeNormal extends FanInitializer {
  static final Spec SPEC =
      Spec.of("keras.initializers", "HeNormal")
          .options(SEED, INPUT_AXES, OUTPUT_AXES)
          .create(HeNormal::new);

  /** With a seed drawn once. */
  public HeNormal() {
    super(SPEC);
  }

  /** With this seed; null draws one. */
  public HeNormal(@Nullable Long seed) {
    this();
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return draw(shape, dtype, 2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
  }
}
