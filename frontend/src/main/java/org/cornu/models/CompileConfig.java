package org.cornu.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.optimizers.Optimizer;
import org.jspecify.annotations.Nullable;

/** What {@code compile} was given in Keras' {@code compile_config} form. */
final class CompileConfig {
  private CompileConfig() {}

  static Map<String, @Nullable Object> write(Compile options, ObjectWriter writer) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("optimizer", writer.write(options.optimizer()));
    out.put("loss", tree(options.lossTree(), writer));
    out.put("loss_weights", tree(options.lossWeightTree(), writer));
    out.put("metrics", orNull(options.metricTree(), writer));
    out.put("weighted_metrics", orNull(options.weightedMetricTree(), writer));
    out.put("run_eagerly", false);
    out.put("steps_per_execution", options.stepsPerExecution());
    out.put("jit_compile", true);
    return out;
  }

  private static @Nullable Object orNull(Object tree, ObjectWriter writer) {
    return tree instanceof List<?> list && list.isEmpty() ? null : tree(tree, writer);
  }

  private static @Nullable Object tree(@Nullable Object value, ObjectWriter writer) {
    if (value instanceof List<?> list) {
      return list.stream().map(v -> tree(v, writer)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      map.forEach((k, v) -> out.put(String.valueOf(k), tree(v, writer)));
      return out;
    }
    return writer.write(value);
  }

  static @Nullable Compile read(@Nullable Object tree, ObjectReader reader) {
    if (!(tree instanceof Map<?, ?> map) || map.get("optimizer") == null) {
      return null;
    }
    Compile options =
        new Compile(
            reader.read(java.util.Objects.requireNonNull(map.get("optimizer")), Optimizer.FAMILY));
    options.loss(objects(map.get("loss"), reader));
    options.lossWeights(map.get("loss_weights"));
    Object metrics = objects(map.get("metrics"), reader);
    if (metrics != null) {
      options.metrics(metrics);
    }
    Object weighted = objects(map.get("weighted_metrics"), reader);
    if (weighted != null) {
      options.weightedMetrics(weighted);
    }
    if (map.get("steps_per_execution") instanceof Number steps) {
      options.stepsPerExecution(steps.intValue());
    }
    return options;
  }

  /** The tree with serialized objects read and names left as they are. */
  private static @Nullable Object objects(@Nullable Object tree, ObjectReader reader) {
    if (tree instanceof List<?> list) {
      java.util.ArrayList<@Nullable Object> out = new java.util.ArrayList<>();
      list.forEach(v -> out.add(objects(v, reader)));
      return out;
    }
    if (tree instanceof Map<?, ?> map) {
      if (map.containsKey("class_name")) {
        return reader.read(map);
      }
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      map.forEach((k, v) -> out.put(String.valueOf(k), objects(v, reader)));
      return out;
    }
    return tree;
  }
}
