package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;

/** Rows of CHLO ops, shardings and Cornu's own ops, whose rules have no labels. */
final class ChloAndOwnCases {
  private ChloAndOwnCases() {}

  static void add(RuleTable t) {
    broadcasting(t);
    chlo(t);
    raggedDot(t);
    scans(t);
    axes(t);
    shardings(t);
  }

  private static void broadcasting(RuleTable t) {
    for (OpCode code : OpCode.values()) {
      if (!code.name().startsWith("CHLO_BROADCAST_")) {
        continue;
      }
      switch (code) {
        case CHLO_BROADCAST_SELECT -> {
          RuleCase select = t.ok(op(code, "bool[3] f32[2,1] f32[]"), "f32[2,3]");
          t.refused("cannot be broadcast", select.operand(2, "f32[4]"));
          t.refused("element types differ", select.operand(2, "f16[]"));
        }
        case CHLO_BROADCAST_COMPARE ->
            t.ok(op(code, "f32[2,1] f32[3]").word("comparison_direction", "LT"), "bool[2,3]");
        case CHLO_BROADCAST_COMPLEX -> t.ok(op(code, "f32[2,1] f32[3]"), "c64[2,3]");
        default -> {
          boolean logical =
              code == OpCode.CHLO_BROADCAST_AND
                  || code == OpCode.CHLO_BROADCAST_OR
                  || code == OpCode.CHLO_BROADCAST_XOR;
          String e = logical ? "bool" : "f32";
          RuleCase row = t.ok(op(code, e + "[2,1] " + e + "[3]"), e + "[2,3]");
          t.ok(row.operands(e + "[2,3] " + e + "[2]").attr("broadcast_dimensions", 0), e + "[2,3]");
          t.ok(row.operands(e + "[?] " + e + "[1]"), e + "[?]");
          t.refused("cannot be broadcast", row.operand(0, e + "[2]"));
          t.refused("element types differ", row.operand(0, logical ? "i8[3]" : "f64[3]"));
        }
      }
    }
  }

  private static void chlo(RuleTable t) {
    t.ok(
        op(OpCode.CHLO_CONSTANT_LIKE, "i32[2,?]").attr("value", new Attribute.Real(1, "f16")),
        "f16[2,?]");
    RuleCase top = t.ok(op(OpCode.CHLO_TOP_K, "f32[2,16]").integer("k", 8), "f32[2,8] i32[2,8]");
    t.refused("k must be at most", top.integer("k", 17));
    t.refused("must have a dimension", top.operand(0, "f32[]"));

    RuleCase scan =
        t.ok(
            op(OpCode.CHLO_SCAN, "f32[2,3] f32[3]")
                .integer("dimension", 0)
                .region("f32[3] f32[3] -> i32[3] f32[3]"),
            "i32[2,3] f32[3]");
    t.refused("its body must take", scan.operand(1, "f32[4]"));
    t.refused("must return 1 carries", scan.region(0, "f32[3] f32[3] ->"));
    t.refused("must be 4", scan.integer("scan_dim_size", 4));
  }

  private static Attribute ragged(String fields) {
    return new Attribute.Opaque("#chlo.ragged_dot<" + fields + ">");
  }

  private static void raggedDot(RuleTable t) {
    String key = "ragged_dot_dimension_numbers";
    String dot =
        "lhs_batching_dimensions = [0], rhs_batching_dimensions = [1],"
            + " lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [2]";
    RuleCase rows =
        t.ok(
            op(OpCode.CHLO_RAGGED_DOT, "f32[2,11,5] f32[3,2,5,7] i64[3]")
                .attr(
                    key, ragged(dot + ", lhs_ragged_dimensions = [1], rhs_group_dimensions = [0]")),
            "f32[2,11,7]");
    t.ok(rows.operand(2, "i64[2,3]"), "f32[2,11,7]");
    t.refused("number of groups", rows.operand(2, "i64[4]"));
    t.refused("group sizes must have shape", rows.operand(2, "i64[4,3]"));
    t.refused("one ragged dimension", rows.attr(key, ragged(dot + ", rhs_group_dimensions = [0]")));
    t.refused("one group dimension", rows.attr(key, ragged(dot + ", lhs_ragged_dimensions = [1]")));
    String sum =
        "lhs_batching_dimensions = [0], rhs_batching_dimensions = [0],"
            + " lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1]";
    RuleCase contracted = op(OpCode.CHLO_RAGGED_DOT, "f32[2,11,5] f32[2,5,7] i64[3]");
    t.ok(contracted.attr(key, ragged(sum + ", lhs_ragged_dimensions = [2]")), "f32[3,2,11,7]");
    t.ok(contracted.attr(key, ragged(sum + ", lhs_ragged_dimensions = [0]")), "f32[2,11,7]");
  }

  private static void scans(RuleTable t) {
    RuleCase scan =
        t.ok(
            op(OpCode.SCAN, "f32[9] i32[] f32[7,2] i8[7]")
                .integer("length", 7)
                .integer("num_consts", 1)
                .integer("num_carry", 1)
                .integer("unroll", 1)
                .region("f32[9] i32[] f32[2] i8[] -> i32[] f64[3]"),
            "i32[] f64[7,3]");
    t.refused("leading size 7", scan.operand(3, "i8[6]"));
    t.refused("leading size 7", scan.operand(3, "i8[]"));
    t.refused("its body must take", scan.region(0, "f32[9] i32[] f32[7,2] i8[] -> i32[]"));
    t.refused("must return the carry", scan.region(0, "f32[9] i32[] f32[2] i8[] -> i64[]"));
    t.refused("more than its operands", scan.integer("num_carry", 4));
    t.refused("unroll", scan.integer("unroll", 0));
    t.refused("result 1 must have type", scan.results("i32[] f64[6,3]"));
    t.ok(op(OpCode.STOP_GRADIENT, "f32[2]"), "f32[2]");
  }

  private static RuleCase axis(OpCode code, String operands) {
    return op(code, operands).attr("axis", new Attribute.Str("batch")).integer("size", 4);
  }

  private static void axes(RuleTable t) {
    t.ok(axis(OpCode.AXIS_INDEX, ""), "i32[]");
    RuleCase reduce =
        t.ok(
            axis(OpCode.AXIS_REDUCE, "f32[2] i32[]").attr("kind", new Attribute.Str("max")),
            "f32[2] i32[]");
    t.refused("kind must be one of", reduce.attr("kind", new Attribute.Str("mean")));
    t.ok(axis(OpCode.AXIS_PERMUTE, "f32[2]"), "f32[2]");
    RuleCase gather =
        t.ok(axis(OpCode.AXIS_GATHER, "f32[2,3]").integer("dimension", 2), "f32[2,3,4]");
    t.ok(gather.integer("dimension", 1).flag("tiled"), "f32[2,12]");
    t.refused("dimension must be in", gather.flag("tiled"));
    RuleCase scatter =
        t.ok(axis(OpCode.AXIS_SCATTER, "f32[2,4]").integer("dimension", 1), "f32[2]");
    t.ok(scatter.operand(0, "f32[2,8]").flag("tiled"), "f32[2,2]");
    t.refused("must be the size of the axis, 4", scatter.operand(0, "f32[2,8]"));
    t.refused("must be divisible by", scatter.operand(0, "f32[2,6]").flag("tiled"));
    RuleCase exchange =
        t.ok(
            axis(OpCode.AXIS_ALL_TO_ALL, "f32[4,5]")
                .integer("split_dimension", 0)
                .integer("concat_dimension", 1),
            "f32[5,4]");
    t.ok(exchange.operand(0, "f32[8,5]").flag("tiled"), "f32[2,20]");
    t.refused("split_dimension must be in", exchange.integer("split_dimension", 2));
    t.refused("attribute 'axis' is missing", gather.without("axis"));
    t.refused("at least 1", gather.integer("size", 0));
  }

  private static void shardings(RuleTable t) {
    Sharding.Dim split = Sharding.Dim.of("data");
    RuleCase constraint =
        t.ok(
            op(OpCode.SDY_SHARDING_CONSTRAINT, "f32[8,3]")
                .attr("sharding", Sharding.of("mesh", List.of(split, Sharding.Dim.REPLICATED))),
            "f32[8,3]");
    t.refused(
        "one entry per dimension",
        constraint.attr("sharding", Sharding.of("mesh", List.of(split))));
    RuleCase manual =
        t.ok(
            op(OpCode.SDY_MANUAL_COMPUTATION, "f32[8,3]")
                .region("f32[2,3] -> f32[2]")
                .results("f32[8]"),
            "f32[8]");
    t.refused("even part of f32[8,3]", manual.region(0, "f32[3,3] -> f32[2]"));
    t.refused("even part of f32[8]", manual.region(0, "f32[2,3] -> f64[2]"));
    t.refused("one argument per operand", manual.region(0, "-> f32[2]"));
    t.refused("one value per result", manual.region(0, "f32[2,3] ->"));
  }
}
