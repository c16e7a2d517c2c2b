package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import org.cornu.stablehlo.ir.OpCode;

/** Rows of ops whose shapes are operands; dynamic_gather and dynamic_conv stand by their kin. */
final class DynamicCases {
  private DynamicCases() {}

  static void add(RuleTable t) {
    RuleCase broadcast =
        t.ok(
            op(OpCode.DYNAMIC_BROADCAST_IN_DIM, "f32[1,3] i64[3]")
                .attr("broadcast_dimensions", 0, 2)
                .attr("known_expanding_dimensions", 0)
                .attr("known_nonexpanding_dimensions", 1)
                .results("f32[?,2,3]"),
            "f32[?,2,3]");
    t.bad("C1", broadcast.results("f16[?,2,3]"));
    t.bad("C2", broadcast.attr("broadcast_dimensions", 0));
    t.bad("C3", broadcast.attr("broadcast_dimensions", 0, 3));
    t.bad("C4", broadcast.attr("broadcast_dimensions", 2, 2));
    t.bad("C5", broadcast.results("f32[?,2,4]"));
    t.bad("C5", broadcast.constant(1, 5, 2, 4).results("f32[?,2,?]"));
    t.bad("C6", broadcast.operand(0, "q8@1[1,3]").results("q8@1[5,3,3]"));
    t.bad("C7", broadcast.operand(1, "i64[2]"));
    t.bad("C7", broadcast.constant(1, 5, 1, 3));
    t.bad("C8", broadcast.attr("known_nonexpanding_dimensions", 0));
    t.bad("C9", broadcast.attr("known_expanding_dimensions", 2));
    t.bad("C10", broadcast.attr("known_nonexpanding_dimensions", 2));
    t.bad("I2", broadcast.operand(1, "i64[?]"));

    RuleCase iota =
        t.ok(
            op(OpCode.DYNAMIC_IOTA, "index[2]").integer("iota_dimension", 1).results("i32[?,3]"),
            "i32[?,3]");
    t.bad("C1", iota.integer("iota_dimension", 2));
    t.bad("C2", iota.results("i32[?]"));
    t.bad("C2", iota.constant(0, 2, 4));

    RuleCase reshape =
        t.ok(op(OpCode.DYNAMIC_RESHAPE, "f32[2,3] i32[2]").results("f32[?,?]"), "f32[?,?]");
    t.bad("C1", reshape.results("f16[?,?]"));
    t.bad("C2", reshape.results("f32[2,4]"));
    t.bad("C2", reshape.constant(1, 2, 4));
    t.bad("C3", reshape.operand(0, "q8@0[2,3]").results("q8@1[3,2]"));
    t.bad("C4", reshape.results("f32[?]"));

    RuleCase pad =
        t.ok(
            op(OpCode.DYNAMIC_PAD, "f32[2,3] f32[] i64[2] i64[2] i64[2]").results("f32[?,9]"),
            "f32[?,9]");
    RuleCase known =
        t.ok(
            pad.constant(2, 1, 0).constant(3, 0, 0).constant(4, 1, 0).results("f32[4,3]"),
            "f32[4,3]");
    t.bad("C1", pad.operand(1, "f16[]"));
    t.bad("C1", pad.results("f16[?,9]"));
    t.bad("C2", pad.operand(3, "i64[3]"));
    t.bad("C3", known.constant(4, -1, 0));
    t.bad("C4", known.results("f32[4,4]"));

    RuleCase slice =
        t.ok(
            op(OpCode.REAL_DYNAMIC_SLICE, "f32[8] i64[1] i64[1] i64[1]").results("f32[?]"),
            "f32[?]");
    t.refused("one entry per dimension", slice.operand(2, "i64[2]"));
    RuleCase sliced = slice.constant(1, 1).constant(2, 8).constant(3, 3);
    t.refused("result 0 must have type f32[3]", sliced.results("f32[2]"));

    RuleCase size =
        t.ok(op(OpCode.SET_DIMENSION_SIZE, "f32[4,5] i32[]").integer("dimension", 0), "f32[?,5]");
    t.bad("I2", size.operand(1, "i64[]"));
    t.refused("dimension of f32[4,5]", size.integer("dimension", 2));
  }
}
