package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** One minus twice the common part of two soft regions over their sum. */
public final class Dice extends Loss {
  private static final Option<List<Integer>> AXIS = Option.axes("axis").nullable();

  static final Spec SPEC = spec("Dice", "dice").options(AXIS).aliases("dice").create(Dice::new);

  /** With the mean over the batch. */
  public Dice() {
    super(SPEC);
  }

  /** Axes that are summed; null for all, which gives one value for the whole batch. */
  @CanIgnoreReturnValue
  public Dice axis(int... values) {
    set(AXIS, values.length == 0 ? null : Arrays.stream(values).boxed().toList());
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.dice(yTrue, yPred, axes(getOrNull(AXIS)));
  }
}
