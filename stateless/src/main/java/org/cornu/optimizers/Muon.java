package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.AdamRule;
import org.cornu.optim.MuonRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.cornu.stablehlo.ir.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Muon (Jordan 2024) for matrices, {@link MuonRule}, and Adam, {@link AdamRule}, for everything
 * else: vectors, convolution kernels, embeddings, and what {@link #excludeLayers} names.
 */
public final class Muon extends Optimizer {
  private static final Option<Double> ADAM_BETA_1 =
      Option.real("adam_beta_1").defaultTo(0.9).within(0, 1);
  private static final Option<Double> ADAM_BETA_2 =
      Option.real("adam_beta_2").defaultTo(0.999).within(0, 1);
  private static final Option<Double> ADAM_WEIGHT_DECAY =
      Option.real("adam_weight_decay").nullable().defaultTo(0.004);
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-7);
  private static final Option<List<String>> EXCLUDE_LAYERS =
      Option.strings("exclude_layers").nullMeans(List.of());
  private static final Option<Boolean> EXCLUDE_EMBEDDINGS =
      Option.bool("exclude_embeddings").defaultTo(true);
  private static final Option<Double> MUON_A = Option.real("muon_a").defaultTo(3.4445);
  private static final Option<Double> MUON_B = Option.real("muon_b").defaultTo(-4.775);
  private static final Option<Double> MUON_C = Option.real("muon_c").defaultTo(2.0315);
  private static final Option<Double> ADAM_LR_RATIO = Option.real("adam_lr_ratio").defaultTo(1);
  private static final Option<Double> MOMENTUM =
      Option.real("momentum").defaultTo(0.95).within(0, 1);
  private static final Option<Integer> NS_STEPS =
      Option.integer("ns_steps").defaultTo(5).positive();
  private static final Option<Boolean> NESTEROV = Option.bool("nesterov").defaultTo(true);
  private static final Option<Double> RMS_RATE = Option.real("rms_rate").nullable().defaultTo(0.2);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Muon")
          .base(OPTIONS)
          .options(
              WEIGHT_DECAY.defaultTo(0.004),
              ADAM_BETA_1,
              ADAM_BETA_2,
              ADAM_WEIGHT_DECAY,
              EPSILON,
              EXCLUDE_LAYERS,
              EXCLUDE_EMBEDDINGS,
              MUON_A,
              MUON_B,
              MUON_C,
              ADAM_LR_RATIO,
              MOMENTUM,
              NS_STEPS,
              NESTEROV,
              RMS_RATE)
          .create(Muon::new);

  /** With learning rate 0.001. */
  public Muon() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Muon(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public Muon(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Share of the old mean that stays at each step of Adam; default 0.9. */
  @CanIgnoreReturnValue
  public Muon adamBeta1(double value) {
    set(ADAM_BETA_1, value);
    return this;
  }

  /** Share of the old mean square that stays at each step of Adam; default 0.999. */
  @CanIgnoreReturnValue
  public Muon adamBeta2(double value) {
    set(ADAM_BETA_2, value);
    return this;
  }

  /** Weight decay of what Adam updates; default 0.004. */
  @CanIgnoreReturnValue
  public Muon adamWeightDecay(@Nullable Double value) {
    set(ADAM_WEIGHT_DECAY, value);
    return this;
  }

  /** Added to the root of Adam's mean square; default 1e-7. */
  @CanIgnoreReturnValue
  public Muon epsilon(double value) {
    set(EPSILON, value);
    return this;
  }

  /** Regular expressions; where one is found in a variable's path, Adam updates it. */
  @CanIgnoreReturnValue
  public Muon excludeLayers(String... patterns) {
    set(EXCLUDE_LAYERS, List.of(patterns));
    return this;
  }

  /** Whether Adam updates variables with "embedding" in their path; default true. */
  @CanIgnoreReturnValue
  public Muon excludeEmbeddings(boolean value) {
    set(EXCLUDE_EMBEDDINGS, value);
    return this;
  }

  /** Coefficients of the polynomial; default 3.4445, -4.775, 2.0315. */
  @CanIgnoreReturnValue
  public Muon coefficients(double a, double b, double c) {
    set(MUON_A, a);
    set(MUON_B, b);
    set(MUON_C, c);
    return this;
  }

  /** Learning rate of Adam over that of Muon; default 1. */
  @CanIgnoreReturnValue
  public Muon adamLrRatio(double value) {
    set(ADAM_LR_RATIO, value);
    return this;
  }

  /** Share of the old momentum that stays; default 0.95. */
  @CanIgnoreReturnValue
  public Muon momentum(double value) {
    set(MOMENTUM, value);
    return this;
  }

  /** Iterations of the polynomial; default 5. */
  @CanIgnoreReturnValue
  public Muon nsSteps(int value) {
    set(NS_STEPS, value);
    return this;
  }

  /** Looks ahead along the momentum; default true. */
  @CanIgnoreReturnValue
  public Muon nesterov(boolean value) {
    set(NESTEROV, value);
    return this;
  }

  /** Factor of the move beside the root of its larger dimension, or null for neither; 0.2. */
  @CanIgnoreReturnValue
  public Muon rmsRate(@Nullable Double value) {
    set(RMS_RATE, value);
    return this;
  }

  private boolean usesAdam(String path, Shape shape) {
    return shape.rank() != 2
        || (get(EXCLUDE_EMBEDDINGS) && path.toLowerCase(Locale.ROOT).contains("embedding"))
        || get(EXCLUDE_LAYERS).stream().anyMatch(p -> Pattern.compile(p).matcher(path).find());
  }

  @Override
  public UpdateRule rule() {
    return new MuonRule(
        get(MOMENTUM),
        get(NESTEROV),
        get(NS_STEPS),
        get(MUON_A),
        get(MUON_B),
        get(MUON_C),
        getOrNull(RMS_RATE));
  }

  @Override
  public UpdateRule ruleFor(String path, Shape shape) {
    return usesAdam(path, shape)
        ? new Scaled(
            new AdamRule(get(ADAM_BETA_1), get(ADAM_BETA_2), get(EPSILON), false),
            get(ADAM_LR_RATIO))
        : rule();
  }

  @Override
  @Nullable Double decayOf(String path, Shape shape) {
    if (!decays(path)) {
      return null;
    }
    return getOrNull(usesAdam(path, shape) ? ADAM_WEIGHT_DECAY : WEIGHT_DECAY);
  }

  /** A rule with another learning rate. */
  private record Scaled(UpdateRule rule, double factor) implements UpdateRule {
    @Override
    public List<Slot> slots(Shape shape) {
      return rule.slots(shape);
    }

    @Override
    public Output update(Input in) {
      return rule.update(
          new Input(
              in.weight(),
              in.gradient(),
              in.slots(),
              in.shared(),
              in.learningRate().mul(factor),
              in.step()));
    }
  }
}
