package org.cornu.stablehlo.passes;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.VerifyException;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code map} by the ops of its region on whole arrays. XLA treats a map as an elementwise
 * op, which it takes apart wrongly: the reverse of a map with a constant operand ends the process.
 * A map whose region cannot be written so, such as one with a loop, gets its operands from behind a
 * barrier, where the compiler cannot see that they are constant.
 */
public final class LowerMaps extends Rewrite {
  private final Effects effects = new Effects();

  private LowerMaps() {}

  /** The function without maps, and all that it calls; itself when there are none. */
  public static Func run(Func func) {
    return new LowerMaps().function(func);
  }

  /** The module without maps; itself when there are none. */
  public static Module run(Module module) {
    return new LowerMaps().module(module);
  }

  @Override
  boolean concerns(Op op) {
    return op.code() == OpCode.MAP;
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    if (!concerns(op)) {
      return null;
    }
    List<Value> operands = scope.get(op.operands());
    Block plain = onArrays(op, operands);
    if (plain != null) {
      return scope.splice(plain, operands);
    }
    if (operands.stream().allMatch(LowerMaps::isHidden)) {
      return null;
    }
    Builder b = scope.builder();
    List<Block> regions = List.of(scope.region(op, op.region(0)));
    List<Type> types = List.of(op.result().type());
    return b.create(op.code(), b.optimizationBarrier(operands), op.attributes(), regions, types)
        .results();
  }

  private static boolean isHidden(Value operand) {
    Op op = operand.op();
    return op != null && op.code() == OpCode.OPTIMIZATION_BARRIER;
  }

  /** The map as a block on its operands, or null where the ops of its region do not allow it. */
  private @Nullable Block onArrays(Op map, List<Value> operands) {
    Shape shape = map.result().shape();
    if (!shape.isStatic()) {
      return null;
    }
    Block block = new Block(operands.stream().map(Value::type).toList());
    Builder b = new Builder(block);
    try {
      List<Value> results = spread(map.region(0), block.arguments(), shape, b);
      if (results != null) {
        return block.returns(List.of(filled(results.get(0), shape, b)));
      }
    } catch (VerifyException e) {
      // An op whose rule takes scalars and no arrays: it is not an elementwise one.
    }
    return null;
  }

  /** Writes the ops of a block of scalars for arrays; values without an array in them stay. */
  private @Nullable List<Value> spread(Block region, List<Value> arguments, Shape shape, Builder b) {
    Map<Value, Value> values = new IdentityHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      values.put(region.argument(i), arguments.get(i));
    }
    for (Op op : region.ops()) {
      b.location(op.location());
      List<Value> results = spread(op, values, shape, b);
      if (results == null) {
        return null;
      }
      for (int i = 0; i < results.size(); i++) {
        values.put(op.result(i), results.get(i));
      }
    }
    List<Value> out = region.results().stream().map(values::get).toList();
    return out.contains(null) ? null : out;
  }

  private @Nullable List<Value> spread(Op op, Map<Value, Value> values, Shape shape, Builder b) {
    for (Value result : op.results()) {
      if (!(result.type() instanceof TensorType type) || type.rank() != 0) {
        return null;
      }
    }
    List<Value> operands = op.operands().stream().map(values::get).toList();
    if (operands.contains(null) || op.operands().stream().anyMatch(x -> !isScalar(x))) {
      return null;
    }
    switch (op.code()) {
      case RESHAPE, TRANSPOSE, REVERSE, BROADCAST, BROADCAST_IN_DIM -> {
        return operands;
      }
      case MAP -> {
        return spread(op.region(0), operands, shape, b);
      }
      case CALL -> {
        Func callee = op.callee("callee");
        return callee.isDeclaration() ? null : spread(callee.body(), operands, shape, b);
      }
      default -> {
        if (!op.regions().isEmpty() || !callees(op).isEmpty() || !effects.isPure(op)) {
          return null;
        }
      }
    }
    boolean alike = operands.stream().allMatch(LowerMaps::isScalar);
    List<Value> inputs =
        alike ? operands : operands.stream().map(x -> filled(x, shape, b)).toList();
    List<Type> types =
        op.results().stream()
            .map(r -> (Type) (alike ? r.type() : r.tensorType().withShape(shape)))
            .toList();
    return b.create(op.code(), inputs, op.attributes(), List.of(), types).results();
  }

  private static boolean isScalar(Value x) {
    return x.type() instanceof TensorType type && type.rank() == 0;
  }

  private static Value filled(Value x, Shape shape, Builder b) {
    return isScalar(x) && shape.rank() > 0 ? b.broadcast(x, shape) : x;
  }
}
