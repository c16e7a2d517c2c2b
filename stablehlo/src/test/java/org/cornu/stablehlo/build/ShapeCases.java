package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;

/** Rows of constants and of ops that move elements. */
final class ShapeCases {
  private ShapeCases() {}

  static void add(RuleTable t) {
    constants(t);
    broadcasts(t);
    orders(t);
    parts(t);
  }

  private static void constants(RuleTable t) {
    Attribute value =
        new Attribute.Elements(Literal.ofDoubles((TensorType) RuleCase.type("f32[2]"), 1, 2));
    for (OpCode code : new OpCode[] {OpCode.CONSTANT, OpCode.CHLO_CONSTANT}) {
      RuleCase constant = t.ok(op(code, "").attr("value", value), "f32[2]");
      t.bad("C1", constant.results("f32[3]"));
      t.bad("C1", constant.results("f16[2]"));
    }
    Attribute stored =
        new Attribute.Elements(Literal.ofLongs((TensorType) RuleCase.type("i8[2]"), 1, 2));
    RuleCase quantized =
        t.ok(op(OpCode.CONSTANT, "").attr("value", stored).results("q8b[2]"), "q8b[2]");
    t.bad("C1", quantized.results("q16[2]"));
    RuleCase iota =
        t.ok(op(OpCode.IOTA, "").integer("iota_dimension", 1).results("i32[2,3]"), "i32[2,3]");
    t.bad("C1", iota.integer("iota_dimension", 2));
    t.bad("C1", iota.integer("iota_dimension", -1));
    t.refused("number type", iota.results("bool[2,3]"));
    t.refused("known shape", iota.results("i32[2,?]"));
    t.bad("C1", t.ok(dimensionSize("f32[2,?]", 1), "i32[]").integer("dimension", 2));
  }

  private static RuleCase dimensionSize(String type, long dim) {
    return op(OpCode.GET_DIMENSION_SIZE, type).integer("dimension", dim);
  }

  private static void broadcasts(RuleTable t) {
    RuleCase reshape = t.ok(op(OpCode.RESHAPE, "f32[2,3]").results("f32[6]"), "f32[6]");
    t.ok(op(OpCode.RESHAPE, "q8@1[2,3]").results("q8@2[1,2,3]"), "q8@2[1,2,3]");
    t.ok(op(OpCode.RESHAPE, "f32[0,3]").results("f32[7,0]"), "f32[7,0]");
    t.bad("C1", reshape.results("f16[6]"));
    t.bad("C1", reshape.operand(0, "q8[2,3]").results("q8b[6]"));
    t.bad("C2", reshape.results("f32[5]"));
    t.bad("C3", op(OpCode.RESHAPE, "q8@0[2,3,2]").results("q8@2[3,2,2]"));
    t.refused("open and bounded", reshape.results("f32[?,3]"));

    RuleCase broadcast =
        t.ok(
            op(OpCode.BROADCAST_IN_DIM, "f32[1,3]")
                .attr("broadcast_dimensions", 0, 2)
                .results("f32[5,2,3]"),
            "f32[5,2,3]");
    t.ok(
        op(OpCode.BROADCAST_IN_DIM, "f32[]").attr("broadcast_dimensions").results("f32[2]"),
        "f32[2]");
    t.bad("C1", broadcast.results("i32[5,2,3]"));
    t.bad("C1", broadcast.operand(0, "q8[1,3]").results("q8b[5,2,3]"));
    t.bad("C2", broadcast.attr("broadcast_dimensions", 2));
    t.bad("C3", broadcast.attr("broadcast_dimensions", 0, 3));
    t.bad("C3", broadcast.attr("broadcast_dimensions", -1, 2));
    t.bad("C4", broadcast.operand(0, "f32[1,1]").attr("broadcast_dimensions", 2, 2));
    t.bad("C5", broadcast.attr("broadcast_dimensions", 0, 1));
    RuleCase perAxis =
        t.ok(broadcast.operand(0, "q8@1[1,3]").results("q8@2[5,2,3]"), "q8@2[5,2,3]");
    t.bad("C6", perAxis.results("q8@1[5,2,3]"));
    t.bad("C6", perAxis.operand(0, "q8@0[1,3]").results("q8b@0[5,2,3]"));

    RuleCase old = t.ok(op(OpCode.BROADCAST, "f32[3]").attr("broadcast_sizes", 2, 1), "f32[2,1,3]");
    t.refused("at least 0", old.attr("broadcast_sizes", -2));
  }

  private static void orders(RuleTable t) {
    RuleCase transpose =
        t.ok(op(OpCode.TRANSPOSE, "f32[2,3,5]").attr("permutation", 2, 0, 1), "f32[5,2,3]");
    t.ok(transpose.operand(0, "q8@0[2,3,5]"), "q8@1[5,2,3]");
    t.bad("C1", transpose.results("i32[5,2,3]"));
    t.bad("C1", transpose.operand(0, "q8@0[2,3,5]").results("q8b@1[5,2,3]"));
    t.bad("C1", transpose.operand(0, "q8[2,3,5]").results("q8b[5,2,3]"));
    t.bad("C2", transpose.attr("permutation", 2, 0));
    t.bad("C2", transpose.attr("permutation", 2, 0, 2));
    t.bad("C2", transpose.attr("permutation", 3, 0, 1));
    t.bad("C3", transpose.results("f32[5,3,2]"));
    t.bad("C4", transpose.operand(0, "q8@0[2,3,5]").results("q8@0[5,2,3]"));

    RuleCase reverse = t.ok(op(OpCode.REVERSE, "f32[2,3]").attr("dimensions", 1, 0), "f32[2,3]");
    t.bad("C1", reverse.results("f32[3,2]"));
    t.bad("C1", reverse.operand(0, "q8[2,3]").results("q8b[2,3]"));
    t.bad("C2", reverse.attr("dimensions", 1, 1));
    t.bad("C3", reverse.attr("dimensions", 2));
    t.bad("C3", reverse.attr("dimensions", -1));
  }

  private static void parts(RuleTable t) {
    RuleCase concatenate =
        t.ok(
            op(OpCode.CONCATENATE, "f32[2,3] f32[2,4] f32[2,0]").integer("dimension", 1),
            "f32[2,7]");
    t.ok(concatenate.operands("f32[2,?] f32[?,4]"), "f32[2,?]");
    t.bad("C1", concatenate.operand(1, "f16[2,4]"));
    t.bad("C2", concatenate.operand(1, "f32[3,4]"));
    t.bad("C2", concatenate.operand(1, "f32[2]"));
    t.bad("C3", concatenate.operands(""));
    t.bad("C4", concatenate.integer("dimension", 2));
    t.bad("C4", concatenate.integer("dimension", -1));
    t.bad("C5", concatenate.results("f16[2,7]"));
    t.bad("C6", concatenate.results("f32[2,8]"));

    RuleCase slice =
        t.ok(
            op(OpCode.SLICE, "f32[8,5]")
                .attr("start_indices", 1, 5)
                .attr("limit_indices", 8, 5)
                .attr("strides", 3, 1),
            "f32[3,0]");
    t.bad("C1", slice.results("f16[3,0]"));
    t.bad("C1", slice.operand(0, "q8[8,5]").results("q8b[3,0]"));
    t.bad("C2", slice.attr("start_indices", 1));
    t.bad("C2", slice.attr("limit_indices", 1, 5, 6));
    t.bad("C2", slice.attr("strides", 1));
    t.bad("C3", slice.attr("start_indices", -1, 0));
    t.bad("C3", slice.attr("limit_indices", 9, 5));
    t.bad("C3", slice.attr("start_indices", 2, 0).attr("limit_indices", 1, 5));
    t.bad("C4", slice.attr("strides", 0, 1));
    t.bad("C5", slice.results("f32[2,0]"));

    RuleCase pad =
        t.ok(
            op(OpCode.PAD, "f32[2,3] f32[]")
                .attr("edge_padding_low", 1, -1)
                .attr("edge_padding_high", 2, 0)
                .attr("interior_padding", 0, 2),
            "f32[5,6]");
    t.ok(pad.operand(0, "f32[0,3]"), "f32[3,6]");
    t.bad("I2", pad.operand(1, "f32[1]"));
    t.bad("C1", pad.operand(1, "f16[]"));
    t.bad("C2", pad.attr("edge_padding_low", 1));
    t.bad("C2", pad.attr("edge_padding_high", 1, 2, 3));
    t.bad("C2", pad.attr("interior_padding"));
    t.bad("C3", pad.attr("interior_padding", 0, -1));
    t.bad("C4", pad.results("f32[5,7]"));
    t.bad("C4", pad.attr("edge_padding_low", -5, 0));
  }
}
