package org.cornu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;

class BiasCorrectedAdamRuleTest {
  private static final double RATE = 0.1;
  private static final double EPSILON = 0.5;

  /** Three steps against algorithm 1 of the paper; the learning rate is an f32 number. */
  @Test
  void followsThePaper() {
    var optimizer = Optim.rule(new BiasCorrectedAdamRule(0.9, 0.99, EPSILON), RATE);
    Tensor weight = Tensor.of(1.0);
    RuleState state = optimizer.init(weight);
    double w = 1;
    double m = 0;
    double v = 0;
    double[] gradients = {0.3, -2, 0.7};
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.99 * v + 0.01 * g * g;
      double root = Math.sqrt(v / (1 - Math.pow(0.99, t)));
      w -= RATE * (m / (1 - Math.pow(0.9, t))) / (root + EPSILON);
      Transformation.Step<Tensor, RuleState> step = optimizer.update(Tensor.of(g), state, weight);
      weight = step.params();
      state = step.state();
      assertThat(weight.item()).as("step %d", t).isCloseTo(w, within(1e-7));
    }
  }
}
