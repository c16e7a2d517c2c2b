package org.cornu.initializers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Locale;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Random values of variance {@code scale / units}; the other fan initializers are cases of it. */
public final class VarianceScaling extends FanInitializer {
  private static final Option<Double> SCALE = Option.real("scale").defaultTo(1.0).positive();
  private static final Option<String> MODE =
      Option.choice("mode", "fan_in", "fan_out", "fan_avg").defaultTo("fan_in");
  private static final Option<String> DISTRIBUTION =
      Option.choice("distribution", "uniform", "truncated_normal", "untruncated_normal", "normal")
          .defaultTo("truncated_normal");

  static final Spec SPEC =
      Spec.of("keras.initializers", "VarianceScaling")
          .options(SCALE, MODE, DISTRIBUTION, SEED, INPUT_AXES, OUTPUT_AXES)
          .create(VarianceScaling::new);

  /** Truncated normal of variance {@code 1 / fanIn}. */
  public VarianceScaling() {
    super(SPEC);
  }

  /** The variance times the number of units; default 1. */
  @CanIgnoreReturnValue
  public VarianceScaling scale(double value) {
    set(SCALE, value);
    return this;
  }

  /** The units: {@code fan_in} (default), {@code fan_out} or their mean {@code fan_avg}. */
  @CanIgnoreReturnValue
  public VarianceScaling mode(String value) {
    set(MODE, value);
    return this;
  }

  /** {@code truncated_normal} (default), {@code untruncated_normal} or {@code uniform}. */
  @CanIgnoreReturnValue
  public VarianceScaling distribution(String value) {
    set(DISTRIBUTION, value.equals("normal") ? "truncated_normal" : value);
    return this;
  }

  /** The seed; null draws one. */
  @CanIgnoreReturnValue
  public VarianceScaling seed(@Nullable Long value) {
    set(SEED, value);
    return this;
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    String named = get(DISTRIBUTION);
    String distribution = named.equals("normal") ? "truncated_normal" : named;
    return draw(
        shape,
        dtype,
        get(SCALE),
        Mode.valueOf(get(MODE).toUpperCase(Locale.ROOT)),
        Distribution.valueOf(distribution.toUpperCase(Locale.ROOT)));
  }
}
