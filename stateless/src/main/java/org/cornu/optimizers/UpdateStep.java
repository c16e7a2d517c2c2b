package org.cornu.optimizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cornu.constraints.Constraint;
import org.cornu.ops.Lax;
import org.cornu.optim.Averaging;
import org.cornu.optim.Clipping;
import org.cornu.optim.Decay;
import org.cornu.optim.UpdateRule;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** One update of all variables: what surrounds an optimizer's own rule, in Keras' order. */
final class UpdateStep {
  private final Optimizer optimizer;
  private final Optimizer.State state;

  /** Whether this step updates, a traced bool; null where each step does. */
  private final @Nullable Tensor due;

  /** A variable that has a gradient, by its position. */
  private record Target(int index, Variable variable) {}

  UpdateStep(Optimizer optimizer, Optimizer.State state) {
    this.optimizer = optimizer;
    this.state = state;
    Integer steps = optimizer.accumulationSteps();
    this.due = steps == null ? null : state.iteration().value().add(1L).mod((long) steps).eq(0L);
  }

  void run(List<@Nullable Tensor> given) {
    List<Target> targets = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Tensor gradient = given.get(i);
      Variable variable = state.trainable().get(i);
      if (gradient == null) {
        continue;
      }
      Tensor typed = Lax.convertElementType(gradient, variable.dtype());
      if (variable.isOverwrittenWithGradient()) {
        overwrite(i, variable, typed);
      } else {
        targets.add(new Target(i, variable));
        gradients.add(typed);
      }
    }
    Double scale = optimizer.lossScale();
    if (scale != null) {
      gradients.replaceAll(g -> g.div(scale));
    }
    List<Tensor> limited = clip(accumulate(targets, gradients));
    Tensor learningRate = optimizer.learningRate();
    Tensor step = optimizer.iterations().add(1L);
    List<Tensor> shared = advance(step);
    for (int i = 0; i < targets.size(); i++) {
      updateOne(targets.get(i), limited.get(i), shared, learningRate, step);
    }
    average();
    for (Target target : targets) {
      Constraint constraint = optimizer.constraintOf(target.variable());
      if (constraint != null) {
        target.variable().assign(constraint.apply(target.variable().value()));
      }
    }
  }

  private Tensor choose(Tensor updated, Tensor old) {
    return due == null ? updated : Lax.select(due, updated, old);
  }

  /** The largest gradient since the last update becomes the value. */
  private void overwrite(int i, Variable variable, Tensor gradient) {
    if (due == null) {
      variable.assign(gradient);
      return;
    }
    Variable accumulator = state.accumulators().get(i);
    Tensor largest = gradient.maximum(accumulator.value());
    variable.assign(choose(largest, variable.value()));
    accumulator.assign(choose(Lax.fullLike(largest, 0), largest));
  }

  /** Adds to the accumulators; the mean of them counts only at every n-th step. */
  private List<Tensor> accumulate(List<Target> targets, List<Tensor> gradients) {
    Integer steps = optimizer.accumulationSteps();
    if (steps == null) {
      return gradients;
    }
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Variable accumulator = state.accumulators().get(targets.get(i).index());
      Tensor sum = gradients.get(i).add(accumulator.value());
      out.add(sum.div((double) steps));
      accumulator.assign(choose(Lax.fullLike(sum, 0), sum));
    }
    return out;
  }

  private List<Tensor> clip(List<Tensor> gradients) {
    Double norm = optimizer.clipNorm();
    Double value = optimizer.clipValue();
    Double global = optimizer.globalClipNorm();
    if (norm != null) {
      return Clipping.byNorm(gradients, norm);
    }
    if (global != null) {
      return Clipping.byGlobalNorm(gradients, global);
    }
    return value != null ? Clipping.byValue(gradients, value) : gradients;
  }

  /** The shared slots of this step. */
  private List<Tensor> advance(Tensor step) {
    List<Variable> shared = state.shared();
    if (shared.isEmpty()) {
      return List.of();
    }
    List<Tensor> before = shared.stream().map(Variable::value).toList();
    Tensor typed = Lax.convertElementType(step, shared.get(0).dtype());
    List<Tensor> after = optimizer.rule().advance(before, typed);
    for (int i = 0; i < shared.size(); i++) {
      shared.get(i).assign(choose(after.get(i), before.get(i)));
    }
    return after;
  }

  private void updateOne(
      Target target, Tensor gradient, List<Tensor> shared, Tensor learningRate, Tensor step) {
    Variable variable = target.variable();
    DType dtype = variable.dtype();
    Tensor old = variable.value();
    Tensor rate = Lax.convertElementType(learningRate, dtype);
    Double decay = optimizer.decayOf(variable.path(), variable.shape());
    Tensor weight = decay == null ? old : Decay.apply(old, decay, rate);
    List<Variable> slots = state.slots().get(target.index());
    List<Tensor> before = slots.stream().map(Variable::value).toList();
    UpdateRule.Output out =
        optimizer
            .ruleFor(variable.path(), variable.shape())
            .update(
                new UpdateRule.Input(
                    weight,
                    gradient,
                    before,
                    shared.stream().map(s -> Lax.convertElementType(s, dtype)).toList(),
                    rate,
                    Lax.convertElementType(step, dtype)));
    for (int s = 0; s < slots.size(); s++) {
      slots.get(s).assign(choose(out.slots().get(s), before.get(s)));
    }
    variable.assign(choose(out.weight(), old));
  }

  /** Moves the averages towards the weights, and at every n-th step the weights to them. */
  private void average() {
    List<Variable> averages = state.averages();
    if (averages.isEmpty()) {
      return;
    }
    Tensor step = optimizer.iterations();
    Integer every = optimizer.emaOverwriteFrequency();
    Tensor overwrite = every == null ? null : step.add(1L).mod((long) every).eq(0L);
    for (int i = 0; i < averages.size(); i++) {
      Variable variable = state.trainable().get(i);
      Tensor weight = variable.value();
      Tensor mean = Averaging.next(averages.get(i).value(), weight, optimizer.emaMomentum(), step);
      averages.get(i).assign(mean);
      if (overwrite != null) {
        variable.assign(Lax.select(Objects.requireNonNull(overwrite), mean, weight));
      }
    }
  }
}
