package org.cornu.stablehlo.passes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/**
 * A scan as a {@code while} over a counter, carries and stacked outputs. An iteration makes {@code
 * unroll} steps; what is left over, and a scan of a single iteration, is written out in a line.
 */
final class ScanLowering {
  private final int length;
  private final int carries;
  private final boolean reverse;
  private final Block body;
  private final List<Value> consts;
  private final List<Value> inits;
  private final List<Value> xs;

  private ScanLowering(Op op, List<Value> operands) {
    int fixed = Math.toIntExact(op.intAttribute("num_consts", 0));
    this.length = Math.toIntExact(op.intAttribute("length", 0));
    this.carries = Math.toIntExact(op.intAttribute("num_carry", 0));
    this.reverse = op.boolAttribute("reverse", false);
    this.body = op.region(0);
    this.consts = operands.subList(0, fixed);
    this.inits = operands.subList(fixed, fixed + carries);
    this.xs = operands.subList(fixed + carries, operands.size());
  }

  static List<Value> lower(Op op, Rewrite.Scope scope) {
    ScanLowering scan = new ScanLowering(op, scope.get(op.operands()));
    int unroll =
        (int) Math.min(Math.max(1, op.intAttribute("unroll", 1)), Math.max(1, scan.length));
    int trips = scan.length / unroll;
    return trips <= 1 ? scan.straight(scope) : scan.loop(scope, unroll, trips);
  }

  /** All steps in a line; outputs are concatenated. */
  private List<Value> straight(Rewrite.Scope scope) {
    Builder b = scope.builder();
    List<Value> state = inits;
    List<Value[]> stacks = new ArrayList<>();
    for (int i = 0; i < outputs().size(); i++) {
      stacks.add(new Value[length]);
    }
    for (int step = 0; step < length; step++) {
      int at = reverse ? length - 1 - step : step;
      List<Value> slices = new ArrayList<>();
      for (Value x : xs) {
        long[] starts = new long[x.shape().rank()];
        long[] limits = x.shape().dims();
        long[] strides = new long[starts.length];
        Arrays.fill(strides, 1);
        starts[0] = at;
        limits[0] = at + 1L;
        slices.add(b.reshape(b.slice(x, starts, limits, strides), x.shape().remove(0)));
      }
      List<Value> results = step(scope, state, slices);
      state = results.subList(0, carries);
      for (int i = 0; i < stacks.size(); i++) {
        Value y = results.get(carries + i);
        stacks.get(i)[at] = b.reshape(y, y.shape().insert(0, 1));
      }
    }
    List<Value> out = new ArrayList<>(state);
    for (int i = 0; i < stacks.size(); i++) {
      List<Value> parts = List.of(stacks.get(i));
      out.add(
          parts.isEmpty()
              ? empty(b, outputs().get(i))
              : parts.size() == 1 ? parts.get(0) : b.concatenate(parts, 0));
    }
    return out;
  }

  private List<Type> outputs() {
    List<Type> results = body.resultTypes();
    return results.subList(carries, results.size());
  }

  private Value empty(Builder b, Type slice) {
    TensorType type = (TensorType) slice;
    return b.constant(zeros(type.withShape(type.shape().insert(0, length))));
  }

  private static Literal zeros(TensorType type) {
    if (type.shape().count() == 0) {
      return Literal.ofBytes(type, new byte[0]);
    }
    return Literal.ofBytes(type, new byte[type.dtype().bytes()]);
  }

  private List<Value> loop(Rewrite.Scope scope, int unroll, int trips) {
    Builder b = scope.builder();
    List<Value> state = new ArrayList<>();
    state.add(b.constant(DType.I32, 0));
    state.addAll(inits);
    for (Type type : outputs()) {
      state.add(empty(b, type));
    }
    List<Type> types = Value.types(state);
    Block condition = new Block(types);
    Builder c = new Builder(condition);
    c.location(b.location());
    Value limit = c.constant(DType.I32, (double) trips * unroll);
    condition.returns(List.of(c.compare(condition.argument(0), limit, Comparison.LT)));
    Block iteration = new Block(types);
    Rewrite.Scope inner = scope.nested(iteration);
    inner.builder().location(b.location());
    List<Value> next = iteration.arguments();
    for (int k = 0; k < unroll; k++) {
      next = dynamicStep(inner, next);
    }
    iteration.returns(next);
    List<Value> after = b.whileLoop(state, condition, iteration);
    for (int step = trips * unroll; step < length; step++) {
      after = dynamicStep(scope, after);
    }
    return after.subList(1, after.size());
  }

  /** One step at the place that the counter, the first value of the state, says. */
  private List<Value> dynamicStep(Rewrite.Scope scope, List<Value> state) {
    Builder b = scope.builder();
    Value counter = state.get(0);
    Value at = reverse ? b.subtract(b.constant(DType.I32, length - 1.0), counter) : counter;
    Value zero = b.constant(DType.I32, 0);
    List<Value> slices = new ArrayList<>();
    for (Value x : xs) {
      long[] sizes = x.shape().dims();
      sizes[0] = 1;
      Value slice = b.dynamicSlice(x, starts(at, zero, sizes.length), sizes);
      slices.add(b.reshape(slice, x.shape().remove(0)));
    }
    List<Value> results = step(scope, state.subList(1, 1 + carries), slices);
    List<Value> next = new ArrayList<>();
    next.add(b.add(counter, b.constant(DType.I32, 1)));
    next.addAll(results.subList(0, carries));
    for (int i = carries; i < results.size(); i++) {
      Value stack = state.get(1 + i);
      Value y = results.get(i);
      Shape flat = y.shape().insert(0, 1);
      next.add(
          b.dynamicUpdateSlice(stack, b.reshape(y, flat), starts(at, zero, stack.shape().rank())));
    }
    return next;
  }

  private static List<Value> starts(Value first, Value zero, int rank) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      out.add(i == 0 ? first : zero);
    }
    return out;
  }

  private List<Value> step(Rewrite.Scope scope, List<Value> state, List<Value> slices) {
    List<Value> arguments = new ArrayList<>(consts);
    arguments.addAll(state);
    arguments.addAll(slices);
    return scope.splice(body, arguments);
  }
}
