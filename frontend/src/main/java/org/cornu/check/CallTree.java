package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a recorded call: JSON literals, and objects that stand for what JSON lacks: an input
 * ({@code $in}), a tuple ({@code $tuple}), a slice ({@code $slice}), the ellipsis, an infinity
 * ({@code $float}), a named function ({@code $fn}). Tuples become lists, as the functions called
 * make no difference between them.
 */
public final class CallTree {
  /** {@code start:stop:step}, null where absent. */
  public record SliceOf(@Nullable Integer start, @Nullable Integer stop, @Nullable Integer step) {}

  /** {@code ...}. */
  public record Dots() {}

  /** A function by its name. */
  public record Named(String name) {}

  private CallTree() {}

  /**
   * The value that a node stands for: Tensor, Long, Double, Boolean, String, List, Map, or null.
   */
  public static @Nullable Object value(JsonNode node, List<Tensor> inputs) {
    if (node.isNull()) {
      return null;
    }
    if (node.isArray()) {
      return list(node, inputs);
    }
    if (node.isObject()) {
      return object(node, inputs);
    }
    if (node.isBoolean()) {
      return node.asBoolean();
    }
    if (node.isIntegralNumber()) {
      return node.asLong();
    }
    if (node.isNumber()) {
      return node.asDouble();
    }
    return node.asText();
  }

  /** The values of a list of nodes. */
  public static List<@Nullable Object> list(JsonNode nodes, List<Tensor> inputs) {
    List<@Nullable Object> out = new ArrayList<>();
    nodes.forEach(node -> out.add(value(node, inputs)));
    return out;
  }

  /** The values of an object by name. */
  public static Map<String, @Nullable Object> map(JsonNode object, List<Tensor> inputs) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    object.properties().forEach(entry -> out.put(entry.getKey(), value(entry.getValue(), inputs)));
    return out;
  }

  private static Object object(JsonNode node, List<Tensor> inputs) {
    if (node.has("$in")) {
      return inputs.get(node.get("$in").asInt());
    }
    if (node.has("$tuple")) {
      return list(node.get("$tuple"), inputs);
    }
    if (node.has("$slice")) {
      JsonNode s = node.get("$slice");
      return new SliceOf(integer(s.get(0)), integer(s.get(1)), integer(s.get(2)));
    }
    if (node.has("$ellipsis")) {
      return new Dots();
    }
    if (node.has("$float")) {
      return Recorded.number(node.get("$float"));
    }
    if (node.has("$fn")) {
      return new Named(node.get("$fn").asText());
    }
    return map(node, inputs);
  }

  private static @Nullable Integer integer(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : Integer.valueOf(node.asInt());
  }
}
