package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** Loops, and the loop over the batch for ops that have no batched form. */
final class LoopBatching {
  private LoopBatching() {}

  /** Runs the op once per element of the batch. Its regions capture nothing. */
  static List<BatchedValue> overBatch(OpContext c) {
    List<Value> shared = new ArrayList<>();
    List<Value> sliced = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    for (boolean batched : new boolean[] {false, true}) {
      for (int i = 0; i < c.operands.size(); i++) {
        if (c.batched(i) == batched) {
          (batched ? sliced : shared).add(c.raw(i));
          types.add(c.op.operand(i).type());
        }
      }
    }
    Block body = new Block(types);
    List<Value> operands = new ArrayList<>();
    int nextShared = 0;
    int nextSliced = shared.size();
    for (int i = 0; i < c.operands.size(); i++) {
      operands.add(body.argument(c.batched(i) ? nextSliced++ : nextShared++));
    }
    Op copy =
        new Op(
            c.op.code(),
            c.op.name(),
            operands,
            c.op.attributes(),
            c.regions(),
            c.op.resultTypes(),
            c.op.location());
    body.append(copy);
    body.returns(copy.results());
    return c.builder.scan(shared, List.of(), sliced, c.size, false, 1, body).stream()
        .map(BatchedValue::batched)
        .toList();
  }

  /**
   * While the elements of the batch agree on when to end, it is one loop. Else it runs until the
   * last one has ended, and those that have keep their state.
   */
  static List<BatchedValue> whileLoop(OpContext c) {
    Propagation.Loop loop = c.batcher.propagation().whileLoop(c.op, c.mask(), c.scope::isBatched);
    boolean[] carry = loop.carry();
    Block cond = c.op.region(0);
    Block body = c.op.region(1);
    List<Block> regions;
    if (loop.predicate()) {
      regions = List.of(anyGoesOn(c, cond, carry), stepWhereGoing(c, cond, body, carry));
    } else {
      regions =
          List.of(
              c.batcher.region(cond, c.scope, carry, new boolean[1]),
              c.batcher.region(body, c.scope, carry, carry));
    }
    return masked(c, c.op.code(), operands(c, carry, 0), carry, c.op.results(), regions);
  }

  private static Block anyGoesOn(OpContext c, Block cond, boolean[] carry) {
    Block block = new Block(List.of());
    Scope scope = c.batcher.enter(block, cond, c.scope, carry, c.op.location());
    Value goesOn = c.batcher.full(scope, c.batcher.evaluate(cond, scope).get(0));
    Builder b = scope.builder();
    Value no = b.constant(goesOn.dtype(), 0);
    return block.returns(List.of(b.reduce(goesOn, no, OpCode.OR, 0)));
  }

  private static Block stepWhereGoing(OpContext c, Block cond, Block body, boolean[] carry) {
    Block block = new Block(List.of());
    Scope scope = c.batcher.enter(block, cond, c.scope, carry, c.op.location());
    Value goesOn = c.batcher.full(scope, c.batcher.evaluate(cond, scope).get(0));
    for (int i = 0; i < carry.length; i++) {
      scope.put(body.argument(i), scope.get(cond.argument(i)));
    }
    scope.only(goesOn);
    List<BatchedValue> next = c.batcher.evaluate(body, scope);
    Builder b = scope.builder();
    b.location(c.op.location());
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < carry.length; i++) {
      if (!carry[i]) {
        results.add(next.get(i).value());
        continue;
      }
      Value stepped = c.batcher.full(scope, next.get(i));
      Value going = goesOn;
      if (stepped.shape().rank() > 1) {
        going = b.broadcastInDim(goesOn, stepped.shape(), 0);
      }
      results.add(b.select(going, stepped, block.argument(i)));
    }
    return block.returns(results);
  }

  /** The operands from {@code first} on, batched where {@code mask} says so. */
  static List<Value> operands(OpContext c, boolean[] mask, int first) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      out.add(mask[i] ? c.full(first + i) : c.raw(first + i));
    }
    return out;
  }

  /** Emits an op with regions, whose results are batched where {@code mask} says so. */
  static List<BatchedValue> masked(
      OpContext c,
      OpCode code,
      List<Value> operands,
      boolean[] mask,
      List<Value> originals,
      List<Block> regions) {
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      Type type = originals.get(i).type();
      types.add(mask[i] ? BatchTypes.batched(type, c.size) : type);
    }
    Op emitted = c.builder.create(code, operands, c.attributes(), regions, types);
    List<BatchedValue> out = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      out.add(new BatchedValue(emitted.result(i), mask[i]));
    }
    return out;
  }

  /** Sequences have time in front inside of the loop, and the batch in front outside. */
  static List<BatchedValue> scan(OpContext c) {
    int consts = (int) c.op.intAttribute("num_consts", 0);
    int carries = (int) c.op.intAttribute("num_carry", 0);
    boolean[] results = c.batcher.propagation().scan(c.op, c.mask(), c.scope::isBatched);
    boolean[] arguments = c.mask();
    System.arraycopy(results, 0, arguments, consts, carries);
    List<Value> operands = operands(c, arguments, 0);
    for (int i = consts + carries; i < arguments.length; i++) {
      operands.set(i, arguments[i] ? c.move(operands.get(i), 0, 1) : operands.get(i));
    }
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      TensorType type = null;
      if (results[i]) {
        type = BatchTypes.insert(c.op.result(i).tensorType(), i < carries ? 0 : 1, c.size);
      }
      types.add(type == null ? c.op.result(i).type() : type);
    }
    Block body = c.batcher.region(c.op.region(0), null, arguments, results);
    Op emitted = c.builder.create(OpCode.SCAN, operands, c.attributes(), List.of(body), types);
    List<BatchedValue> out = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      Value y = emitted.result(i);
      out.add(new BatchedValue(results[i] && i >= carries ? c.move(y, 1, 0) : y, results[i]));
    }
    return out;
  }

  /** CHLO's scan runs along one dimension of all its sequences, so all of them are batched. */
  static List<BatchedValue> chloScan(OpContext c) {
    boolean[] arguments = OpContext.filled(c.operands.size(), true);
    boolean[] results = OpContext.filled(c.op.results().size(), true);
    Block body = c.batcher.region(c.op.region(0), null, arguments, results);
    Attribute dim =
        Attribute.Int.i64(c.op.attribute("dimension", Attribute.Int.class).asLong() + 1);
    return c.emit(c.op.code(), c.fullOperands(), c.attributes("dimension", dim), List.of(body));
  }
}
