package org.cornu.optimizers;

import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.tracer.Tensor;

/**
 * Gradient descent, with momentum {@code v = m v - lr g; w += v} (Nesterov: {@code w += m v - lr
 * g}) where asked for.
 */
public final class SGD extends Optimizer {
  private static final Option<Double> MOMENTUM =
      Option.real("momentum").defaultTo(0.0).within(0, 1);
  private static final Option<Boolean> NESTEROV = Option.bool("nesterov").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "SGD")
          .base(OPTIONS)
          .options(LearningRate.option().defaultTo(0.01), MOMENTUM, NESTEROV)
          .create(SGD::new);

  /** With learning rate 0.01. */
  public SGD() {
    super(SPEC);
  }

  /** With this learning rate. */
  public SGD(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** Share of the last step that is repeated; default 0. */
  public SGD momentum(double value) {
    set(MOMENTUM, value);
    return this;
  }

  /** Looks ahead along the momentum. */
  public SGD nesterov(boolean value) {
    set(NESTEROV, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new Rule(get(MOMENTUM), get(NESTEROV));
  }

  /** The arithmetic. */
  public record Rule(double momentum, boolean nesterov) implements UpdateRule {
    @Override
    public List<Slot> slots() {
      return momentum == 0 ? List.of() : List.of(Slot.zeros("momentum"));
    }

    @Override
    public Output update(Input in) {
      Tensor w = in.weight();
      Tensor step = Lax.mul(in.gradient(), UpdateStep.spread(in.learningRate(), w));
      if (momentum == 0) {
        return new Output(Lax.sub(w, step), List.of());
      }
      Tensor v = Lax.sub(UpdateStep.times(in.slots().get(0), momentum), step);
      Tensor move = nesterov ? Lax.sub(UpdateStep.times(v, momentum), step) : v;
      return new Output(Lax.add(w, move), List.of(v));
    }
  }
}
