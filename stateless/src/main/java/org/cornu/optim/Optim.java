package org.cornu.optim;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Makes {@link Transformation}s: the optimizers with Keras' defaults, and the stages that go before
 * and after them.
 *
 * <pre>{@code
 * var optimizer = Optim.adam(1e-3);
 * var state = optimizer.init(params);                       // params: any record of tensors
 * var train = jit((Mlp p, RuleState s, Batch b) -> {
 *   Mlp grads = grad(Train::loss).apply(p, b);
 *   return optimizer.update(grads, s, p);
 * }).donate(0, 1);
 * }</pre>
 *
 * <p>Every optimizer of {@code org.cornu.optimizers} with all its options is also to be had as a
 * transformation: {@code new Lamb(1e-3).clipnorm(1.0).functional()}.
 */
public final class Optim {
  private Optim() {}

  // ---- optimizers

  /** Gradient descent. */
  public static Transformation<RuleState> sgd(double learningRate) {
    return sgd(Schedule.constant(learningRate), 0);
  }

  /** Gradient descent with momentum. */
  public static Transformation<RuleState> sgd(double learningRate, double momentum) {
    return sgd(Schedule.constant(learningRate), momentum);
  }

  /** Gradient descent with momentum along a schedule. */
  public static Transformation<RuleState> sgd(Schedule learningRate, double momentum) {
    return rule(new SgdRule(momentum, false), learningRate);
  }

  /** Adam with beta 0.9 and 0.999, epsilon 1e-7. */
  public static Transformation<RuleState> adam(double learningRate) {
    return adam(Schedule.constant(learningRate));
  }

  /** Adam along a schedule. */
  public static Transformation<RuleState> adam(Schedule learningRate) {
    return rule(new AdamRule(0.9, 0.999, 1e-7, false), learningRate);
  }

  /** Adam after decoupled weight decay. */
  public static Transformation<List<Object>> adamW(double learningRate, double decay) {
    return adamW(Schedule.constant(learningRate), decay);
  }

  /** Adam along a schedule after decoupled weight decay. */
  public static Transformation<List<Object>> adamW(Schedule learningRate, double decay) {
    return chain(decay(decay, learningRate), adam(learningRate));
  }

  /** Any rule, for all floating-point tensors of the parameters. */
  public static Transformation<RuleState> rule(UpdateRule rule, double learningRate) {
    return rule(rule, Schedule.constant(learningRate));
  }

  /** Any rule along a schedule. */
  public static Transformation<RuleState> rule(UpdateRule rule, Schedule learningRate) {
    return rules((path, shape) -> rule, learningRate);
  }

  /** A rule that depends on the path and the shape of the parameter. */
  public static Transformation<RuleState> rules(
      BiFunction<String, Shape, UpdateRule> rules, Schedule learningRate) {
    return new RuleTransformation(rules, learningRate);
  }

  // ---- stages before

  /** Scales each gradient down to a Euclidean norm of at most {@code norm}. */
  public static Transformation<List<Tensor>> clipByNorm(double norm) {
    return gradients(g -> Clipping.byNorm(g, norm));
  }

  /** Limits each element of the gradients to {@code [-value, value]}. */
  public static Transformation<List<Tensor>> clipByValue(double value) {
    return gradients(g -> Clipping.byValue(g, value));
  }

  /** Scales all gradients by one factor to a common norm of at most {@code norm}. */
  public static Transformation<List<Tensor>> clipByGlobalNorm(double norm) {
    return gradients(g -> Clipping.byGlobalNorm(g, norm));
  }

  /** Multiplies all gradients: {@code 1 / s} after a loss scaled by {@code s}. */
  public static Transformation<List<Tensor>> scale(double factor) {
    return gradients(g -> g.stream().map(x -> x.mul(factor)).toList());
  }

  /** Changes all floating-point gradients together, in leaf order. */
  public static Transformation<List<Tensor>> gradients(UnaryOperator<List<Tensor>> f) {
    return new Stateless(f);
  }

  /**
   * Decoupled weight decay: {@code w -= w * decay * learningRate} before the gradient's own step.
   */
  public static Transformation<?> decay(double decay, Schedule learningRate) {
    return decay(decay, learningRate, path -> true);
  }

  /** Decoupled weight decay of the parameters whose paths are chosen. */
  public static Transformation<?> decay(
      double decay, Schedule learningRate, Predicate<String> where) {
    return new Decay((path, shape) -> where.test(path) ? decay : null, learningRate);
  }

  // ---- stages after

  /**
   * Keeps moving averages of the parameters in its state, {@link AverageState#over}.
   *
   * @param momentum share of the old average that stays at each update
   */
  public static Transformation<AverageState> average(double momentum) {
    return new Averaging(momentum);
  }

  /** Applies a projection to the chosen parameters after each update. */
  public static Transformation<List<Tensor>> project(
      Predicate<String> where, UnaryOperator<Tensor> projection) {
    return new Projection(where, projection);
  }

  // ---- composition

  /** Stages one after the other. */
  public static Transformation<List<Object>> chain(Transformation<?>... stages) {
    return new Chain(List.of(stages));
  }

  /**
   * Lets {@code inner} see only every n-th update, with the mean of the gradients since the last.
   */
  public static <S> Transformation<?> accumulate(int steps, Transformation<S> inner) {
    return new Accumulation<>(steps, inner);
  }

  /**
   * Lets {@code inner} see only the parameters whose paths ({@code layers[3].kernel}) are chosen;
   * the others stay as they are.
   */
  public static <S> Transformation<S> masked(Predicate<String> where, Transformation<S> inner) {
    return new Masked<>(where, inner);
  }

  /**
   * Divides the gradients of a loss scaled by {@code state.scale()} and skips updates that are not
   * finite; starts at 32768 and doubles after 2000 finite updates.
   */
  public static <S> Transformation<LossScaling.State<S>> lossScaling(Transformation<S> inner) {
    return new LossScaling<>(inner, 32768, 2000);
  }
}
