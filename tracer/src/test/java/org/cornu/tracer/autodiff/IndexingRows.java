package org.cornu.tracer.autodiff;

import static org.cornu.tracer.autodiff.GradientCheck.c128;
import static org.cornu.tracer.autodiff.GradientCheck.f64;
import static org.cornu.tracer.autodiff.OpRow.of;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Rows of indexing, sorting and linear algebra. */
final class IndexingRows {
  private IndexingRows() {}

  static List<OpRow> rows() {
    List<OpRow> out = new ArrayList<>();
    slices(out);
    gathers(out);
    select(out);
    scatters(out);
    sorts(out);
    linalg(out);
    return out;
  }

  private static long[] l(long... values) {
    return values;
  }

  private static void slices(List<OpRow> out) {
    out.add(
        of(OpCode.DYNAMIC_SLICE)
            .real(4, 5)
            .ints(l(), 1)
            .ints(l(), 9)
            .build((b, x) -> b.dynamicSlice(x.get(0), x.subList(1, 3), 2, 3)));
    out.add(
        of(OpCode.DYNAMIC_UPDATE_SLICE)
            .real(4, 5)
            .real(2, 3)
            .ints(l(), -1)
            .ints(l(), 9)
            .build((b, x) -> b.dynamicUpdateSlice(x.get(0), x.get(1), x.subList(2, 4))));
  }

  /** Rows of a matrix, with an index out of bounds, which gather clamps. */
  private static final DimensionNumbers.Gather ROWS =
      new DimensionNumbers.Gather(List.of(1L), List.of(0L), List.of(), List.of(), List.of(0L), 1);

  /** Windows of 2 by 2 at index pairs whose components are swapped. */
  private static final DimensionNumbers.Gather WINDOWS =
      new DimensionNumbers.Gather(
          List.of(0L, 2L), List.of(), List.of(), List.of(), List.of(1L, 0L), 0);

  /** One element per batch. */
  private static final DimensionNumbers.Gather BATCHED =
      new DimensionNumbers.Gather(List.of(), List.of(1L), List.of(0L), List.of(0L), List.of(1L), 2);

  private static void gathers(List<OpRow> out) {
    out.add(
        of(OpCode.GATHER)
            .named("rows")
            .real(4, 3)
            .ints(l(5, 1), 2, 0, 9, 2, -3)
            .build((b, x) -> b.gather(x.get(0), x.get(1), ROWS, l(1, 3), false)));
    out.add(
        of(OpCode.GATHER)
            .named("windows")
            .real(4, 5)
            .ints(l(2, 3), 0, 2, 4, 1, 9, 0)
            .build((b, x) -> b.gather(x.get(0), x.get(1), WINDOWS, l(2, 2), false)));
    out.add(
        of(OpCode.GATHER)
            .named("batched")
            .real(2, 4)
            .ints(l(2, 3), 0, 2, 2, 3, 1, 7)
            .build((b, x) -> b.gather(x.get(0), x.get(1), BATCHED, l(1, 1), false)));
  }

  private static void select(List<OpRow> out) {
    out.add(
        of(OpCode.TORCH_INDEX_SELECT)
            .real(2, 3, 4, 2)
            .ints(l(2, 5), 0, 3, 1, 1, 2, 3, 0, 0, 2, 1)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.TORCH_INDEX_SELECT,
                            List.of(b.sine(x.get(0)), x.get(1)),
                            java.util.Map.of(
                                "dim", org.cornu.stablehlo.ir.Attribute.Int.i64(2),
                                "batch_dims", org.cornu.stablehlo.ir.Attribute.Int.i64(1)),
                            List.of(),
                            List.of(f64(2, 3, 5, 2)))
                        .result()));
  }

  private static void scatter(
      List<OpRow> out,
      String name,
      DimensionNumbers.Gather dims,
      long[] operand,
      long[] indices,
      long[] values,
      long[] update,
      boolean unique) {
    for (OpCode code : new @Nullable OpCode[] {OpCode.ADD, OpCode.MULTIPLY, OpCode.MAXIMUM, null}) {
      if (code == OpCode.MULTIPLY && !unique) {
        continue;
      }
      out.add(
          of(OpCode.SCATTER)
              .named(name + " " + (code == null ? "replace" : code.shortName()))
              .args(f64(operand))
              .ints(indices, values)
              .args(f64(update))
              .build(
                  (b, x) ->
                      b.scatter(
                          x.get(0),
                          x.get(1),
                          x.get(2),
                          Indices.mirror(dims),
                          false,
                          unique,
                          code)));
    }
  }

  private static void scatters(List<OpRow> out) {
    scatter(out, "rows", ROWS, l(4, 3), l(4, 1), l(2, 0, 9, 3), l(4, 3), true);
    scatter(out, "rows twice", ROWS, l(4, 3), l(5, 1), l(2, 0, 9, 2, -3), l(5, 3), false);
    scatter(out, "windows", WINDOWS, l(4, 5), l(2, 3), l(0, 2, 9, 1, 2, 0), l(2, 3, 2), false);
    scatter(out, "batched", BATCHED, l(2, 4), l(2, 3), l(0, 2, 2, 3, 1, 7), l(2, 3), false);
    out.add(
        of(OpCode.SCATTER)
            .named("two operands")
            .real(4)
            .real(4)
            .ints(l(2, 1), 1, 3)
            .real(2)
            .real(2)
            .buildAll(IndexingRows::twoOperands));
  }

  private static List<Value> twoOperands(Builder b, List<Value> x) {
    Block body = new Block(List.of(f64(), f64(), f64(), f64()));
    Builder inner = new Builder(body);
    body.returns(List.of(inner.add(body.argument(0), body.argument(2)), body.argument(3)));
    return b.scatter(
        x.subList(0, 2),
        x.get(2),
        List.of(b.sine(x.get(3)), x.get(4)),
        new DimensionNumbers.Scatter(List.of(), List.of(0L), List.of(), List.of(), List.of(0L), 1),
        false,
        true,
        body);
  }

  private static void sorts(List<OpRow> out) {
    out.add(
        of(OpCode.SORT)
            .real(3, 5)
            .build((b, x) -> b.sort(List.of(b.sine(x.get(0))), 1, true, less(1)).get(0)));
    out.add(
        of(OpCode.SORT)
            .named("keys and values")
            .real(4, 2)
            .real(4, 2)
            .ints(l(4, 2), 1, 2, 3, 4, 5, 6, 7, 8)
            .buildAll((b, x) -> b.sort(x, 0, false, lessWithInt())));
  }

  private static Block less(int n) {
    Block out = new Block(java.util.Collections.nCopies(2 * n, f64()));
    return out.returns(
        List.of(new Builder(out).compare(out.argument(0), out.argument(1), Comparison.LT)));
  }

  private static Block lessWithInt() {
    var index = org.cornu.stablehlo.ir.TensorType.of(DType.I32);
    Block out = new Block(List.of(f64(), f64(), f64(), f64(), index, index));
    return out.returns(
        List.of(new Builder(out).compare(out.argument(0), out.argument(1), Comparison.LT)));
  }

  private static void linalg(List<OpRow> out) {
    for (boolean lower : new boolean[] {true, false}) {
      out.add(
          of(OpCode.CHOLESKY)
              .named(lower ? "lower" : "upper")
              .tolerance(1e-6)
              .real(2, 3, 3)
              .build((b, x) -> cholesky(b, x.get(0), lower)));
      out.add(
          of(OpCode.CHOLESKY)
              .named((lower ? "lower" : "upper") + " complex")
              .tolerance(1e-6)
              .args(c128(3, 3))
              .build((b, x) -> cholesky(b, x.get(0), lower)));
    }
    for (int k = 0; k < 24; k++) {
      boolean left = (k & 1) == 0;
      boolean lower = (k & 2) == 0;
      boolean unit = (k & 4) == 0;
      String transpose = List.of("NO_TRANSPOSE", "TRANSPOSE", "ADJOINT").get(k / 8);
      boolean complex = transpose.equals("ADJOINT") || k % 8 == 3;
      long[] b = left ? l(2, 3, 2) : l(2, 2, 3);
      out.add(
          of(OpCode.TRIANGULAR_SOLVE)
              .named(left + " " + lower + " " + unit + " " + transpose)
              .tolerance(1e-6)
              .domain(0.5, 1.5)
              .args(complex ? c128(2, 3, 3) : f64(2, 3, 3))
              .args(complex ? c128(b) : f64(b))
              .build(
                  (c, x) -> c.triangularSolve(x.get(0), x.get(1), left, lower, unit, transpose)));
    }
    out.add(
        of(OpCode.FFT).named("fft").args(c128(2, 4)).build((b, x) -> b.fft(x.get(0), "FFT", 4)));
    out.add(
        of(OpCode.FFT)
            .named("ifft 2d")
            .args(c128(2, 3, 4))
            .build((b, x) -> b.fft(x.get(0), "IFFT", 3, 4)));
    for (long n : l(4, 5, 1)) {
      out.add(
          of(OpCode.FFT)
              .named("rfft " + n)
              .args(f64(2, n))
              .build((b, x) -> b.fft(x.get(0), "RFFT", n)));
      out.add(
          of(OpCode.FFT)
              .named("irfft " + n)
              .args(c128(2, n / 2 + 1))
              .build((b, x) -> b.fft(x.get(0), "IRFFT", n)));
    }
    out.add(
        of(OpCode.FFT)
            .named("rfft 2d")
            .args(f64(3, 4))
            .build((b, x) -> b.fft(x.get(0), "RFFT", 3, 4)));
    out.add(
        of(OpCode.FFT)
            .named("irfft 2d")
            .args(c128(3, 3))
            .build((b, x) -> b.fft(x.get(0), "IRFFT", 3, 4)));
  }

  /** Of {@code x xᴴ + 3 I}, the triangle that is defined. */
  private static Value cholesky(Builder b, Value x, boolean lower) {
    Emit e = new Emit(b);
    Value product = e.matmul(x, e.adjoint(x));
    Value ones = e.like(product, 3);
    Value diagonal = b.subtract(e.triangle(ones, true, false), e.triangle(ones, true, true));
    return e.triangle(b.cholesky(b.add(product, diagonal), lower), lower, false);
  }
}
