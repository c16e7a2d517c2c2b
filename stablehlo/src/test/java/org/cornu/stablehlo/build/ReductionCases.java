package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of reductions, windows, sort and map. */
final class ReductionCases {
  private static final String F32_BODY = "f32[] f32[] -> f32[]";

  private ReductionCases() {}

  static void add(RuleTable t) {
    reduce(t);
    reduceWindow(t);
    selectAndScatter(t);
    sortAndMap(t);
  }

  private static void reduce(RuleTable t) {
    RuleCase one =
        t.ok(
            op(OpCode.REDUCE, "f32[4,5,6] f32[]").attr("dimensions", 2, 0).region(F32_BODY),
            "f32[5]");
    t.ok(one.region(0, "f64[] f64[] -> f64[]"), "f64[5]");
    t.ok(one.operand(0, "f32[4,?,6]"), "f32[?]");
    RuleCase two =
        t.ok(
            op(OpCode.REDUCE, "f32[4,5] i32[4,5] f32[] i32[]")
                .attr("dimensions", 1)
                .region("f32[] i32[] f32[] i32[] -> f32[] i32[]"),
            "f32[4] i32[4]");
    t.bad("C1", two.operand(1, "i32[4,6]"));
    t.bad("C2", two.operand(3, "i64[]"));
    t.bad("C3", one.operands("f32[4,5,6]"));
    t.bad("C3", two.operands("f32[4,5] i32[4,5] f32[]"));
    t.bad("C4", one.attr("dimensions", 3));
    t.bad("C4", one.attr("dimensions", -1));
    t.bad("C5", one.attr("dimensions", 1, 1));
    t.bad("C6", one.region(0, "f32[] -> f32[]"));
    t.bad("C6", one.region(0, "f32[] f32[] -> f32[] f32[]"));
    t.bad("C6", one.region(0, "f32[] f64[] -> f32[]"));
    t.bad("C6", one.region(0, "f16[] f16[] -> f16[]"));
    t.bad("C6", one.region(0, "f32[1] f32[1] -> f32[1]"));
    t.bad("C6", one.region(0, "i32[] i32[] -> i32[]"));
    t.bad("C7", one.results("f32[4]"));
    t.bad("C7", two.results("f32[4]"));
    t.bad("C8", one.results("f64[5]"));
    t.bad("I2", one.operand(1, "f32[1]"));
    t.refused("expected 1 regions", one.noRegions());
  }

  private static void reduceWindow(RuleTable t) {
    RuleCase one =
        t.ok(
            op(OpCode.REDUCE_WINDOW, "f32[9,8] f32[]")
                .attr("window_dimensions", 3, 2)
                .attr("window_strides", 2, 1)
                .attr("base_dilations", 1, 2)
                .attr("window_dilations", 2, 1)
                .matrix("padding", 2, 1, 0, 0, 3)
                .region(F32_BODY),
            "f32[3,17]");
    t.ok(
        op(OpCode.REDUCE_WINDOW, "f32[2] f32[]").attr("window_dimensions", 3).region(F32_BODY),
        "f32[0]");
    RuleCase two =
        t.ok(
            op(OpCode.REDUCE_WINDOW, "f32[4] i32[4] f32[] i32[]")
                .attr("window_dimensions", 2)
                .region("f32[] i32[] f32[] i32[] -> f32[] i32[]"),
            "f32[3] i32[3]");
    t.bad("C1", one.operands("f32[9,8]"));
    t.bad("C2", two.operand(1, "i32[5]"));
    t.bad("C3", one.operand(1, "f16[]"));
    t.bad("C4", one.attr("window_dimensions", 3));
    t.bad("C5", one.attr("window_dimensions", 0, 2));
    t.bad("C6", one.attr("window_strides", 1));
    t.bad("C7", one.attr("window_strides", 1, 0));
    t.bad("C8", one.attr("base_dilations", 1));
    t.bad("C9", one.attr("base_dilations", 1, 0));
    t.bad("C10", one.attr("window_dilations", 1));
    t.bad("C11", one.attr("window_dilations", 1, -1));
    t.bad("C12", one.matrix("padding", 2, 0, 0));
    t.bad("C13", one.region(0, "f32[] f32[] -> i32[]"));
    t.bad("C14", two.results("f32[3] i32[4]"));
    t.bad("C15", one.results("f32[3,16]"));
    t.bad("C16", one.results("f64[3,17]"));

    RuleCase tangent =
        t.ok(
            op(OpCode.SELECT_AND_GATHER_ADD, "f32[9,8] f32[9,8]")
                .attr("window_dimensions", 3, 2)
                .attr("window_strides", 3, 2)
                .attr("select", new Attribute.Str("GE")),
            "f32[3,4]");
    t.refused("shapes differ", tangent.operand(0, "f32[8,9]"));
    t.refused("GE or LE", tangent.attr("select", new Attribute.Str("GT")));
  }

  private static void selectAndScatter(RuleTable t) {
    RuleCase row =
        t.ok(
            op(OpCode.SELECT_AND_SCATTER, "f32[9,8] f32[3,4] f32[]")
                .attr("window_dimensions", 3, 2)
                .attr("window_strides", 3, 2)
                .region("f32[] f32[] -> bool[]")
                .region(F32_BODY),
            "f32[9,8]");
    t.ok(row.region(1, "f64[] f64[] -> f64[]"), "f64[9,8]");
    t.bad("C1", row.operand(1, "f16[3,4]"));
    t.bad("C2", row.operand(1, "f32[4,4]"));
    t.bad("C3", row.operand(2, "f16[]"));
    t.bad("C4", row.attr("window_dimensions", 3));
    t.bad("C4", row.without("window_dimensions"));
    t.bad("C5", row.attr("window_dimensions", 3, 0));
    t.bad("C6", row.attr("window_strides", 3));
    t.bad("C7", row.attr("window_strides", 3, 0));
    t.bad("C8", row.matrix("padding", 2, 0, 0, 0, 0, 0, 0));
    t.bad("C9", row.region(0, "f32[] f32[] -> f32[]"));
    t.bad("C9", row.region(0, "f64[] f64[] -> bool[]"));
    t.bad("C10", row.region(1, "f32[] f32[] -> i32[]"));
    t.bad("C11", row.results("f32[8,9]"));
    t.bad("C12", row.results("f64[9,8]"));
  }

  private static void sortAndMap(RuleTable t) {
    RuleCase sort =
        t.ok(
            op(OpCode.SORT, "f32[4,5] i32[4,5]")
                .integer("dimension", -2)
                .flag("is_stable")
                .region("f32[] f32[] i32[] i32[] -> bool[]"),
            "f32[4,5] i32[4,5]");
    t.bad("C1", sort.operands(""));
    t.bad("C2", sort.results("f32[4,5] i64[4,5]"));
    t.bad("C3", sort.operand(1, "i32[5,4]"));
    t.bad("C4", sort.integer("dimension", 2));
    t.bad("C4", sort.integer("dimension", -3));
    t.bad("C5", sort.region(0, "f32[] i32[] f32[] i32[] -> bool[]"));
    t.bad("C5", sort.region(0, "f32[] f32[] i32[] i32[] -> i32[]"));

    RuleCase map =
        t.ok(
            op(OpCode.MAP, "f32[4,5] i32[4,5]")
                .attr("dimensions", 0, 1)
                .region("f32[] i32[] -> bool[]"),
            "bool[4,5]");
    t.bad("C1", map.operand(1, "i32[5]"));
    t.bad("C1", map.results("bool[4]"));
    t.bad("C2", map.operands(""));
    t.bad("C3", map.attr("dimensions", 1, 0));
    t.bad("C3", map.attr("dimensions", 0));
    t.bad("C4", map.region(0, "f32[] -> bool[]"));
    t.bad("C4", map.region(0, "f32[] f32[] -> bool[]"));
    t.bad("C4", map.results("i32[4,5]"));
  }
}
