package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Names;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.ops.Lax;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.StatelessScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Updates variables from gradients. State lives in variables ({@code iteration}, {@code
 * learning_rate}, then slots per variable), so that an update is also a pure function: {@link
 * #statelessApply}. Each update goes, as in Keras: unscale, accumulate, clip, decay, update,
 * average, constrain, count.
 */
public abstract class Optimizer extends Configured<Optimizer> {
  /** All optimizers, by name. */
  public static final Family<Optimizer> FAMILY = Family.of("optimizer", Optimizer.class);

  private static final Option<String> NAME = Option.string("name").nullable();

  /** Step size, or a schedule of it. */
  public static final Option<LearningRate> LEARNING_RATE = LearningRate.option().defaultTo(0.001);

  /** Decoupled weight decay per step, as a factor of the learning rate. */
  public static final Option<Double> WEIGHT_DECAY = Option.real("weight_decay").nullable();

  private static final Option<Double> CLIPNORM = Option.real("clipnorm").nullable();
  private static final Option<Double> CLIPVALUE = Option.real("clipvalue").nullable();
  private static final Option<Double> GLOBAL_CLIPNORM = Option.real("global_clipnorm").nullable();
  private static final Option<Boolean> USE_EMA = Option.bool("use_ema").defaultTo(false);
  private static final Option<Double> EMA_MOMENTUM =
      Option.real("ema_momentum").defaultTo(0.99).within(0, 1);
  private static final Option<Integer> EMA_OVERWRITE_FREQUENCY =
      Option.integer("ema_overwrite_frequency").nullable();
  private static final Option<Double> LOSS_SCALE_FACTOR =
      Option.real("loss_scale_factor").nullable();
  private static final Option<Integer> GRADIENT_ACCUMULATION_STEPS =
      Option.integer("gradient_accumulation_steps").nullable();

  /** The options that all optimizers share. */
  public static final List<Option<?>> OPTIONS =
      List.of(
          NAME,
          LEARNING_RATE,
          WEIGHT_DECAY,
          CLIPNORM,
          GLOBAL_CLIPNORM,
          CLIPVALUE,
          USE_EMA,
          EMA_MOMENTUM,
          EMA_OVERWRITE_FREQUENCY,
          LOSS_SCALE_FACTOR,
          GRADIENT_ACCUMULATION_STEPS);

  private @Nullable State state;
  private Function<Variable, @Nullable Constraint> constraints = v -> null;
  private java.util.function.Predicate<Variable> decays = v -> true;

  /** Everything that exists once the variables are known. */
  private record State(
      List<Variable> trainable,
      Variable iteration,
      @Nullable Variable learningRate,
      List<Variable> averages,
      List<Variable> accumulators,
      List<List<Variable>> slots,
      List<Variable> all) {}

  /** Makes an optimizer of this table. */
  protected Optimizer(Spec spec) {
    super(spec);
  }

  /** The arithmetic for one variable. */
  public abstract UpdateRule rule();

  /** The name in variable paths. */
  public final String name() {
    String given = getOrNull(NAME);
    return given != null ? given : Names.snakeCase(spec().className());
  }

  // ---- options

  /** Changes the learning rate; also while training. */
  @CanIgnoreReturnValue
  public final Optimizer learningRate(double value) {
    State built = state;
    if (built == null) {
      return set(LEARNING_RATE, new LearningRate(value, null));
    }
    if (built.learningRate() == null) {
      throw new IllegalStateException(
          name() + ": the learning rate follows a schedule and can not be set");
    }
    built.learningRate().assign(Tensor.of((float) value));
    return this;
  }

  /** Lets the learning rate follow a schedule. */
  @CanIgnoreReturnValue
  public final Optimizer learningRate(LearningRateSchedule schedule) {
    return set(LEARNING_RATE, new LearningRate(0, schedule));
  }

  /** Decoupled weight decay per step, as a factor of the learning rate. */
  @CanIgnoreReturnValue
  public final Optimizer weightDecay(@Nullable Double value) {
    return set(WEIGHT_DECAY, value);
  }

  /** Largest norm of the gradient of each variable. */
  @CanIgnoreReturnValue
  public final Optimizer clipnorm(@Nullable Double value) {
    return set(CLIPNORM, value);
  }

  /** Largest absolute value of gradient elements. */
  @CanIgnoreReturnValue
  public final Optimizer clipvalue(@Nullable Double value) {
    return set(CLIPVALUE, value);
  }

  /** Largest norm of all gradients together. */
  @CanIgnoreReturnValue
  public final Optimizer globalClipnorm(@Nullable Double value) {
    return set(GLOBAL_CLIPNORM, value);
  }

  /** Keeps a moving average of the weights. */
  @CanIgnoreReturnValue
  public final Optimizer useEma(boolean value) {
    return set(USE_EMA, value);
  }

  /** Share of the old average that stays at each step. */
  @CanIgnoreReturnValue
  public final Optimizer emaMomentum(double value) {
    return set(EMA_MOMENTUM, value);
  }

  /** Steps after which the weights take their averages; null only at the end of training. */
  @CanIgnoreReturnValue
  public final Optimizer emaOverwriteFrequency(@Nullable Integer value) {
    return set(EMA_OVERWRITE_FREQUENCY, value);
  }

  /** Factor by which the loss was scaled and gradients are divided. */
  @CanIgnoreReturnValue
  public final Optimizer lossScaleFactor(@Nullable Double value) {
    return set(LOSS_SCALE_FACTOR, value);
  }

  /** Number of gradients that are averaged for one update. */
  @CanIgnoreReturnValue
  public final Optimizer gradientAccumulationSteps(@Nullable Integer value) {
    return set(GRADIENT_ACCUMULATION_STEPS, value);
  }

  /** Weights whose path or name one of the patterns is found in do not decay. */
  @CanIgnoreReturnValue
  public final Optimizer excludeFromWeightDecay(String... patterns) {
    List<java.util.regex.Pattern> compiled =
        java.util.Arrays.stream(patterns).map(java.util.regex.Pattern::compile).toList();
    decays = v -> compiled.stream().noneMatch(p -> p.matcher(v.name()).find());
    return this;
  }

  /** Where the constraints of variables are found. */
  public final void constraints(Function<Variable, @Nullable Constraint> lookup) {
    constraints = lookup;
  }

  // ---- state

  /** Makes the state for these variables; done once. */
  public final void build(List<Variable> trainable) {
    State built = state;
    if (built != null) {
      if (built.trainable().equals(trainable)) {
        return;
      }
      throw new IllegalStateException(
          name() + ": was built for " + built.trainable() + ", got other variables " + trainable);
    }
    long clips =
        java.util.stream.Stream.of(CLIPNORM, CLIPVALUE, GLOBAL_CLIPNORM)
            .filter(o -> getOrNull(o) != null)
            .count();
    if (clips > 1) {
      throw new org.cornu.config.ConfigException(
          name() + ": only one of clipnorm, clipvalue and global_clipnorm can be set");
    }
    try (NameScope scope = NameScope.open(name())) {
      state = makeState(trainable);
    }
    freeze("built");
  }

  private State makeState(List<Variable> trainable) {
    List<Variable> all = new ArrayList<>();
    Variable iteration =
        Variable.named("iteration").dtype(DType.I32).trainable(false).autocast(false).shape();
    all.add(iteration);
    LearningRate rate = get(LEARNING_RATE);
    Variable learningRate = null;
    if (rate.schedule() == null) {
      learningRate =
          Variable.named("learning_rate")
              .trainable(false)
              .autocast(false)
              .initializer((shape, dtype) -> Lax.full(dtype, rate.value()))
              .shape();
      all.add(learningRate);
    }
    List<Variable> averages = new ArrayList<>();
    if (get(USE_EMA)) {
      trainable.forEach(v -> averages.add(like(v, "average", 0)));
    }
    List<Variable> accumulators = new ArrayList<>();
    if (getOrNull(GRADIENT_ACCUMULATION_STEPS) != null) {
      trainable.forEach(v -> accumulators.add(like(v, "gradient_accumulator", 0)));
    }
    all.addAll(averages);
    all.addAll(accumulators);
    List<List<Variable>> slots = makeSlots(trainable, all);
    return new State(
        List.copyOf(trainable), iteration, learningRate, averages, accumulators, slots, all);
  }

  /** Makes the slots of all variables, interleaved per variable; overridden where Keras differs. */
  List<List<Variable>> makeSlots(List<Variable> trainable, List<Variable> all) {
    List<List<Variable>> slots = new ArrayList<>();
    for (Variable variable : trainable) {
      List<Variable> mine = new ArrayList<>();
      for (UpdateRule.Slot slot : rule().slots()) {
        mine.add(
            switch (slot.start()) {
              case ZEROS -> like(variable, slot.name(), slot.value());
              case VARIABLE -> copy(variable, slot.name());
              case SCALAR_ONE -> scalar(variable, slot.name(), 1);
              case SCALAR_ZERO -> scalar(variable, slot.name(), 0);
            });
      }
      all.addAll(mine);
      slots.add(mine);
    }
    return slots;
  }

  private static String slotName(Variable variable, String slot) {
    return variable.path().replace('/', '_') + "_" + slot;
  }

  static Variable like(Variable variable, String slot, double value) {
    return Variable.named(slotName(variable, slot))
        .dtype(variable.dtype())
        .trainable(false)
        .autocast(false)
        .placement(variable.placement())
        .initializer((shape, dtype) -> Lax.full(dtype, value, shape.dims()))
        .shape(variable.shape());
  }

  private static Variable copy(Variable variable, String slot) {
    Variable made = like(variable, slot, 0);
    made.assign(variable.value());
    return made;
  }

  private static Variable scalar(Variable variable, String slot, double value) {
    return Variable.named(slotName(variable, slot))
        .dtype(variable.dtype())
        .trainable(false)
        .autocast(false)
        .initializer((shape, dtype) -> Lax.full(dtype, value))
        .shape();
  }

  final State built() {
    State built = state;
    if (built == null) {
      throw new IllegalStateException(name() + ": not built; call build(trainableVariables) first");
    }
    return built;
  }

  /** Whether the state exists. */
  public final boolean isBuilt() {
    return state != null;
  }

  /** The state: iteration, learning rate, averages, accumulators, slots. */
  public List<Variable> variables() {
    return Collections.unmodifiableList(built().all());
  }

  /** Updates done so far. */
  public final Tensor iterations() {
    Tensor raw = built().iteration().value();
    Integer steps = getOrNull(GRADIENT_ACCUMULATION_STEPS);
    return steps == null ? raw : Lax.div(raw, Lax.full(DType.I32, steps));
  }

  /** The learning rate of the next update, scalar f32. */
  public final Tensor learningRate() {
    LearningRateSchedule schedule = get(LEARNING_RATE).schedule();
    Variable variable = built().learningRate();
    return schedule != null
        ? schedule.apply(built().iteration().value())
        : java.util.Objects.requireNonNull(variable).value();
  }

  // ---- updates

  /** What {@link #statelessApply} returns, in Keras' order. */
  public record Applied(List<Tensor> trainable, List<Tensor> optimizer) {}

  /**
   * One update as a pure function.
   *
   * @param optimizerVariables values of {@link #variables}
   * @param gradients one per trainable variable
   * @param trainableVariables values of the trainable variables
   */
  public final Applied statelessApply(
      List<Tensor> optimizerVariables, List<Tensor> gradients, List<Tensor> trainableVariables) {
    try (StatelessScope scope = StatelessScope.open()) {
      scope.setAll(name() + ".statelessApply: optimizer", variables(), optimizerVariables);
      scope.setAll(name() + ".statelessApply: trainable", built().trainable(), trainableVariables);
      apply(gradients);
      return new Applied(scope.values(built().trainable()), scope.values(variables()));
    }
  }

  /** Updates the variables that the optimizer was built for. */
  public final void apply(List<Tensor> gradients) {
    State built = built();
    if (gradients.size() != built.trainable().size()) {
      throw new OpException(
          name()
              + ".apply: one gradient per variable: got "
              + gradients.size()
              + " for "
              + built.trainable().size());
    }
    for (int i = 0; i < gradients.size(); i++) {
      Variable variable = built.trainable().get(i);
      if (!gradients.get(i).shape().equals(variable.shape())) {
        throw new OpException(
            name()
                + ".apply: the gradient of '"
                + variable.path()
                + "' must have shape "
                + variable.shape()
                + ", got "
                + gradients.get(i).type().brief());
      }
    }
    new UpdateStep(this, built.trainable(), built.averages(), built.accumulators(), built.slots())
        .run(gradients);
    Variable iteration = built.iteration();
    iteration.assign(Lax.add(iteration.value(), Lax.full(DType.I32, 1)));
  }

  /** Gives the weights their averages, at the end of training with {@link #useEma}. */
  public final void finalizeVariables() {
    State built = built();
    for (int i = 0; i < built.averages().size(); i++) {
      built.trainable().get(i).assign(built.averages().get(i).value());
    }
  }

  /** The loss as gradients should be taken of it. */
  public Tensor scaleLoss(Tensor loss) {
    Double factor = getOrNull(LOSS_SCALE_FACTOR);
    return factor == null ? loss : Lax.mul(loss, Lax.fullLike(loss, factor));
  }

  @Nullable Double lossScale() {
    return getOrNull(LOSS_SCALE_FACTOR);
  }

  @Nullable Integer accumulationSteps() {
    return getOrNull(GRADIENT_ACCUMULATION_STEPS);
  }

  @Nullable Double clipNorm() {
    return getOrNull(CLIPNORM);
  }

  @Nullable Double clipValue() {
    return getOrNull(CLIPVALUE);
  }

  @Nullable Double globalClipNorm() {
    return getOrNull(GLOBAL_CLIPNORM);
  }

  double emaMomentum() {
    return get(EMA_MOMENTUM);
  }

  @Nullable Integer emaOverwriteFrequency() {
    return getOrNull(EMA_OVERWRITE_FREQUENCY);
  }

  @Nullable Double decayOf(Variable variable) {
    Double decay = getOrNull(WEIGHT_DECAY);
    return decay != null && decays.test(variable) ? decay : null;
  }

  @Nullable Constraint constraintOf(Variable variable) {
    return constraints.apply(variable);
  }

  Tensor rawIteration() {
    return built().iteration().value();
  }
}
