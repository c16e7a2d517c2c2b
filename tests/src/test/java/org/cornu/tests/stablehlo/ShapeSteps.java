package org.cornu.tests.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Steps of random programs that move elements without looking at them. */
final class ShapeSteps {
  private ShapeSteps() {}

  static void reshape(Draft d) {
    Value x = d.any();
    d.add(d.b.reshape(x, Shape.of(x.shape().count())));
  }

  static void transpose(Draft d) {
    Value x = d.any();
    long[] permutation = new long[x.shape().rank()];
    Arrays.setAll(permutation, i -> permutation.length - 1 - i);
    d.add(d.b.transpose(x, permutation));
  }

  static void broadcast(Draft d) {
    Value x = d.any();
    long size = 1 + d.below(3);
    if (x.shape().count() > 64) {
      return;
    }
    if (d.coin()) {
      long[] dims = new long[x.shape().rank()];
      Arrays.setAll(dims, i -> i + 1);
      d.add(d.b.broadcastInDim(x, x.shape().insert(0, size), dims));
    } else {
      Map<String, Attribute> sizes = Map.of("broadcast_sizes", new Attribute.Longs(size));
      d.add(d.b.create(OpCode.BROADCAST, List.of(x), sizes, List.of()).result());
    }
  }

  static void slice(Draft d) {
    Value x = d.tensor();
    int rank = x.shape().rank();
    long[] starts = new long[rank];
    long[] limits = new long[rank];
    long[] strides = new long[rank];
    for (int i = 0; i < rank; i++) {
      int size = (int) x.shape().dim(i);
      starts[i] = d.below(size);
      limits[i] = starts[i] + 1 + d.below(size - (int) starts[i]);
      strides[i] = 1 + d.below(2);
    }
    d.add(d.b.slice(x, starts, limits, strides));
  }

  static void pad(Draft d) {
    Value x = d.tensor();
    int rank = x.shape().rank();
    long[] low = new long[rank];
    long[] high = new long[rank];
    long[] interior = new long[rank];
    for (int i = 0; i < rank; i++) {
      low[i] = d.below(4) - 1;
      high[i] = d.below(3);
      interior[i] = d.below(2);
    }
    Value value = d.input(x.dtype(), Shape.SCALAR);
    d.add(d.b.pad(x, value, low, high, interior));
  }

  static void concatenate(Draft d) {
    Value x = d.tensor();
    d.add(d.b.concatenate(List.of(x, d.mate(x)), d.axis(x)));
  }

  static void reverse(Draft d) {
    Value x = d.any();
    if (x.shape().rank() > 0) {
      d.add(d.b.reverse(x, d.axis(x)));
    }
  }

  static void iota(Draft d) {
    DType dtype = d.one(d.coin() ? Draft.INTEGERS : Draft.FLOATS);
    d.add(d.b.iota(TensorType.of(dtype, 3, 2), d.below(2)));
    Value x = d.tensor();
    d.add(d.b.getDimensionSize(x, d.axis(x)));
    Literal three = Literal.ofLongs(TensorType.of(DType.I64, 3), 1, 2, d.below(9));
    Map<String, Attribute> value = Map.of("value", new Attribute.Elements(three));
    d.add(d.b.create(OpCode.CHLO_CONSTANT, List.of(), value, List.of()).result());
  }
}
