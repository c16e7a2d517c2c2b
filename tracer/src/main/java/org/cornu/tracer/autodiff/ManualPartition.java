package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.tracer.graph.Inliner;

/**
 * A manual computation: residuals are local, one per device, and leave stacked along their first
 * dimension over all manual axes. Where the number of devices cannot be told from the layouts, the
 * linear part computes the known one again instead.
 */
final class ManualPartition {
  private ManualPartition() {}

  static void split(PartitionScope s, Op op) {
    ManualShape shape = ManualShape.of(op);
    Block source = op.region(0);
    boolean[] marked = s.areLinear(op.operands());
    Block known = new Block(Masks.types(Masks.where(source.arguments(), marked, false)));
    PartitionScope scope = new PartitionScope(s.partition, known, marked, source);
    scope.run(source);
    boolean[] linear = scope.areLinear(source.results());
    scope.linearBlock().returns(scope.get(Masks.where(source.results(), linear, true)));
    long devices = shape.devices(op);
    Residuals residuals =
        Residuals.of(known, scope.linearBlock(), inner -> devices < 0 || Residuals.isCheap(inner));

    List<Value> operands = s.get(Masks.where(op.operands(), marked, false));
    List<Sharding> in = Masks.where(shape.in(), marked, false);
    List<Value> results = new ArrayList<>(scope.get(Masks.where(source.results(), linear, false)));
    List<Sharding> out = new ArrayList<>(Masks.where(shape.out(), linear, false));
    List<Type> types = new ArrayList<>(Masks.types(Masks.where(op.results(), linear, false)));
    int knownCount = results.size();
    Builder inside = new Builder(known);
    List<Value> given = new ArrayList<>();
    for (Value value : residuals.values()) {
      if (value.op() != null) {
        given.add(value);
        TensorType local = value.tensorType();
        Value ranked =
            local.rank() == 0 ? inside.reshape(value, local.shape().insert(0, 1)) : value;
        results.add(ranked);
        out.add(shape.stacked(ranked.shape().rank()));
        types.add(
            ranked.tensorType().withShape(ranked.shape().with(0, ranked.shape().dim(0) * devices)));
      }
    }
    List<Value> knownResults = List.of();
    if (!results.isEmpty()) {
      known.returns(results);
      Block pruned =
          EliminateDeadCode.withoutCallees(new org.cornu.stablehlo.ir.Func("manual", known)).body();
      knownResults = s.known.manualComputation(operands, in, out, shape.axes(), pruned, types);
    }
    List<Value> linearResults = List.of();
    if (Masks.any(linear)) {
      List<Value> linearOperands = new ArrayList<>();
      List<Sharding> linearIn = new ArrayList<>();
      List<Type> arguments = new ArrayList<>();
      for (Value value : residuals.values()) {
        if (value.op() == null) {
          linearOperands.add(operands.get(value.index()));
          linearIn.add(in.get(value.index()));
          arguments.add(value.type());
        } else {
          int at = given.indexOf(value);
          linearOperands.add(knownResults.get(knownCount + at));
          linearIn.add(out.get(knownCount + at));
          arguments.add(results.get(knownCount + at).type());
        }
      }
      linearOperands.addAll(s.get(Masks.where(op.operands(), marked, true)));
      linearIn.addAll(Masks.where(shape.in(), marked, true));
      arguments.addAll(scope.linearBlock().argumentTypes());
      Block body = new Block(arguments);
      Emit e = new Emit(new Builder(body));
      Inliner inliner = new Inliner(body);
      int n = residuals.values().size();
      for (int i = 0; i < n; i++) {
        Value value = residuals.values().get(i);
        inliner.map(value, e.reshape(body.argument(i), value.shape()));
      }
      inliner.map(scope.linearBlock().arguments(), body.arguments().subList(n, arguments.size()));
      body.returns(residuals.rebuild(inliner));
      linearResults =
          s.linear.manualComputation(
              linearOperands,
              linearIn,
              Masks.where(shape.out(), linear, true),
              shape.axes(),
              body,
              Masks.types(Masks.where(op.results(), linear, true)));
    }
    s.results(op, linear, knownResults, linearResults);
  }
}
