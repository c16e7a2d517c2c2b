package org.cornu.optimizers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.tracer.Tensor;

/**
 * Adam (Kingma and Ba 2014): moving averages of the gradient and its square. Epsilon is added after
 * the correction of the step size, as in Keras ("epsilon hat" of the paper).
 */
public final class Adam extends Optimizer {
  private static final Option<Double> BETA_1 = Option.real("beta_1").defaultTo(0.9).within(0, 1);
  private static final Option<Double> BETA_2 = Option.real("beta_2").defaultTo(0.999).within(0, 1);
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-7);
  private static final Option<Boolean> AMSGRAD = Option.bool("amsgrad").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Adam")
          .base(OPTIONS)
          .options(BETA_1, BETA_2, EPSILON, AMSGRAD)
          .create(Adam::new);

  /** With learning rate 0.001. */
  public Adam() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Adam(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** Share of the old mean that stays at each step; default 0.9. */
  public Adam beta1(double value) {
    set(BETA_1, value);
    return this;
  }

  /** Share of the old mean square that stays at each step; default 0.999. */
  public Adam beta2(double value) {
    set(BETA_2, value);
    return this;
  }

  /** Added to the root of the mean square; default 1e-7. */
  public Adam epsilon(double value) {
    set(EPSILON, value);
    return this;
  }

  /** Divides by the largest mean square so far. */
  public Adam amsgrad(boolean value) {
    set(AMSGRAD, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new Rule(get(BETA_1), get(BETA_2), get(EPSILON), get(AMSGRAD));
  }

  /** The arithmetic. */
  public record Rule(double beta1, double beta2, double epsilon, boolean amsgrad)
      implements UpdateRule {
    @Override
    public List<Slot> slots() {
      List<Slot> slots = new ArrayList<>();
      slots.add(Slot.zeros("momentum"));
      slots.add(Slot.zeros("velocity"));
      if (amsgrad) {
        slots.add(Slot.zeros("velocity_hat"));
      }
      return slots;
    }

    @Override
    public Output update(Input in) {
      Tensor g = in.gradient();
      Tensor m = in.slots().get(0);
      Tensor v = in.slots().get(1);
      m = Lax.add(m, UpdateStep.times(Lax.sub(g, m), 1 - beta1));
      v = Lax.add(v, UpdateStep.times(Lax.sub(Lax.mul(g, g), v), 1 - beta2));
      Tensor t = in.step();
      Tensor one = Lax.fullLike(t, 1);
      Tensor correction1 = Lax.sub(one, Lax.pow(Lax.fullLike(t, beta1), t));
      Tensor correction2 = Lax.sub(one, Lax.pow(Lax.fullLike(t, beta2), t));
      Tensor alpha = Lax.div(Lax.mul(in.learningRate(), Lax.sqrt(correction2)), correction1);
      List<Tensor> slots = new ArrayList<>(List.of(m, v));
      Tensor largest = v;
      if (amsgrad) {
        largest = Lax.max(in.slots().get(2), v);
        slots.add(largest);
      }
      Tensor root = Lax.sqrt(largest);
      Tensor move =
          Lax.div(
              Lax.mul(m, UpdateStep.spread(alpha, m)), Lax.add(root, Lax.fullLike(root, epsilon)));
      return new Output(Lax.sub(in.weight(), move), slots);
    }
  }
}
