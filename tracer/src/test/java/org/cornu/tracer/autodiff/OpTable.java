package org.cornu.tracer.autodiff;

import static org.cornu.tracer.autodiff.GradientCheck.c128;
import static org.cornu.tracer.autodiff.GradientCheck.f64;
import static org.cornu.tracer.autodiff.OpRow.of;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;

/** Rows of the elementwise ops, the ops that move data, and plain reductions. */
final class OpTable {
  private OpTable() {}

  static List<OpRow> rows() {
    List<OpRow> out = new ArrayList<>();
    elementwise(out);
    complex(out);
    chlo(out);
    shapes(out);
    out.addAll(WindowRows.rows());
    out.addAll(IndexingRows.rows());
    out.addAll(ProgramRows.rows());
    return out;
  }

  private static void unary(List<OpRow> out, OpCode code, double low, double high) {
    out.add(of(code).domain(low, high).real(2, 3).build((b, x) -> b.unary(code, x.get(0))));
  }

  private static void binary(List<OpRow> out, OpCode code, double low, double high) {
    out.add(
        of(code)
            .domain(low, high)
            .real(2, 3)
            .real(2, 3)
            .build((b, x) -> b.binary(code, x.get(0), x.get(1))));
  }

  private static void elementwise(List<OpRow> out) {
    unary(out, OpCode.ABS, 0.3, 2);
    unary(out, OpCode.ABS, -2, -0.3);
    unary(out, OpCode.CBRT, 0.5, 2);
    unary(out, OpCode.COSINE, -2, 2);
    unary(out, OpCode.EXPONENTIAL, -2, 2);
    unary(out, OpCode.EXPONENTIAL_MINUS_ONE, -2, 2);
    unary(out, OpCode.LOG, 0.5, 2);
    unary(out, OpCode.LOG_PLUS_ONE, -0.5, 2);
    unary(out, OpCode.LOGISTIC, -2, 2);
    unary(out, OpCode.NEGATE, -2, 2);
    unary(out, OpCode.RSQRT, 0.5, 2);
    unary(out, OpCode.SINE, -2, 2);
    unary(out, OpCode.SQRT, 0.5, 2);
    unary(out, OpCode.TAN, -1, 1);
    unary(out, OpCode.TANH, -2, 2);
    for (OpCode step :
        List.of(
            OpCode.CEIL,
            OpCode.FLOOR,
            OpCode.ROUND_NEAREST_AFZ,
            OpCode.ROUND_NEAREST_EVEN,
            OpCode.SIGN)) {
      unary(out, step, 0.1, 0.4);
    }
    out.add(
        of(OpCode.IS_FINITE).real(3).build((b, x) -> b.convert(b.isFinite(x.get(0)), DType.F64)));
    out.add(
        of(OpCode.COMPARE)
            .real(3)
            .real(3)
            .build(
                (b, x) ->
                    b.convert(
                        b.compare(x.get(0), x.get(1), org.cornu.stablehlo.build.Comparison.LT),
                        DType.F64)));
    out.add(
        of(OpCode.BITCAST_CONVERT)
            .order(1)
            .real(3)
            .build((b, x) -> b.convert(b.bitcastConvert(b.floor(x.get(0)), DType.I64), DType.F64)));
    out.add(
        of(OpCode.STOP_GRADIENT)
            .real(3)
            .build((b, x) -> b.multiply(x.get(0), b.stopGradient(b.sign(x.get(0))))));
    binary(out, OpCode.ADD, -2, 2);
    binary(out, OpCode.ATAN2, 0.5, 2);
    binary(out, OpCode.DIVIDE, 0.5, 2);
    binary(out, OpCode.MAXIMUM, -2, 2);
    binary(out, OpCode.MINIMUM, -2, 2);
    binary(out, OpCode.MULTIPLY, -2, 2);
    binary(out, OpCode.POWER, 0.5, 2);
    binary(out, OpCode.SUBTRACT, -2, 2);
    out.add(
        of(OpCode.REMAINDER)
            .values(f64(4), 5.3, -5.3, 5.3, 1.2)
            .values(f64(4), 2.1, 2.1, -2.1, 3.3)
            .build((b, x) -> b.remainder(x.get(0), x.get(1))));
    out.add(
        of(OpCode.CLAMP)
            .values(f64(3), 0.5, -1, 0)
            .values(f64(3), 0, 0.2, 3)
            .values(f64(3), 1, 1, 2)
            .build((b, x) -> b.clamp(x.get(0), x.get(1), x.get(2))));
    out.add(
        of(OpCode.CLAMP)
            .named("scalar bounds")
            .values(f64(), -0.5)
            .values(f64(4), -1, -0.2, 0.3, 2)
            .values(f64(), 0.9)
            .build((b, x) -> b.clamp(x.get(0), x.get(1), x.get(2))));
    out.add(
        of(OpCode.SELECT)
            .bools(new long[] {3}, true, false, true)
            .real(3)
            .real(3)
            .build((b, x) -> b.select(x.get(0), x.get(1), x.get(2))));
    out.add(
        of(OpCode.SELECT)
            .named("one side")
            .bools(new long[] {}, true)
            .real(3)
            .build((b, x) -> b.select(x.get(0), b.sine(x.get(1)), b.constant(f64(3), 2))));
    out.add(
        of(OpCode.CONVERT)
            .named("to c128")
            .real(3)
            .build((b, x) -> b.convert(b.sine(x.get(0)), DType.C128)));
    out.add(
        of(OpCode.CONVERT)
            .named("to f64")
            .args(c128(3))
            .build((b, x) -> b.convert(b.sine(x.get(0)), DType.F64)));
    out.add(
        of(OpCode.REDUCE_PRECISION)
            .real(3)
            .build((b, x) -> b.reducePrecision(b.sine(x.get(0)), 11, 52)));
    out.add(
        of(OpCode.POWER)
            .named("integer exponent")
            .domain(0.5, 2)
            .real(3)
            .ints(new long[] {3}, 0, 2, 3)
            .build((b, x) -> b.power(x.get(0), b.convert(x.get(1), DType.F64))));
    out.add(
        of(OpCode.CHLO_NEXT_AFTER)
            .domain(0.1, 0.3)
            .order(1)
            .real(3)
            .build(
                (b, x) ->
                    b.multiply(
                        b.floor(b.binary(OpCode.CHLO_NEXT_AFTER, x.get(0), x.get(0))), x.get(0))));
  }

  private static void complex(List<OpRow> out) {
    for (OpCode code :
        List.of(
            OpCode.COSINE,
            OpCode.EXPONENTIAL,
            OpCode.EXPONENTIAL_MINUS_ONE,
            OpCode.LOG,
            OpCode.LOG_PLUS_ONE,
            OpCode.LOGISTIC,
            OpCode.NEGATE,
            OpCode.RSQRT,
            OpCode.SINE,
            OpCode.SQRT,
            OpCode.TAN,
            OpCode.TANH,
            OpCode.ABS,
            OpCode.REAL,
            OpCode.IMAG,
            OpCode.CHLO_CONJ,
            OpCode.CHLO_SQUARE)) {
      out.add(
          of(code)
              .named("complex")
              .domain(0.3, 1.2)
              .args(c128(3))
              .build((b, x) -> b.unary(code, b.sine(x.get(0)))));
    }
    for (OpCode code :
        List.of(OpCode.ADD, OpCode.DIVIDE, OpCode.MULTIPLY, OpCode.POWER, OpCode.SUBTRACT)) {
      out.add(
          of(code)
              .named("complex")
              .domain(0.3, 1.2)
              .args(c128(3), c128(3))
              .build((b, x) -> b.binary(code, x.get(0), x.get(1))));
    }
    out.add(
        of(OpCode.COMPLEX)
            .real(3)
            .real(3)
            .build((b, x) -> b.exponential(b.complex(x.get(0), x.get(1)))));
  }

  private static void chlo(List<OpRow> out) {
    unary(out, OpCode.CHLO_ACOS, -0.7, 0.7);
    unary(out, OpCode.CHLO_ACOSH, 1.5, 3);
    unary(out, OpCode.CHLO_ASIN, -0.7, 0.7);
    unary(out, OpCode.CHLO_ASINH, -2, 2);
    unary(out, OpCode.CHLO_ATAN, -2, 2);
    unary(out, OpCode.CHLO_ATANH, -0.7, 0.7);
    unary(out, OpCode.CHLO_COSH, -2, 2);
    unary(out, OpCode.CHLO_SINH, -2, 2);
    unary(out, OpCode.CHLO_SQUARE, -2, 2);
    unary(out, OpCode.CHLO_TAN, -1, 1);
    unary(out, OpCode.CHLO_ERF, -2, 2);
    unary(out, OpCode.CHLO_ERFC, -2, 2);
    unary(out, OpCode.CHLO_ERF_INV, -0.7, 0.7);
    unary(out, OpCode.CHLO_LGAMMA, 0.7, 3);
    unary(out, OpCode.CHLO_DIGAMMA, 0.7, 3);
    unary(out, OpCode.CHLO_BESSEL_I1E, 0.4, 3);
    unary(out, OpCode.CHLO_BESSEL_I1E, -30, -21);
    out.add(
        of(OpCode.CHLO_POLYGAMMA)
            .domain(1, 3)
            .real(3)
            .build((b, x) -> b.binary(OpCode.CHLO_POLYGAMMA, b.constant(f64(3), 1), x.get(0))));
    out.add(
        of(OpCode.CHLO_ZETA)
            .domain(1, 3)
            .real(3)
            .build((b, x) -> b.binary(OpCode.CHLO_ZETA, b.constant(f64(3), 2.5), x.get(0))));
    for (OpCode code :
        List.of(
            OpCode.CHLO_BROADCAST_ADD,
            OpCode.CHLO_BROADCAST_SUBTRACT,
            OpCode.CHLO_BROADCAST_MULTIPLY,
            OpCode.CHLO_BROADCAST_DIVIDE,
            OpCode.CHLO_BROADCAST_POWER,
            OpCode.CHLO_BROADCAST_MAXIMUM,
            OpCode.CHLO_BROADCAST_MINIMUM,
            OpCode.CHLO_BROADCAST_ATAN2,
            OpCode.CHLO_BROADCAST_REMAINDER,
            OpCode.CHLO_BROADCAST_COMPLEX)) {
      out.add(
          of(code)
              .domain(0.5, 2)
              .real(2, 1, 3)
              .real(2, 3)
              .build(
                  (b, x) ->
                      b.create(
                              code,
                              List.of(x.get(0), x.get(1)),
                              Map.of(),
                              List.of(),
                              List.of(
                                  code == OpCode.CHLO_BROADCAST_COMPLEX
                                      ? c128(2, 2, 3)
                                      : f64(2, 2, 3)))
                          .result()));
    }
    out.add(
        of(OpCode.CHLO_BROADCAST_ADD)
            .named("explicit dimensions")
            .real(2, 3)
            .real(2)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.CHLO_BROADCAST_ADD,
                            List.of(x.get(0), b.sine(x.get(1))),
                            Map.of("broadcast_dimensions", new Attribute.Longs(0)),
                            List.of(),
                            List.of(f64(2, 3)))
                        .result()));
    out.add(
        of(OpCode.CHLO_BROADCAST_SELECT)
            .bools(new long[] {3}, true, false, true)
            .real(2, 3)
            .real(3)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.CHLO_BROADCAST_SELECT,
                            x,
                            Map.of(),
                            List.of(),
                            List.of(f64(2, 3)))
                        .result()));
    for (OpCode code : List.of(OpCode.CHLO_BROADCAST_POLYGAMMA, OpCode.CHLO_BROADCAST_ZETA)) {
      out.add(
          of(code)
              .domain(1, 3)
              .real(3)
              .build(
                  (b, x) ->
                      b.create(
                              code,
                              List.of(b.constant(DType.F64, 2), x.get(0)),
                              Map.of(),
                              List.of(),
                              List.of(f64(3)))
                          .result()));
    }
    out.add(
        of(OpCode.CHLO_TOP_K)
            .values(f64(2, 4), 3, 1, 2, 7, -1, 5, 2, 9)
            .buildAll(
                (b, x) ->
                    b.create(
                            OpCode.CHLO_TOP_K,
                            List.of(b.sine(x.get(0))),
                            Map.of("k", Attribute.Int.i64(2)),
                            List.of())
                        .results()));
  }

  private static void shapes(List<OpRow> out) {
    out.add(
        of(OpCode.BROADCAST_IN_DIM)
            .real(3, 1, 2)
            .build((b, x) -> b.broadcastInDim(x.get(0), Shape.of(2, 4, 3, 5), 2, 1, 0)));
    out.add(
        of(OpCode.BROADCAST)
            .real(3)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.BROADCAST,
                            x,
                            Map.of("broadcast_sizes", new Attribute.Longs(2, 2)),
                            List.of())
                        .result()));
    out.add(of(OpCode.RESHAPE).real(3, 4).build((b, x) -> b.reshape(x.get(0), Shape.of(2, 6))));
    out.add(of(OpCode.TRANSPOSE).real(2, 3, 4).build((b, x) -> b.transpose(x.get(0), 2, 0, 1)));
    out.add(of(OpCode.REVERSE).real(2, 3).build((b, x) -> b.reverse(x.get(0), 0, 1)));
    out.add(
        of(OpCode.CONCATENATE)
            .real(2, 3)
            .real(2, 1)
            .build(
                (b, x) -> b.concatenate(List.of(x.get(0), b.constant(f64(2, 2), 1), x.get(1)), 1)));
    out.add(
        of(OpCode.SLICE)
            .real(7, 3)
            .build(
                (b, x) ->
                    b.slice(x.get(0), new long[] {1, 0}, new long[] {7, 2}, new long[] {3, 1})));
    out.add(
        of(OpCode.SLICE)
            .named("empty")
            .real(4)
            .build((b, x) -> b.slice(x.get(0), new long[] {2}, new long[] {2}, new long[] {1})));
    out.add(
        of(OpCode.PAD)
            .real(3, 2)
            .real()
            .build(
                (b, x) ->
                    b.pad(
                        x.get(0),
                        x.get(1),
                        new long[] {1, -1},
                        new long[] {-1, 2},
                        new long[] {2, 0})));
    out.add(
        of(OpCode.OPTIMIZATION_BARRIER)
            .real(2)
            .ints(new long[] {}, 3)
            .real(3)
            .buildAll(
                (b, x) ->
                    b.optimizationBarrier(
                        List.of(b.sine(x.get(0)), x.get(1), b.exponential(x.get(2))))));
    out.add(
        of(OpCode.TUPLE)
            .real(2)
            .real(3)
            .build(
                (b, x) -> {
                  var tuple =
                      b.create(
                              OpCode.TUPLE,
                              List.of(x.get(0), b.sine(x.get(1))),
                              Map.of(),
                              List.of())
                          .result();
                  return b.create(
                          OpCode.GET_TUPLE_ELEMENT,
                          List.of(tuple),
                          Map.of("index", Attribute.Int.i32(1)),
                          List.of())
                      .result();
                }));
  }
}
