package org.cornu.tracer.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;

/** Removal of ops whose results nobody uses and which have no effect of their own. */
public final class DeadCode {
  private DeadCode() {}

  /** A copy of {@code func} without dead ops; arguments and results stay as they are. */
  public static Func prune(Func func) {
    Block source = func.body();
    Set<Op> live = live(source);
    if (live.size() == source.ops().size()) {
      return func;
    }
    Block body = new Block(source.argumentTypes());
    Inliner inliner = new Inliner(body).map(source.arguments(), body.arguments());
    for (Op op : source.ops()) {
      if (live.contains(op)) {
        inliner.copy(op);
      }
    }
    body.returnAttributes(source.returnAttributes());
    body.returns(inliner.get(source.results()));
    Func out = new Func(func.name(), body, func.isPublic(), func.attributes(), func.location());
    for (int i = 0; i < source.arguments().size(); i++) {
      int index = i;
      func.argumentAttributes(i).forEach((key, value) -> out.argumentAttribute(index, key, value));
    }
    for (int i = 0; i < source.results().size(); i++) {
      int index = i;
      func.resultAttributes(i).forEach((key, value) -> out.resultAttribute(index, key, value));
    }
    return out;
  }

  /** The ops of {@code block} (not those of nested regions) that its results or effects need. */
  public static Set<Op> live(Block block) {
    return live(block.ops(), block.results());
  }

  /** The ops of {@code ops}, in program order, that {@code roots} or effects need. */
  public static Set<Op> live(List<Op> ops, List<Value> roots) {
    Set<Value> needed = new HashSet<>(roots);
    Set<Op> live = new HashSet<>();
    Map<Func, Boolean> effects = new HashMap<>();
    List<Op> order = new ArrayList<>(ops);
    for (int i = order.size() - 1; i >= 0; i--) {
      Op op = order.get(i);
      boolean used = Effects.hasEffect(op, effects);
      for (int r = 0; r < op.results().size() && !used; r++) {
        used = needed.contains(op.result(r));
      }
      if (used) {
        live.add(op);
        needed.addAll(op.operands());
        if (!op.regions().isEmpty()) {
          needed.addAll(Closures.freeValues(op.regions()));
        }
      }
    }
    return live;
  }
}
