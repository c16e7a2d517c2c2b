package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Dice with different weights for what is missed and wrongly found (Salehi et al. 2017). */
public final class Tversky extends Loss {
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(0.5);
  private static final Option<Double> BETA = Option.real("beta").defaultTo(0.5);
  private static final Option<List<Integer>> AXIS = Option.axes("axis").nullable();

  static final Spec SPEC =
      spec("Tversky", "tversky").options(ALPHA, BETA, AXIS).aliases("tversky").create(Tversky::new);

  /** With the mean over the batch. */
  public Tversky() {
    super(SPEC);
  }

  /** Weight of labels that were not predicted; default 0.5. */
  @CanIgnoreReturnValue
  public Tversky alpha(double value) {
    set(ALPHA, value);
    return this;
  }

  /** Weight of predictions without label; default 0.5. */
  @CanIgnoreReturnValue
  public Tversky beta(double value) {
    set(BETA, value);
    return this;
  }

  /** Axes that are summed; null for all, which gives one value for the whole batch. */
  @CanIgnoreReturnValue
  public Tversky axis(int... values) {
    set(AXIS, values.length == 0 ? null : Arrays.stream(values).boxed().toList());
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.tversky(yTrue, yPred, get(ALPHA), get(BETA), axes(getOrNull(AXIS)));
  }
}
