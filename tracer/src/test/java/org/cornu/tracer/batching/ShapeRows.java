package org.cornu.tracer.batching;

import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.i32;
import static org.cornu.tracer.batching.Programs.of;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.batching.Programs.Arg;

/** Ops that move elements, with known and with computed positions. */
final class ShapeRows {
  private ShapeRows() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    moving(rows);
    dynamicShapes(rows);
    slices(rows);
    gathers(rows);
    scatters(rows);
    return rows;
  }

  private static void moving(List<Row> rows) {
    rows.add(
        Row.of(
            OpCode.BROADCAST,
            "",
            List.of(f64(2, 3)),
            (b, x) ->
                b.create(
                        OpCode.BROADCAST,
                        x,
                        Map.of("broadcast_sizes", new Attribute.Longs(4, 1)),
                        List.of(),
                        List.of(TensorType.of(DType.F64, 4, 1, 2, 3)))
                    .result()));
    rows.add(
        Row.of(
            OpCode.BROADCAST_IN_DIM,
            "",
            List.of(f64(1, 3)),
            (b, x) -> b.broadcastInDim(x.get(0), Shape.of(3, 4, 2), 2, 0)));
    rows.add(
        Row.of(
            OpCode.CONCATENATE,
            "",
            List.of(f64(2, 1), f64(2, 3), f64(2, 2)),
            (b, x) -> b.concatenate(x, 1)));
    rows.add(
        Row.of(
            OpCode.PAD,
            "",
            List.of(f64(2, 3), f64()),
            (b, x) ->
                b.pad(
                    x.get(0), x.get(1), new long[] {1, -1}, new long[] {0, 2}, new long[] {2, 1})));
    rows.add(
        Row.of(
            OpCode.PAD,
            "of nothing",
            List.of(f64(0, 2), f64()),
            (b, x) ->
                b.pad(x.get(0), x.get(1), new long[] {1, 0}, new long[] {2, 0}, new long[2])));
    rows.add(
        Row.of(OpCode.REVERSE, "", List.of(f64(2, 3, 2)), (b, x) -> b.reverse(x.get(0), 0, 2)));
    rows.add(
        Row.of(
            OpCode.RESHAPE,
            "",
            List.of(f64(2, 3)),
            (b, x) -> b.reshape(x.get(0), Shape.of(3, 1, 2))));
    rows.add(
        Row.of(
            OpCode.SLICE,
            "",
            List.of(f64(5, 4)),
            (b, x) -> b.slice(x.get(0), new long[] {1, 0}, new long[] {5, 3}, new long[] {2, 1})));
    rows.add(
        Row.of(
            OpCode.TRANSPOSE, "", List.of(f64(2, 3, 4)), (b, x) -> b.transpose(x.get(0), 2, 0, 1)));
    rows.add(
        Row.of(
            OpCode.GET_DIMENSION_SIZE,
            "",
            List.of(f64(2, 3)),
            (b, x) -> b.getDimensionSize(x.get(0), 1)));
    rows.add(
        Row.of(
            OpCode.SET_DIMENSION_SIZE,
            "",
            List.of(f64(2, 3)),
            (b, x) ->
                b.create(
                        OpCode.SET_DIMENSION_SIZE,
                        List.of(x.get(0), b.constant(DType.I32, 3)),
                        Map.of("dimension", Attribute.Int.i64(1)),
                        List.of(),
                        List.of(x.get(0).type()))
                    .result()));
  }

  private static Value longs(Builder b, long... values) {
    return b.constant(Literal.ofLongs(TensorType.of(DType.I64, values.length), values));
  }

  private static Value create(
      Builder b, OpCode code, List<Value> x, Map<String, Attribute> attributes, long... dims) {
    TensorType type = TensorType.of(DType.F64, dims);
    return b.create(code, x, attributes, List.of(), List.of(type)).result();
  }

  /** Exported programs take sizes as operands, even where they are constants. */
  private static void dynamicShapes(List<Row> rows) {
    rows.add(
        Row.of(
            OpCode.DYNAMIC_BROADCAST_IN_DIM,
            "",
            List.of(f64(1, 3)),
            (b, x) ->
                create(
                    b,
                    OpCode.DYNAMIC_BROADCAST_IN_DIM,
                    List.of(x.get(0), longs(b, 3, 2)),
                    Map.of("broadcast_dimensions", new Attribute.Longs(1, 0)),
                    3,
                    2)));
    rows.add(
        Row.of(
            OpCode.DYNAMIC_RESHAPE,
            "",
            List.of(f64(2, 3)),
            (b, x) ->
                create(
                    b, OpCode.DYNAMIC_RESHAPE, List.of(x.get(0), longs(b, 3, 2)), Map.of(), 3, 2)));
    rows.add(
        Row.of(
            OpCode.DYNAMIC_PAD,
            "",
            List.of(f64(2), f64()),
            (b, x) ->
                create(
                    b,
                    OpCode.DYNAMIC_PAD,
                    List.of(x.get(0), x.get(1), longs(b, 1), longs(b, 2), longs(b, 1)),
                    Map.of(),
                    6)));
    rows.add(
        Row.of(
            OpCode.REAL_DYNAMIC_SLICE,
            "",
            List.of(f64(6)),
            (b, x) ->
                create(
                    b,
                    OpCode.REAL_DYNAMIC_SLICE,
                    List.of(x.get(0), longs(b, 1), longs(b, 6), longs(b, 2)),
                    Map.of(),
                    3)));
    rows.add(
        Row.of(
            OpCode.DYNAMIC_GATHER,
            "",
            List.of(f64(5, 3), i32(4).between(-1, 7)),
            (b, x) ->
                create(
                    b,
                    OpCode.DYNAMIC_GATHER,
                    List.of(x.get(0), x.get(1), longs(b, 1, 2)),
                    Map.of(
                        "dimension_numbers",
                        new DimensionNumbers.Gather(
                            List.of(1L), List.of(0L), List.of(), List.of(), List.of(0L), 1)),
                    4,
                    2)));
    rows.add(
        Row.of(
            OpCode.DYNAMIC_CONV,
            "",
            List.of(f64(2, 5, 1), f64(3, 1, 2)),
            (b, x) ->
                create(
                    b,
                    OpCode.DYNAMIC_CONV,
                    List.of(
                        x.get(0),
                        x.get(1),
                        b.constant(Literal.ofLongs(TensorType.of(DType.I64, 1, 2), 1, 2))),
                    Map.of(
                        "dimension_numbers",
                        new DimensionNumbers.Convolution(
                            0, 2, List.of(1L), 1, 2, List.of(0L), 0, 2, List.of(1L)),
                        "feature_group_count",
                        Attribute.Int.i64(1),
                        "batch_group_count",
                        Attribute.Int.i64(1)),
                    2,
                    6,
                    2)));
  }

  private static void slices(List<Row> rows) {
    for (DType index : List.of(DType.I32, DType.U8, DType.I64)) {
      double low = index.isSigned() ? -3 : 0;
      Arg at = new Arg(TensorType.of(index), low, 7, true);
      rows.add(
          Row.of(
              OpCode.DYNAMIC_SLICE,
              "at " + index,
              List.of(f64(5, 4), at, at),
              (b, x) -> b.dynamicSlice(x.get(0), x.subList(1, 3), 2, 3)));
      rows.add(
          Row.of(
              OpCode.DYNAMIC_UPDATE_SLICE,
              "at " + index,
              List.of(f64(5, 4), f64(2, 3), at, at),
              (b, x) -> b.dynamicUpdateSlice(x.get(0), x.get(1), x.subList(2, 4))));
    }
    Arg small = new Arg(TensorType.of(DType.I8), -128, 128, true);
    rows.add(
        Row.of(
            OpCode.DYNAMIC_UPDATE_SLICE,
            "of more rows than the index type counts",
            List.of(f64(300), f64(2), small),
            (b, x) -> b.dynamicUpdateSlice(x.get(0), x.get(1), x.subList(2, 3))));
    rows.add(
        Row.of(
            OpCode.TORCH_INDEX_SELECT,
            "",
            List.of(f64(4, 3), i32(2).between(0, 3)),
            (b, x) -> torch(b, x, 1, 0, 4, 2)));
    rows.add(
        Row.of(
            OpCode.TORCH_INDEX_SELECT,
            "with a batch",
            List.of(f64(2, 3, 4), i32(2, 5).between(0, 3)),
            (b, x) -> torch(b, x, 1, 1, 2, 5, 4)));
  }

  private static Value torch(Builder b, List<Value> x, long dim, long batch, long... dims) {
    Map<String, Attribute> attributes =
        Map.of("dim", Attribute.Int.i64(dim), "batch_dims", Attribute.Int.i64(batch));
    return create(b, OpCode.TORCH_INDEX_SELECT, x, attributes, dims);
  }

  private static void gathers(List<Row> rows) {
    rows.add(
        Row.of(
            OpCode.GATHER,
            "of rows",
            List.of(f64(5, 3), i32(4, 1).between(-2, 8)),
            (b, x) ->
                b.gather(
                    x.get(0),
                    x.get(1),
                    new DimensionNumbers.Gather(
                        List.of(1L), List.of(0L), List.of(), List.of(), List.of(0L), 1),
                    new long[] {1, 3},
                    false)));
    rows.add(
        Row.of(
            OpCode.GATHER,
            "of windows, offsets first, index vector first",
            List.of(f64(5, 3, 4), i32(2, 3).between(-2, 8)),
            (b, x) ->
                b.gather(
                    x.get(0),
                    x.get(1),
                    new DimensionNumbers.Gather(
                        List.of(0L, 1L), List.of(2L), List.of(), List.of(), List.of(2L, 0L), 0),
                    new long[] {2, 3, 1},
                    false)));
    rows.add(
        Row.of(
            OpCode.GATHER,
            "with batching dimensions",
            List.of(f64(2, 5, 3), i32(4, 2).between(-2, 8)),
            (b, x) ->
                b.gather(
                    x.get(0),
                    x.get(1),
                    new DimensionNumbers.Gather(
                        List.of(2L), List.of(1L), List.of(0L), List.of(1L), List.of(1L), 2),
                    new long[] {1, 1, 2},
                    false)));
  }

  private static void scatters(List<Row> rows) {
    for (OpCode body : List.of(OpCode.ADD, OpCode.MULTIPLY, OpCode.MAXIMUM)) {
      rows.add(
          Row.of(
              OpCode.SCATTER,
              "of rows by " + body,
              List.of(f64(5, 3), i32(4, 1).between(-2, 8), f64(4, 3)),
              (b, x) ->
                  b.scatter(
                      x.get(0),
                      x.get(1),
                      x.get(2),
                      new DimensionNumbers.Scatter(
                          List.of(1L), List.of(0L), List.of(), List.of(), List.of(0L), 1),
                      false,
                      false,
                      body)));
    }
    rows.add(
        Row.of(
            OpCode.SCATTER,
            "replacing windows, index vector first",
            List.of(f64(5, 4), i32(2, 1).between(-2, 6), f64(2, 3, 1)),
            (b, x) ->
                b.scatter(
                    x.get(0),
                    x.get(1),
                    x.get(2),
                    new DimensionNumbers.Scatter(
                        List.of(0L, 1L), List.of(), List.of(), List.of(), List.of(1L, 0L), 0),
                    false,
                    true,
                    null)));
    rows.add(
        Row.of(
            OpCode.SCATTER,
            "with batching dimensions",
            List.of(f64(2, 5, 3), i32(4, 2).between(-2, 8), f64(4, 2, 3)),
            (b, x) ->
                b.scatter(
                    x.get(0),
                    x.get(1),
                    x.get(2),
                    new DimensionNumbers.Scatter(
                        List.of(2L), List.of(1L), List.of(0L), List.of(1L), List.of(1L), 2),
                    false,
                    false,
                    OpCode.ADD)));
    rows.add(
        Row.many(
            OpCode.SCATTER,
            "of two tensors",
            List.of(f64(5), of(DType.I32, 5), i32(3, 1).between(0, 5), f64(3), of(DType.I32, 3)),
            (b, x) ->
                b.scatter(
                    List.of(x.get(0), x.get(1)),
                    x.get(2),
                    List.of(x.get(3), x.get(4)),
                    new DimensionNumbers.Scatter(
                        List.of(), List.of(0L), List.of(), List.of(), List.of(0L), 1),
                    false,
                    false,
                    Programs.region(
                        List.of(
                            Programs.scalar(DType.F64),
                            Programs.scalar(DType.I32),
                            Programs.scalar(DType.F64),
                            Programs.scalar(DType.I32)),
                        (c, y) ->
                            List.of(c.add(y.get(0), y.get(2)), c.maximum(y.get(1), y.get(3)))))));
  }
}
