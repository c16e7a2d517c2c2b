package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of dot products and convolutions. */
final class ContractionCases {
  private ContractionCases() {}

  static void add(RuleTable t) {
    dotGeneral(t);
    convolution(t, false);
    convolution(t, true);
    RuleCase dot = t.ok(op(OpCode.DOT, "f32[2,3] f32[3,4]"), "f32[2,4]");
    t.ok(dot.operands("f32[3] f32[3]"), "f32[]");
    t.refused("contracted dimensions differ", dot.operand(1, "f32[4,3]"));
    t.refused("vectors or matrices", dot.operand(1, "f32[3,4,5]"));
  }

  private static Attribute dims(
      List<Long> lhsBatch, List<Long> rhsBatch, List<Long> lhs, List<Long> rhs) {
    return new DimensionNumbers.Dot(lhsBatch, rhsBatch, lhs, rhs);
  }

  private static Attribute precision(String... words) {
    return new Attribute.Array(
        java.util.Arrays.stream(words)
            .<Attribute>map(word -> new Attribute.Keyword("precision", word))
            .toList());
  }

  private static Attribute algorithm(int lhsCount, int rhsCount, int operations) {
    return new Attribute.Opaque(
        "#stablehlo.dot_algorithm<lhs_precision_type = tf32, rhs_precision_type = tf32,"
            + " accumulation_type = f32, lhs_component_count = "
            + lhsCount
            + ", rhs_component_count = "
            + rhsCount
            + ", num_primitive_operations = "
            + operations
            + ", allow_imprecise_accumulation = false>");
  }

  private static void dotGeneral(RuleTable t) {
    String key = "dot_dimension_numbers";
    RuleCase dot =
        t.ok(
            op(OpCode.DOT_GENERAL, "f32[7,8,3] f32[3,7,5]")
                .attr(key, dims(List.of(0L), List.of(1L), List.of(2L), List.of(0L))),
            "f32[7,8,5]");
    t.ok(dot.results("f64[7,8,5]"), "f64[7,8,5]");
    t.ok(dot.operands("f8e4m3fn[7,8,3] f8e5m2[3,7,5]").results("f32[7,8,5]"), "f32[7,8,5]");
    t.ok(dot.operands("f32[7,?,3] f32[?,7,5]"), "f32[7,?,5]");
    t.bad("C1", dot.attr(key, dims(List.of(), List.of(1L), List.of(2L), List.of(0L))));
    t.bad("C2", dot.attr(key, dims(List.of(0L), List.of(1L), List.of(), List.of(0L))));
    t.bad("C3", dot.attr(key, dims(List.of(0L), List.of(1L), List.of(0L), List.of(0L))));
    t.bad("C4", dot.attr(key, dims(List.of(0L), List.of(1L), List.of(2L), List.of(1L))));
    t.bad("C5", dot.attr(key, dims(List.of(3L), List.of(1L), List.of(2L), List.of(0L))));
    t.bad("C6", dot.attr(key, dims(List.of(0L), List.of(1L), List.of(-1L), List.of(0L))));
    t.bad("C7", dot.attr(key, dims(List.of(0L), List.of(3L), List.of(2L), List.of(0L))));
    t.bad("C8", dot.attr(key, dims(List.of(0L), List.of(1L), List.of(2L), List.of(3L))));
    t.bad("C9", dot.operand(1, "f32[3,6,5]"));
    t.bad("C10", dot.operand(1, "f32[4,7,5]"));
    t.bad("C11", dot.attr("precision_config", precision("HIGH", "HIGH", "HIGH")));
    t.bad("C12", dot.results("f32[7,5,8]"));
    t.bad("C13", dot.operand(1, "f64[3,7,5]"));

    RuleCase quantized =
        t.ok(dot.operands("q8b[7,8,3] q8[3,7,5]").results("q8b[7,8,5]"), "q8b[7,8,5]");
    t.bad("C14", dot.results("q8[7,8,5]"));
    t.bad("C14", quantized.results("f32[7,8,5]"));
    t.bad("C14", quantized.operand(1, "f32[3,7,5]"));
    t.bad("C15", quantized.operand(1, "q8b[3,7,5]"));
    t.bad("C16", quantized.operand(1, "q8@0[3,7,5]"));
    t.ok(quantized.operand(1, "q8@2[3,7,5]").results("q8@2[7,8,5]"), "q8@2[7,8,5]");
    t.bad("C17", quantized.operand(1, "q16[3,7,5]"));
    t.bad("C18", quantized.results("q8h[7,8,5]"));
    t.bad("C19", quantized.results("q8@2[7,8,5]"));
    t.ok(dot.operand(1, "q8[3,7,5]").results("f32[7,8,5]"), "f32[7,8,5]");
    t.bad("C20", dot.operand(1, "q8[3,7,5]").results("f64[7,8,5]"));

    RuleCase fast = t.ok(dot.attr("algorithm", algorithm(1, 1, 3)), "f32[7,8,5]");
    t.ok(fast.attr("precision_config", precision("DEFAULT", "DEFAULT")), "f32[7,8,5]");
    t.bad("C21", fast.attr("precision_config", precision("DEFAULT", "HIGHEST")));
    t.bad("C22", dot.attr("algorithm", algorithm(0, 1, 1)));
    t.bad("C23", dot.attr("algorithm", algorithm(1, 0, 1)));
    t.bad("C24", dot.attr("algorithm", algorithm(1, 1, 0)));
    t.refused("no device", dot.attr("algorithm", algorithm(1, 1, 5)));
    t.refused("precision_config", dot.attr("precision_config", precision("EXACT", "HIGH")));
  }

  private static Attribute conv(List<Long> input, List<Long> kernel, List<Long> output) {
    return new DimensionNumbers.Convolution(
        input.get(0),
        input.get(1),
        input.subList(2, input.size()),
        kernel.get(0),
        kernel.get(1),
        kernel.subList(2, kernel.size()),
        output.get(0),
        output.get(1),
        output.subList(2, output.size()));
  }

  private static void convolution(RuleTable t, boolean dynamic) {
    OpCode code = dynamic ? OpCode.DYNAMIC_CONV : OpCode.CONVOLUTION;
    List<Long> nhwc = List.of(0L, 3L, 1L, 2L);
    List<Long> hwio = List.of(2L, 3L, 0L, 1L);
    String key = "dimension_numbers";
    RuleCase plain =
        op(code, "f32[4,9,8,6] f32[3,2,6,10]")
            .attr("window_strides", 2, 1)
            .attr("lhs_dilation", 1, 2)
            .attr("rhs_dilation", 2, 1)
            .attr("window_reversal", new Attribute.Bools(false, true))
            .attr(key, conv(nhwc, hwio, nhwc))
            .integer("feature_group_count", 1)
            .integer("batch_group_count", 1);
    if (dynamic) {
      plain = plain.operands("f32[4,9,8,6] f32[3,2,6,10] i64[2,2]");
    } else {
      plain = plain.matrix("padding", 2, 1, 0, 0, 3);
    }
    // Height (9 + 1 - 5) / 2 + 1 = 3; width 15 + 3 - 2 + 1 = 17.
    RuleCase c = t.ok(plain, dynamic ? "f32[4,?,?,10]" : "f32[4,3,17,10]");
    t.bad("C1", c.operand(1, "f32[3,6,10]"));
    t.bad("C2", c.attr("window_strides", 1));
    t.bad("C3", c.attr("window_strides", 0, 1));
    t.bad("C4", dynamic ? c.operand(2, "i64[3,2]") : c.matrix("padding", 2, 1, 0));
    t.bad("C5", c.attr("lhs_dilation", 1));
    t.bad("C6", c.attr("lhs_dilation", 1, 0));
    t.bad("C7", c.attr("rhs_dilation", 1, 1, 1));
    t.bad("C8", c.attr("rhs_dilation", -1, 1));
    t.bad("C9", c.attr("window_reversal", new Attribute.Bools(true)));
    t.bad("C10", c.integer("batch_group_count", 3).operand(1, "f32[3,2,6,9]"));
    t.bad("C11", c.integer("feature_group_count", 5));
    t.bad("C12", c.attr(key, conv(List.of(0L, 3L, 1L), hwio, nhwc)));
    t.bad("C13", c.attr(key, conv(List.of(0L, 3L, 1L, 1L), hwio, nhwc)));
    t.bad("C13", c.attr(key, conv(List.of(0L, 4L, 1L, 2L), hwio, nhwc)));
    t.bad("C14", c.operand(1, "f32[3,2,5,10]"));
    t.bad("C15", c.integer("batch_group_count", 4));
    t.bad("C16", c.integer("feature_group_count", 3).operand(1, "f32[3,2,2,10]"));
    t.bad("C17", c.attr(key, conv(nhwc, List.of(2L, 3L, 0L), nhwc)));
    t.bad("C18", c.attr(key, conv(nhwc, List.of(2L, 2L, 0L, 1L), nhwc)));
    t.bad("C18", c.attr(key, conv(nhwc, List.of(2L, 3L, 0L, 4L), nhwc)));
    t.bad("C19", c.attr(key, conv(nhwc, hwio, List.of(0L, 3L, 1L))));
    t.bad("C20", c.attr(key, conv(nhwc, hwio, List.of(0L, 3L, 1L, 0L))));
    t.bad("C20", c.attr(key, conv(nhwc, hwio, List.of(0L, 3L, 1L, 5L))));
    t.bad("C21", c.integer("feature_group_count", 0));
    t.bad("C22", c.integer("batch_group_count", 0));
    t.bad("C23", c.integer("feature_group_count", 2).integer("batch_group_count", 2));
    t.bad("C24", c.attr("precision_config", precision("HIGH", "HIGH", "HIGH")));
    t.bad("C25", c.results("f32[5,3,17,10]"));
    if (dynamic) {
      t.bad("C25", t.ok(c.results("f32[4,3,17,10]"), "f32[4,3,17,10]").results("f32[4,3,17,9]"));
    } else {
      t.bad("C25", c.results("f32[4,3,16,10]"));
    }
    t.bad("C26", c.results("f32[4,3,17]"));
    t.bad("C27", c.operand(1, "f64[3,2,6,10]"));
    RuleCase q =
        t.ok(
            c.operand(0, "q8[4,9,8,6]").operand(1, "q8[3,2,6,10]").results("q8b[4,3,17,10]"),
            "q8b[4,3,17,10]");
    t.bad("C28", c.results("q8[4,3,17,10]"));
    t.bad("C28", q.results("f32[4,3,17,10]"));
    t.bad("C28", q.operand(1, "f32[3,2,6,10]"));
    if (!dynamic) {
      t.ok(q.operand(1, "q8@3[3,2,6,10]").results("q8@3[4,3,17,10]"), "q8@3[4,3,17,10]");
    }
    t.bad("C29", q.operand(1, "q8@0[3,2,6,10]"));
    t.bad("C30", q.operand(1, "q8@3[3,2,6,10]").results("q8@1[4,3,17,10]"));
    t.bad("C31", q.operand(1, "q16[3,2,6,10]"));
    t.bad("C32", q.results("q8h[4,3,17,10]"));
    t.bad("C33", q.results("q8@3[4,3,17,10]"));
    t.ok(q.operand(0, "f32[4,9,8,6]").results("f32[4,3,17,10]"), "f32[4,3,17,10]");
    t.bad("C34", q.operand(0, "f16[4,9,8,6]").results("f16[4,3,17,10]"));
  }
}
