package org.cornu.initializers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Normal, cut at two deviations (without making up for the cut in the deviation). */
public final class TruncatedNormal extends SeededInitializer {
  private static final Option<Double> MEAN = Option.real("mean").defaultTo(0.0);
  private static final Option<Double> STDDEV = Option.real("stddev").defaultTo(0.05);

  static final Spec SPEC =
      Spec.of("keras.initializers", "TruncatedNormal")
          .options(MEAN, STDDEV, SEED)
          .create(TruncatedNormal::new);

  /** With mean 0.0 and stddev 0.05. */
  public TruncatedNormal() {
    super(SPEC);
  }

  /**
   * Makes an initializer.
   *
   * @param mean the mean
   * @param stddev the standard deviation before the cut
   * @param seed null draws one
   */
  public TruncatedNormal(double mean, double stddev, @Nullable Long seed) {
    this();
    set(MEAN, mean);
    set(STDDEV, stddev);
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return spread(
        Random.truncatedNormal(key(), -2, 2, dtype, shape.dims()), get(STDDEV), get(MEAN));
  }
}
