package org.cornu.tests.stablehlo;

import static org.cornu.stablehlo.ir.OpCode.TORCH_INDEX_SELECT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Steps of random programs that read and write at computed positions. */
final class IndexingSteps {
  private static final DType[] INDEX = {DType.I32, DType.I64, DType.U8};

  private IndexingSteps() {}

  static void dynamicSlice(Draft d) {
    Value x = d.tensor();
    DType index = d.one(INDEX);
    List<Value> starts = new ArrayList<>();
    long[] sizes = x.shape().dims();
    for (int i = 0; i < sizes.length; i++) {
      starts.add(d.indices(index, Shape.SCALAR, (int) sizes[i]));
      sizes[i] = 1 + d.below((int) sizes[i]);
    }
    if (d.coin()) {
      d.add(d.b.dynamicSlice(x, starts, sizes));
    } else {
      d.add(d.b.dynamicUpdateSlice(x, d.input(x.dtype(), Shape.of(sizes)), starts));
    }
  }

  static void gather(Draft d) {
    Value x = d.tensor();
    int axis = d.axis(x);
    Value indices = d.indices(d.one(INDEX), Shape.of(3, 1), (int) x.shape().dim(axis));
    long[] sizes = x.shape().dims();
    sizes[axis] = 1;
    List<Long> offsets = new ArrayList<>();
    for (long i = 1; i < sizes.length; i++) {
      offsets.add(i);
    }
    DimensionNumbers.Gather numbers =
        new DimensionNumbers.Gather(
            offsets, List.of((long) axis), List.of(), List.of(), List.of((long) axis), 1);
    d.add(d.b.gather(x, indices, numbers, sizes, false));
  }

  /** One element of each row. */
  static void batchedGather(Draft d) {
    DType dtype = d.one(d.coin() ? Draft.FLOATS : Draft.INTEGERS);
    Value x = d.input(dtype, Shape.of(3, 4));
    Value indices = d.indices(DType.I32, Shape.of(3, 1), 4);
    DimensionNumbers.Gather numbers =
        new DimensionNumbers.Gather(
            List.of(), List.of(1L), List.of(0L), List.of(0L), List.of(1L), 1);
    d.add(d.b.gather(x, indices, numbers, new long[] {1, 1}, false));
  }

  static void scatter(Draft d) {
    Value x = d.tensor();
    int axis = d.axis(x);
    Value indices = d.indices(d.one(INDEX), Shape.of(3, 1), (int) x.shape().dim(axis));
    List<Long> windows = new ArrayList<>();
    for (long i = 1; i < x.shape().rank(); i++) {
      windows.add(i);
    }
    Value update = d.input(x.dtype(), x.shape().remove(axis).insert(0, 3));
    DimensionNumbers.Scatter numbers =
        new DimensionNumbers.Scatter(
            windows, List.of((long) axis), List.of(), List.of(), List.of((long) axis), 1);
    OpCode op = d.below(3) == 0 ? null : ReductionSteps.reducer(d, x.dtype());
    d.add(d.b.scatter(x, indices, update, numbers, false, false, op));
  }

  static void indexSelect(Draft d) {
    Value x = d.tensor();
    long axis = d.axis(x);
    // Indices outside are not defined.
    Value indices = d.b.iota(TensorType.of(DType.I32, 1), 0);
    Map<String, Attribute> attributes =
        Map.of("dim", Attribute.Int.i64(axis), "batch_dims", Attribute.Int.i64(0));
    d.add(d.b.create(TORCH_INDEX_SELECT, List.of(x, indices), attributes, List.of()).result());
  }
}
