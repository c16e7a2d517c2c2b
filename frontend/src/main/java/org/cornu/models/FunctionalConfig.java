package org.cornu.models;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornu.config.ConfigException;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.layers.Call;
import org.cornu.layers.DTypePolicy;
import org.cornu.layers.InputLayer;
import org.cornu.layers.Layer;
import org.cornu.layers.LayerNode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A functional model's graph in Keras' config form: layers with {@code inbound_nodes}. */
final class FunctionalConfig {
  private FunctionalConfig() {}

  // ---- writing

  static Map<String, @Nullable Object> write(Graph graph, ObjectWriter writer) {
    Map<Tensor, List<Object>> history = new IdentityHashMap<>();
    Map<Layer<?>, Integer> calls = new IdentityHashMap<>();
    for (LayerNode node : ordered(graph)) {
      int index = calls.merge(node.layer(), 1, Integer::sum) - 1;
      for (int i = 0; i < node.outputs().size(); i++) {
        history.put(node.outputs().get(i), List.of(node.layer().name(), index, i));
      }
    }
    List<@Nullable Object> layers = new ArrayList<>();
    for (Layer<?> layer : graph.layers()) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>(writer.writeObject(layer));
      tree.put("name", layer.name());
      List<@Nullable Object> nodes = new ArrayList<>();
      for (LayerNode node : ordered(graph)) {
        if (node.layer() == layer && !(layer instanceof InputLayer)) {
          nodes.add(writeNode(node, history));
        }
      }
      tree.put("inbound_nodes", nodes);
      layers.add(tree);
    }
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("layers", layers);
    config.put("input_layers", ends(graph.inputs(), history));
    config.put("output_layers", ends(graph.outputs(), history));
    return config;
  }

  private static List<LayerNode> ordered(Graph graph) {
    return graph.nodes();
  }

  /** One end as a bare triple, several as a list of triples; nested models count from 1. */
  private static List<?> ends(List<Tensor> tensors, Map<Tensor, List<Object>> history) {
    List<List<Object>> triples = new ArrayList<>();
    for (Tensor tensor : tensors) {
      List<Object> triple = new ArrayList<>(Objects.requireNonNull(history.get(tensor)));
      LayerNode node = (LayerNode) Objects.requireNonNull(tensor.symbolicNode());
      if (isFunctional(node.layer())) {
        triple.set(1, (Integer) triple.get(1) + 1);
      }
      triples.add(triple);
    }
    return triples.size() == 1 ? triples.get(0) : triples;
  }

  private static boolean isFunctional(Layer<?> layer) {
    return layer instanceof Model model && !(model instanceof Sequential) && model.graph() != null;
  }

  private static Map<String, @Nullable Object> writeNode(
      LayerNode node, Map<Tensor, List<Object>> history) {
    if (node.layer() instanceof OperationLayer) {
      return OperationLayer.node(
          node.call(), input -> kerasTensor(node.inputs().get(input), history));
    }
    List<Object> tensors = new ArrayList<>();
    node.inputs().forEach(t -> tensors.add(kerasTensor(t, history)));
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    Call call = node.call();
    if (call.trainingOrNull() != null) {
      kwargs.put("training", call.trainingOrNull());
    }
    List<@Nullable Tensor> masks = call.masks();
    if (masks != null && masks.size() == 1) {
      Tensor mask = masks.get(0);
      kwargs.put("mask", mask == null ? null : kerasTensor(mask, history));
    }
    for (Map.Entry<String, Object> option : call.options().entrySet()) {
      kwargs.put(option.getKey(), value(option.getValue(), history));
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("args", node.layer().takesListOfInputs() ? List.of(tensors) : tensors);
    tree.put("kwargs", kwargs);
    return tree;
  }

  private static Object value(Object value, Map<Tensor, List<Object>> history) {
    if (value instanceof Tensor tensor) {
      return kerasTensor(tensor, history);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(v -> value(v, history)).toList();
    }
    return value;
  }

  private static Map<String, Object> kerasTensor(Tensor tensor, Map<Tensor, List<Object>> history) {
    List<@Nullable Object> shape = new ArrayList<>();
    for (long dim : tensor.shape().dims()) {
      shape.add(dim == Shape.DYNAMIC ? null : (Object) (int) dim);
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("shape", shape);
    config.put("dtype", DTypePolicy.kerasName(tensor.dtype()));
    List<Object> where = history.get(tensor);
    if (where == null) {
      throw new ConfigException(
          "cannot write the model: a tensor "
              + tensor.type().brief()
              + " in its graph is a constant or belongs to another model");
    }
    config.put("keras_history", where);
    return Map.of("class_name", "__keras_tensor__", "config", config);
  }

  // ---- reading

  private record Pending(Layer<?> layer, int index, Map<?, ?> node) {}

  static Model read(Map<String, @Nullable Object> config, ObjectReader reader) {
    Map<String, Layer<?>> layers = new LinkedHashMap<>();
    List<Pending> pending = new ArrayList<>();
    Map<List<Object>, Tensor> known = new java.util.HashMap<>();
    for (Object entry : list(config.get("layers"), "layers")) {
      Map<?, ?> tree = (Map<?, ?>) entry;
      Layer<?> layer =
          OperationLayer.is(tree) ? OperationLayer.of(tree) : reader.read(tree, Layer.FAMILY);
      String name = String.valueOf(tree.containsKey("name") ? tree.get("name") : layer.name());
      layers.put(name, layer);
      if (layer instanceof InputLayer input) {
        known.put(List.of(name, 0, 0), input.output());
        continue;
      }
      int index = 0;
      for (Object node : list(tree.get("inbound_nodes"), "inbound_nodes")) {
        pending.add(new Pending(layer, index++, (Map<?, ?>) node));
      }
    }
    run(pending, known);
    Model model =
        new Model(
            ends(config.get("input_layers"), layers, known),
            ends(config.get("output_layers"), layers, known));
    if (config.get("name") instanceof String name) {
      model.rename(name);
    }
    if (Boolean.FALSE.equals(config.get("trainable"))) {
      model.trainable(false);
    }
    return model;
  }

  /** Runs the calls whose inputs exist until none is left. */
  private static void run(List<Pending> pending, Map<List<Object>, Tensor> known) {
    List<Pending> left = new ArrayList<>(pending);
    while (!left.isEmpty()) {
      List<Pending> waiting = new ArrayList<>();
      for (Pending call : left) {
        if (!tryRun(call, known)) {
          waiting.add(call);
        }
      }
      if (waiting.size() == left.size()) {
        throw new ConfigException(
            "cannot read the model: the inputs of "
                + waiting.stream().map(p -> p.layer().name()).distinct().toList()
                + " are never computed");
      }
      left = waiting;
    }
  }

  private static boolean tryRun(Pending pending, Map<List<Object>, Tensor> known) {
    List<Tensor> inputs = new ArrayList<>();
    if (!collect(pending.node().get("args"), known, inputs)) {
      return false;
    }
    Call call = Call.DEFAULT;
    if (pending.layer() instanceof OperationLayer) {
      if (!collect(pending.node().get("kwargs"), known, inputs)) {
        return false;
      }
      AtomicInteger next = new AtomicInteger();
      call =
          OperationLayer.call(
              list(pending.node().get("args"), "args"),
              Objects.requireNonNull(pending.node().get("kwargs")),
              map ->
                  "__keras_tensor__".equals(map.get("class_name")) ? next.getAndIncrement() : null);
    } else if (pending.node().get("kwargs") instanceof Map<?, ?> kwargs) {
      for (Map.Entry<?, ?> entry : kwargs.entrySet()) {
        Object value = entry.getValue();
        String key = String.valueOf(entry.getKey());
        if (value == null) {
          continue;
        }
        List<Tensor> tensors = new ArrayList<>();
        if (!collect(value, known, tensors)) {
          return false;
        }
        if (key.equals("training") && value instanceof Boolean training) {
          call = call.withTraining(training);
        } else if (key.equals("mask") && tensors.size() == 1) {
          call = call.mask(tensors.get(0));
        } else if (pending.layer().isInputArgument(key)) {
          inputs.addAll(tensors);
        } else if (!tensors.isEmpty()) {
          call = call.with(key, tensors.size() == 1 ? tensors.get(0) : tensors);
        } else {
          call = call.with(key, value);
        }
      }
    }
    List<Tensor> outputs = pending.layer().applyAll(inputs, call);
    for (int i = 0; i < outputs.size(); i++) {
      known.put(List.of(pending.layer().name(), pending.index(), i), outputs.get(i));
    }
    return true;
  }

  /** Appends the tensors of an argument tree; false when one is not computed yet. */
  private static boolean collect(
      @Nullable Object tree, Map<List<Object>, Tensor> known, List<Tensor> out) {
    if (tree instanceof List<?> list) {
      for (Object item : list) {
        if (!collect(item, known, out)) {
          return false;
        }
      }
    } else if (tree instanceof Map<?, ?> map && !map.containsKey("class_name")) {
      return collect(new ArrayList<>(map.values()), known, out);
    } else if (tree instanceof Map<?, ?> map
        && "__keras_tensor__".equals(map.get("class_name"))
        && map.get("config") instanceof Map<?, ?> config) {
      Tensor tensor = known.get(triple(config.get("keras_history")));
      if (tensor == null) {
        return false;
      }
      out.add(tensor);
    }
    return true;
  }

  private static List<Object> triple(@Nullable Object tree) {
    List<?> list = list(tree, "keras_history");
    return List.of(
        String.valueOf(list.get(0)),
        ((Number) list.get(1)).intValue(),
        ((Number) list.get(2)).intValue());
  }

  private static List<Tensor> ends(
      @Nullable Object tree, Map<String, Layer<?>> layers, Map<List<Object>, Tensor> known) {
    List<Tensor> out = new ArrayList<>();
    if (tree instanceof Map<?, ?> map) {
      map.values().forEach(v -> out.addAll(ends(v, layers, known)));
      return out;
    }
    List<?> list = list(tree, "input_layers and output_layers");
    boolean single = list.size() == 3 && list.get(0) instanceof String;
    for (Object item : single ? List.of(list) : list) {
      List<Object> triple = new ArrayList<>(triple(item));
      Layer<?> layer = layers.get(triple.get(0));
      if (layer != null && isFunctional(layer)) {
        triple.set(1, (Integer) triple.get(1) - 1);
      }
      Tensor tensor = known.get(triple);
      if (tensor == null) {
        throw new ConfigException("cannot read the model: no tensor " + item);
      }
      out.add(tensor);
    }
    return out;
  }

  private static List<?> list(@Nullable Object tree, String what) {
    if (tree instanceof List<?> list) {
      return list;
    }
    throw new ConfigException("cannot read the model: '" + what + "' must be a list, got " + tree);
  }
}
