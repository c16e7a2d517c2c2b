package org.cornu.layers;

import java.util.List;
import org.cornu.tracer.Symbolic;
import org.cornu.tracer.Tensor;

/**
 * One call of a layer on symbolic tensors: an edge of a functional model's graph.
 *
 * @param layer the layer
 * @param inputs its symbolic inputs
 * @param call what else was passed
 * @param outputs filled in once: the symbolic results
 */
public record LayerNode(Layer<?> layer, List<Tensor> inputs, Call call, List<Tensor> outputs)
    implements Symbolic.Node {

  @Override
  public Handler handler() {
    return SymbolicOps::apply;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "node of " + layer.name();
  }
}
