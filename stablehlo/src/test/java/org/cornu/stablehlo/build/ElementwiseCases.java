package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of elementwise ops. */
final class ElementwiseCases {
  private ElementwiseCases() {}

  static void add(RuleTable t) {
    unary(t);
    binary(t);
    addition(t);
    parts(t);
    comparison(t);
    conversions(t);
  }

  private static void unary(RuleTable t) {
    for (OpCode code :
        List.of(
            OpCode.CBRT,
            OpCode.COSINE,
            OpCode.EXPONENTIAL,
            OpCode.EXPONENTIAL_MINUS_ONE,
            OpCode.LOG,
            OpCode.LOG_PLUS_ONE,
            OpCode.LOGISTIC,
            OpCode.RSQRT,
            OpCode.SINE,
            OpCode.SQRT,
            OpCode.TAN,
            OpCode.TANH)) {
      unary(t, code, "f32 bf16 f8e5m2 c64 q8", "i32 bool q8@0");
      t.refused(
          "tolerances need mode TOLERANCE",
          op(code, "f32[2]")
              .attr(
                  "result_accuracy",
                  new Attribute.Opaque(
                      "#stablehlo.result_accuracy<atol = 1.0e-5, ulps = 2, mode ="
                          + " #stablehlo.result_accuracy_mode<HIGHEST>>")));
      t.ok(
          op(code, "f32[2]")
              .attr(
                  "result_accuracy",
                  new Attribute.Opaque(
                      "#stablehlo.result_accuracy<atol = 1.0e-5, ulps = 2, mode ="
                          + " #stablehlo.result_accuracy_mode<TOLERANCE>>")),
          "f32[2]");
    }
    for (OpCode code :
        List.of(OpCode.CEIL, OpCode.FLOOR, OpCode.ROUND_NEAREST_AFZ, OpCode.ROUND_NEAREST_EVEN)) {
      unary(t, code, "f32 f16 q8", "i32 bool c64");
    }
    unary(t, OpCode.NEGATE, "f32 i8 u8 c64 q8", "bool");
    unary(t, OpCode.SIGN, "f32 i8 c64 q8", "u8 bool");
    unary(t, OpCode.NOT, "bool i4 u64", "f32");
    unary(t, OpCode.POPCNT, "i4 u64", "f32 bool");
    unary(t, OpCode.COUNT_LEADING_ZEROS, "i4 u64", "f32 bool");
    unary(t, OpCode.OPTIMIZATION_BARRIER, "f32 bool q8", "");
    unary(t, OpCode.CHLO_ASIN_ACOS_KERNEL, "c64", "f32");
    for (OpCode code :
        List.of(
            OpCode.CHLO_ACOS,
            OpCode.CHLO_ACOSH,
            OpCode.CHLO_ASIN,
            OpCode.CHLO_ASINH,
            OpCode.CHLO_ATAN,
            OpCode.CHLO_ATANH,
            OpCode.CHLO_BESSEL_I1E,
            OpCode.CHLO_CONJ,
            OpCode.CHLO_COSH,
            OpCode.CHLO_SINH,
            OpCode.CHLO_SQUARE,
            OpCode.CHLO_TAN)) {
      unary(t, code, "f32 c64", "i32");
    }
    for (OpCode code :
        List.of(
            OpCode.CHLO_DIGAMMA,
            OpCode.CHLO_ERF,
            OpCode.CHLO_ERF_INV,
            OpCode.CHLO_ERFC,
            OpCode.CHLO_LGAMMA)) {
      unary(t, code, "f32 f64", "i32 c64");
    }
  }

  /** A unary op takes tensors of some element types, and none of others. */
  private static void unary(RuleTable t, OpCode code, String taken, String refused) {
    for (String element : taken.split(" ")) {
      RuleCase row = t.ok(op(code, element + "[2,3]"), element + "[2,3]");
      t.bad("C1", row.results(element + "[2,4]"));
      t.bad("C1", row.results(element + "[2]"));
      t.bad("C1", row.results("u2[2,3]"));
      t.ok(row.results(element + "[?,3]"), element + "[?,3]");
    }
    for (String element : refused.split(" ")) {
      if (!element.isEmpty()) {
        t.bad("I1", op(code, element + "[2,3]"));
      }
    }
  }

  private static void binary(RuleTable t) {
    for (OpCode code : List.of(OpCode.DIVIDE, OpCode.POWER, OpCode.REMAINDER, OpCode.SUBTRACT)) {
      binary(t, code, "f32 i32 u8 c64 q8", "bool");
    }
    for (OpCode code : List.of(OpCode.MAXIMUM, OpCode.MINIMUM, OpCode.MULTIPLY)) {
      binary(t, code, "f32 i32 u8 c64 q8 bool", "q8@0");
    }
    for (OpCode code : List.of(OpCode.AND, OpCode.OR, OpCode.XOR)) {
      binary(t, code, "bool i8 u8", "f32");
    }
    for (OpCode code :
        List.of(
            OpCode.SHIFT_LEFT,
            OpCode.SHIFT_RIGHT_ARITHMETIC,
            OpCode.SHIFT_RIGHT_LOGICAL,
            OpCode.CHLO_MULHI)) {
      binary(t, code, "i8 u64", "f32 bool");
    }
    binary(t, OpCode.ATAN2, "f32 c64 q8", "i32");
    for (OpCode code : List.of(OpCode.CHLO_NEXT_AFTER, OpCode.CHLO_POLYGAMMA, OpCode.CHLO_ZETA)) {
      binary(t, code, "f32 f64", "i32 c64");
    }
    t.ok(op(OpCode.SUBTRACT, "f32[?,3] f32[2,?]"), "f32[2,3]");
    t.ok(op(OpCode.SUBTRACT, "q8[2] q8b[2]").results("q8b[2]"), "q8b[2]");
  }

  private static void binary(RuleTable t, OpCode code, String taken, String refused) {
    for (String element : taken.split(" ")) {
      String type = element + "[2,3] ";
      RuleCase row = t.ok(op(code, type + type), type);
      t.bad("C1", row.operand(1, element + "[3,2]"));
      t.bad("C1", row.operand(0, element + "[3]"));
      t.bad("C1", row.results(element + "[2,4]"));
    }
    String first = taken.split(" ")[0];
    String second = taken.split(" ")[1];
    t.bad("C1", op(code, first + "[2] " + second + "[2]"));
    for (String element : refused.split(" ")) {
      t.bad("I1", op(code, element + "[2] " + element + "[2]"));
    }
  }

  private static void addition(RuleTable t) {
    RuleCase row = t.ok(op(OpCode.ADD, "f32[2,3] f32[2,3]"), "f32[2,3]");
    t.ok(op(OpCode.ADD, "bool[] bool[]"), "bool[]");
    t.bad("C1", row.operand(1, "f32[3]"));
    t.bad("C1", row.operand(1, "f16[2,3]"));
    t.bad("C1", row.results("f16[2,3]"));
    RuleCase quantized = t.ok(op(OpCode.ADD, "q8[2,3] q8b[2,3]").results("q8[2,3]"), "q8[2,3]");
    t.bad("C2", quantized.results("f32[2,3]"));
    t.bad("C2", quantized.operand(1, "f32[2,3]"));
    t.bad("C2", row.results("q8[2,3]"));
    t.bad("C3", quantized.operand(1, "q16[2,3]"));
    t.bad("C4", quantized.operand(0, "q8h[2,3]"));
    t.bad("C5", quantized.results("q8@0[2,3]"));
    RuleCase perAxis = t.ok(op(OpCode.ADD, "q8@1[2,3] q8[2,3]").results("q8@1[2,3]"), "q8@1[2,3]");
    t.bad("C5", perAxis.results("q8[2,3]"));
    t.bad("C6", perAxis.results("q8@0[2,3]"));
    t.bad("C7", perAxis.operands("q8[2,3] q8@1[2,3]").results("q8@0[2,3]"));
  }

  private static void parts(RuleTable t) {
    RuleCase abs = t.ok(op(OpCode.ABS, "c64[2]"), "f32[2]");
    t.ok(op(OpCode.ABS, "i8[2]"), "i8[2]");
    t.bad("I1", op(OpCode.ABS, "u8[2]"));
    t.bad("C1", abs.results("f32[3]"));
    t.bad("C2", abs.results("c64[2]"));
    for (OpCode code : List.of(OpCode.REAL, OpCode.IMAG)) {
      RuleCase part = t.ok(op(code, "c128[2]"), "f64[2]");
      t.ok(op(code, "f16[2]"), "f16[2]");
      t.bad("I1", part.operand(0, "i32[2]"));
      t.bad("C1", part.results("f64[3]"));
      t.bad("C2", part.results("f32[2]"));
    }
    RuleCase complex = t.ok(op(OpCode.COMPLEX, "f32[2] f32[2]"), "c64[2]");
    t.bad("I1", op(OpCode.COMPLEX, "f16[2] f16[2]"));
    t.bad("C1", complex.operand(1, "f64[2]"));
    t.bad("C1", complex.operand(1, "f32[3]"));
    t.bad("C2", complex.results("c64[3]"));
    t.bad("C3", complex.results("c128[2]"));
    RuleCase finite = t.ok(op(OpCode.IS_FINITE, "f32[2]"), "bool[2]");
    t.bad("C1", finite.results("bool[3]"));
    t.bad("I1", finite.operand(0, "i32[2]"));
    for (OpCode code :
        List.of(OpCode.CHLO_IS_INF, OpCode.CHLO_IS_NEG_INF, OpCode.CHLO_IS_POS_INF)) {
      t.bad("I1", t.ok(op(code, "f16[2]"), "bool[2]").operand(0, "i32[2]"));
    }
  }

  private static void comparison(RuleTable t) {
    RuleCase compare =
        t.ok(
            op(OpCode.COMPARE, "f32[2] f32[2]")
                .word("comparison_direction", "LT")
                .word("compare_type", "FLOAT"),
            "bool[2]");
    t.ok(compare.operands("c64[2] c64[2]"), "bool[2]");
    t.ok(compare.operands("u8[2] u8[2]").word("compare_type", "UNSIGNED"), "bool[2]");
    t.ok(compare.operands("bool[2] bool[2]").word("compare_type", "UNSIGNED"), "bool[2]");
    t.ok(compare.operands("q8[?] q8b[2]").without("compare_type"), "bool[2]");
    t.bad("C1", compare.operand(1, "f16[2]"));
    t.bad("C2", compare.operand(1, "f32[3]"));
    t.bad("C2", compare.results("bool[3]"));
    t.bad("C3", compare.word("compare_type", "SIGNED"));
    t.bad("C3", compare.operands("i8[2] i8[2]").word("compare_type", "UNSIGNED"));
    t.bad("C3", compare.operands("bool[2] bool[2]").word("compare_type", "SIGNED"));
    t.bad("C3", compare.operands("c64[2] c64[2]").word("compare_type", "TOTALORDER"));
    t.refused("comparison_direction", compare.word("comparison_direction", "ABOVE"));

    RuleCase select = t.ok(op(OpCode.SELECT, "bool[2] f32[2] f32[2]"), "f32[2]");
    t.ok(select.operand(0, "bool[]"), "f32[2]");
    t.bad("I1", select.operand(0, "i8[2]"));
    t.bad("C1", select.operand(0, "bool[3]"));
    t.bad("C2", select.operand(1, "f32[3]").operand(0, "bool[]"));
    t.bad("C2", select.operand(1, "f16[2]"));
    t.bad("C2", select.results("f32[3]"));

    RuleCase clamp = t.ok(op(OpCode.CLAMP, "f32[] f32[2] f32[2]"), "f32[2]");
    t.bad("C1", clamp.operand(0, "f32[3]"));
    t.bad("C2", clamp.operand(2, "f32[3]"));
    t.bad("C3", clamp.operand(0, "f16[]"));
    t.bad("C4", clamp.results("f32[3]"));
  }

  private static void conversions(RuleTable t) {
    RuleCase convert = t.ok(op(OpCode.CONVERT, "f32[2]").results("i8[2]"), "i8[2]");
    t.bad("C1", convert.results("i8[3]"));
    t.bad("I1", convert.operand(0, "q8[2]"));
    t.refused("must be given", op(OpCode.CONVERT, "f32[2]"));

    RuleCase bits = t.ok(op(OpCode.BITCAST_CONVERT, "f32[2]").results("u32[2]"), "u32[2]");
    t.ok(bits.results("u8[2,4]"), "u8[2,4]");
    t.ok(op(OpCode.BITCAST_CONVERT, "u8[3,8]").results("f64[3]"), "f64[3]");
    t.ok(op(OpCode.BITCAST_CONVERT, "q8[3]").results("i8[3]"), "i8[3]");
    t.bad("C1", bits.results("u32[3]"));
    t.bad("C1", bits.results("u8[2,3]"));
    t.bad("C1", bits.results("u64[2]"));
    t.bad("C2", bits.results("c64[1]"));

    RuleCase reduced =
        t.ok(
            op(OpCode.REDUCE_PRECISION, "f32[2]")
                .integer("exponent_bits", 5)
                .integer("mantissa_bits", 10),
            "f32[2]");
    t.bad("C1", reduced.results("f32[3]"));
    t.bad("C2", reduced.integer("exponent_bits", 0));
    t.bad("C3", reduced.integer("mantissa_bits", -1));
  }
}
