package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Family;
import org.cornu.config.ObjectReader;
import org.cornu.config.Registry;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Objects of recorded cases: {@code {"module": …, "class_name": …, "config": …}}. */
final class RecordedObject {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private RecordedObject() {}

  /** The object of a case. */
  static <T> T of(JsonNode recorded, Family<T> family) {
    return Registry.global().get(family, tree(recorded.get("object")));
  }

  /** The object's tree of maps, lists and scalars. */
  static Object tree(JsonNode node) {
    return ObjectReader.asConfig(JSON.convertValue(node, Object.class));
  }

  /** The recorded arrays as tensors. */
  static List<Tensor> tensors(JsonNode list) {
    List<Tensor> out = new ArrayList<>();
    Recorded.literals(list).forEach(literal -> out.add(Tensor.of(literal)));
    return out;
  }

  /** A message where one of the tensors disagrees with its recording, or null. */
  static @Nullable String compare(String what, List<Tensor> got, JsonNode want, double tolerance) {
    if (got.size() != want.size()) {
      return what + ": got " + got.size() + " arrays, expected " + want.size();
    }
    for (int i = 0; i < got.size(); i++) {
      Literal expected = Recorded.literal(want.get(i));
      String difference =
          Agreement.difference(what + " " + i, got.get(i).toLiteral(), expected, tolerance);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  /** The first message, or a pass. */
  static Outcome outcome(@Nullable String difference) {
    return difference == null ? Outcome.PASSED : Outcome.failed(difference);
  }
}
