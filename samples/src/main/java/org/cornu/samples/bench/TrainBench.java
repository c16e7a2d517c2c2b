package org.cornu.samples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.cornu.optim.BiasCorrectedAdamRule;
import org.cornu.optim.Decay;
import org.cornu.optim.Optim;
import org.cornu.optim.Schedule;
import org.cornu.optim.Transformation;
import org.cornu.tracer.F2;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.cornu.tracer.ValueAndGrad;

/**
 * Training steps of a functional model: loss, gradients and optimizer in one jitted call that takes
 * over the memory of the last state.
 *
 * @param parameters the initial parameters
 * @param batches the batches, taken in turn
 * @param loss of parameters and batch
 * @param optimizer the optimizer
 * @param defaultSteps timed steps unless asked otherwise
 */
record TrainBench<S>(
    Supplier<Map<String, Tensor>> parameters,
    Supplier<List<TrainBench.Batch>> batches,
    F2<Map<String, Tensor>, TrainBench.Batch, Tensor> loss,
    Transformation<S> optimizer,
    int defaultSteps)
    implements Workload {
  private static final int WARM_UP = 10;

  /** One batch. */
  record Batch(Tensor x, Tensor y) {}

  /** Parameters and the state of the optimizer. */
  record State<S>(Map<String, Tensor> parameters, S optimizer) {}

  /** What a step returns. */
  record Stepped<S>(State<S> state, Tensor loss) {}

  /** Adam with learning rate 1e-3, epsilon 1e-8 beside the corrected root. */
  static Transformation<?> adam() {
    return adam(1e-3);
  }

  private static Transformation<?> adam(double learningRate) {
    return Optim.rule(new BiasCorrectedAdamRule(0.9, 0.999, 1e-8), learningRate);
  }

  /** The same with decay of the matrices. */
  static Transformation<?> adamW(double learningRate, double decay) {
    Decay matrices =
        new Decay(
            (path, shape) -> shape.rank() >= 2 ? decay : null, Schedule.constant(learningRate));
    return Optim.chain(matrices, adam(learningRate));
  }

  /** Batches from two functions of their number. */
  static List<Batch> batches(
      int count,
      java.util.function.IntFunction<Tensor> x,
      java.util.function.IntFunction<Tensor> y) {
    List<Batch> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(new Batch(x.apply(i), y.apply(i)));
    }
    return out;
  }

  State<S> initial() {
    Map<String, Tensor> p = parameters.get();
    return new State<>(p, optimizer.init(p));
  }

  Stepped<S> step(State<S> state, Batch batch) {
    ValueAndGrad<Map<String, Tensor>> vg =
        Transforms.valueAndGrad(loss).apply(state.parameters(), batch);
    Transformation.Step<Map<String, Tensor>, S> next =
        optimizer.update(vg.grad(), state.optimizer(), state.parameters());
    return new Stepped<>(new State<>(next.params(), next.state()), vg.value());
  }

  Jit2<State<S>, Batch, Stepped<S>> jitted() {
    return Transforms.jit(this::step).donate(0);
  }

  /** Loss of the first step. */
  double firstLoss() {
    return jitted().apply(initial(), batches.get().get(0)).loss().item();
  }

  @Override
  public void run(Timing timing, int steps) {
    run(timing, steps, jitted(), initial(), batches.get());
  }

  /** Warms up, which gives the checksums, and measures. */
  void run(
      Timing timing,
      int steps,
      F2<State<S>, Batch, Stepped<S>> step,
      State<S> initial,
      List<Batch> data) {
    Map<String, float[]> start = new java.util.HashMap<>();
    initial.parameters().forEach((name, value) -> start.put(name, value.toFloatArray()));
    State<S> state = initial;
    Tensor loss = null;
    for (int i = 0; i < WARM_UP; i++) {
      Stepped<S> out = step.apply(state, data.get(i % data.size()));
      state = out.state();
      loss = out.loss();
      if (i == 0) {
        timing.put("checksum_first", loss.item());
      }
    }
    timing.put("checksum", Objects.requireNonNull(loss).item());
    timing.put("checksum_update", update(start, state.parameters()));
    List<State<S>> current = new ArrayList<>(List.of(state));
    int[] number = {WARM_UP};
    timing.measure(
        steps > 0 ? steps : defaultSteps,
        1,
        () -> {
          Stepped<S> out = step.apply(current.get(0), data.get(number[0]++ % data.size()));
          current.set(0, out.state());
          Trees.leaves(out).forEach(Tensor::await);
        });
  }

  /** The squared distance from the first parameters. */
  private static double update(Map<String, float[]> start, Map<String, Tensor> parameters) {
    double sum = 0;
    for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
      float[] before = Objects.requireNonNull(start.get(entry.getKey()));
      float[] after = entry.getValue().toFloatArray();
      for (int k = 0; k < before.length; k++) {
        double d = (double) after[k] - before[k];
        sum += d * d;
      }
    }
    return sum;
  }
}
