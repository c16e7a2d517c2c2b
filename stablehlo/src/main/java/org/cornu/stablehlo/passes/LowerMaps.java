package org.cornu.stablehlo.passes;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.VerifyException;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code map} by the ops of its region on whole arrays, or by a loop over the elements
 * where these do not work element by element, such as a loop. XLA treats a map as an elementwise
 * op, which it takes apart wrongly: the reverse of a map with a constant operand ends the process,
 * and so does a loop in a map.
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
    TensorType type = op.result().tensorType();
    if (!type.shape().isStatic() || !(type.element() instanceof DType)) {
      return null;
    }
    if (type.shape().count() == 0) {
      return List.of(scope.builder().constant(Literal.ofBytes(type, new byte[0])));
    }
    List<Value> operands = scope.get(op.operands());
    Block plain = onArrays(op, operands);
    return plain != null ? scope.splice(plain, operands) : List.of(loop(op, operands, scope));
  }

  /** The map as a loop over its elements, in row-major order. */
  private static Value loop(Op map, List<Value> operands, Scope scope) {
    Builder b = scope.builder();
    TensorType type = map.result().tensorType();
    long count = type.shape().count();
    TensorType flat = type.withShape(Shape.of(count));
    List<Value> rows = operands.stream().map(x -> b.reshape(x, flat.shape())).toList();
    Value zeros = b.constant(Literal.ofBytes(flat, new byte[type.dtype().bytes()]));
    TensorType index = TensorType.of(DType.I64);
    Block condition = new Block(List.of(index, flat));
    Builder c = new Builder(condition);
    Value end = c.constant(Literal.ofLongs(index, count));
    condition.returns(List.of(c.compare(condition.argument(0), end, Comparison.LT)));
    Block body = new Block(List.of(index, flat));
    Scope inner = scope.nested(body);
    Builder d = inner.builder();
    List<Value> at = List.of(body.argument(0));
    List<Value> elements =
        rows.stream().map(x -> d.reshape(d.dynamicSlice(x, at, 1), Shape.SCALAR)).toList();
    Value element = inner.splice(map.region(0), elements).get(0);
    Value next = d.dynamicUpdateSlice(body.argument(1), d.reshape(element, Shape.of(1)), at);
    Value step = d.constant(Literal.ofLongs(index, 1));
    body.returns(List.of(d.add(body.argument(0), step), next));
    List<Value> start = List.of(b.constant(Literal.ofLongs(index, 0)), zeros);
    return b.reshape(b.whileLoop(start, condition, body).get(1), type.shape());
  }

  /** The map as a block on its operands, or null where the ops of its region do not allow it. */
  private @Nullable Block onArrays(Op map, List<Value> operands) {
    Shape shape = map.result().shape();
    Block block = new Block(Value.types(operands));
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
  private @Nullable List<Value> spread(
      Block region, List<Value> arguments, Shape shape, Builder b) {
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
        if (!op.regions().isEmpty() || !op.callees().isEmpty() || !effects.isPure(op)) {
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
