package org.cornu.tracer.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** Closure conversion: what a region takes from outside, made explicit as arguments. */
public final class Closures {
  private Closures() {}

  /** The values used in {@code region}, nested regions included, but defined outside of it. */
  public static List<Value> freeValues(Block region) {
    return freeValues(List.of(region));
  }

  /** The values used in any of {@code regions} but defined outside, in order of first use. */
  public static List<Value> freeValues(List<Block> regions) {
    Set<Value> free = new LinkedHashSet<>();
    Set<Value> defined = new HashSet<>();
    for (Block region : regions) {
      collect(region, defined, free);
    }
    return new ArrayList<>(free);
  }

  private static void collect(Block region, Set<Value> defined, Set<Value> free) {
    defined.addAll(region.arguments());
    for (Op op : region.ops()) {
      use(op.operands(), defined, free);
      for (Block inner : op.regions()) {
        collect(inner, defined, free);
      }
      defined.addAll(op.results());
    }
    use(region.results(), defined, free);
  }

  private static void use(List<Value> values, Set<Value> defined, Set<Value> free) {
    for (Value value : values) {
      if (!defined.contains(value)) {
        free.add(value);
      }
    }
  }

  /**
   * A copy of {@code region} as a function whose arguments are those of the region followed by
   * {@code captures}. Every free value must be among the captures.
   */
  public static Func toFunc(String name, Block region, List<Value> captures) {
    return toFunc(name, List.of(), region, captures);
  }

  /** As above, with the arguments {@code first, arguments of the region, last}. */
  public static Func toFunc(String name, List<Value> first, Block region, List<Value> last) {
    List<Type> types = new ArrayList<>();
    first.forEach(v -> types.add(v.type()));
    types.addAll(region.argumentTypes());
    last.forEach(v -> types.add(v.type()));
    Block body = new Block(types);
    int split = first.size() + region.arguments().size();
    Inliner inliner =
        new Inliner(body)
            .map(first, body.arguments().subList(0, first.size()))
            .map(last, body.arguments().subList(split, types.size()));
    body.returns(inliner.inline(region, body.arguments().subList(first.size(), split)));
    return new Func(name, body);
  }
}
