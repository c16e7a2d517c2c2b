package org.cornu.initializers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Random values whose spread falls with the number of inputs or outputs of a unit, so that signals
 * keep their size from layer to layer.
 */
public abstract class FanInitializer extends SeededInitializer {
  static final Option<List<Integer>> INPUT_AXES = Option.ints("input_axes").nullable();
  static final Option<List<Integer>> OUTPUT_AXES = Option.ints("output_axes").nullable();

  /** Standard deviation of a normal distribution cut at two of its deviations. */
  private static final double CUT_DEVIATION = 0.87962566103423978;

  /** Which number of units counts. */
  enum Mode {
    FAN_IN,
    FAN_OUT,
    FAN_AVG
  }

  /** What values are drawn from. */
  enum Distribution {
    UNIFORM,
    TRUNCATED_NORMAL,
    UNTRUNCATED_NORMAL
  }

  FanInitializer(Spec spec) {
    super(spec);
  }

  /**
   * Names the axes of a weight that count as inputs and as outputs, for weights that are neither
   * matrices nor convolution kernels.
   */
  @CanIgnoreReturnValue
  public final FanInitializer axes(int[] inputs, int[] outputs) {
    set(INPUT_AXES, Arrays.stream(inputs).boxed().toList());
    set(OUTPUT_AXES, Arrays.stream(outputs).boxed().toList());
    return this;
  }

  /** Whether the axes were named. */
  public final boolean hasAxes() {
    return getOrNull(INPUT_AXES) != null && getOrNull(OUTPUT_AXES) != null;
  }

  final Tensor draw(Shape shape, DType dtype, double scale, Mode mode, Distribution distribution) {
    Fans fans = Fans.of(shape, getOrNull(INPUT_AXES), getOrNull(OUTPUT_AXES));
    double units =
        switch (mode) {
          case FAN_IN -> fans.in();
          case FAN_OUT -> fans.out();
          case FAN_AVG -> (fans.in() + fans.out()) / 2;
        };
    double variance = scale / Math.max(1, units);
    return switch (distribution) {
      case UNIFORM -> {
        double limit = Math.sqrt(3 * variance);
        yield Random.uniform(key(), -limit, limit, dtype, shape.dims());
      }
      case TRUNCATED_NORMAL ->
          spread(
              Random.truncatedNormal(key(), -2, 2, dtype, shape.dims()),
              Math.sqrt(variance) / CUT_DEVIATION,
              0);
      case UNTRUNCATED_NORMAL ->
          spread(Random.normal(key(), dtype, shape.dims()), Math.sqrt(variance), 0);
    };
  }
}
