package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;

/** The custom calls that StableHLO programs contain without a plugin: shardings and checks. */
final class CustomCalls {
  private static final long MAX_ULPS = 3;
  private static final double TOLERANCE = 1e-3;
  private static final double QUANTIZED_TOLERANCE = 1e-4;

  private CustomCalls() {}

  /** What a custom call calls. */
  static String target(Op op) {
    return op.string("call_target_name", "");
  }

  static Datum[] run(Call c) {
    String target = target(c.op);
    Interpreter.Handler handler = c.evaluator.interpreter.handler(target);
    if (handler != null) {
      return handled(c, handler);
    }
    return switch (target) {
      case "Sharding",
          "xla.sdy.FuncResultSharding",
          "annotate_device_placement",
          "LayoutConstraint" ->
          c.operands.clone();
      case "SPMDFullToShardShape" -> new Datum[] {Sharded.toShard(c)};
      case "SPMDShardToFullShape" -> new Datum[] {Sharded.toFull(c)};
      case "mhlo.erf" -> unary(c, OpCode.CHLO_ERF);
      case "mhlo.tan" -> unary(c, OpCode.TAN);
      case "check.expect_eq" -> {
        Checks.equal(c.x(0), c.x(1));
        yield new Datum[0];
      }
      case "check.expect_close" -> {
        Checks.close(c.x(0), c.x(1), 0, MAX_ULPS);
        yield new Datum[0];
      }
      case "check.expect_almost_eq" -> {
        Checks.almostEqual(c.x(0), c.x(1), TOLERANCE);
        yield new Datum[0];
      }
      case "check.eq" -> {
        // Of the quantized suite: the program returns the verdict.
        Checks.almostEqual(c.x(0), c.x(1), QUANTIZED_TOLERANCE);
        yield new Datum[] {Array.bool(true)};
      }
      default ->
          throw new InterpreterException(
              "custom_call: nothing runs the target '"
                  + target
                  + "'; register it with Interpreter.handler");
    };
  }

  private static Datum[] unary(Call c, OpCode code) {
    return new Datum[] {ElementwiseKernels.unary(code, c.x(0))};
  }

  private static Datum[] handled(Call c, Interpreter.Handler handler) {
    List<Literal> operands = new ArrayList<>();
    for (Datum operand : c.operands) {
      if (operand instanceof Array array) {
        operands.add(array.toLiteral());
      }
    }
    List<Literal> results = handler.call(c.op, operands);
    Datum[] out = new Datum[c.op.results().size()];
    for (int i = 0, taken = 0; i < out.length; i++) {
      boolean token = c.op.result(i).type() instanceof org.cornu.stablehlo.ir.Type.Token;
      out[i] = token ? Datum.TOKEN : Array.of(results.get(taken++));
    }
    return out;
  }
}
