package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.layers.Call;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call of a layer: its positional arguments are the inputs, {@code mask} and {@code
 * training} have their places in {@link Call}, the other named ones are its options.
 */
record LayerCall(List<Tensor> inputs, Call call) {
  static LayerCall of(JsonNode recorded, List<Tensor> inputs) {
    List<Tensor> arguments = tensors(CallTree.list(recorded.get("args"), inputs));
    Call call = Call.DEFAULT;
    Map<String, @Nullable Object> named = CallTree.map(recorded.get("kwargs"), inputs);
    for (Map.Entry<String, @Nullable Object> entry : named.entrySet()) {
      Object value = entry.getValue();
      if (value == null) {
        continue;
      }
      switch (entry.getKey()) {
        case "training" -> call = call.withTraining((Boolean) value);
        case "mask" -> call = call.mask(masks(value));
        default -> call = call.with(entry.getKey(), value);
      }
    }
    return new LayerCall(arguments, call);
  }

  private static @Nullable Tensor[] masks(Object value) {
    List<?> list = value instanceof List<?> many ? many : List.of(value);
    @Nullable Tensor[] out = new @Nullable Tensor[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (Tensor) list.get(i);
    }
    return out;
  }

  /** The tensors of nested lists, in order. */
  static List<Tensor> tensors(List<?> values) {
    List<Tensor> out = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Tensor tensor) {
        out.add(tensor);
      } else if (value instanceof List<?> list) {
        out.addAll(tensors(list));
      } else if (value != null) {
        throw new IllegalArgumentException("an input of a layer must be a tensor: got " + value);
      }
    }
    return out;
  }
}
