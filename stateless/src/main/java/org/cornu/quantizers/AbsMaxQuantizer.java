package org.cornu.quantizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Scales by the largest absolute value: see {@link Quantizers#absMaxQuantize}. */
public final class AbsMaxQuantizer extends Quantizer {
  private static final Option<List<Integer>> AXIS =
      Option.ints("axis").nullable().omittedWhenNull();
  private static final Option<List<Integer>> VALUE_RANGE =
      Option.ints("value_range", 2).defaultTo(List.of(-127, 127));
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-7);

  static final Spec SPEC =
      Spec.of("keras.quantizers", "AbsMaxQuantizer")
          .options(AXIS, VALUE_RANGE, EPSILON, OUTPUT_DTYPE)
          .create(AbsMaxQuantizer::new);

  /** To integers between -127 and 127. */
  public AbsMaxQuantizer() {
    super(SPEC);
  }

  /** To integers of this range. */
  @CanIgnoreReturnValue
  public AbsMaxQuantizer valueRange(int low, int high) {
    set(VALUE_RANGE, List.of(low, high));
    return this;
  }

  /** The range of the integers: least and greatest. */
  public List<Integer> valueRange() {
    return get(VALUE_RANGE);
  }

  @Override
  public Quantizers.Scaled apply(Tensor x, int... axes) {
    List<Integer> range = valueRange();
    return Quantizers.absMaxQuantize(x, range.get(0), range.get(1), get(EPSILON), axes);
  }
}
