package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/**
 * Circle loss (Sun et al. 2020): pulls unit embeddings {@code [batch, n]} of equal labels together
 * and pushes others apart, the further they are from their goal the harder.
 */
public final class Circle extends Loss {
  private static final Option<Double> GAMMA = Option.real("gamma").defaultTo(80.0);
  private static final Option<Double> MARGIN = Option.real("margin").defaultTo(0.4);
  private static final Option<Boolean> REMOVE_DIAGONAL =
      Option.bool("remove_diagonal").defaultTo(true);

  static final Spec SPEC =
      spec("Circle", "circle").options(GAMMA, MARGIN, REMOVE_DIAGONAL).create(Circle::new);

  /** With the mean over the samples whose loss is not zero. */
  public Circle() {
    super(SPEC);
  }

  /** Scale; default 80. */
  @CanIgnoreReturnValue
  public Circle gamma(double value) {
    set(GAMMA, value);
    return this;
  }

  /** Relaxation; default 0.4. */
  @CanIgnoreReturnValue
  public Circle margin(double value) {
    set(MARGIN, value);
    return this;
  }

  /** Whether a sample is not its own positive; default true. */
  @CanIgnoreReturnValue
  public Circle removeDiagonal(boolean value) {
    set(REMOVE_DIAGONAL, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.circle(yTrue, yPred, get(GAMMA), get(MARGIN), get(REMOVE_DIAGONAL));
  }

  @Override
  protected Tensor mask(Tensor yTrue, Tensor yPred, Tensor values) {
    return values.gt(0L);
  }
}
