package org.cornu.stablehlo.passes;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;

/** Which ops the results of a program, or its effects, need. */
public final class Liveness {
  private final Effects effects;
  private final boolean inRegions;
  private final Set<Op> dead = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Value> needed;

  private Liveness(Effects effects, boolean inRegions, int ops) {
    this.effects = effects;
    this.inRegions = inRegions;
    this.needed = Collections.newSetFromMap(new IdentityHashMap<>(ops));
  }

  /**
   * The ops of {@code ops}, in program order, that {@code roots} or effects need. Regions count as
   * a whole: all that they use is needed.
   */
  public static Set<Op> live(List<Op> ops, List<Value> roots) {
    Liveness liveness = new Liveness(new Effects(), false, ops.size());
    liveness.mark(ops, roots);
    Set<Op> live = Collections.newSetFromMap(new IdentityHashMap<>(ops.size()));
    for (Op op : ops) {
      if (!liveness.dead.contains(op)) {
        live.add(op);
      }
    }
    return live;
  }

  /**
   * The ops of a block, and within the regions of live ones, that neither its results nor effects
   * need.
   */
  static Set<Op> dead(Block block, Effects effects) {
    Liveness liveness = new Liveness(effects, true, block.ops().size());
    liveness.mark(block.ops(), block.results());
    return liveness.dead;
  }

  private void mark(List<Op> ops, List<Value> roots) {
    need(roots);
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      if (!isNeeded(op) && !effects.mustRun(op)) {
        dead.add(op);
        continue;
      }
      need(op.operands());
      for (Block region : op.regions()) {
        if (inRegions) {
          mark(region.ops(), region.results());
        } else {
          use(region);
        }
      }
    }
  }

  private boolean isNeeded(Op op) {
    List<Value> results = op.results();
    for (int i = 0; i < results.size(); i++) {
      if (needed.contains(results.get(i))) {
        return true;
      }
    }
    return false;
  }

  private void need(List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      needed.add(values.get(i));
    }
  }

  private void use(Block region) {
    need(region.results());
    for (Op op : region.ops()) {
      need(op.operands());
      op.regions().forEach(this::use);
    }
  }
}
