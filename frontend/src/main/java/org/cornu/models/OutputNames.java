package org.cornu.models;

import java.util.ArrayList;
import java.util.List;
import org.cornu.layers.LayerNode;
import org.cornu.tracer.Tensor;

/** The names of a model's outputs in logs and options: those of the layers they come from. */
final class OutputNames {
  private OutputNames() {}

  static List<String> of(Model model, int count) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Tensor> outputs = model.outputs();
      out.add(
          i < outputs.size() && outputs.get(i).symbolicNode() instanceof LayerNode node
              ? node.layer().name()
              : "output_" + (i + 1));
    }
    return out;
  }
}
