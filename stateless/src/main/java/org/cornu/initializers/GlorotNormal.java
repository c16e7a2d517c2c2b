package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Normal with variance {@code 2 / (fanIn + fanOut)}, cut at two deviations (Glorot and Bengio
 * 2010).
 */
public final class GlorotNormal extends FanInitializer {
  static final Spec SPEC =
      Spec.of("keras.initializers", "GlorotNormal")
          .options(SEED, INPUT_AXES, OUTPUT_AXES)
          .create(GlorotNormal::new);

  /** With a seed drawn once. */
  public GlorotNormal() {
    super(SPEC);
  }

  /** With this seed; null draws one. */
  public GlorotNormal(@Nullable Long seed) {
    this();
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return draw(shape, dtype, 1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL);
  }
}
