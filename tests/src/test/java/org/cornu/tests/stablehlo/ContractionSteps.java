package org.cornu.tests.stablehlo;

import static org.cornu.stablehlo.ir.OpCode.*;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Steps of random programs that multiply and sum: products, convolutions, transforms, solvers. */
final class ContractionSteps {
  private ContractionSteps() {}

  static void dot(Draft d) {
    Value x = d.tensor();
    if (x.dtype().isBool()) {
      return;
    }
    long axis = d.axis(x);
    long rest = x.shape().rank() - 1;
    long size = x.shape().dim((int) axis);
    boolean batch = rest > 0 && d.coin();
    long other = batch ? (axis == 0 ? 1 : 0) : -1;
    Value y =
        batch
            ? d.input(x.dtype(), Shape.of(x.shape().dim((int) other), 2, size))
            : d.input(x.dtype(), Shape.of(2, size));
    List<Long> left = batch ? List.of(other) : List.of();
    List<Long> right = batch ? List.of(0L) : List.of();
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(left, right, List.of(axis), List.of(batch ? 2L : 1L));
    d.add(d.b.dotGeneral(x, y, dims, null, x.dtype()));
  }

  /** The older spellings of products. */
  static void matrix(Draft d) {
    DType dtype = d.one(d.coin() ? Draft.FLOATS : Draft.INTEGERS);
    Value x = d.input(dtype, Shape.of(2, 3));
    Value y = d.input(dtype, Shape.of(3, 2));
    if (d.coin()) {
      List<TensorType> result = List.of(TensorType.of(dtype, 2, 2));
      d.add(d.b.create(DOT, List.of(x, y), Map.of(), List.of(), result).result());
    } else {
      Map<String, Attribute> config = Map.of("einsum_config", new Attribute.Str("ab,bc->ca"));
      List<TensorType> result = List.of(TensorType.of(dtype, 2, 2));
      d.add(d.b.create(EINSUM, List.of(x, y), config, List.of(), result).result());
    }
  }

  static void convolution(Draft d) {
    DType dtype = d.one(Draft.FLOATS);
    long groups = 1 + d.below(2);
    boolean byBatch = groups == 2 && d.coin();
    Value x = d.input(dtype, Shape.of(2, 5, byBatch ? 2 : 2 * groups));
    Value kernel = d.input(dtype, Shape.of(1 + d.below(3), 2, 2 * groups));
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(0, 2, List.of(1L), 1, 2, List.of(0L), 0, 2, List.of(1L));
    ConvolutionConfig config =
        new ConvolutionConfig(
            new long[] {1 + d.below(2)},
            new long[][] {{d.below(3), d.below(3)}},
            new long[] {1 + d.below(2)},
            new long[] {1 + d.below(2)},
            new boolean[] {d.coin()},
            dims,
            byBatch ? 1 : groups,
            byBatch ? groups : 1,
            null);
    d.add(d.b.convolution(x, kernel, config));
  }

  static void image(Draft d) {
    DType dtype = d.one(Draft.FLOATS);
    Value x = d.input(dtype, Shape.of(1, 2, 4, 3));
    Value kernel = d.input(dtype, Shape.of(3, 2, 2, 2));
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(
            0, 1, List.of(2L, 3L), 1, 0, List.of(2L, 3L), 0, 1, List.of(2L, 3L));
    ConvolutionConfig config =
        new ConvolutionConfig(
            new long[] {1 + d.below(2), 1},
            new long[][] {{d.below(2), d.below(2)}, {1, 0}},
            new long[] {1, 1 + d.below(2)},
            new long[] {1 + d.below(2), 1},
            new boolean[] {false, d.coin()},
            dims,
            1,
            1,
            null);
    d.add(d.b.convolution(x, kernel, config));
  }

  static void fourier(Draft d) {
    DType part = d.coin() ? DType.F32 : DType.F64;
    int n = 2 + d.below(5);
    switch (d.below(3)) {
      case 0 -> d.add(d.b.fft(d.input(part.complex(), Shape.of(2, n)), "FFT", n));
      case 1 -> d.add(d.b.fft(d.input(part.complex(), Shape.of(n)), "IFFT", n));
      default -> {
        d.add(d.b.fft(d.input(part, Shape.of(n)), "RFFT", n));
        d.add(d.b.fft(d.newest(), "IRFFT", n));
      }
    }
  }

  /** Cholesky factors of positive definite matrices, and systems with triangular ones. */
  static void solve(Draft d) {
    DType dtype = d.coin() ? DType.F32 : DType.F64;
    int n = 1 + d.below(3);
    Value x = d.tame(d.input(dtype, Shape.of(n, n)));
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(1L));
    Value square = d.b.dotGeneral(x, x, dims, null, dtype);
    double[] unit = new double[n * n];
    for (int i = 0; i < n; i++) {
      unit[i * (n + 1)] = 2;
    }
    TensorType type = TensorType.of(dtype, n, n);
    Value twice = d.b.constant(Literal.ofDoubles(type, unit));
    boolean lower = d.coin();
    Value definite = d.b.add(square, twice);
    if (d.coin()) {
      // The other triangle is not defined.
      Value factor = d.b.cholesky(definite, lower);
      Value rows = d.b.iota(TensorType.of(DType.I32, n, n), lower ? 0 : 1);
      Value columns = d.b.iota(TensorType.of(DType.I32, n, n), lower ? 1 : 0);
      Value kept = d.b.compare(rows, columns, Comparison.GE);
      d.add(d.b.select(kept, factor, d.b.constant(type, 0)));
    } else {
      String transpose = d.coin() ? "TRANSPOSE" : "NO_TRANSPOSE";
      Value right = d.input(dtype, Shape.of(n, n));
      d.add(d.b.triangularSolve(definite, right, d.coin(), lower, d.coin(), transpose));
    }
  }

  static void normalization(Draft d) {
    DType dtype = d.coin() ? DType.F32 : DType.F64;
    // Far apart: variances are differences of squares in XLA, whose digits cancel.
    Value rows = d.b.iota(TensorType.of(dtype, 3, 2), 0);
    Value apart = d.b.multiply(rows, d.b.constant(rows.tensorType(), 2));
    d.add(d.b.add(d.tame(d.input(dtype, Shape.of(3, 2))), apart));
    Value x = d.newest();
    Value[] f = new Value[4];
    for (int i = 0; i < 4; i++) {
      f[i] = d.input(dtype, Shape.of(2));
    }
    f[3] = d.b.abs(f[3]);
    Map<String, Attribute> attributes =
        Map.of("epsilon", new Attribute.Real(0.125, "f32"), "feature_index", Attribute.Int.i64(1));
    OpCode[] codes = {BATCH_NORM_INFERENCE, BATCH_NORM_TRAINING, BATCH_NORM_GRAD};
    OpCode code = d.one(codes);
    List<Value> operands =
        switch (code) {
          case BATCH_NORM_INFERENCE -> List.of(x, f[0], f[1], f[2], f[3]);
          case BATCH_NORM_TRAINING -> List.of(x, f[0], f[1]);
          default -> List.of(x, f[0], f[2], f[3], d.input(dtype, Shape.of(3, 2)));
        };
    Op op = d.b.create(code, operands, attributes, List.of());
    op.results().forEach(d::add);
  }
}
