package org.cornu.optimizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.optim.LossScaling;
import org.cornu.optim.Transformation;
import org.cornu.optim.UpdateRule;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies the loss by a factor, so that small gradients survive 16-bit floats, and divides the
 * gradients by it before the inner optimizer sees them. The factor doubles after a number of steps
 * with finite gradients; where one is not finite, it halves and nothing else changes.
 */
public final class LossScaleOptimizer extends Optimizer {
  private static final Option<Optimizer> INNER =
      Option.object("inner_optimizer", Optimizer.FAMILY).required();
  private static final Option<Double> INITIAL_SCALE =
      Option.real("initial_scale").defaultTo(32768.0).positive();
  private static final Option<Integer> GROWTH_STEPS =
      Option.integer("dynamic_growth_steps").defaultTo(2000).positive();

  static final Spec SPEC =
      Spec.of("keras.optimizers", "LossScaleOptimizer")
          .base(List.of(NAME))
          .options(INNER, INITIAL_SCALE, GROWTH_STEPS)
          .ignoring(
              "learning_rate",
              "weight_decay",
              "clipnorm",
              "global_clipnorm",
              "clipvalue",
              "use_ema",
              "ema_momentum",
              "ema_overwrite_frequency",
              "loss_scale_factor",
              "gradient_accumulation_steps",
              "dynamic")
          .aliases("lossscaleoptimizer")
          .create(LossScaleOptimizer::new);

  private @Nullable Variable counter;
  private @Nullable Variable scale;

  private LossScaleOptimizer() {
    super(SPEC);
  }

  /** Around this optimizer. */
  public LossScaleOptimizer(Optimizer inner) {
    this();
    set(INNER, inner);
  }

  /** The factor to start with; default 32768. */
  public LossScaleOptimizer initialScale(double value) {
    set(INITIAL_SCALE, value);
    return this;
  }

  /** Steps with finite gradients after which the factor doubles; default 2000. */
  public LossScaleOptimizer dynamicGrowthSteps(int value) {
    set(GROWTH_STEPS, value);
    return this;
  }

  /** What updates the variables. */
  public Optimizer inner() {
    return get(INNER);
  }

  @Override
  public UpdateRule rule() {
    return inner().rule();
  }

  @Override
  void addSlots(
      List<Variable> trainable,
      List<Variable> all,
      List<List<Variable>> slots,
      List<Variable> shared) {
    inner().lossScaleFactor(null);
    inner().constraints(this::constraintOf);
    counter =
        Variable.named("step_counter").dtype(DType.I32).trainable(false).autocast(false).shape();
    scale = scalar("dynamic_scale", DType.F32, get(INITIAL_SCALE));
    inner().build(trainable);
    all.add(counter);
    all.add(scale);
    all.addAll(inner().variables());
  }

  @Override
  void update(List<@Nullable Tensor> gradients) {
    Variable factor = Objects.requireNonNull(scale);
    Variable steps = Objects.requireNonNull(counter);
    List<Tensor> given = gradients.stream().filter(Objects::nonNull).toList();
    Tensor finite = LossScaling.finite(given);
    Tensor divisor = factor.value();
    List<Variable> guarded = new ArrayList<>(built().trainable());
    guarded.addAll(inner().variables());
    List<Tensor> before = guarded.stream().map(Variable::value).toList();
    List<@Nullable Tensor> unscaled = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Tensor g = gradients.get(i);
      boolean kept = g == null || built().trainable().get(i).isOverwrittenWithGradient();
      unscaled.add(kept ? g : LossScaling.unscale(g, divisor));
    }
    inner().apply(unscaled);
    for (int i = 0; i < guarded.size(); i++) {
      Variable variable = guarded.get(i);
      variable.assign(Lax.select(finite, variable.value(), before.get(i)));
    }
    LossScaling.Scale next =
        new LossScaling.Scale(divisor, steps.value()).next(finite, get(GROWTH_STEPS));
    factor.assign(next.factor());
    steps.assign(next.counter());
  }

  @Override
  public Tensor iterations() {
    return inner().iterations();
  }

  @Override
  public Tensor learningRate() {
    return inner().learningRate();
  }

  @Override
  public void finalizeVariables() {
    inner().finalizeVariables();
  }

  @Override
  public Tensor scaleLoss(Tensor loss) {
    Variable factor = scale;
    Tensor by = factor == null ? Lax.full(DType.F32, get(INITIAL_SCALE)) : factor.value();
    return loss.mul(Lax.convertElementType(by, loss.dtype()));
  }

  @Override
  public Transformation<?> functional() {
    return new LossScaling<>(inner().functional(), get(INITIAL_SCALE), get(GROWTH_STEPS));
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    config.put("name", name());
    return config;
  }
}
