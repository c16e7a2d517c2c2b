package org.cornu.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
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
      if (open.add(node) && !isInput(node)) {
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

  /** The layers in order of first use, inputs first. */
  List<Layer<?>> layers() {
    Set<Layer<?>> out = new LinkedHashSet<>();
    for (Tensor input : inputs) {
      out.add(((LayerNode) java.util.Objects.requireNonNull(input.symbolicNode())).layer());
    }
    nodes.forEach(n -> out.add(n.layer()));
    return List.copyOf(out);
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
      Call call = Calls.mapTensors(node.call(), t -> value(known, t));
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
