package org.cornu.initializers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Uniform between two bounds. */
public final class RandomUniform extends SeededInitializer {
  private static final Option<Double> MINVAL = Option.real("minval").defaultTo(-0.05);
  private static final Option<Double> MAXVAL = Option.real("maxval").defaultTo(0.05);

  static final Spec SPEC =
      Spec.of("keras.initializers", "RandomUniform")
          .options(MINVAL, MAXVAL, SEED)
          .aliases("uniform")
          .create(RandomUniform::new);

  /** With minval -0.05 and maxval 0.05. */
  public RandomUniform() {
    super(SPEC);
  }

  /**
   * Makes an initializer.
   *
   * @param minval the lower bound
   * @param maxval the upper bound, not reached
   * @param seed null draws one
   */
  public RandomUniform(double minval, double maxval, @Nullable Long seed) {
    this();
    set(MINVAL, minval);
    set(MAXVAL, maxval);
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return Random.uniform(key(), get(MINVAL), get(MAXVAL), dtype, shape.dims());
  }
}
