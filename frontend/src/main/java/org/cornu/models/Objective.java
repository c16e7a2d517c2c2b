package org.cornu.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.layers.Masks;
import org.cornu.losses.Loss;
import org.cornu.metrics.Mean;
import org.cornu.metrics.Metric;
import org.cornu.metrics.Metrics;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The losses and metrics of a compiled model over its outputs. */
final class Objective {
  /**
   * The losses of one batch.
   *
   * @param total what is minimised
   * @param byOutput unweighted loss of each output that has one
   */
  record Losses(Tensor total, List<Tensor> byOutput) {}

  private record Tracked(String prefix, int output, Metric metric, boolean weighted) {}

  private final Compile options;
  private final Mean total = new Mean("loss");
  private final List<Mean> byOutput = new ArrayList<>();
  private final List<Tracked> metrics = new ArrayList<>();
  private List<String> names = List.of();
  private List<@Nullable Loss> losses = List.of();
  private List<Double> factors = List.of();

  Objective(Compile options) {
    this.options = options;
  }

  /** Resolves names that depend on shapes, such as {@code accuracy}. */
  void build(List<String> outputNames, List<Tensor> labels, List<Tensor> outputs) {
    names = outputNames;
    losses = options.losses(names);
    factors = options.factors(names);
    boolean several = names.size() > 1;
    for (int i = 0; several && i < names.size(); i++) {
      if (losses.get(i) != null) {
        byOutput.add(new Mean(names.get(i) + "_loss"));
      }
    }
    add(options.metrics(options.metricTree(), names), labels, outputs, several, false);
    add(options.metrics(options.weightedMetricTree(), names), labels, outputs, several, true);
  }

  private void add(
      List<List<Object>> given,
      List<Tensor> labels,
      List<Tensor> outputs,
      boolean several,
      boolean weighted) {
    for (int i = 0; i < given.size(); i++) {
      for (Object identifier : given.get(i)) {
        Tensor label = labels.get(Math.min(i, labels.size() - 1));
        Metric metric = Metrics.resolve(identifier, label.shape(), outputs.get(i).shape());
        metrics.add(new Tracked(several ? names.get(i) + "_" : "", i, metric, weighted));
      }
    }
  }

  static List<@Nullable Tensor> masks(List<Tensor> outputs) {
    List<@Nullable Tensor> out = new ArrayList<>();
    outputs.forEach(o -> out.add(Masks.of(o)));
    return out;
  }

  /** The losses of a batch: of the outputs, and those that layers and regularizers add. */
  Losses losses(
      Data.Batch batch, List<Tensor> outputs, List<@Nullable Tensor> masks, List<Tensor> extra) {
    Tensor sum = null;
    List<Tensor> each = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Loss loss = i < losses.size() ? losses.get(i) : null;
      if (loss == null) {
        continue;
      }
      if (i >= batch.y().size()) {
        throw new OpException(
            "fit: output '" + names.get(i) + "' has a loss but there are no labels for it");
      }
      Tensor value =
          loss.weighted(batch.y().get(i), outputs.get(i), batch.sampleWeight(), masks.get(i));
      each.add(value);
      double factor = factors.get(i);
      Tensor part = factor == 1 ? value : Lax.mul(value, Lax.fullLike(value, factor));
      sum = sum == null ? part : Lax.add(sum, part);
    }
    for (Tensor more : extra) {
      Tensor part = Lax.convertElementType(more, sum == null ? more.dtype() : sum.dtype());
      sum = sum == null ? part : Lax.add(sum, part);
    }
    if (sum == null) {
      throw new OpException(
          "fit: the model has no loss: give one to compile, or let a layer add one");
    }
    return new Losses(sum, each);
  }

  /** Takes a batch into all metrics. */
  void update(Losses values, Data.Batch batch, List<Tensor> outputs, List<@Nullable Tensor> masks) {
    Tensor size = Lax.full(DType.F32, batch.size());
    total.updateValues(values.total(), size);
    for (int i = 0; i < byOutput.size(); i++) {
      byOutput.get(i).updateValues(values.byOutput().get(i), size);
    }
    for (Tracked tracked : metrics) {
      int i = tracked.output();
      Tensor weight = tracked.weighted() ? batch.sampleWeight() : null;
      Metric metric = tracked.metric();
      metric.updateState(
          batch.y().get(i), outputs.get(i), metric.weightUnder(masks.get(i), weight));
    }
  }

  List<Variable> variables() {
    List<Variable> out = new ArrayList<>(total.variables());
    byOutput.forEach(m -> out.addAll(m.variables()));
    metrics.forEach(t -> out.addAll(t.metric().variables()));
    return out;
  }

  void reset() {
    total.resetState();
    byOutput.forEach(Metric::resetState);
    metrics.forEach(t -> t.metric().resetState());
  }

  /** The numbers so far: loss, losses by output, then the metrics by name. */
  Map<String, Double> logs() {
    Map<String, Double> out = new LinkedHashMap<>();
    out.put("loss", total.result().item());
    byOutput.forEach(m -> out.put(m.name(), m.result().item()));
    Map<String, Double> sorted = new TreeMap<>();
    for (Tracked tracked : metrics) {
      sorted.put(tracked.prefix() + tracked.metric().name(), tracked.metric().result().item());
    }
    out.putAll(sorted);
    return out;
  }
}
