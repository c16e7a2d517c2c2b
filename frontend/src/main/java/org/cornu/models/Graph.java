package org.cornu.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.layers.Call;
import org.cornu.layers.Calls;
import org.cornu.layers.InputLayer;
import org.cornu.layers.Layer;
import org.cornu.layers.LayerNode;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The calls of layers between symbolic inputs and outputs, in an order in which they can run. */
final class Graph {
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final List<LayerNode> nodes = new ArrayList<>();
  private final Map<Layer<?>, Integer> visits = new IdentityHashMap<>();

  Graph(List<Tensor> inputs, List<Tensor> outputs) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    for (Tensor input : inputs) {
      if (!(input.symbolicNode() instanceof LayerNode)) {
        throw new OpException(
            "Model: inputs must be symbolic: got "
                + input.type().brief()
                + "; make them with Input.of");
      }
    }
    Set<LayerNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Tensor output : outputs) {
      if (!(output.symbolicNode() instanceof LayerNode node)) {
        throw new OpException(
            "Model: outputs must come from layers called on symbolic inputs: got "
                + output.type().brief());
      }
      visit(node, done);
    }
    requireNamesOfTheirOwn();
  }

  /** Files and messages tell layers by their names. */
  private void requireNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    for (Layer<?> layer : visits.keySet()) {
      if (!names.add(layer.name())) {
        throw new OpException(
            "Model: each layer must have a name of its own: got two layers named '"
                + layer.name()
                + "'",
            "set another name on one of them, or let the layers name themselves");
      }
    }
  }

  /** Depth-first without recursion, so that deep models work. */
  private void visit(LayerNode root, Set<LayerNode> done) {
    List<LayerNode> stack = new ArrayList<>(List.of(root));
    Set<LayerNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!stack.isEmpty()) {
      LayerNode node = stack.get(stack.size() - 1);
      if (done.contains(node)) {
        stack.remove(stack.size() - 1);
        continue;
      }
      boolean first = open.add(node);
      visits.putIfAbsent(node.layer(), visits.size());
      if (first && !isInput(node)) {
        List<Tensor> parents = new ArrayList<>(node.inputs());
        parents.addAll(Calls.tensors(node.call()));
        Collections.reverse(parents);
        boolean waiting = false;
        for (Tensor parent : parents) {
          if (parent.symbolicNode() instanceof LayerNode before && !done.contains(before)) {
            stack.add(before);
            waiting = true;
          }
        }
        if (waiting) {
          continue;
        }
      }
      if (node.layer() instanceof InputLayer && !isInput(node)) {
        throw new OpException(
            "Model: the graph is not connected: input '"
                + node.layer().name()
                + "' is needed but is not among the inputs of the model");
      }
      done.add(node);
      stack.remove(stack.size() - 1);
      nodes.add(node);
    }
  }

  private boolean isInput(LayerNode node) {
    return node.outputs().stream().anyMatch(o -> inputs.stream().anyMatch(i -> i == o));
  }

  List<Tensor> inputs() {
    return inputs;
  }

  List<Tensor> outputs() {
    return outputs;
  }

  /** Calls in order, those of input layers too. */
  List<LayerNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /**
   * The layers in Keras' order, which files depend on: by distance from the outputs, the farthest
   * first, and within one distance as they are met on the way back from the outputs.
   */
  List<Layer<?>> layers() {
    Map<Layer<?>, Integer> depths = depths();
    List<Layer<?>> out = new ArrayList<>(depths.keySet());
    out.sort(
        Comparator.comparing((Layer<?> layer) -> -depths.getOrDefault(layer, 0))
            .thenComparing(layer -> visits.getOrDefault(layer, Integer.MAX_VALUE)));
    return out;
  }

  private Map<Layer<?>, Integer> depths() {
    Map<LayerNode, Integer> ofNode = new IdentityHashMap<>();
    Map<Layer<?>, Integer> ofLayer = new IdentityHashMap<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      LayerNode node = nodes.get(i);
      int depth = Math.max(ofNode.getOrDefault(node, 0), ofLayer.getOrDefault(node.layer(), 0));
      ofLayer.put(node.layer(), depth);
      if (isInput(node)) {
        continue;
      }
      List<Tensor> parents = new ArrayList<>(node.inputs());
      parents.addAll(Calls.tensors(node.call()));
      for (Tensor parent : parents) {
        if (parent.symbolicNode() instanceof LayerNode before) {
          ofNode.merge(before, depth + 1, Math::max);
        }
      }
    }
    for (Tensor input : inputs) {
      if (input.symbolicNode() instanceof LayerNode node) {
        ofLayer.putIfAbsent(node.layer(), 0);
      }
    }
    return ofLayer;
  }

  /** Runs the graph on values of the inputs. */
  List<Tensor> run(List<Tensor> values) {
    Map<Tensor, Tensor> known = new IdentityHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      known.put(inputs.get(i), values.get(i));
    }
    for (LayerNode node : nodes) {
      if (isInput(node)) {
        continue;
      }
      List<Tensor> arguments = node.inputs().stream().map(t -> value(known, t)).toList();
      Call call = Calls.within(Calls.mapTensors(node.call(), t -> value(known, t)));
      List<Tensor> results = node.layer().applyAll(arguments, call);
      for (int i = 0; i < results.size(); i++) {
        known.put(node.outputs().get(i), results.get(i));
      }
    }
    return outputs.stream().map(t -> value(known, t)).toList();
  }

  private static Tensor value(Map<Tensor, Tensor> known, Tensor symbolic) {
    return known.getOrDefault(symbolic, symbolic);
  }
}
