package org.cornu.tracer.batching;

import static org.cornu.tracer.batching.Programs.bool;
import static org.cornu.tracer.batching.Programs.c128;
import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.i32;
import static org.cornu.tracer.batching.Programs.of;
import static org.cornu.tracer.batching.Programs.scalar;
import static org.cornu.tracer.batching.Programs.u32;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.batching.Programs.Arg;

/** Elementwise ops, one row each, and the irregular ones in all their forms. */
final class ElementwiseRows {
  private ElementwiseRows() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    unary(rows);
    binary(rows);
    implicit(rows);
    rows.add(
        Row.of(
            OpCode.COMPARE,
            "",
            List.of(f64(2, 3), f64(2, 3)),
            (b, x) -> b.compare(x.get(0), x.get(1), Comparison.LT)));
    rows.add(
        Row.of(OpCode.CONVERT, "", List.of(f64(2, 3)), (b, x) -> b.convert(x.get(0), DType.I32)));
    rows.add(
        Row.of(
            OpCode.REDUCE_PRECISION,
            "",
            List.of(f64(2, 3)),
            (b, x) -> b.reducePrecision(x.get(0), 4, 3)));
    rows.add(
        Row.of(
            OpCode.BITCAST_CONVERT,
            "splitting",
            List.of(u32(2)),
            (b, x) -> b.bitcastConvert(x.get(0), DType.U8)));
    rows.add(
        Row.of(
            OpCode.BITCAST_CONVERT,
            "joining",
            List.of(of(DType.U8, 3, 4)),
            (b, x) -> b.bitcastConvert(x.get(0), DType.U32)));
    for (boolean low : new boolean[] {false, true}) {
      for (boolean high : new boolean[] {false, true}) {
        Arg min = (low ? f64() : f64(2, 3)).between(-1, 0);
        Arg max = (high ? f64() : f64(2, 3)).between(0, 1);
        rows.add(
            Row.of(
                OpCode.CLAMP,
                low + "," + high,
                List.of(min, f64(2, 3), max),
                (b, x) -> b.clamp(x.get(0), x.get(1), x.get(2))));
      }
    }
    rows.add(
        Row.of(
            OpCode.CLAMP,
            "of scalars",
            List.of(f64(), f64(), f64()),
            (b, x) -> b.clamp(x.get(0), x.get(1), x.get(2))));
    for (Arg pred : List.of(bool(), bool(2, 3))) {
      rows.add(
          Row.of(
              OpCode.SELECT,
              "by " + pred.type().brief(),
              List.of(pred, f64(2, 3), f64(2, 3)),
              (b, x) -> b.select(x.get(0), x.get(1), x.get(2))));
    }
    rows.add(
        Row.of(
            OpCode.SELECT,
            "of scalars",
            List.of(bool(), f64(), f64()),
            (b, x) -> b.select(x.get(0), x.get(1), x.get(2))));
    rows.add(
        Row.of(
            OpCode.MAP,
            "",
            List.of(f64(2, 3), f64(2, 3)),
            (b, x) ->
                b.create(
                        OpCode.MAP,
                        x,
                        Map.of("dimensions", new Attribute.Longs(0, 1)),
                        List.of(
                            Programs.region(
                                List.of(scalar(DType.F64), scalar(DType.F64)),
                                (c, y) -> List.of(c.add(c.tanh(y.get(0)), y.get(1))))),
                        List.of(TensorType.of(DType.F64, 2, 3)))
                    .result()));
    rows.add(
        Row.many(
            OpCode.OPTIMIZATION_BARRIER,
            "",
            List.of(f64(2), f64(3)),
            (b, x) -> b.optimizationBarrier(x)));
    rows.add(
        Row.many(
            OpCode.TUPLE,
            "",
            List.of(f64(2), i32()),
            (b, x) -> {
              Type pair = new Type.Tuple(List.of(x.get(0).type(), x.get(1).type()));
              Value tuple = b.create(OpCode.TUPLE, x, Map.of(), List.of(), List.of(pair)).result();
              return List.of(element(b, tuple, 1), element(b, tuple, 0));
            }));
    rows.add(
        Row.of(
            OpCode.GET_TUPLE_ELEMENT,
            "",
            List.of(f64(2), f64(3)),
            (b, x) -> {
              Type pair = new Type.Tuple(List.of(x.get(0).type(), x.get(1).type()));
              return element(
                  b, b.create(OpCode.TUPLE, x, Map.of(), List.of(), List.of(pair)).result(), 1);
            }));
    QuantizedType q =
        new QuantizedType(
            DType.I8, -128, 127, DType.F32, 1, List.of(0.5, 0.25, 1.0), List.of(0L, 3L, -2L));
    rows.add(
        Row.of(
            OpCode.UNIFORM_QUANTIZE,
            "per axis and back",
            List.of(new Arg(TensorType.of(DType.F32, 2, 3), -4, 4, true)),
            (b, x) -> quantized(b, x.get(0), q)));
    rows.add(
        Row.of(
            OpCode.UNIFORM_DEQUANTIZE,
            "per tensor",
            List.of(new Arg(TensorType.of(DType.F32, 2, 3), -4, 4, true)),
            (b, x) ->
                quantized(
                    b,
                    x.get(0),
                    new QuantizedType(
                        DType.I8, -128, 127, DType.F32, -1, List.of(0.5), List.of(1L)))));
    rows.add(
        Row.of(
            OpCode.CHLO_CONSTANT_LIKE,
            "",
            List.of(f64(2, 3)),
            (b, x) ->
                b.add(
                    x.get(0),
                    b.create(
                            OpCode.CHLO_CONSTANT_LIKE,
                            x,
                            Map.of("value", new Attribute.Real(1.5, "f64")),
                            List.of(),
                            List.of(x.get(0).type()))
                        .result())));
    return rows;
  }

  private static Value quantized(
      org.cornu.stablehlo.build.Builder b, Value x, QuantizedType element) {
    Value y =
        b.create(
                OpCode.UNIFORM_QUANTIZE,
                List.of(x),
                Map.of(),
                List.of(),
                List.of(x.tensorType().withElement(element)))
            .result();
    return b.create(OpCode.UNIFORM_DEQUANTIZE, List.of(y), Map.of(), List.of(), List.of(x.type()))
        .result();
  }

  private static Value element(org.cornu.stablehlo.build.Builder b, Value tuple, int i) {
    Type type = ((Type.Tuple) tuple.type()).elements().get(i);
    return b.create(
            OpCode.GET_TUPLE_ELEMENT,
            List.of(tuple),
            Map.of("index", Attribute.Int.i32(i)),
            List.of(),
            List.of(type))
        .result();
  }

  private static void unary(List<Row> rows) {
    List<OpCode> anyReal =
        List.of(
            OpCode.ABS,
            OpCode.CBRT,
            OpCode.CEIL,
            OpCode.COSINE,
            OpCode.EXPONENTIAL,
            OpCode.EXPONENTIAL_MINUS_ONE,
            OpCode.FLOOR,
            OpCode.IS_FINITE,
            OpCode.LOGISTIC,
            OpCode.NEGATE,
            OpCode.ROUND_NEAREST_AFZ,
            OpCode.ROUND_NEAREST_EVEN,
            OpCode.SIGN,
            OpCode.SINE,
            OpCode.TAN,
            OpCode.TANH,
            OpCode.CHLO_ASINH,
            OpCode.CHLO_ATAN,
            OpCode.CHLO_BESSEL_I1E,
            OpCode.CHLO_CONJ,
            OpCode.CHLO_COSH,
            OpCode.CHLO_ERF,
            OpCode.CHLO_ERFC,
            OpCode.CHLO_IS_INF,
            OpCode.CHLO_IS_NEG_INF,
            OpCode.CHLO_IS_POS_INF,
            OpCode.CHLO_SINH,
            OpCode.CHLO_SQUARE,
            OpCode.CHLO_TAN,
            OpCode.STOP_GRADIENT);
    anyReal.forEach(
        code -> rows.add(Row.of(code, "", List.of(f64(2, 3)), (b, x) -> b.unary(code, x.get(0)))));
    List<OpCode> positive =
        List.of(
            OpCode.LOG,
            OpCode.LOG_PLUS_ONE,
            OpCode.RSQRT,
            OpCode.SQRT,
            OpCode.CHLO_DIGAMMA,
            OpCode.CHLO_LGAMMA);
    positive.forEach(
        code ->
            rows.add(
                Row.of(
                    code,
                    "",
                    List.of(f64(2, 3).between(0.1, 3)),
                    (b, x) -> b.unary(code, x.get(0)))));
    rows.add(
        Row.of(
            OpCode.CHLO_ACOSH,
            "",
            List.of(f64(2, 3).between(1, 3)),
            (b, x) -> b.unary(OpCode.CHLO_ACOSH, x.get(0))));
    for (OpCode code :
        List.of(OpCode.CHLO_ACOS, OpCode.CHLO_ASIN, OpCode.CHLO_ATANH, OpCode.CHLO_ERF_INV)) {
      rows.add(
          Row.of(
              code, "", List.of(f64(2, 3).between(-0.9, 0.9)), (b, x) -> b.unary(code, x.get(0))));
    }
    for (OpCode code : List.of(OpCode.COUNT_LEADING_ZEROS, OpCode.NOT, OpCode.POPCNT)) {
      rows.add(Row.of(code, "", List.of(i32(2, 3)), (b, x) -> b.unary(code, x.get(0))));
    }
    for (OpCode code : List.of(OpCode.REAL, OpCode.IMAG)) {
      rows.add(Row.of(code, "", List.of(c128(2, 3)), (b, x) -> b.unary(code, x.get(0))));
    }
    rows.add(Row.of(OpCode.ABS, "complex", List.of(c128(2, 3)), (b, x) -> b.abs(x.get(0))));
  }

  private static void binary(List<Row> rows) {
    for (OpCode code :
        List.of(
            OpCode.ADD,
            OpCode.ATAN2,
            OpCode.COMPLEX,
            OpCode.DIVIDE,
            OpCode.MAXIMUM,
            OpCode.MINIMUM,
            OpCode.MULTIPLY,
            OpCode.REMAINDER,
            OpCode.SUBTRACT,
            OpCode.CHLO_NEXT_AFTER)) {
      rows.add(
          Row.of(
              code,
              "",
              List.of(f64(2, 3), f64(2, 3)),
              (b, x) -> b.binary(code, x.get(0), x.get(1))));
    }
    for (OpCode code : List.of(OpCode.POWER, OpCode.CHLO_ZETA)) {
      rows.add(
          Row.of(
              code,
              "",
              List.of(f64(2, 3).between(1.2, 3), f64(2, 3).between(0.5, 2)),
              (b, x) -> b.binary(code, x.get(0), x.get(1))));
    }
    rows.add(
        Row.of(
            OpCode.CHLO_POLYGAMMA,
            "",
            List.of(f64(2), f64(2).between(0.5, 2)),
            (b, x) ->
                b.binary(OpCode.CHLO_POLYGAMMA, b.unary(OpCode.FLOOR, b.abs(x.get(0))), x.get(1))));
    for (OpCode code :
        List.of(
            OpCode.AND,
            OpCode.OR,
            OpCode.XOR,
            OpCode.SHIFT_LEFT,
            OpCode.SHIFT_RIGHT_ARITHMETIC,
            OpCode.SHIFT_RIGHT_LOGICAL)) {
      rows.add(
          Row.of(
              code,
              "",
              List.of(i32(2, 3), i32(2, 3).between(0, 8)),
              (b, x) -> b.binary(code, x.get(0), x.get(1))));
    }
    rows.add(
        Row.of(
            OpCode.CHLO_MULHI,
            "",
            List.of(u32(2).between(0, 4e9), u32(2).between(0, 4e9)),
            (b, x) -> b.binary(OpCode.CHLO_MULHI, x.get(0), x.get(1))));
  }

  /** CHLO's implicit broadcasting, with a missing dimension, a named one, and one of size 1. */
  private static void implicit(List<Row> rows) {
    for (OpCode code : OpCode.values()) {
      if (!code.mlirName().startsWith("chlo.broadcast_") || code == OpCode.CHLO_BROADCAST_SELECT) {
        continue;
      }
      String name = code.shortName().substring("broadcast_".length());
      boolean ints = name.startsWith("shift") || List.of("and", "or", "xor").contains(name);
      Arg wide = ints ? i32(2, 3).between(0, 8) : f64(2, 3).between(1.2, 3);
      Arg row = ints ? i32(3).between(0, 8) : f64(3).between(1.2, 3);
      Arg column = ints ? i32(2, 1).between(0, 8) : f64(2, 1).between(1.2, 3);
      Arg first = ints ? i32(2).between(0, 8) : f64(2).between(1.2, 3);
      if (name.equals("polygamma")) {
        wide = wide.between(1, 1);
      }
      DType result =
          name.equals("compare")
              ? DType.BOOL
              : name.equals("complex") ? DType.C128 : wide.type().dtype();
      for (Arg other : List.of(row, column, first)) {
        Map<String, Attribute> attributes = new java.util.HashMap<>();
        if (name.equals("compare")) {
          attributes.put(
              "comparison_direction", new Attribute.Keyword("comparison_direction", "GE"));
        }
        if (other == first) {
          attributes.put("broadcast_dimensions", new Attribute.Longs(0));
        }
        rows.add(
            Row.of(
                code,
                "with " + other.type().brief(),
                List.of(wide, other),
                (b, x) ->
                    b.create(
                            code,
                            x,
                            attributes,
                            List.of(),
                            List.of(TensorType.of(result, Shape.of(2, 3))))
                        .result()));
      }
    }
    rows.add(
        Row.of(
            OpCode.CHLO_BROADCAST_SELECT,
            "",
            List.of(bool(), f64(2, 3), f64(3)),
            (b, x) ->
                b.create(
                        OpCode.CHLO_BROADCAST_SELECT,
                        x,
                        Map.of(),
                        List.of(),
                        List.of(TensorType.of(DType.F64, 2, 3)))
                    .result()));
  }
}
