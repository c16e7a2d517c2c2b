package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.tracer.Tensor;

/** The positive part, with a slope below a threshold and a largest value. */
public final class ReLU extends Layer<ReLU> {
  private static final Option<Double> MAX_VALUE = Option.real("max_value").nullable().nonNegative();
  private static final Option<Double> NEGATIVE_SLOPE =
      Option.real("negative_slope").defaultTo(0.0).nonNegative();
  private static final Option<Double> THRESHOLD =
      Option.real("threshold").defaultTo(0.0).nonNegative();

  static final Spec SPEC =
      Spec.of("keras.layers", "ReLU")
          .base(OPTIONS)
          .options(MAX_VALUE, NEGATIVE_SLOPE, THRESHOLD)
          .create(() -> new ReLU());

  /** {@code max(x, 0)}. */
  public ReLU() {
    super(SPEC);
  }

  /** Largest value; default none. */
  @CanIgnoreReturnValue
  public ReLU maxValue(double value) {
    return set(MAX_VALUE, value);
  }

  /** Slope below the threshold; default 0. */
  @CanIgnoreReturnValue
  public ReLU negativeSlope(double value) {
    return set(NEGATIVE_SLOPE, value);
  }

  /** Values up to this count as negative; default 0. */
  @CanIgnoreReturnValue
  public ReLU threshold(double value) {
    return set(THRESHOLD, value);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Nn.relu(x, get(NEGATIVE_SLOPE), getOrNull(MAX_VALUE), get(THRESHOLD));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
