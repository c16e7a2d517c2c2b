package org.cornu.optimizers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.constraints.Constraint;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** One update of all variables: what surrounds an optimizer's own rule. */
final class UpdateStep {
  private final Optimizer optimizer;
  private final List<Variable> trainable;
  private final List<Variable> averages;
  private final List<Variable> accumulators;
  private final List<List<Variable>> slots;
  private @Nullable Tensor updates;

  UpdateStep(
      Optimizer optimizer,
      List<Variable> trainable,
      List<Variable> averages,
      List<Variable> accumulators,
      List<List<Variable>> slots) {
    this.optimizer = optimizer;
    this.trainable = trainable;
    this.averages = averages;
    this.accumulators = accumulators;
    this.slots = slots;
  }

  void run(List<Tensor> given) {
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      gradients.add(Lax.convertElementType(given.get(i), trainable.get(i).dtype()));
    }
    Double scale = optimizer.lossScale();
    if (scale != null) {
      gradients.replaceAll(g -> times(g, 1 / scale));
    }
    gradients = accumulate(gradients);
    gradients = clip(gradients);
    Tensor learningRate = optimizer.learningRate();
    Tensor step = Lax.add(optimizer.iterations(), Lax.full(DType.I32, 1));
    for (int i = 0; i < gradients.size(); i++) {
      if (trainable.get(i).isOverwrittenWithGradient()) {
        trainable.get(i).assign(gradients.get(i));
      } else {
        updateOne(i, gradients.get(i), learningRate, step);
      }
    }
    average();
    constrain();
  }

  /** Adds to the accumulators; the mean of them counts only at every n-th step. */
  private List<Tensor> accumulate(List<Tensor> gradients) {
    Integer steps = optimizer.accumulationSteps();
    if (steps == null) {
      return gradients;
    }
    Tensor next = Lax.add(optimizer.rawIteration(), Lax.full(DType.I32, 1));
    Tensor due = Lax.eq(Lax.rem(next, Lax.full(DType.I32, steps)), Lax.full(DType.I32, 0));
    updates = due;
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Variable accumulator = accumulators.get(i);
      Tensor sum = Lax.add(accumulator.value(), gradients.get(i));
      out.add(times(sum, 1.0 / steps));
      accumulator.assign(Lax.select(due, Lax.fullLike(sum, 0), sum));
    }
    return out;
  }

  private List<Tensor> clip(List<Tensor> gradients) {
    Double norm = optimizer.clipNorm();
    Double value = optimizer.clipValue();
    Double global = optimizer.globalClipNorm();
    List<Tensor> out = new ArrayList<>();
    if (norm != null) {
      for (Tensor g : gradients) {
        Tensor size = Lax.sqrt(sumOfSquares(g));
        out.add(Lax.div(times(g, norm), spread(Lax.max(size, Lax.fullLike(size, norm)), g)));
      }
    } else if (value != null) {
      for (Tensor g : gradients) {
        out.add(Lax.clamp(Lax.full(g.dtype(), -value), g, Lax.full(g.dtype(), value)));
      }
    } else if (global != null) {
      Tensor total = Lax.full(DType.F32, 0);
      for (Tensor g : gradients) {
        total = Lax.add(total, Lax.convertElementType(sumOfSquares(g), DType.F32));
      }
      Tensor size = Lax.sqrt(total);
      Tensor one = Lax.full(DType.F32, 1);
      // The finite check turns an infinite norm into NaN, as Keras does.
      Tensor factor =
          Lax.mul(
              Lax.full(DType.F32, global),
              Lax.min(Lax.div(one, size), Lax.full(DType.F32, 1 / global)));
      factor = Lax.add(factor, Lax.sub(size, size));
      for (Tensor g : gradients) {
        out.add(Lax.mul(g, spread(Lax.convertElementType(factor, g.dtype()), g)));
      }
    } else {
      return gradients;
    }
    return out;
  }

  private void updateOne(int i, Tensor gradient, Tensor learningRate, Tensor step) {
    Variable variable = trainable.get(i);
    DType dtype = variable.dtype();
    Tensor old = variable.value();
    Tensor rate = Lax.convertElementType(learningRate, dtype);
    Tensor weight = old;
    Double decay = optimizer.decayOf(variable);
    if (decay != null) {
      weight = Lax.sub(old, Lax.mul(old, spread(times(rate, decay), old)));
    }
    List<Tensor> before = slots.get(i).stream().map(Variable::value).toList();
    UpdateRule.Output out =
        optimizer
            .rule()
            .update(
                new UpdateRule.Input(
                    weight, gradient, before, rate, Lax.convertElementType(step, dtype)));
    Tensor due = updates;
    for (int s = 0; s < before.size(); s++) {
      Tensor next = out.slots().get(s);
      slots.get(i).get(s).assign(due == null ? next : Lax.select(due, next, before.get(s)));
    }
    variable.assign(due == null ? out.weight() : Lax.select(due, out.weight(), old));
  }

  private void average() {
    if (averages.isEmpty()) {
      return;
    }
    Tensor count = optimizer.iterations();
    Tensor later = Lax.convertElementType(Lax.ne(count, Lax.full(DType.I32, 0)), DType.F32);
    Tensor keep = times(later, optimizer.emaMomentum());
    Integer every = optimizer.emaOverwriteFrequency();
    for (int i = 0; i < averages.size(); i++) {
      Tensor weight = trainable.get(i).value();
      Tensor share = spread(Lax.convertElementType(keep, weight.dtype()), weight);
      Tensor rest = Lax.sub(Lax.fullLike(share, 1), share);
      Tensor mean = Lax.add(Lax.mul(share, averages.get(i).value()), Lax.mul(rest, weight));
      averages.get(i).assign(mean);
      if (every != null) {
        Tensor next = Lax.add(count, Lax.full(DType.I32, 1));
        Tensor due = Lax.eq(Lax.rem(next, Lax.full(DType.I32, every)), Lax.full(DType.I32, 0));
        trainable.get(i).assign(Lax.select(due, mean, weight));
      }
    }
  }

  private void constrain() {
    for (Variable variable : trainable) {
      Constraint constraint = optimizer.constraintOf(variable);
      if (constraint != null) {
        variable.assign(constraint.apply(variable.value()));
      }
    }
  }

  private static Tensor sumOfSquares(Tensor x) {
    long[] all = new long[x.rank()];
    java.util.Arrays.setAll(all, d -> d);
    return Lax.reduce(Lax.mul(x, x), Lax.Reduction.ADD, all);
  }

  static Tensor times(Tensor x, double factor) {
    return Lax.mul(x, Lax.fullLike(x, factor));
  }

  static Tensor spread(Tensor scalar, Tensor like) {
    return Lax.broadcast(scalar, like.shape().dims());
  }
}
