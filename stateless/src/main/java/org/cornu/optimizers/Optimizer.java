package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cornu.config.ConfigException;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Names;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.ops.Lax;
import org.cornu.optim.Decay;
import org.cornu.optim.Optim;
import org.cornu.optim.Schedule;
import org.cornu.optim.Transformation;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
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

  static final Option<String> NAME = Option.string("name").nullable();

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
  static final Option<Double> LOSS_SCALE_FACTOR = Option.real("loss_scale_factor").nullable();
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
  private Predicate<String> decays = path -> true;

  /** Everything that exists once the variables are known. */
  record State(
      List<Variable> trainable,
      Variable iteration,
      @Nullable Variable learningRate,
      List<Variable> averages,
      List<Variable> accumulators,
      List<List<Variable>> slots,
      List<Variable> shared,
      List<Variable> all) {}

  /** Makes an optimizer of this table. */
  protected Optimizer(Spec spec) {
    super(spec);
  }

  /** The arithmetic for one variable. */
  public abstract UpdateRule rule();

  /** The arithmetic for one variable, where it depends on the variable; else {@link #rule}. */
  public UpdateRule ruleFor(String path, Shape shape) {
    return rule();
  }

  /** The name in variable paths. */
  public final String name() {
    String given = getOrNull(NAME);
    return given != null ? given : Names.snakeCase(spec().className());
  }

  /** An option's value; null where this class does not have it. */
  private <T> @Nullable T given(Option<T> option) {
    return spec().option(option.key()) == null ? null : getOrNull(option);
  }

  private LearningRate learningRateOption() {
    LearningRate rate = given(LEARNING_RATE);
    return rate != null ? rate : new LearningRate(0, null);
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

  /**
   * Weights in whose name one of the patterns is found do not decay.
   *
   * @param patterns regular expressions: {@code bias}, {@code gamma}
   */
  @CanIgnoreReturnValue
  public final Optimizer excludeFromWeightDecay(String... patterns) {
    List<Pattern> compiled = Stream.of(patterns).map(Pattern::compile).toList();
    decays = path -> compiled.stream().noneMatch(p -> p.matcher(lastName(path)).find());
    return this;
  }

  private static String lastName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('.')) + 1);
  }

  /** Where the constraints of variables are found. */
  public final void constraints(Function<Variable, @Nullable Constraint> lookup) {
    constraints = lookup;
  }

  // ---- state

  /** Makes the state for these variables; done once. */
  @SuppressWarnings("try") // the scope acts by being open
  public final void build(List<Variable> trainable) {
    State built = state;
    if (built != null) {
      if (built.trainable().equals(trainable)) {
        return;
      }
      throw new IllegalStateException(
          name() + ": was built for " + built.trainable() + ", got other variables " + trainable);
    }
    checkOptions();
    try (NameScope scope = NameScope.open(name())) {
      state = makeState(trainable);
    }
    freeze("built");
  }

  private void checkOptions() {
    if (Stream.of(CLIPNORM, CLIPVALUE, GLOBAL_CLIPNORM).filter(o -> given(o) != null).count() > 1) {
      throw new ConfigException(
          name() + ": only one of clipnorm, clipvalue and global_clipnorm can be set");
    }
  }

  private State makeState(List<Variable> trainable) {
    List<Variable> all = new ArrayList<>();
    Variable iteration =
        Variable.named("iteration").dtype(DType.I32).trainable(false).autocast(false).shape();
    all.add(iteration);
    LearningRate rate = learningRateOption();
    Variable learningRate = null;
    if (rate.schedule() == null) {
      learningRate = scalar("learning_rate", DType.F32, rate.value());
      all.add(learningRate);
    }
    List<Variable> averages = new ArrayList<>();
    if (Boolean.TRUE.equals(given(USE_EMA))) {
      trainable.forEach(v -> averages.add(like(v, "average")));
    }
    List<Variable> accumulators = new ArrayList<>();
    if (given(GRADIENT_ACCUMULATION_STEPS) != null) {
      trainable.forEach(v -> accumulators.add(like(v, "gradient_accumulator")));
    }
    all.addAll(averages);
    all.addAll(accumulators);
    List<List<Variable>> slots = new ArrayList<>();
    List<Variable> shared = new ArrayList<>();
    addSlots(trainable, all, slots, shared);
    return new State(
        List.copyOf(trainable),
        iteration,
        learningRate,
        averages,
        accumulators,
        slots,
        shared,
        all);
  }

  /**
   * Makes the slots of all variables and appends them to {@code all} in Keras' order: variable by
   * variable, then the slots that stand in blocks, then those that all share.
   */
  void addSlots(
      List<Variable> trainable,
      List<Variable> all,
      List<List<Variable>> slots,
      List<Variable> shared) {
    Map<String, List<Variable>> blocks = new LinkedHashMap<>();
    for (Variable variable : trainable) {
      List<Variable> mine = new ArrayList<>();
      if (!variable.isOverwrittenWithGradient()) {
        for (UpdateRule.Slot slot :
            ruleFor(variable.path(), variable.shape()).slots(variable.shape())) {
          Variable made = slot(variable, slot);
          mine.add(made);
          (slot.block() ? blocks.computeIfAbsent(slot.name(), n -> new ArrayList<>()) : all)
              .add(made);
        }
      }
      slots.add(mine);
    }
    blocks.values().forEach(all::addAll);
    if (!trainable.isEmpty()) {
      DType dtype = trainable.get(0).dtype();
      rule().shared().forEach(s -> shared.add(scalar(s.name(), dtype, s.value())));
      all.addAll(shared);
    }
  }

  private static String slotName(Variable variable, String slot) {
    return variable.path().replace('/', '_') + "_" + slot;
  }

  private static Variable like(Variable variable, String slot) {
    return slot(variable, UpdateRule.Slot.zeros(slot, variable.shape()));
  }

  private static Variable slot(Variable variable, UpdateRule.Slot slot) {
    Variable.Builder builder =
        Variable.named(slotName(variable, slot.name()))
            .dtype(slot.dtypeFor(variable.dtype()))
            .trainable(false)
            .autocast(false)
            .initializer((shape, dtype) -> Lax.full(dtype, slot.value(), shape.dims()));
    if (slot.shape().equals(variable.shape())) {
      builder = builder.placement(variable.placement());
    }
    Variable made = builder.shape(slot.shape());
    if (slot.copiesWeight()) {
      // A copy, so that weight and slot can both be donated.
      made.assign(Lax.add(variable.value(), made.value()));
    }
    return made;
  }

  static Variable scalar(String name, DType dtype, double value) {
    return Variable.named(name)
        .dtype(dtype)
        .trainable(false)
        .autocast(false)
        .initializer((shape, type) -> Lax.full(type, value))
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
  public final List<Variable> variables() {
    return Collections.unmodifiableList(built().all());
  }

  /** Updates done so far. */
  public Tensor iterations() {
    Tensor raw = built().iteration().value();
    Integer steps = given(GRADIENT_ACCUMULATION_STEPS);
    return steps == null ? raw : Lax.div(raw, Lax.full(DType.I32, steps));
  }

  /** The learning rate of the next update, scalar f32. */
  public Tensor learningRate() {
    LearningRateSchedule schedule = learningRateOption().schedule();
    Variable variable = built().learningRate();
    return schedule != null
        ? schedule.apply(built().iteration().value())
        : Objects.requireNonNull(variable).value();
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
      List<Tensor> optimizerVariables,
      List<@Nullable Tensor> gradients,
      List<Tensor> trainableVariables) {
    try (StatelessScope scope = StatelessScope.open()) {
      scope.setAll(name() + ".statelessApply: optimizer", variables(), optimizerVariables);
      scope.setAll(name() + ".statelessApply: trainable", built().trainable(), trainableVariables);
      apply(gradients);
      return new Applied(scope.values(built().trainable()), scope.values(variables()));
    }
  }

  /**
   * Updates the variables that the optimizer was built for.
   *
   * @param gradients one per variable; where it is null, the variable stays as it is
   */
  public final void apply(List<@Nullable Tensor> gradients) {
    List<Variable> trainable = built().trainable();
    if (gradients.size() != trainable.size()) {
      throw new OpException(
          name()
              + ".apply: one gradient per variable: got "
              + gradients.size()
              + " for "
              + trainable.size());
    }
    boolean any = gradients.isEmpty();
    for (int i = 0; i < gradients.size(); i++) {
      Tensor gradient = gradients.get(i);
      any |= gradient != null;
      if (gradient != null && !gradient.shape().equals(trainable.get(i).shape())) {
        throw new OpException(
            name()
                + ".apply: the gradient of '"
                + trainable.get(i).path()
                + "' must have shape "
                + trainable.get(i).shape()
                + ", got "
                + gradient.type().brief());
      }
    }
    if (!any) {
      throw new OpException(
          name()
              + ".apply: no variable has a gradient\n  hint: does the loss depend on "
              + trainable.get(0).path()
              + "?");
    }
    update(gradients);
  }

  /** One update, with gradients already checked. */
  void update(List<@Nullable Tensor> gradients) {
    State built = built();
    new UpdateStep(this, built).run(gradients);
    count(built.iteration());
  }

  static void count(Variable iteration) {
    iteration.assign(Lax.add(iteration.value(), Lax.full(DType.I32, 1)));
  }

  /**
   * The same optimizer as a pure function over trees of parameters, with all its options; patterns
   * of {@link #excludeFromWeightDecay} are looked for in the last name of a path.
   */
  public Transformation<?> functional() {
    checkOptions();
    LearningRate given = learningRateOption();
    LearningRateSchedule schedule = given.schedule();
    Schedule rate = schedule != null ? schedule : Schedule.constant(given.value());
    List<Transformation<?>> stages = new ArrayList<>();
    Double scale = given(LOSS_SCALE_FACTOR);
    if (scale != null) {
      stages.add(Optim.scale(1 / scale));
    }
    List<Transformation<?>> inner = new ArrayList<>();
    Double norm = clipNorm();
    Double value = clipValue();
    Double global = globalClipNorm();
    if (norm != null) {
      inner.add(Optim.clipByNorm(norm));
    } else if (global != null) {
      inner.add(Optim.clipByGlobalNorm(global));
    } else if (value != null) {
      inner.add(Optim.clipByValue(value));
    }
    Double decay = given(WEIGHT_DECAY);
    if (decay != null) {
      inner.add(new Decay((path, shape) -> decayOf(path, shape), rate));
    }
    inner.add(Optim.rules(this::ruleFor, rate));
    Transformation<?> main = Optim.chain(inner.toArray(Transformation<?>[]::new));
    Integer every = accumulationSteps();
    stages.add(every == null ? main : Optim.accumulate(every, main));
    if (Boolean.TRUE.equals(given(USE_EMA))) {
      stages.add(Optim.average(emaMomentum()));
    }
    return Optim.chain(stages.toArray(Transformation<?>[]::new));
  }

  /** Gives the weights their averages, at the end of training with {@link #useEma}. */
  public void finalizeVariables() {
    State built = built();
    for (int i = 0; i < built.averages().size(); i++) {
      built.trainable().get(i).assign(built.averages().get(i).value());
    }
  }

  /** The loss as gradients should be taken of it. */
  public Tensor scaleLoss(Tensor loss) {
    Double factor = given(LOSS_SCALE_FACTOR);
    return factor == null ? loss : Lax.mul(loss, Lax.fullLike(loss, factor));
  }

  @Nullable Double lossScale() {
    return given(LOSS_SCALE_FACTOR);
  }

  @Nullable Integer accumulationSteps() {
    return given(GRADIENT_ACCUMULATION_STEPS);
  }

  @Nullable Double clipNorm() {
    return given(CLIPNORM);
  }

  @Nullable Double clipValue() {
    return given(CLIPVALUE);
  }

  @Nullable Double globalClipNorm() {
    return given(GLOBAL_CLIPNORM);
  }

  double emaMomentum() {
    return get(EMA_MOMENTUM);
  }

  @Nullable Integer emaOverwriteFrequency() {
    return given(EMA_OVERWRITE_FREQUENCY);
  }

  /** The weight decay of a variable, or null. */
  @Nullable Double decayOf(String path, Shape shape) {
    return decays.test(path) ? given(WEIGHT_DECAY) : null;
  }

  final boolean decays(String path) {
    return decays.test(path);
  }

  @Nullable Constraint constraintOf(Variable variable) {
    return constraints.apply(variable);
  }

  Tensor rawIteration() {
    return built().iteration().value();
  }
}
