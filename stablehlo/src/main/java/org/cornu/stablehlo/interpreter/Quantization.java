package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * Arithmetic on quantized tensors, as the spec defines it: dequantize the operands, compute on what
 * they stand for, quantize the results. Ops that only move elements work on the stored integers.
 */
final class Quantization {
  private Quantization() {}

  /** True for an arithmetic op with a quantized operand or result. */
  static boolean concerns(Call call) {
    if (!isArithmetic(call.op.code())) {
      return false;
    }
    for (Datum operand : call.operands) {
      if (operand instanceof Array array && array.element instanceof QuantizedType) {
        return true;
      }
    }
    for (Value result : call.op.results()) {
      if (result.type() instanceof TensorType type && type.element() instanceof QuantizedType) {
        return true;
      }
    }
    return false;
  }

  private static boolean isArithmetic(OpCode code) {
    return switch (code) {
      case ABS,
          ADD,
          ATAN2,
          CBRT,
          CEIL,
          CLAMP,
          COMPARE,
          CONVOLUTION,
          COSINE,
          DIVIDE,
          DOT,
          DOT_GENERAL,
          DYNAMIC_CONV,
          EXPONENTIAL,
          EXPONENTIAL_MINUS_ONE,
          FLOOR,
          IS_FINITE,
          LOG,
          LOG_PLUS_ONE,
          LOGISTIC,
          MAXIMUM,
          MINIMUM,
          MULTIPLY,
          NEGATE,
          POWER,
          REDUCE_PRECISION,
          REMAINDER,
          ROUND_NEAREST_AFZ,
          ROUND_NEAREST_EVEN,
          RSQRT,
          SIGN,
          SINE,
          SQRT,
          SUBTRACT,
          TAN,
          TANH,
          UNIFORM_DEQUANTIZE,
          UNIFORM_QUANTIZE ->
          true;
      default -> false;
    };
  }

  static Datum[] run(Evaluator evaluator, Call call) {
    Datum[] operands = call.operands.clone();
    for (int i = 0; i < operands.length; i++) {
      if (operands[i] instanceof Array x && x.element instanceof QuantizedType type) {
        operands[i] = QuantizedKernels.dequantize(x, type);
      }
    }
    OpCode code = call.op.code();
    boolean onlyQuantization = code == OpCode.UNIFORM_QUANTIZE || code == OpCode.UNIFORM_DEQUANTIZE;
    Datum[] results =
        onlyQuantization ? operands.clone() : evaluator.eval(call.with(operands)).clone();
    for (int i = 0; i < results.length; i++) {
      if (results[i] instanceof Array x
          && call.op.result(i).type() instanceof TensorType tensor
          && tensor.element() instanceof QuantizedType type) {
        results[i] = QuantizedKernels.quantize(x, type);
      }
    }
    return results;
  }
}
