package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Closures;
import org.jspecify.annotations.Nullable;

/** The transpose of case and if: the same choice among transposed branches. */
final class BranchTranspose {
  private BranchTranspose() {}

  static List<@Nullable Value> branches(TransposeSite s) {
    if (s.isLinear(0)) {
      throw s.nonlinear();
    }
    Set<Value> captured = new LinkedHashSet<>();
    for (Value value : Closures.freeValues(s.op.regions())) {
      if (s.scope.isLinear(value)) {
        captured.add(value);
      }
    }
    List<Value> wanted = new ArrayList<>(captured);
    boolean[] reached = new boolean[wanted.size()];
    List<Block> blocks = new ArrayList<>();
    List<List<@Nullable Value>> found = new ArrayList<>();
    for (Block region : s.op.regions()) {
      Block block = new Block(List.of());
      PartitionScope scope =
          PartitionScope.capturing(s.transposition.partition, block, new Block(List.of()), wanted);
      scope.known.location(s.op.location());
      scope.run(region);
      LinearScope walk = s.transposition.backward(scope, region.results(), s.cts(), wanted);
      List<@Nullable Value> cotangents = walk.cotangents(wanted);
      Masks.include(reached, Masks.present(cotangents));
      blocks.add(block);
      found.add(cotangents);
    }
    if (!Masks.any(reached)) {
      return s.empty();
    }
    for (int k = 0; k < blocks.size(); k++) {
      Builder inner = new Builder(blocks.get(k));
      inner.location(s.op.location());
      Emit e = new Emit(inner);
      List<Value> results = new ArrayList<>();
      for (int i = 0; i < reached.length; i++) {
        if (reached[i]) {
          results.add(e.orZeros(found.get(k).get(i), wanted.get(i).type()));
        }
      }
      blocks.get(k).returns(results);
    }
    List<Value> cotangents =
        s.b.create(s.op.code(), s.op.operands(), s.op.attributes(), blocks).results();
    int next = 0;
    for (int i = 0; i < reached.length; i++) {
      if (reached[i]) {
        s.scope.add(wanted.get(i), cotangents.get(next++));
      }
    }
    return s.empty();
  }
}
