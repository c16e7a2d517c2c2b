package org.cornu.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Shape;
import org.jspecify.annotations.Nullable;

/** Keras' {@code build_config}: the input shapes a layer was built for. */
final class BuildConfigs {
  private BuildConfigs() {}

  static Map<String, @Nullable Object> write(Layer<?> layer, List<Shape> shapes) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    if (shapes.size() == 1 || !layer.buildsFromNamedShapes()) {
      out.put(
          "input_shape",
          shapes.size() == 1
              ? dims(shapes.get(0))
              : shapes.stream().map(BuildConfigs::dims).toList());
      return out;
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    List<String> names = layer.buildShapeNames();
    for (int i = 0; i < shapes.size() && i < names.size(); i++) {
      named.put(names.get(i), dims(shapes.get(i)));
    }
    out.put("shapes_dict", named);
    return out;
  }

  private static List<@Nullable Object> dims(Shape shape) {
    List<@Nullable Object> out = new ArrayList<>();
    for (long dim : shape.dims()) {
      out.add(dim == Shape.DYNAMIC ? null : (Object) (int) dim);
    }
    return out;
  }

  static @Nullable List<Shape> read(@Nullable Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      return null;
    }
    if (map.get("shapes_dict") instanceof Map<?, ?> named) {
      List<Shape> out = new ArrayList<>();
      for (Object shape : named.values()) {
        if (shape instanceof List<?> dims) {
          addShapes(dims, out);
        }
      }
      return out.isEmpty() ? null : out;
    }
    if (!(map.get("input_shape") instanceof List<?> list)) {
      return null;
    }
    List<Shape> out = new ArrayList<>();
    addShapes(list, out);
    return out;
  }

  /** A shape, or a list of shapes: {@code initial_state_shape} of recurrent layers. */
  private static void addShapes(List<?> list, List<Shape> out) {
    if (!list.isEmpty() && list.get(0) instanceof List<?>) {
      for (Object shape : list) {
        addShapes((List<?>) shape, out);
      }
    } else {
      out.add(shape(list));
    }
  }

  private static Shape shape(List<?> dims) {
    long[] out = new long[dims.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = dims.get(i) instanceof Number n ? n.longValue() : Shape.DYNAMIC;
    }
    return Shape.of(out);
  }
}
