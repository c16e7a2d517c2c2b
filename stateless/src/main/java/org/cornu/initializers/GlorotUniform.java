package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Uniform between {@code ±sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010). */
public final class GlorotUniform extends FanInitializer {
  static final Spec SPEC =
      Spec.of("keras.initializers", "GlorotUniform")
          .options(SEED, INPUT_AXES, OUTPUT_AXES)
          .create(GlorotUniform::new);

  /** With a seed drawn once. */
  public GlorotUniform() {
    super(SPEC);
  }

  /** With this seed; null draws one. */
  public GlorotUniform(@Nullable Long seed) {
    this();
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return draw(shape, dtype, 1, Mode.FAN_AVG, Distribution.UNIFORM);
  }
}
