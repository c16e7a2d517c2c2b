package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of gather, scatter and slices at computed positions. */
final class IndexingCases {
  private IndexingCases() {}

  static void add(RuleTable t) {
    dynamicSlices(t);
    gather(t);
    dynamicGather(t);
    scatter(t);
  }

  private static void dynamicSlices(RuleTable t) {
    RuleCase slice =
        t.ok(
            op(OpCode.DYNAMIC_SLICE, "f32[4,5] i32[] i32[]").attr("slice_sizes", 2, 5), "f32[2,5]");
    t.bad("C1", slice.results("f16[2,5]"));
    t.bad("C2", slice.attr("slice_sizes", 2));
    t.bad("C2", slice.operands("f32[4,5] i32[]"));
    t.bad("C3", slice.operand(2, "i64[]"));
    t.bad("C4", slice.attr("slice_sizes", 5, 5));
    t.bad("C4", slice.attr("slice_sizes", -1, 5));
    t.bad("C5", slice.results("f32[2,4]"));
    t.bad("I2", slice.operand(1, "i32[1]"));

    RuleCase update =
        t.ok(op(OpCode.DYNAMIC_UPDATE_SLICE, "f32[4,5] f32[2,5] i32[] i32[]"), "f32[4,5]");
    t.bad("C1", update.results("f32[2,5]"));
    t.bad("C2", update.operand(1, "f16[2,5]"));
    t.bad("C3", update.operand(1, "f32[5]"));
    t.bad("C4", update.operands("f32[4,5] f32[2,5] i32[]"));
    t.bad("C5", update.operand(3, "i64[]"));
    t.bad("C6", update.operand(1, "f32[2,6]"));

    RuleCase torch =
        t.ok(
            op(OpCode.TORCH_INDEX_SELECT, "f32[2,5,7] i32[2,3]")
                .integer("dim", 1)
                .integer("batch_dims", 1),
            "f32[2,3,7]");
    t.refused("dim must be in", torch.integer("dim", 3));
    t.refused("batch_dims must be in", torch.integer("batch_dims", 2));
  }

  private static Attribute gatherDims(
      List<Long> offset,
      List<Long> collapsed,
      List<Long> batching,
      List<Long> indicesBatching,
      List<Long> map,
      long vector) {
    return new DimensionNumbers.Gather(offset, collapsed, batching, indicesBatching, map, vector);
  }

  private static final List<Long> NONE = List.of();

  /** Batches of 2: from [4,2,6] slices [3,1,1] at positions of dimensions 0 and 2. */
  private static void gather(RuleTable t) {
    String key = "dimension_numbers";
    List<Long> zero = List.of(0L);
    List<Long> one = List.of(1L);
    List<Long> two = List.of(2L);
    List<Long> both = List.of(0L, 2L);
    RuleCase g =
        t.ok(
            op(OpCode.GATHER, "f32[4,2,6] i32[5,2,2]")
                .attr(key, gatherDims(one, two, one, one, both, 2))
                .attr("slice_sizes", 3, 1, 1),
            "f32[5,3,2]");
    RuleCase scalar =
        t.ok(
            op(OpCode.GATHER, "f32[4,6] i32[5]")
                .attr(key, gatherDims(one, zero, NONE, NONE, zero, 1))
                .attr("slice_sizes", 1, 6),
            "f32[5,6]");
    t.bad("C1", g.attr(key, gatherDims(NONE, two, one, one, both, 2)));
    t.bad("C2", g.attr(key, gatherDims(one, two, one, one, both, 4)));
    t.bad("C3", g.attr(key, gatherDims(one, two, one, one, zero, 2)));
    t.bad("C3", scalar.attr(key, gatherDims(one, zero, NONE, NONE, List.of(0L, 1L), 1)));
    t.bad("C4", g.attr(key, gatherDims(List.of(1L, 1L), NONE, one, one, both, 2)));
    t.bad("C4", g.attr(key, gatherDims(List.of(1L, 0L), NONE, one, one, both, 2)));
    t.bad("C5", g.attr(key, gatherDims(List.of(3L), two, one, one, both, 2)));
    t.bad("C6", g.attr(key, gatherDims(one, one, one, one, both, 2)));
    t.bad("C7", g.attr(key, gatherDims(NONE, List.of(2L, 0L), one, one, both, 2)));
    t.bad("C8", g.attr(key, gatherDims(one, List.of(3L), one, one, both, 2)));
    t.bad("C9", g.attr("slice_sizes", 3, 1, 2));
    t.bad("C10", g.attr(key, gatherDims(one, NONE, List.of(1L, 0L), one, both, 2)));
    t.bad("C11", g.attr(key, gatherDims(one, two, List.of(3L), one, both, 2)));
    t.bad("C12", g.attr("slice_sizes", 3, 2, 1));
    t.bad("C13", g.attr(key, gatherDims(one, two, one, List.of(1L, 1L), both, 2)));
    t.bad("C14", g.attr(key, gatherDims(one, two, one, List.of(3L), both, 2)));
    t.bad("C15", g.attr(key, gatherDims(one, two, one, two, both, 2)));
    t.bad("C16", g.attr(key, gatherDims(one, two, one, List.of(0L, 1L), both, 2)));
    t.bad("C17", g.attr(key, gatherDims(one, two, one, zero, both, 2)));
    t.bad("C18", g.attr(key, gatherDims(one, two, one, one, List.of(0L, 1L), 2)));
    t.bad("C19", g.attr(key, gatherDims(one, two, one, one, List.of(0L, 3L), 2)));
    t.bad("C20", g.attr("slice_sizes", 3, 1));
    t.bad("C21", g.attr("slice_sizes", 5, 1, 1));
    t.bad("C21", g.attr("slice_sizes", -1, 1, 1));
    t.bad("C22", g.results("f32[5,2,3]"));
    t.bad("C23", g.results("f16[5,3,2]"));
    t.bad("I2", g.operand(1, "f32[5,2,2]"));
  }

  private static void dynamicGather(RuleTable t) {
    String key = "dimension_numbers";
    List<Long> one = List.of(1L);
    List<Long> zero = List.of(0L);
    RuleCase g =
        op(OpCode.DYNAMIC_GATHER, "f32[4,6,3] i32[5,1] i32[3]")
            .attr(key, gatherDims(List.of(1L, 2L), zero, NONE, NONE, zero, 1));
    t.ok(g, "f32[5,?,?]");
    RuleCase known = t.ok(g.constant(2, 1, 6, 2), "f32[5,6,2]");
    t.bad("C1", g.attr(key, gatherDims(one, zero, NONE, NONE, zero, 1)));
    t.bad("C2", g.attr(key, gatherDims(List.of(1L, 2L), zero, NONE, NONE, zero, 3)));
    t.bad("C3", g.attr(key, gatherDims(List.of(1L, 2L), zero, NONE, NONE, List.of(0L, 1L), 1)));
    t.bad("C4", g.attr(key, gatherDims(List.of(2L, 1L), zero, NONE, NONE, zero, 1)));
    t.bad("C5", g.attr(key, gatherDims(List.of(1L, 3L), zero, NONE, NONE, zero, 1)));
    t.bad("C6", g.attr(key, gatherDims(one, List.of(0L, 0L), NONE, NONE, zero, 1)));
    t.bad("C7", g.attr(key, gatherDims(List.of(1L, 2L), List.of(3L), NONE, NONE, zero, 1)));
    t.bad("C8", known.constant(2, 2, 6, 2));
    t.bad(
        "C9",
        g.operand(1, "i32[5,2]")
            .attr(key, gatherDims(List.of(1L, 2L), zero, NONE, NONE, List.of(0L, 0L), 1)));
    t.bad("C10", g.attr(key, gatherDims(List.of(1L, 2L), zero, NONE, NONE, List.of(3L), 1)));
    t.bad("C11", g.operand(2, "i32[2]"));
    t.bad("C12", known.constant(2, 1, 7, 2));
    t.bad("C13", g.results("f32[4,?,?]"));
    t.bad("C13", known.results("f32[5,6,3]"));
    t.bad("C14", g.results("f16[5,?,?]"));
  }

  private static Attribute scatterDims(
      List<Long> window,
      List<Long> inserted,
      List<Long> batching,
      List<Long> indicesBatching,
      List<Long> map,
      long vector) {
    return new DimensionNumbers.Scatter(window, inserted, batching, indicesBatching, map, vector);
  }

  /** Batches of 2: windows [3,1,1] of [4,2,6] at positions of dimensions 0 and 2. */
  private static void scatter(RuleTable t) {
    String key = "scatter_dimension_numbers";
    List<Long> zero = List.of(0L);
    List<Long> one = List.of(1L);
    List<Long> two = List.of(2L);
    List<Long> both = List.of(0L, 2L);
    RuleCase s =
        t.ok(
            op(OpCode.SCATTER, "f32[4,2,6] i32[5,2,2] f32[5,3,2]")
                .attr(key, scatterDims(one, two, one, one, both, 2))
                .region("f32[] f32[] -> f32[]"),
            "f32[4,2,6]");
    RuleCase many =
        t.ok(
            s.operands("f32[4,2,6] i32[4,2,6] i32[5,2,2] f32[5,3,2] i32[5,3,2]")
                .region(0, "f32[] i32[] f32[] i32[] -> f32[] i32[]"),
            "f32[4,2,6] i32[4,2,6]");
    t.bad("C1", many.operand(1, "i32[4,2,7]"));
    t.bad("C2", s.attr(key, scatterDims(one, NONE, one, one, both, 2)));
    t.bad("C3", many.operand(4, "i32[5,2,2]"));
    t.bad("C4", s.operand(2, "f32[5,5,2]"));
    t.bad("C4", s.operand(2, "f32[6,3,2]"));
    t.bad("C4", s.operand(2, "f32[5,3]"));
    t.bad("C5", s.operands("f32[4,2,6] i32[5,2,2]"));
    t.bad("C6", s.operand(2, "f16[5,3,2]"));
    t.bad("C7", s.attr(key, scatterDims(List.of(1L, 1L), NONE, one, one, both, 2)));
    t.bad("C7", s.attr(key, scatterDims(List.of(1L, 0L), NONE, one, one, both, 2)));
    t.bad("C8", s.attr(key, scatterDims(List.of(3L), two, one, one, both, 2)));
    t.bad("C9", s.attr(key, scatterDims(one, one, one, one, both, 2)));
    t.bad("C10", s.attr(key, scatterDims(NONE, List.of(2L, 0L), one, one, both, 2)));
    t.bad("C11", s.attr(key, scatterDims(one, List.of(3L), one, one, both, 2)));
    t.bad("C12", s.attr(key, scatterDims(one, NONE, List.of(1L, 0L), one, both, 2)));
    t.bad("C13", s.attr(key, scatterDims(one, two, List.of(3L), one, both, 2)));
    t.bad("C14", s.attr(key, scatterDims(one, two, one, List.of(1L, 1L), both, 2)));
    t.bad("C15", s.attr(key, scatterDims(one, two, one, List.of(3L), both, 2)));
    t.bad("C16", s.attr(key, scatterDims(one, two, one, two, both, 2)));
    t.bad("C17", s.attr(key, scatterDims(one, two, one, List.of(0L, 1L), both, 2)));
    t.bad("C18", s.attr(key, scatterDims(one, two, one, zero, both, 2)));
    t.bad("C19", s.attr(key, scatterDims(one, two, one, one, zero, 2)));
    t.bad("C20", s.attr(key, scatterDims(one, two, one, one, List.of(0L, 1L), 2)));
    t.bad("C21", s.attr(key, scatterDims(one, two, one, one, List.of(0L, 3L), 2)));
    t.bad("C22", s.attr(key, scatterDims(one, two, one, one, both, 4)));
    t.bad("C23", s.region(0, "f32[] f32[] -> f16[]"));
    t.bad("C23", s.region(0, "f16[] f16[] -> f16[]"));
    t.bad("C24", s.results("f32[4,2,5]"));
    t.bad("C25", s.results("f64[4,2,6]"));
  }
}
