package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.ObjectWriter;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A number, or a list of numbers; one alone is written without brackets. */
final class NumbersCodec implements org.cornu.config.Codec<List<Double>> {
  @Override
  public String expects() {
    return "a number or a list of numbers";
  }

  @Override
  public @Nullable Object encode(List<Double> value, ObjectWriter writer) {
    return value.size() == 1 ? value.get(0) : value;
  }

  @Override
  public @Nullable List<Double> decode(Object tree, org.cornu.config.ObjectReader reader) {
    List<Double> out = new ArrayList<>();
    for (Object item : tree instanceof List<?> list ? list : List.of(tree)) {
      if (!(item instanceof Number)) {
        return null;
      }
      out.add(((Number) item).doubleValue());
    }
    return out;
  }

  /** A scalar, or a vector over the channels. */
  static Tensor tensor(List<Double> values, DType dtype) {
    if (values.size() == 1) {
      return Lax.full(dtype, values.get(0));
    }
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Lax.constant(Literal.ofDoubles(TensorType.of(dtype, numbers.length), numbers));
  }
}
