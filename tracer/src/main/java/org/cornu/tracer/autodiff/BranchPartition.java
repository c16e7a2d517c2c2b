package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Inliner;
import org.cornu.tracer.graph.MissingRuleException;

/**
 * Case and if: known branches hand over their residuals through slots, which branches share by type
 * and fill with zeros where they have none; linear branches read the slots.
 */
final class BranchPartition {
  private BranchPartition() {}

  static void split(PartitionScope s, Op op) {
    if (s.isLinear(op.operand(0))) {
      throw new MissingRuleException(
          op, "linear split", "the choice of a branch depends on a linear value");
    }
    int n = op.regions().size();
    List<Block> knownBlocks = new ArrayList<>();
    List<PartitionScope> scopes = new ArrayList<>();
    boolean[] linear = new boolean[op.results().size()];
    for (Block region : op.regions()) {
      Block block = new Block(List.of());
      PartitionScope scope = s.region(block, new Block(List.of()));
      scope.run(region);
      Masks.include(linear, scope.areLinear(region.results()));
      knownBlocks.add(block);
      scopes.add(scope);
    }
    Slots slots = new Slots();
    List<Residuals> residuals = new ArrayList<>();
    List<Map<Value, Integer>> places = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      Block linearBlock = scopes.get(k).linearBlock();
      linearBlock.returns(s.get(Masks.where(op.region(k).results(), linear, true)));
      Residuals needed = Residuals.of(knownBlocks.get(k), linearBlock, Residuals::isCheap);
      residuals.add(needed);
      places.add(slots.place(needed.values()));
    }
    int knownCount = linear.length - Masks.count(linear);
    List<Value> results = List.of();
    if (knownCount + slots.types.size() > 0) {
      for (int k = 0; k < n; k++) {
        Builder b = new Builder(knownBlocks.get(k));
        b.location(op.location());
        List<Value> returned =
            new ArrayList<>(s.get(Masks.where(op.region(k).results(), linear, false)));
        returned.addAll(slots.fill(new Emit(b), places.get(k)));
        knownBlocks.get(k).returns(returned);
      }
      results =
          s.known.create(op.code(), s.get(op.operands()), op.attributes(), knownBlocks).results();
    }
    List<Block> linearBlocks = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      Block block = new Block(List.of());
      Inliner inliner = new Inliner(block);
      for (Map.Entry<Value, Integer> entry : places.get(k).entrySet()) {
        inliner.map(entry.getKey(), results.get(knownCount + entry.getValue()));
      }
      linearBlocks.add(block.returns(residuals.get(k).rebuild(inliner)));
    }
    List<Value> linearResults = List.of();
    if (Masks.any(linear)) {
      linearResults =
          s.linear.create(op.code(), s.get(op.operands()), op.attributes(), linearBlocks).results();
    }
    s.results(op, linear, results.subList(0, knownCount), linearResults);
  }

  /** The results that carry residuals out of the branches. */
  private static final class Slots {
    final List<Type> types = new ArrayList<>();

    /** A slot for each value; values of one branch never share one. */
    Map<Value, Integer> place(List<Value> values) {
      Map<Value, Integer> out = new HashMap<>();
      boolean[] taken = new boolean[types.size() + values.size()];
      for (Value value : values) {
        int at = 0;
        while (at < types.size() && (taken[at] || !types.get(at).equals(value.type()))) {
          at++;
        }
        if (at == types.size()) {
          types.add(value.type());
        }
        taken[at] = true;
        out.put(value, at);
      }
      return out;
    }

    /** The contents of all slots in a branch. */
    List<Value> fill(Emit e, Map<Value, Integer> places) {
      Map<Integer, Value> values = new HashMap<>();
      places.forEach((value, slot) -> values.put(slot, value));
      List<Value> out = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        Value value = values.get(i);
        out.add(value != null ? value : e.zeros((TensorType) types.get(i)));
      }
      return out;
    }
  }
}
