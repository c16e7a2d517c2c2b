package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.batching.Batching;
import org.cornu.tracer.graph.MissingRuleException;

/** Applies a region over scalars to whole tensors, elementwise. */
final class ScalarBody {
  private ScalarBody() {}

  /**
   * The results of {@code body} for arguments of equal shape.
   *
   * @throws MissingRuleException where the body holds an op that is not elementwise
   */
  static List<Value> apply(Builder b, Block body, List<Value> arguments, Shape shape) {
    Map<Value, Value> mapping = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      mapping.put(body.argument(i), arguments.get(i));
    }
    for (Op op : body.ops()) {
      List<Value> results = op(b, op, mapping, shape);
      for (int i = 0; i < results.size(); i++) {
        mapping.put(op.result(i), results.get(i));
      }
    }
    return body.results().stream().map(v -> wide(b, v, mapping, shape)).toList();
  }

  /** What stands for {@code value}; a scalar from outside of the region is repeated. */
  private static Value wide(Builder b, Value value, Map<Value, Value> mapping, Shape shape) {
    Value found = mapping.get(value);
    if (found != null) {
      return found;
    }
    return shape.rank() == 0 ? value : b.broadcastInDim(value, shape);
  }

  private static List<Value> op(Builder b, Op op, Map<Value, Value> mapping, Shape shape) {
    List<Value> operands = new ArrayList<>();
    for (Value operand : op.operands()) {
      operands.add(wide(b, operand, mapping, shape));
    }
    if (op.code() == OpCode.CALL) {
      return apply(b, op.callee("callee").body(), operands, shape);
    }
    if (op.code() == OpCode.CONSTANT) {
      Op copy = new Op(op.code(), List.of(), op.attributes(), List.of(), types(op), b.location());
      Value scalar = b.block().append(copy).result();
      return List.of(shape.rank() == 0 ? scalar : b.broadcastInDim(scalar, shape));
    }
    if ((op.code() == OpCode.RESHAPE || op.code() == OpCode.BROADCAST_IN_DIM)
        && op.result().shape().rank() == 0) {
      return operands;
    }
    if (!op.regions().isEmpty() || !isElementwise(op.code())) {
      throw new MissingRuleException(
          op, "jvp", "inside the region of a reduction or map only elementwise ops have one");
    }
    List<Type> types = new ArrayList<>();
    for (Value result : op.results()) {
      types.add(TensorType.of(result.tensorType().element(), shape));
    }
    Op wide = new Op(op.code(), operands, op.attributes(), List.of(), types, b.location());
    return b.block().append(wide).results();
  }

  /** All operands of such a body are scalars, so that those which may have two shapes are, too. */
  private static boolean isElementwise(OpCode code) {
    return switch (code) {
      case CLAMP, SELECT, BITCAST_CONVERT -> true;
      default -> Batching.isElementwise(code);
    };
  }

  private static List<Type> types(Op op) {
    return Masks.types(op.results());
  }
}
