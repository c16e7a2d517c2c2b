package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of gather and scatter: whole rows, windows, and one element per batch. */
final class IndexingSpecs {
  private IndexingSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    gathers(out);
    scatters(out);
    return out;
  }

  private static final DimensionNumbers.Gather ROWS =
      new DimensionNumbers.Gather(List.of(1L), List.of(0L), List.of(), List.of(), List.of(0L), 1);

  /** Windows of 2 by 2 at pairs (column, row) that stand in the columns of the indices. */
  private static final DimensionNumbers.Gather WINDOWS =
      new DimensionNumbers.Gather(
          List.of(0L, 2L), List.of(), List.of(), List.of(), List.of(1L, 0L), 0);

  private static final DimensionNumbers.Gather BATCHED =
      new DimensionNumbers.Gather(List.of(), List.of(1L), List.of(0L), List.of(0L), List.of(1L), 2);

  private static double clamp(double index, long last) {
    return Math.max(0, Math.min(index, last));
  }

  private static void gathers(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.GATHER)
            .named("rows, indices are clamped")
            .real(4, 3)
            .ints(DType.I32, l(5, 1), 2, 0, 9, 2, -3)
            .op(x -> Lax.gather(x.get(0), x.get(1), ROWS, l(1, 3), false))
            .means(
                x ->
                    Grid.fill(
                        l(5, 3), i -> x.get(0).at((long) clamp(x.get(1).at(i[0], 0), 3), i[1]))));
    out.add(
        OpSpec.of(OpCode.GATHER)
            .named("windows, indices are clamped")
            .real(4, 5)
            .ints(DType.I32, l(2, 3), 0, 2, 4, 1, 9, 0)
            .op(x -> Lax.gather(x.get(0), x.get(1), WINDOWS, l(2, 2), false))
            .means(
                x ->
                    Grid.fill(
                        l(2, 3, 2),
                        i ->
                            x.get(0)
                                .at(
                                    (long) clamp(x.get(1).at(1, i[1]), 2) + i[0],
                                    (long) clamp(x.get(1).at(0, i[1]), 3) + i[2]))));
    out.add(
        OpSpec.of(OpCode.GATHER)
            .named("batched")
            .real(2, 4)
            .ints(DType.I32, l(2, 3, 1), 0, 2, 2, 3, 1, 7)
            .op(x -> Lax.gather(x.get(0), x.get(1), BATCHED, l(1, 1), false))
            .means(
                x ->
                    Grid.fill(
                        l(2, 3),
                        i -> x.get(0).at(i[0], (long) clamp(x.get(1).at(i[0], i[1], 0), 3)))));
  }

  private static DimensionNumbers.Scatter mirror(DimensionNumbers.Gather dims) {
    return new DimensionNumbers.Scatter(
        dims.offsetDims(),
        dims.collapsedSliceDims(),
        dims.operandBatchingDims(),
        dims.startIndicesBatchingDims(),
        dims.startIndexMap(),
        dims.indexVectorDim());
  }

  /** Rows written at row numbers, those outside dropped. */
  private static Grid rows(Grid x, Grid indices, Grid updates, DoubleBinaryOperator f) {
    Grid out = x.map(v -> v);
    for (int k = 0; k < indices.values().length; k++) {
      int row = (int) indices.values()[k];
      for (int c = 0; c < 3 && row >= 0 && row < 4; c++) {
        int at = 3 * row + c;
        out.values()[at] = f.applyAsDouble(out.values()[at], updates.at(k, c));
      }
    }
    return out;
  }

  private static void scatter(
      List<OpSpec> out, Lax.ScatterKind kind, boolean unique, DoubleBinaryOperator f) {
    long[] indices = unique ? l(2, 0, 9, 3) : l(2, 0, 9, 2, -3);
    out.add(
        OpSpec.of(OpCode.SCATTER)
            .named(kind + " rows" + (unique ? "" : ", one of them twice"))
            .real(4, 3)
            .ints(DType.I32, l(indices.length, 1), indices)
            .real(indices.length, 3)
            .op(x -> Lax.scatter(x.get(0), x.get(1), x.get(2), mirror(ROWS), kind, false, unique))
            .means(x -> rows(x.get(0), x.get(1), x.get(2), f)));
  }

  private static void scatters(List<OpSpec> out) {
    scatter(out, Lax.ScatterKind.SET, true, (a, b) -> b);
    scatter(out, Lax.ScatterKind.ADD, false, Double::sum);
    scatter(out, Lax.ScatterKind.MUL, true, (a, b) -> a * b);
    scatter(out, Lax.ScatterKind.MAX, false, Math::max);
    scatter(out, Lax.ScatterKind.MIN, false, Math::min);
    out.add(
        OpSpec.of(OpCode.SCATTER)
            .named("ADD windows; one that does not fit is dropped whole")
            .real(4, 5)
            .ints(DType.I32, l(2, 3), 0, 2, 9, 1, 2, 0)
            .real(2, 3, 2)
            .op(
                x ->
                    Lax.scatter(
                        x.get(0),
                        x.get(1),
                        x.get(2),
                        mirror(WINDOWS),
                        Lax.ScatterKind.ADD,
                        false,
                        false))
            .means(
                x ->
                    Grid.fill(
                        l(4, 5),
                        i -> {
                          double sum = x.get(0).at(i);
                          for (int k = 0; k < 3; k++) {
                            long row = (long) x.get(1).at(1, k);
                            long column = (long) x.get(1).at(0, k);
                            if (row <= 2 && column <= 3) {
                              sum += at(x.get(2), i[0] - row, k, i[1] - column);
                            }
                          }
                          return sum;
                        })));
  }

  private static double at(Grid updates, long a, long k, long b) {
    return updates.at(l(a, k, b), 0);
  }
}
