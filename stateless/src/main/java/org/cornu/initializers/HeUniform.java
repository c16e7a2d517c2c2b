package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Uniform between {@code ±sqrt(6 / fanIn)} (He et al. 2015). */
public final class HeUniform extends FanInitializer {
  static final Spec SPEC =
      Spec.of("keras.initializers", "HeUniform")
          .options(SEED, INPUT_AXES, OUTPUT_AXES)
          .create(HeUniform::new);

  /** With a seed drawn once. */
  public HeUniform() {
    super(SPEC);
  }

  /** With this seed; null draws one. */
  public HeUniform(@Nullable Long seed) {
    this();
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return draw(shape, dtype, 2, Mode.FAN_IN, Distribution.UNIFORM);
  }
}
