package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.stablehlo.passes.Liveness;
import org.cornu.tracer.graph.Closures;
import org.cornu.tracer.graph.Inliner;

/** Writes a {@link CountedLoop} as a scan, which has a reverse derivative. */
final class LoopToScan {
  private final CountedLoop loop;
  private final Builder b;
  private final Emit e;
  private final Inliner outside;
  private final boolean reverse;

  /** The stacks that steps read, by what they are slices of. */
  private final Map<CountedLoop.Read, Integer> sequences = new LinkedHashMap<>();

  private LoopToScan(CountedLoop loop, Builder b, Inliner outside) {
    this.loop = loop;
    this.b = b;
    this.e = new Emit(b);
    this.outside = outside;
    boolean backward = true;
    boolean any = false;
    for (CountedLoop.Read read : loop.reads.values()) {
      backward &= read.index().slope() < 0;
      any = true;
      sequences.putIfAbsent(read, sequences.size());
    }
    for (CountedLoop.Write write : loop.writes) {
      backward &= write.index().slope() < 0;
      any = true;
    }
    this.reverse = any && backward;
  }

  /**
   * Emits the scan and returns the results of the loop.
   *
   * @param operands operands of the loop in the program being built
   * @param outside maps what the loop captures
   */
  static List<Value> emit(CountedLoop loop, Builder b, List<Value> operands, Inliner outside) {
    return loop.steps == 0 ? operands : new LoopToScan(loop, b, outside).emit(operands);
  }

  private boolean isWrite(Op op) {
    return loop.writes.stream().anyMatch(write -> write.update() == op);
  }

  /** What the body needs beside the slices that it reads as sequences. */
  private Set<Value> needed() {
    List<Value> roots = new ArrayList<>();
    loop.carries.forEach(i -> roots.add(loop.body.results().get(i)));
    loop.writes.forEach(write -> roots.add(write.update().operand(1)));
    Set<Op> live = Liveness.live(loop.body.ops(), roots);
    Set<Value> out = new HashSet<>(roots);
    for (Op op : loop.body.ops()) {
      if (live.contains(op) && !loop.reads.containsKey(op) && !isWrite(op)) {
        out.addAll(op.operands());
        out.addAll(Closures.freeValues(op.regions()));
      }
    }
    return out;
  }

  private List<Value> emit(List<Value> operands) {
    Set<Value> needed = needed();
    List<Value> free = new ArrayList<>();
    List<Op> constants = new ArrayList<>();
    for (Value value : Closures.freeValues(loop.body)) {
      Op op = value.op();
      if (op != null && op.code() == OpCode.CONSTANT) {
        constants.add(op);
      } else if (needed.contains(value)) {
        free.add(value);
      }
    }
    List<Value> consts = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    List<Value> inside = new ArrayList<>();
    for (int i : loop.invariants) {
      Op op = loop.loop.operand(i).op();
      if (op != null && op.code() == OpCode.CONSTANT) {
        constants.add(op);
      } else if (needed.contains(loop.body.argument(i))) {
        consts.add(operands.get(i));
        inside.add(loop.body.argument(i));
      }
    }
    free.forEach(value -> consts.add(outside.get(value)));
    inside.addAll(free);
    List<Value> inits = new ArrayList<>();
    for (int i : loop.carries) {
      inits.add(operands.get(i));
      inside.add(loop.body.argument(i));
    }
    inside.forEach(value -> types.add(value.type()));
    List<Value> xs = new ArrayList<>();
    for (CountedLoop.Read read : sequences.keySet()) {
      Value stack = sequence(read, operands);
      xs.add(stack);
      types.add(stack.tensorType().withShape(stack.shape().remove(0)));
    }
    Block body = new Block(types);
    fill(body, inside, constants);
    List<Value> all =
        b.scan(
            consts,
            inits,
            xs,
            loop.steps,
            reverse,
            1,
            EliminateDeadCode.withoutCallees(new Func("loop", body)).body());
    Value[] results = new Value[loop.loop.results().size()];
    for (int i : loop.invariants) {
      results[i] = operands.get(i);
    }
    for (int i = 0; i < loop.carries.size(); i++) {
      results[loop.carries.get(i)] = all.get(i);
    }
    for (int i = 0; i < loop.writes.size(); i++) {
      CountedLoop.Write write = loop.writes.get(i);
      Value stack = all.get(loop.carries.size() + i);
      results[write.carry()] = placed(write, stack, operands.get(write.carry()));
    }
    return List.of(results);
  }

  private void fill(Block body, List<Value> inside, List<Op> constants) {
    Inliner inliner = new Inliner(body);
    inliner.map(inside, body.arguments().subList(0, inside.size()));
    constants.forEach(inliner::copy);
    for (int i : loop.invariants) {
      Value operand = loop.loop.operand(i);
      if (operand.op() != null && operand.op().code() == OpCode.CONSTANT) {
        inliner.map(loop.body.argument(i), inliner.get(operand));
      }
    }
    Emit inner = new Emit(new Builder(body));
    inner.b.location(b.location());
    for (Op op : loop.body.ops()) {
      CountedLoop.Read read = loop.reads.get(op);
      if (read != null) {
        int at = java.util.Objects.requireNonNull(sequences.get(read));
        Value slice = body.argument(inside.size() + at);
        inliner.map(op.result(), inner.b.reshape(slice, op.result().shape()));
      } else if (!isWrite(op)) {
        inliner.copy(op);
      }
    }
    List<Value> results = new ArrayList<>();
    for (int i : loop.carries) {
      results.add(inliner.get(loop.body.results().get(i)));
    }
    for (CountedLoop.Write write : loop.writes) {
      Value update = inliner.get(write.update().operand(1));
      results.add(inner.b.reshape(update, update.shape().remove(0)));
    }
    body.returns(results);
  }

  private boolean runsAgainst(Affine.Form index) {
    return index.slope() < 0 != reverse;
  }

  /** The slices that the steps read, stacked in the order in which the scan takes them. */
  private Value sequence(CountedLoop.Read read, List<Value> operands) {
    Value array = read.array();
    Value whole = array.block() == loop.body ? operands.get(array.index()) : outside.get(array);
    Affine.Form index = read.index();
    long low = Math.min(index.at(0), index.at(loop.steps - 1));
    long high = Math.max(index.at(0), index.at(loop.steps - 1)) + 1;
    long stride = Math.abs(index.slope());
    boolean all = low == 0 && high == whole.shape().dim(0) && stride == 1;
    Value part = all ? whole : e.slice(whole, 0, low, high, stride);
    return runsAgainst(index) ? b.reverse(part, 0) : part;
  }

  /** A carry that was only written, given the stack of what was written. */
  private Value placed(CountedLoop.Write write, Value stack, Value init) {
    Affine.Form index = write.index();
    Value ordered = runsAgainst(index) ? b.reverse(stack, 0) : stack;
    Shape shape = init.shape();
    if (loop.steps == shape.dim(0)) {
      return ordered;
    }
    List<Value> starts = new ArrayList<>();
    for (int d = 0; d < shape.rank(); d++) {
      long low = d == 0 ? Math.min(index.at(0), index.at(loop.steps - 1)) : 0;
      starts.add(b.constant(DType.I32, low));
    }
    return b.dynamicUpdateSlice(init, ordered, starts);
  }
}
