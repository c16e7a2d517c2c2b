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
  private final Set<Op> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());

  private Liveness(Effects effects, boolean inRegions) {
    this.effects = effects;
    this.inRegions = inRegions;
  }

  /**
   * The ops of {@code ops}, in program order, that {@code roots} or effects need. Regions count as
   * a whole: all that they use is needed.
   */
  public static Set<Op> live(List<Op> ops, List<Value> roots) {
    Liveness liveness = new Liveness(new Effects(), false);
    liveness.mark(ops, roots);
    return liveness.live;
  }

  /** The ops of a block, and within their regions, that its results or effects need. */
  static Set<Op> within(Block block, Effects effects) {
    Liveness liveness = new Liveness(effects, true);
    liveness.mark(block.ops(), block.results());
    return liveness.live;
  }

  private void mark(List<Op> ops, List<Value> roots) {
    needed.addAll(roots);
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      if (effects.mustRun(op) || op.results().stream().anyMatch(needed::contains)) {
        live.add(op);
        needed.addAll(op.operands());
        for (Block region : op.regions()) {
          if (inRegions) {
            mark(region.ops(), region.results());
          } else {
            use(region);
          }
        }
      }
    }
  }

  private void use(Block region) {
    needed.addAll(region.results());
    for (Op op : region.ops()) {
      needed.addAll(op.operands());
      op.regions().forEach(this::use);
    }
  }
}
