package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How trajectories of each optimizer, and steps of each schedule, are drawn. */
final class OptimizerPlans {
  private static final String MODULE = "keras.optimizers";
  private static final int STEPS = 10;

  /** Of each number that optimizers take: how it is drawn. */
  private static final Map<String, ToDoubleFunction<DrawnCase>> NUMBERS = new TreeMap<>();

  private static final Map<String, Consumer<DrawnCase>> OPTIMIZERS = new TreeMap<>();
  private static final Map<String, Consumer<DrawnCase>> SCHEDULES = new TreeMap<>();

  static {
    NUMBERS.put("momentum", c -> c.real(0, 0.95));
    NUMBERS.put("rho", c -> c.real(0.5, 0.99));
    NUMBERS.put("beta_1", c -> c.real(0.5, 0.95));
    NUMBERS.put("beta_2", c -> c.real(0.8, 0.999));
    NUMBERS.put("adam_beta_1", c -> c.real(0.5, 0.95));
    NUMBERS.put("adam_beta_2", c -> c.real(0.8, 0.999));
    NUMBERS.put("adam_weight_decay", c -> c.real(0, 0.1));
    NUMBERS.put("adam_lr_ratio", c -> c.real(0.3, 2));
    NUMBERS.put("rms_rate", c -> c.real(0.1, 0.4));
    NUMBERS.put("epsilon", c -> c.pick(1e-7, 1e-5, 1e-3));
    NUMBERS.put("initial_accumulator_value", c -> c.real(0.05, 1));
    NUMBERS.put("learning_rate_power", c -> c.pick(-0.5, -0.7, 0.0));
    NUMBERS.put("l1_regularization_strength", c -> c.real(0, 0.1));
    NUMBERS.put("l2_regularization_strength", c -> c.real(0, 0.1));
    NUMBERS.put("l2_shrinkage_regularization_strength", c -> c.real(0, 0.1));
    NUMBERS.put("beta", c -> c.real(0, 1));
    NUMBERS.put("beta_2_decay", c -> c.real(-0.95, -0.5));
    NUMBERS.put("epsilon_1", c -> c.pick(1e-30, 1e-8));
    NUMBERS.put("epsilon_2", c -> c.pick(1e-3, 1e-2));
    NUMBERS.put("clip_threshold", c -> c.real(0.5, 2));
    for (String name :
        List.of(
            "SGD",
            "RMSprop",
            "Adam",
            "AdamW",
            "Adagrad",
            "Adadelta",
            "Adamax",
            "Nadam",
            "Ftrl",
            "Lion",
            "Lamb",
            "Adafactor",
            "Muon",
            "ScheduleFreeAdamW")) {
      OPTIMIZERS.put(
          name,
          c -> {
            options(c);
            trajectory(c);
          });
    }
    OPTIMIZERS.put(
        "LossScaleOptimizer",
        c -> {
          c.set("inner_optimizer", inner(c));
          c.set("initial_scale", c.pick(8.0, 1024.0));
          c.set("dynamic_growth_steps", c.in(2, 5));
          trajectory(c);
        });
    OPTIMIZERS.put(
        "MultiOptimizer",
        c -> {
          Map<String, Object> map = new LinkedHashMap<>();
          map.put(c.pick("kernel", "k.*"), inner(c));
          if (c.coin()) {
            map.put("bias", inner(c));
          }
          c.set(
              "optimizer_map",
              DrawnCase.object(
                  MODULE,
                  "OptimizerMap",
                  Map.of("default_optimizer", inner(c), "optimizer_map", map)));
          c.leave("loss_scale_factor");
          trajectory(c);
        });
  }

  private OptimizerPlans() {}

  static Map<String, Consumer<DrawnCase>> optimizers() {
    return OPTIMIZERS;
  }

  static Map<String, Consumer<DrawnCase>> schedules() {
    return SCHEDULES;
  }

  // ---- optimizers

  private static void options(DrawnCase c) {
    NUMBERS.forEach(
        (key, draw) -> {
          if (c.has(key) && c.coin()) {
            c.set(key, draw.applyAsDouble(c));
          }
        });
    c.set("learning_rate", c.in(0, 3) == 0 ? decay(c) : c.pick(0.5, 0.1, 0.01, 0.001));
    if (c.has("ns_steps")) {
      c.maybe("ns_steps", c.in(3, 6));
      c.leave("muon_a", "muon_b", "muon_c");
      c.maybe("exclude_layers", List.of(c.pick("kernel", "table", "none")));
    }
    if (c.has("warmup_steps")) {
      c.maybe("warmup_steps", c.in(1, 6));
    }
    if (c.coin()) {
      c.set("weight_decay", c.real(0.001, 0.2));
      if (c.coin()) {
        c.with("no_weight_decay", c.coin() ? List.of("bias") : List.of("ker.el", "table"));
      }
    }
    if (c.coin()) {
      c.set(c.pick("clipnorm", "clipvalue", "global_clipnorm"), c.real(0.1, 2));
    }
    if (c.coin()) {
      c.set("use_ema", true);
      c.maybe("ema_momentum", c.real(0.3, 0.99));
      c.maybe("ema_overwrite_frequency", c.in(2, 5));
    }
    c.leave("loss_scale_factor", "gradient_accumulation_steps", "use_ema", "name");
    if (c.in(0, 2) == 0) {
      c.set("gradient_accumulation_steps", c.in(2, 4));
    }
    if (c.in(0, 2) == 0) {
      c.set("loss_scale_factor", c.pick(2.0, 128.0));
    }
  }

  private static Object decay(DrawnCase c) {
    return c.coin()
        ? DrawnCase.object(
            MODULE + ".schedules",
            "ExponentialDecay",
            Map.of(
                "initial_learning_rate",
                c.real(0.01, 0.5),
                "decay_steps",
                c.in(2, 8),
                "decay_rate",
                c.real(0.3, 0.95),
                "staircase",
                c.coin()))
        : DrawnCase.object(
            MODULE + ".schedules",
            "CosineDecay",
            Map.of(
                "initial_learning_rate",
                0.0,
                "decay_steps",
                c.in(3, 12),
                "warmup_target",
                c.real(0.01, 0.5),
                "warmup_steps",
                c.in(1, 4)));
  }

  private static Object inner(DrawnCase c) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("learning_rate", c.pick(0.1, 0.01));
    if (c.coin()) {
      config.put(c.pick("clipnorm", "clipvalue"), c.real(0.1, 2));
    }
    if (c.coin()) {
      config.put("weight_decay", c.real(0.001, 0.2));
    }
    return DrawnCase.object(MODULE, c.pick("SGD", "Adam", "RMSprop", "Lion"), config);
  }

  private static void trajectory(DrawnCase c) {
    int[][] shapes = {{3, 4}, {4}, {2, 3, 2}};
    List<Object> initial = new ArrayList<>();
    for (int[] shape : shapes) {
      initial.add(c.values(-1, 1, shape));
    }
    double size = c.pick(0.01, 1.0, 10.0);
    List<Object> gradients = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      List<@Nullable Object> of = new ArrayList<>();
      for (int[] shape : shapes) {
        of.add(c.values(-size, size, shape));
      }
      gradients.add(of);
    }
    c.with("variable_names", List.of("kernel", "bias", "table"));
    c.with("initial", initial);
    c.with("gradients", gradients);
  }

  // ---- schedules

  private static void schedule(String name, Consumer<DrawnCase> options) {
    SCHEDULES.put(
        name,
        c -> {
          options.accept(c);
          c.leave("name");
          c.with("steps", List.of(0, 1, 2, c.in(3, 9), c.in(10, 20), c.in(21, 60), 1000));
        });
  }

  private static void rates(DrawnCase c) {
    c.set("initial_learning_rate", c.real(0.001, 1));
    c.set("decay_steps", c.in(1, 30));
  }

  static {
    for (String name : List.of("ExponentialDecay", "InverseTimeDecay")) {
      schedule(
          name,
          c -> {
            rates(c);
            c.set("decay_rate", c.real(0.1, 1.5));
          });
    }
    schedule(
        "PolynomialDecay",
        c -> {
          rates(c);
          c.maybe("end_learning_rate", c.real(0, 0.1)).maybe("power", c.real(0.3, 3));
        });
    schedule(
        "CosineDecay",
        c -> {
          rates(c);
          c.maybe("alpha", c.real(0, 0.5));
          if (c.coin()) {
            c.set("warmup_target", c.real(0.5, 2)).set("warmup_steps", c.in(1, 12));
          }
        });
    schedule(
        "CosineDecayRestarts",
        c -> {
          c.set("initial_learning_rate", c.real(0.001, 1));
          c.set("first_decay_steps", c.in(2, 20));
          c.maybe("t_mul", c.pick(1.0, 1.5, 2.0, 3.0)).maybe("m_mul", c.real(0.3, 1.2));
          c.maybe("alpha", c.real(0, 0.5));
        });
    schedule(
        "PiecewiseConstantDecay",
        c -> {
          c.set("boundaries", List.of(c.in(1, 5), c.in(6, 20)));
          c.set("values", List.of(c.real(0.5, 1), c.real(0.1, 0.4), c.real(0.001, 0.05)));
        });
  }
}
