package org.cornu.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.ConfigException;
import org.cornu.config.ObjectReader;
import org.cornu.config.Registry;
import org.cornu.layers.DTypePolicy;
import org.cornu.losses.Loss;
import org.cornu.metrics.Metric;
import org.cornu.optimizers.LossScaleOptimizer;
import org.cornu.optimizers.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * What a model trains with: the arguments of {@code compile}. Where the model has several outputs,
 * give a list in the order of the outputs, or a map by their names.
 */
public final class Compile {
  private final Optimizer optimizer;
  private @Nullable Object loss;
  private @Nullable Object lossWeights;
  private Object metrics = List.of();
  private Object weightedMetrics = List.of();
  private int stepsPerExecution = 1;
  private boolean autoScaleLoss = true;

  /** With this optimizer. */
  public Compile(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /** With the optimizer of this name at its defaults. */
  public Compile(String optimizer) {
    this(Registry.global().get(Optimizer.FAMILY, optimizer));
  }

  /**
   * What a {@code compile_config} of Keras says: optimizer, loss, metrics, and their weights.
   *
   * @throws ConfigException where it names no optimizer
   */
  public static Compile ofConfig(Object tree) {
    Compile options = CompileConfig.read(tree, ObjectReader.plain());
    if (options == null) {
      throw new ConfigException("compile: the config must name an optimizer: got " + tree);
    }
    return options;
  }

  /**
   * The loss: a {@link Loss}, Keras' name of one, or a list or map of these (null for an output
   * that is not trained on).
   */
  public Compile loss(@Nullable Object value) {
    loss = value;
    return this;
  }

  /** Factors of the losses of several outputs: a list or a map of numbers. */
  public Compile lossWeights(@Nullable Object value) {
    lossWeights = value;
    return this;
  }

  /** Metrics of the only output, or one list or map entry per output: {@link Metric}s or names. */
  public Compile metrics(Object... values) {
    metrics = unwrap(values);
    return this;
  }

  /** Metrics that take sample weights into account. */
  public Compile weightedMetrics(Object... values) {
    weightedMetrics = unwrap(values);
    return this;
  }

  /** Batches that are worked off before callbacks hear of them. */
  public Compile stepsPerExecution(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("stepsPerExecution must be at least 1: got " + value);
    }
    stepsPerExecution = value;
    return this;
  }

  /**
   * Whether training in {@code mixed_float16} scales the loss, so that small gradients survive: the
   * optimizer is then put into a {@link LossScaleOptimizer}. Default true.
   */
  public Compile autoScaleLoss(boolean value) {
    autoScaleLoss = value;
    return this;
  }

  /** The optimizer that a model of this policy trains with. */
  Optimizer optimizerFor(DTypePolicy policy) {
    return autoScaleLoss
            && policy.name().equals("mixed_float16")
            && !(optimizer instanceof LossScaleOptimizer)
        ? new LossScaleOptimizer(optimizer)
        : optimizer;
  }

  private static Object unwrap(Object[] values) {
    return values.length == 1 && (values[0] instanceof Map || values[0] instanceof List)
        ? values[0]
        : List.of(values);
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  @Nullable Object lossTree() {
    return loss;
  }

  @Nullable Object lossWeightTree() {
    return lossWeights;
  }

  Object metricTree() {
    return metrics;
  }

  Object weightedMetricTree() {
    return weightedMetrics;
  }

  int stepsPerExecution() {
    return stepsPerExecution;
  }

  /** One loss per output, null for outputs without one. */
  List<@Nullable Loss> losses(List<String> outputs) {
    List<@Nullable Loss> out = new ArrayList<>();
    for (Object entry : perOutput("loss", loss, outputs)) {
      out.add(entry == null ? null : Registry.global().get(Loss.FAMILY, entry));
    }
    return out;
  }

  /** One factor per output. */
  List<Double> factors(List<String> outputs) {
    List<Double> out = new ArrayList<>();
    for (Object entry : perOutput("loss_weights", lossWeights, outputs)) {
      out.add(entry instanceof Number number ? number.doubleValue() : 1.0);
    }
    return out;
  }

  /** The metrics of each output. */
  List<List<Object>> metrics(Object tree, List<String> outputs) {
    List<List<Object>> out = new ArrayList<>();
    boolean flat =
        outputs.size() == 1
            && tree instanceof List<?> list
            && list.stream().noneMatch(e -> e instanceof List);
    for (Object entry : flat ? List.of(tree) : perOutput("metrics", tree, outputs)) {
      out.add(
          entry == null
              ? List.of()
              : entry instanceof List<?> list ? List.copyOf(list) : List.of(entry));
    }
    return out;
  }

  private static List<@Nullable Object> perOutput(
      String what, @Nullable Object tree, List<String> outputs) {
    List<@Nullable Object> out = new ArrayList<>();
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> left = new LinkedHashMap<>(map);
      for (String output : outputs) {
        out.add(left.remove(output));
      }
      if (!left.isEmpty()) {
        throw new IllegalArgumentException(
            "compile: "
                + what
                + " names no outputs "
                + left.keySet()
                + "; the outputs are "
                + outputs);
      }
    } else if (tree instanceof List<?> list) {
      if (list.isEmpty()) {
        outputs.forEach(o -> out.add(null));
      } else if (list.size() != outputs.size()) {
        throw new IllegalArgumentException(
            "compile: " + what + " takes one entry per output " + outputs + ": got " + list);
      } else {
        out.addAll(list);
      }
    } else {
      outputs.forEach(o -> out.add(tree));
    }
    return out;
  }
}
