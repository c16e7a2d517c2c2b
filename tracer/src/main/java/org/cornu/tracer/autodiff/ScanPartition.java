package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.stablehlo.passes.Liveness;
import org.cornu.tracer.graph.Inliner;
import org.cornu.tracer.lowering.Alternative;
import org.cornu.tracer.lowering.Lowering;

/**
 * A scan: a known scan that also stacks the residuals of each step, and a linear scan that reads
 * them. A residual that does not change from step to step is computed once outside; one that is an
 * input of the scan is handed on as it is.
 */
final class ScanPartition {
  private final PartitionScope s;
  private final Op op;
  private final ScanShape shape;
  private final boolean[] inside;
  private final Block source;

  private ScanPartition(PartitionScope s, Op op) {
    this.s = s;
    this.op = op;
    this.shape = ScanShape.of(op);
    this.inside = s.partition.dependence.scanArguments(op, s.areLinear(op.operands()));
    this.source = op.region(0);
  }

  static void split(PartitionScope s, Op op) {
    new ScanPartition(s, op).split();
  }

  private int kind(int argument) {
    return argument < shape.consts() ? 0 : argument < shape.consts() + shape.carry() ? 1 : 2;
  }

  private void split() {
    Block known = new Block(Masks.types(Masks.where(source.arguments(), inside, false)));
    PartitionScope scope = new PartitionScope(s.partition, known, inside, source);
    scope.known.location(op.location());
    scope.linear.location(op.location());
    scope.run(source);
    boolean[] linear = scope.areLinear(source.results());
    // a carry that is linear anywhere is linear throughout
    for (int i = 0; i < shape.carry(); i++) {
      linear[i] = inside[shape.consts() + i];
    }
    Block linearBlock = scope.linearBlock();
    linearBlock.returns(scope.get(Masks.where(source.results(), linear, true)));

    // known side
    List<List<Value>> operands = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Integer> kinds = new ArrayList<>();
    List<Value> ofArgument = new ArrayList<>();
    for (int i = 0; i < inside.length; i++) {
      if (!inside[i]) {
        Value operand = s.get(op.operand(i));
        operands.get(kind(i)).add(operand);
        kinds.add(kind(i));
        ofArgument.add(operand);
      }
    }
    Residuals residuals = Residuals.of(known, linearBlock, Residuals::isCheap);
    if (Lowering.current().has(Alternative.DERIVED_RESIDUALS)) {
      residuals = residuals.withoutDerived(known, argument -> kinds.get(argument.index()) != 1);
    }
    List<Value> results = new ArrayList<>(scope.get(Masks.where(source.results(), linear, false)));
    int knownCount = results.size();
    Set<Value> invariant = invariant(known, kinds);
    int carries = Collections.frequency(kinds, 1);
    for (Value value : residuals.values()) {
      boolean argument = value.op() == null;
      boolean carried = argument && kinds.get(value.index()) == 1;
      boolean stacked = carried || !argument && !invariant.contains(value);
      if (stacked && !results.subList(carries, knownCount).contains(value)) {
        results.add(value);
      }
    }
    known.returns(results);
    List<Value> knownResults = List.of();
    if (!results.isEmpty()) {
      knownResults =
          s.known.scan(
              operands.get(0),
              operands.get(1),
              operands.get(2),
              shape.length(),
              shape.reverse(),
              shape.unroll(),
              pruned(known));
    }
    List<Value> linearResults =
        Masks.any(linear)
            ? linearScan(
                scope,
                residuals,
                kinds,
                ofArgument,
                invariant,
                known,
                results.subList(carries, results.size()),
                knownResults.subList(carries, knownResults.size()))
            : List.of();
    s.results(op, linear, knownResults, linearResults);
  }

  private static Block pruned(Block block) {
    return EliminateDeadCode.withoutCallees(new org.cornu.stablehlo.ir.Func("scan", block)).body();
  }

  /** Values of the known body that depend on constants of the loop only. */
  private static Set<Value> invariant(Block known, List<Integer> kinds) {
    Set<Value> varying = new HashSet<>();
    for (int i = 0; i < kinds.size(); i++) {
      if (kinds.get(i) != 0) {
        varying.add(known.argument(i));
      }
    }
    Set<Value> out = new HashSet<>();
    for (Op op : known.ops()) {
      if (Dependence.touches(op, varying) || op.code() == org.cornu.stablehlo.ir.OpCode.RNG) {
        varying.addAll(op.results());
      } else {
        out.addAll(op.results());
      }
    }
    return out;
  }

  private List<Value> linearScan(
      PartitionScope scope,
      Residuals residuals,
      List<Integer> kinds,
      List<Value> ofArgument,
      Set<Value> invariant,
      Block known,
      List<Value> stacked,
      List<Value> stacks) {
    List<Value> constResiduals = new ArrayList<>();
    List<Value> consts = new ArrayList<>();
    List<Value> stepResiduals = new ArrayList<>();
    List<Value> steps = new ArrayList<>();
    List<Value> hoisted = new ArrayList<>();
    for (Value value : residuals.values()) {
      if (value.op() == null && kinds.get(value.index()) == 0) {
        constResiduals.add(value);
        consts.add(ofArgument.get(value.index()));
      } else if (value.op() == null && kinds.get(value.index()) == 2) {
        stepResiduals.add(value);
        steps.add(ofArgument.get(value.index()));
      } else if (value.op() != null && invariant.contains(value)) {
        hoisted.add(value);
      } else {
        stepResiduals.add(value);
        steps.add(stacks.get(stacked.indexOf(value)));
      }
    }
    if (!hoisted.isEmpty()) {
      Inliner outside = new Inliner(s.known.block());
      for (int i = 0; i < kinds.size(); i++) {
        if (kinds.get(i) == 0) {
          outside.map(known.argument(i), ofArgument.get(i));
        }
      }
      Set<Op> live = Liveness.live(known.ops(), hoisted);
      for (Op inner : known.ops()) {
        if (live.contains(inner) && invariant.containsAll(inner.results())) {
          outside.copy(inner);
        }
      }
      constResiduals.addAll(hoisted);
      consts.addAll(outside.get(hoisted));
    }
    List<List<Value>> linears = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<List<Value>> arguments = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        linears.get(kind(i)).add(s.get(op.operand(i)));
        arguments.get(kind(i)).add(scope.get(source.argument(i)));
      }
    }
    List<Value> order = new ArrayList<>(constResiduals);
    order.addAll(arguments.get(0));
    order.addAll(arguments.get(1));
    order.addAll(stepResiduals);
    order.addAll(arguments.get(2));
    List<Type> types = Masks.types(order);
    Block body = new Block(types);
    Inliner inliner = new Inliner(body).map(order, body.arguments());
    body.returns(residuals.rebuild(inliner));
    consts.addAll(linears.get(0));
    steps.addAll(linears.get(2));
    return s.linear.scan(
        consts, linears.get(1), steps, shape.length(), shape.reverse(), shape.unroll(), body);
  }
}
