package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Uniform between {@code ±sqrt(3 / fanIn)} (LeCun et al. 1998). */
public final class LecunUniform extends FanInitializer {
  static final Spec SPEC =
      Spec.of("keras.initializers", "LecunUniform")
          .options(SEED, INPUT_AXES, OUTPUT_AXES)
          .create(LecunUniform::new);

  /** With a seed drawn once. */
  public LecunUniform() {
    super(SPEC);
  }

  /** With this seed; null draws one. */
  public LecunUniform(@Nullable Long seed) {
    this();
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return draw(shape, dtype, 1, Mode.FAN_IN, Distribution.UNIFORM);
  }
}
