package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Normal with variance {@code 1 / fanIn}, cut at two deviations (LeCun et al. 1998). */
public final class LecunNormal extends FanInitializer {
  static final Spec SPEC =
      Spec.of("keras.initializers", "LecunNormal")
          .options(SEED, INPUT_AXES, OUTPUT_AXES)
          .create(LecunNormal::new);

  /** With a seed drawn once. */
  public LecunNormal() {
    super(SPEC);
  }

  /** With this seed; null draws one. */
  public LecunNormal(@Nullable Long seed) {
    this();
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return draw(shape, dtype, 1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
  }
}
