package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;

/** Arrays in recorded cases: {@code {"shape": [2], "dtype": "float32", "data": [1, "NaN"]}}. */
public final class Recorded {
  private Recorded() {}

  /** True for an object that is an array of numbers. */
  public static boolean isArray(JsonNode node) {
    return node.isObject()
        && node.has("shape")
        && node.has("dtype")
        && node.has("data")
        && !node.get("dtype").asText().equals("string");
  }

  /** The array that a node holds. */
  public static Literal literal(JsonNode node) {
    DType dtype = Promotion.byName(node.get("dtype").asText());
    JsonNode shape = node.get("shape");
    long[] dims = new long[shape.size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.get(i).asLong();
    }
    TensorType type = TensorType.of(dtype, Shape.of(dims));
    JsonNode data = node.get("data");
    if (dtype.isInteger() || dtype.isBool()) {
      long[] values = new long[data.size()];
      for (int i = 0; i < values.length; i++) {
        JsonNode v = data.get(i);
        values[i] = v.isBoolean() ? (v.asBoolean() ? 1 : 0) : v.bigIntegerValue().longValue();
      }
      return Literal.ofLongs(type, values);
    }
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(data.get(i));
    }
    return dtype.isComplex() ? Literal.ofComplex(type, values) : Literal.ofDoubles(type, values);
  }

  /** A number, of which JSON may hold the name. */
  public static double number(JsonNode node) {
    if (!node.isTextual()) {
      return node.asDouble();
    }
    return switch (node.asText()) {
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "NaN" -> Double.NaN;
      default -> throw new IllegalArgumentException("not a number: '" + node.asText() + "'");
    };
  }

  /** The arrays of a list. */
  public static List<Literal> literals(JsonNode list) {
    List<Literal> out = new ArrayList<>();
    list.forEach(node -> out.add(literal(node)));
    return out;
  }
}
