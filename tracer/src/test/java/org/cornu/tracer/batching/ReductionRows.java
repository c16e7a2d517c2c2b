package org.cornu.tracer.batching;

import static org.cornu.tracer.batching.Programs.bool;
import static org.cornu.tracer.batching.Programs.c128;
import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.i32;
import static org.cornu.tracer.batching.Programs.of;
import static org.cornu.tracer.batching.Programs.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.batching.Programs.Arg;

/** Reductions, windows, contractions, linear algebra and random bits. */
final class ReductionRows {
  private ReductionRows() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    reductions(rows);
    windows(rows);
    dots(rows);
    convolutions(rows);
    linalg(rows);
    batchNorm(rows);
    random(rows);
    return rows;
  }

  private static void reductions(List<Row> rows) {
    for (OpCode code : List.of(OpCode.ADD, OpCode.MULTIPLY, OpCode.MAXIMUM, OpCode.MINIMUM)) {
      rows.add(
          Row.of(
              OpCode.REDUCE,
              "by " + code,
              List.of(f64(2, 3, 2), f64()),
              (b, x) -> b.reduce(x.get(0), x.get(1), code, 0, 2)));
    }
    for (OpCode code : List.of(OpCode.AND, OpCode.OR)) {
      rows.add(
          Row.of(
              OpCode.REDUCE,
              "of flags by " + code,
              List.of(bool(3, 2), bool()),
              (b, x) -> b.reduce(x.get(0), x.get(1), code, 0)));
    }
    for (DType dtype : List.of(DType.I32, DType.U8)) {
      for (OpCode code : List.of(OpCode.MAXIMUM, OpCode.MINIMUM, OpCode.AND)) {
        rows.add(
            Row.of(
                OpCode.REDUCE,
                "of " + dtype + " by " + code,
                List.of(of(dtype, 3, 2), of(dtype)),
                (b, x) -> b.reduce(x.get(0), x.get(1), code, 0)));
      }
    }
    rows.add(
        Row.many(
            OpCode.REDUCE,
            "of two tensors",
            List.of(f64(4, 2), i32(4, 2), f64(), i32()),
            (b, x) -> b.reduce(x.subList(0, 2), x.subList(2, 4), new long[] {0}, argmax())));
    rows.add(
        Row.many(
            OpCode.SORT,
            "with values",
            List.of(f64(3, 4), i32(3, 4)),
            (b, x) -> b.sort(x, 0, true, less())));
    rows.add(
        Row.many(
            OpCode.SORT,
            "of the last dimension",
            List.of(f64(3, 4), i32(3, 4)),
            (b, x) -> b.sort(x, -1, true, less())));
    rows.add(
        Row.many(
            OpCode.CHLO_TOP_K,
            "",
            List.of(f64(2, 5)),
            (b, x) ->
                b.create(
                        OpCode.CHLO_TOP_K,
                        x,
                        Map.of("k", Attribute.Int.i64(2)),
                        List.of(),
                        List.of(TensorType.of(DType.F64, 2, 2), TensorType.of(DType.I32, 2, 2)))
                    .results()));
  }

  /** The larger value with its index; of equal values the first. */
  private static Block argmax() {
    return Programs.region(
        List.of(scalar(DType.F64), scalar(DType.I32), scalar(DType.F64), scalar(DType.I32)),
        (b, x) -> {
          Value first = b.compare(x.get(0), x.get(2), Comparison.GE);
          return List.of(b.select(first, x.get(0), x.get(2)), b.select(first, x.get(1), x.get(3)));
        });
  }

  private static Block less() {
    return Programs.region(
        List.of(scalar(DType.F64), scalar(DType.F64), scalar(DType.I32), scalar(DType.I32)),
        (b, x) -> List.of(b.compare(x.get(0), x.get(1), Comparison.LT)));
  }

  private static void windows(List<Row> rows) {
    WindowConfig window =
        new WindowConfig(
            new long[] {2, 3},
            new long[] {1, 2},
            new long[] {2, 1},
            new long[] {1, 2},
            new long[][] {{1, 0}, {2, 1}});
    WindowConfig plain =
        WindowConfig.of(new long[] {2, 2}, new long[] {2, 1}, new long[][] {{1, 0}, {0, 1}});
    rows.add(
        Row.of(
            OpCode.REDUCE_WINDOW,
            "sum with dilations",
            List.of(f64(3, 5), f64()),
            (b, x) -> b.reduceWindow(x.get(0), x.get(1), OpCode.ADD, window)));
    rows.add(
        Row.many(
            OpCode.REDUCE_WINDOW,
            "of two tensors",
            List.of(f64(4, 3), i32(4, 3), f64().shared().between(-9, -8), i32().shared()),
            (b, x) -> b.reduceWindow(x.subList(0, 2), x.subList(2, 4), plain, argmax())));
    rows.add(
        Row.of(
            OpCode.REDUCE_WINDOW,
            "cumulative",
            List.of(f64(2, 4)),
            (b, x) ->
                b.reduceWindow(
                    x.get(0),
                    b.constant(DType.F64, 0),
                    OpCode.ADD,
                    WindowConfig.of(
                        new long[] {1, 4}, new long[] {1, 1}, new long[][] {{0, 0}, {3, 0}}))));
    rows.add(
        Row.of(
            OpCode.SELECT_AND_SCATTER,
            "",
            List.of(f64(4, 3), f64(2, 3), f64()),
            (b, x) ->
                b.selectAndScatter(
                    x.get(0),
                    x.get(1),
                    x.get(2),
                    plain,
                    Programs.region(
                        List.of(scalar(DType.F64), scalar(DType.F64)),
                        (c, y) -> List.of(c.compare(y.get(0), y.get(1), Comparison.GE))),
                    Builder.binaryBody(OpCode.ADD, DType.F64))));
    for (String select : List.of("GE", "LE")) {
      rows.add(
          Row.of(
              OpCode.SELECT_AND_GATHER_ADD,
              select,
              List.of(f64(4, 3), f64(4, 3)),
              (b, x) ->
                  b.selectAndGatherAdd(
                      x.get(0),
                      x.get(1),
                      WindowConfig.of(
                          new long[] {2, 2}, new long[] {2, 1}, new long[][] {{0, 0}, {0, 0}}),
                      select)));
    }
  }

  private static DimensionNumbers.Dot dot(
      List<Long> lb, List<Long> rb, List<Long> lc, List<Long> rc) {
    return new DimensionNumbers.Dot(lb, rb, lc, rc);
  }

  private static void dots(List<Row> rows) {
    rows.add(
        Row.of(
            OpCode.DOT_GENERAL,
            "matrix product",
            List.of(f64(2, 3), f64(3, 4)),
            (b, x) ->
                b.dotGeneral(
                    x.get(0),
                    x.get(1),
                    dot(List.of(), List.of(), List.of(1L), List.of(0L)),
                    null,
                    DType.F64)));
    rows.add(
        Row.of(
            OpCode.DOT_GENERAL,
            "with two batching and two contracting dimensions",
            List.of(f64(2, 3, 4, 5, 2), f64(4, 3, 2, 2, 3)),
            (b, x) ->
                b.dotGeneral(
                    x.get(0),
                    x.get(1),
                    dot(List.of(4L, 1L), List.of(3L, 1L), List.of(2L, 0L), List.of(0L, 2L)),
                    null,
                    DType.F64)));
    rows.add(
        Row.of(
            OpCode.DOT_GENERAL,
            "outer product",
            List.of(f64(2), f64(3)),
            (b, x) ->
                b.dotGeneral(
                    x.get(0),
                    x.get(1),
                    dot(List.of(), List.of(), List.of(), List.of()),
                    null,
                    DType.F64)));
    for (boolean matrix : new boolean[] {false, true}) {
      for (boolean vector : new boolean[] {false, true}) {
        Arg lhs = matrix ? f64(2, 3) : f64(3);
        Arg rhs = vector ? f64(3) : f64(3, 4);
        long[] dims =
            matrix
                ? vector ? new long[] {2} : new long[] {2, 4}
                : vector ? new long[0] : new long[] {4};
        rows.add(
            Row.of(
                OpCode.DOT,
                lhs.type().brief() + " with " + rhs.type().brief(),
                List.of(lhs, rhs),
                (b, x) ->
                    b.create(
                            OpCode.DOT,
                            x,
                            Map.of(),
                            List.of(),
                            List.of(TensorType.of(DType.F64, dims)))
                        .result()));
      }
    }
    rows.add(
        Row.of(
            OpCode.EINSUM,
            "",
            List.of(f64(2, 3), f64(3, 4)),
            (b, x) -> einsum(b, OpCode.EINSUM, x, "ab,bc->ca", 4, 2)));
    rows.add(
        Row.of(
            OpCode.UNARY_EINSUM,
            "",
            List.of(f64(2, 3)),
            (b, x) -> einsum(b, OpCode.UNARY_EINSUM, x, "ab->b", 3)));
  }

  private static Value einsum(Builder b, OpCode code, List<Value> x, String config, long... dims) {
    return b.create(
            code,
            x,
            Map.of("einsum_config", new Attribute.Str(config)),
            List.of(),
            List.of(TensorType.of(DType.F64, dims)))
        .result();
  }

  private static void convolutions(List<Row> rows) {
    // input batch, feature, spatial; kernel in, out, spatial; output batch, feature, spatial
    DimensionNumbers.Convolution channelsLast =
        new DimensionNumbers.Convolution(0, 2, List.of(1L), 1, 2, List.of(0L), 0, 2, List.of(1L));
    DimensionNumbers.Convolution channelsFirst =
        new DimensionNumbers.Convolution(0, 1, List.of(2L), 1, 0, List.of(2L), 0, 1, List.of(2L));
    DimensionNumbers.Convolution mixed =
        new DimensionNumbers.Convolution(2, 0, List.of(1L), 2, 0, List.of(1L), 1, 2, List.of(0L));
    long n = 2;
    long in = 2;
    long out = 4;
    for (DimensionNumbers.Convolution dims : List.of(channelsLast, channelsFirst, mixed)) {
      for (int[] groups : new int[][] {{1, 1}, {2, 1}, {1, 2}}) {
        long[] input = new long[3];
        input[(int) dims.inputBatch()] = n * groups[1];
        input[(int) dims.inputFeature()] = in * groups[0];
        input[dims.inputSpatial().get(0).intValue()] = 6;
        long[] kernel = new long[3];
        kernel[(int) dims.kernelInputFeature()] = in;
        kernel[(int) dims.kernelOutputFeature()] = out;
        kernel[dims.kernelSpatial().get(0).intValue()] = 3;
        rows.add(
            Row.of(
                OpCode.CONVOLUTION,
                dims.text() + " groups " + groups[0] + "," + groups[1],
                List.of(f64(input), f64(kernel)),
                (b, x) ->
                    b.convolution(
                        x.get(0),
                        x.get(1),
                        new ConvolutionConfig(
                            new long[] {2},
                            new long[][] {{1, 2}},
                            new long[] {1},
                            new long[] {2},
                            new boolean[] {true},
                            dims,
                            groups[0],
                            groups[1],
                            null))));
      }
    }
    DimensionNumbers.Convolution planes =
        new DimensionNumbers.Convolution(
            0, 3, List.of(1L, 2L), 2, 3, List.of(0L, 1L), 0, 3, List.of(1L, 2L));
    rows.add(
        Row.of(
            OpCode.CONVOLUTION,
            "of planes, input dilated",
            List.of(f64(2, 3, 4, 2), f64(2, 2, 2, 3)),
            (b, x) ->
                b.convolution(
                    x.get(0),
                    x.get(1),
                    new ConvolutionConfig(
                        new long[] {1, 2},
                        new long[][] {{-1, 1}, {1, 0}},
                        new long[] {2, 1},
                        new long[] {1, 1},
                        new boolean[2],
                        planes,
                        1,
                        1,
                        null))));
  }

  /** A positive definite matrix from any square one. */
  private static Value positive(Builder b, Value x) {
    int rank = x.shape().rank();
    List<Long> batch = new ArrayList<>();
    for (long d = 0; d < rank - 2; d++) {
      batch.add(d);
    }
    List<Long> last = List.of(rank - 1L);
    Value square = b.dotGeneral(x, x, dot(batch, batch, last, last), null, DType.F64);
    Value i = b.iota(square.tensorType(), rank - 2);
    Value j = b.iota(square.tensorType(), rank - 1);
    Value eye = b.convert(b.compare(i, j, Comparison.EQ), DType.F64);
    return b.add(square, eye);
  }

  private static void linalg(List<Row> rows) {
    rows.add(
        Row.of(
            OpCode.CHOLESKY,
            "",
            List.of(f64(2, 3, 3)),
            (b, x) -> b.cholesky(positive(b, x.get(0)), true)));
    for (boolean left : new boolean[] {false, true}) {
      for (String transpose : List.of("NO_TRANSPOSE", "TRANSPOSE")) {
        rows.add(
            Row.of(
                OpCode.TRIANGULAR_SOLVE,
                (left ? "left " : "right ") + transpose,
                List.of(f64(3, 3), left ? f64(3, 2) : f64(2, 3)),
                (b, x) ->
                    b.triangularSolve(
                        positive(b, x.get(0)), x.get(1), left, true, false, transpose)));
      }
      rows.add(
          Row.of(
              OpCode.TRIANGULAR_SOLVE,
              (left ? "left" : "right") + " with a batch",
              List.of(f64(2, 3, 3), left ? f64(2, 3, 2) : f64(2, 2, 3)),
              (b, x) ->
                  b.triangularSolve(
                      positive(b, x.get(0)), x.get(1), left, false, true, "NO_TRANSPOSE")));
    }
    for (String type : List.of("FFT", "IFFT")) {
      rows.add(
          Row.of(OpCode.FFT, type, List.of(c128(2, 4)), (b, x) -> b.fft(x.get(0), type, 2, 4)));
    }
    rows.add(Row.of(OpCode.FFT, "RFFT", List.of(f64(3, 5)), (b, x) -> b.fft(x.get(0), "RFFT", 5)));
    rows.add(
        Row.of(OpCode.FFT, "IRFFT", List.of(c128(3, 3)), (b, x) -> b.fft(x.get(0), "IRFFT", 5)));
  }

  private static void batchNorm(List<Row> rows) {
    for (int feature = 0; feature < 3; feature++) {
      Attribute index = Attribute.Int.i64(feature);
      Map<String, Attribute> attributes =
          Map.of("epsilon", new Attribute.Real(1e-3, "f32"), "feature_index", index);
      Arg x = f64(2, 3, 4);
      long size = x.type().dim(feature);
      Arg variance = f64(size).between(0.5, 2);
      TensorType vector = TensorType.of(DType.F64, size);
      rows.add(
          Row.of(
              OpCode.BATCH_NORM_INFERENCE,
              "feature " + feature,
              List.of(x, f64(size), f64(size), f64(size), variance),
              (b, y) ->
                  b.create(OpCode.BATCH_NORM_INFERENCE, y, attributes, List.of(), List.of(x.type()))
                      .result()));
      rows.add(
          Row.many(
              OpCode.BATCH_NORM_TRAINING,
              "feature " + feature,
              List.of(x, f64(size), f64(size)),
              (b, y) ->
                  b.create(
                          OpCode.BATCH_NORM_TRAINING,
                          y,
                          attributes,
                          List.of(),
                          List.of(x.type(), vector, vector))
                      .results()));
      rows.add(
          Row.many(
              OpCode.BATCH_NORM_GRAD,
              "feature " + feature,
              List.of(x, f64(size), f64(size).shared(), variance.shared(), x),
              (b, y) ->
                  b.create(
                          OpCode.BATCH_NORM_GRAD,
                          y,
                          attributes,
                          List.of(),
                          List.of(x.type(), vector, vector))
                      .results()));
    }
  }

  private static void random(List<Row> rows) {
    for (String algorithm : List.of("THREE_FRY", "PHILOX")) {
      rows.add(
          Row.many(
              OpCode.RNG_BIT_GENERATOR,
              algorithm,
              List.of(of(DType.U64, 2)),
              (b, x) -> b.rngBitGenerator(x.get(0), TensorType.of(DType.U32, 2, 3), algorithm)));
    }
    rows.add(
        Row.of(
            OpCode.CHLO_RAGGED_DOT,
            "",
            List.of(f64(5, 2), f64(2, 2, 3), of(DType.I64, 2).between(2, 3)),
            (b, x) ->
                b.create(
                        OpCode.CHLO_RAGGED_DOT,
                        x,
                        Map.of(
                            "ragged_dot_dimension_numbers",
                            new Attribute.Opaque(
                                "#chlo.ragged_dot<lhs_contracting_dimensions = [1],"
                                    + " rhs_contracting_dimensions = [1], lhs_ragged_dimensions ="
                                    + " [0], rhs_group_dimensions = [0]>")),
                        List.of(),
                        List.of(TensorType.of(DType.F64, 5, 3)))
                    .result()));
  }
}
