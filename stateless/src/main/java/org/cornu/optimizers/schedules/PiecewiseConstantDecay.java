package org.cornu.optimizers.schedules;

import java.util.List;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** One value up to and including each boundary, another after the last. */
public final class PiecewiseConstantDecay extends LearningRateSchedule {
  private static final Option<List<Double>> BOUNDARIES = Option.reals("boundaries").required();
  private static final Option<List<Double>> VALUES = Option.reals("values").required();
  private static final Option<String> NAME = Option.string("name").defaultTo("PiecewiseConstant");

  static final Spec SPEC =
      Spec.of("keras.optimizers.schedules", "PiecewiseConstantDecay")
          .options(BOUNDARIES, VALUES, NAME)
          .create(PiecewiseConstantDecay::new);

  private PiecewiseConstantDecay() {
    super(SPEC);
  }

  /**
   * Makes a schedule.
   *
   * @param boundaries steps, rising
   * @param values one more than boundaries
   */
  public PiecewiseConstantDecay(List<Double> boundaries, List<Double> values) {
    this();
    set(BOUNDARIES, boundaries);
    set(VALUES, values);
    check();
  }

  private void check() {
    if (get(VALUES).size() != get(BOUNDARIES).size() + 1) {
      throw new ConfigException(
          "PiecewiseConstantDecay: there must be one more value than boundaries: got "
              + get(BOUNDARIES)
              + " and "
              + get(VALUES));
    }
  }

  @Override
  public Tensor apply(Tensor step) {
    check();
    Tensor at = step.astype(DType.F32);
    List<Double> boundaries = get(BOUNDARIES);
    Tensor value = Lax.full(DType.F32, get(VALUES).get(boundaries.size()));
    for (int i = boundaries.size() - 1; i >= 0; i--) {
      value = Np.where(at.le(boundaries.get(i)), get(VALUES).get(i), value);
    }
    return value;
  }
}
