package org.cornu.tracer.batching;

import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types with a batch dimension. */
final class BatchTypes {
  private BatchTypes() {}

  /** True for types whose values can be batched: tensors, and tuples of them. */
  static boolean isBatchable(Type type) {
    if (type instanceof Type.Tuple tuple) {
      return tuple.elements().stream().allMatch(BatchTypes::isBatchable);
    }
    return type instanceof TensorType;
  }

  /** {@code type} with the batch dimension in front; tokens stay as they are. */
  static Type batched(Type type, long size) {
    if (type instanceof TensorType tensor) {
      return insert(tensor, 0, size);
    }
    if (type instanceof Type.Tuple tuple) {
      return new Type.Tuple(tuple.elements().stream().map(e -> batched(e, size)).toList());
    }
    return type;
  }

  /** {@code type} with a dimension inserted before {@code axis}. */
  static TensorType insert(TensorType type, int axis, long size) {
    ElementType element = type.element();
    if (element instanceof QuantizedType q && q.isPerAxis() && axis <= q.axis()) {
      element =
          new QuantizedType(
              q.storage(),
              q.storageMin(),
              q.storageMax(),
              q.expressed(),
              q.axis() + 1,
              q.scales(),
              q.zeroPoints());
    }
    return new TensorType(type.shape().insert(axis, size), element, null);
  }

  /** True when every index of one dimension has its own scale. */
  static boolean isQuantizedPerAxis(Type type) {
    return type instanceof TensorType tensor
        && tensor.element() instanceof QuantizedType q
        && q.isPerAxis();
  }

  /** The positions as those of the batched tensor, where the batch dimension stands in front. */
  static long[] shift(long... dims) {
    long[] out = dims.clone();
    for (int i = 0; i < out.length; i++) {
      out[i]++;
    }
    return out;
  }

  /** {@code values} with {@code first} in front. */
  static long[] prepend(long first, long... values) {
    long[] out = new long[values.length + 1];
    out[0] = first;
    System.arraycopy(values, 0, out, 1, values.length);
    return out;
  }

  /** {@code from, from + 1, ..., to - 1}. */
  static long[] range(long from, long to) {
    long[] out = new long[Math.toIntExact(to - from)];
    for (int i = 0; i < out.length; i++) {
      out[i] = from + i;
    }
    return out;
  }
}
