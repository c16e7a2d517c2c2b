package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** Rows of loops, branches, tuples and calls. */
final class ControlFlowCases {
  private ControlFlowCases() {}

  static void add(RuleTable t) {
    RuleCase loop =
        t.ok(
            op(OpCode.WHILE, "f32[2] i32[] token")
                .region("f32[2] i32[] token -> bool[]")
                .region("f32[2] i32[] token -> f32[2] i32[] token"),
            "f32[2] i32[] token");
    t.bad("C1", loop.region(0, "f32[2] i32[] -> bool[]"));
    t.bad("C1", loop.region(0, "f32[2] i32[] token -> bool[1]"));
    t.bad("C1", loop.region(0, "f32[2] i32[] token -> bool[] bool[]"));
    t.bad("C2", loop.region(1, "f32[2] i64[] token -> f32[2] i32[] token"));
    t.bad("C2", loop.region(1, "f32[2] i32[] token -> f32[3] i32[] token"));
    t.bad("C3", loop.results("f32[3] i32[] token"));

    RuleCase branches =
        t.ok(op(OpCode.CASE, "i32[]").region("-> f32[2]").region("-> f32[2]"), "f32[2]");
    t.bad("I1", branches.operand(0, "i64[]"));
    t.bad("C1", branches.noRegions());
    t.bad("C2", branches.region(1, "f32[] -> f32[2]"));
    t.bad("C3", branches.region(1, "-> f32[3]"));
    t.bad("C4", branches.results("f32[3]"));

    RuleCase either =
        t.ok(op(OpCode.IF, "bool[]").region("-> f32[2]").region("-> f32[2]"), "f32[2]");
    t.bad("I1", either.operand(0, "i32[]"));
    t.bad("I1", either.operand(0, "bool[1]"));
    t.bad("C1", either.region(0, "f32[] -> f32[2]"));
    t.bad("C2", either.region(1, "-> f32[2] f32[2]"));
    t.bad("C3", either.results("f32[3]"));

    t.bad("C1", t.ok(op(OpCode.TUPLE, "f32[2] token"), "tuple(f32[2],token)").results("f32[2]"));
    RuleCase element =
        t.ok(op(OpCode.GET_TUPLE_ELEMENT, "tuple(f32[2],i32[])").integer("index", 1), "i32[]");
    t.bad("I1", element.operand(0, "f32[2]"));
    t.bad("C1", element.integer("index", 2));
    t.bad("C2", element.results("f32[2]"));
    RuleCase done = t.ok(op(OpCode.ASYNC_DONE, "future(f32[2])"), "f32[2]");
    t.bad("C1", done.results("f32[3]"));
    t.bad("I1", done.operand(0, "f32[2]"));
    customCall(t);
    calls(t);
    asyncStart(t);
  }

  private static Attribute callee(String inputs, String results) {
    Type.Function type = new Type.Function(RuleCase.types(inputs), RuleCase.types(results));
    return new Attribute.Callee(Func.declaration("callee", type, false, Map.of()));
  }

  private static void calls(RuleTable t) {
    for (OpCode code : List.of(OpCode.CALL, OpCode.CUSTOM_DERIVATIVE, OpCode.REMAT)) {
      RuleCase call =
          t.ok(
              op(code, "f32[2] i32[]").attr("callee", callee("f32[2] i32[]", "f32[3] token")),
              "f32[3] token");
      t.refused("function @callee takes", call.operand(1, "i64[]"));
      t.refused("function @callee takes", call.operands("f32[2]"));
      t.refused("expected 2 results", call.results("f32[3]"));
      t.refused("attribute 'callee'", call.without("callee"));
    }
    RuleCase composite =
        t.ok(
            op(OpCode.COMPOSITE, "f32[2]")
                .attr("name", new Attribute.Str("my.op"))
                .attr("decomposition", callee("f32[2]", "f32[3]")),
            "f32[3]");
    for (String name : List.of("op", "my.", ".op", "1.op", "my op.x")) {
      t.bad("C1", composite.attr("name", new Attribute.Str(name)));
    }
    t.bad("C2", composite.attr("decomposition", new Attribute.Symbol("missing")));
    t.bad("C2", composite.without("decomposition"));
    t.bad("C3", composite.operand(0, "f32[4]"));
    t.bad("C4", composite.results("f32[2]"));
  }

  private static Block body(OpCode code, boolean twice, int argument) {
    Block block = new Block(RuleCase.types("f32[8] f32[8]"));
    Builder b = new Builder(block);
    Value result =
        code == OpCode.SLICE
            ? b.slice(block.argument(argument), new long[] {0}, new long[] {4}, new long[] {1})
            : b.unary(code, block.argument(argument));
    if (twice) {
      result = b.negate(result);
    }
    return block.returns(List.of(result));
  }

  private static void asyncStart(RuleTable t) {
    RuleCase start =
        t.ok(
            op(OpCode.ASYNC_START, "f32[8]")
                .body(
                    () -> {
                      Block block = new Block(RuleCase.types("f32[8]"));
                      long[] zero = {0};
                      Value part =
                          new Builder(block)
                              .slice(block.argument(0), zero, new long[] {4}, new long[] {1});
                      return block.returns(List.of(part));
                    }),
            "future(f32[4])");
    RuleCase two = op(OpCode.ASYNC_START, "f32[8] f32[8]");
    t.bad("C1", two.body(() -> body(OpCode.SLICE, true, 0)));
    t.bad("C2", two.body(() -> body(OpCode.TANH, false, 0)));
    t.bad("C3", start.operand(0, "f32[9]"));
    t.bad("C3", two.body(() -> body(OpCode.SLICE, false, 1)));
    t.bad("C4", start.results("future(f32[5])"));
  }

  private static void customCall(RuleTable t) {
    RuleCase call =
        t.ok(
            op(OpCode.CUSTOM_CALL, "f32[2,3]")
                .attr("call_target_name", new Attribute.Str("foo"))
                .results("f32[4] token"),
            "f32[4] token");
    t.refused("'call_target_name' is missing", call.without("call_target_name"));
    t.refused(
        "both operands and results", call.attr("operand_layouts", new Attribute.Array(List.of())));
    Attribute config = new Attribute.Str("x = 1");
    t.ok(call.attr("backend_config", config).integer("api_version", 2), "f32[4] token");
    t.refused("a dictionary", call.attr("backend_config", config).integer("api_version", 4));
    Attribute alias =
        new Attribute.Opaque(
            "#stablehlo.output_operand_alias<output_tuple_indices = [0], operand_index = 0,"
                + " operand_tuple_indices = []>");
    t.refused(
        "alias differ", call.attr("output_operand_aliases", new Attribute.Array(List.of(alias))));
  }
}
