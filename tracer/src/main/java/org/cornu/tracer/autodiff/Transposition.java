package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Turns programs that are linear in some arguments around: from cotangents of the results to
 * cotangents of those arguments. One instance serves one transform and transposes a function once
 * per mask.
 */
final class Transposition {
  final Partition partition = new Partition();
  private final Map<FuncKey, Transposed> memo = new HashMap<>();

  /**
   * A transposed function.
   *
   * @param func {@code known args…, cotangents… -> known results…, cotangents of the reached linear
   *     args…}
   * @param linearResults which results of the source are linear
   * @param reached which of the linear args have a nonzero cotangent
   */
  record Transposed(Func func, boolean[] linearResults, boolean[] reached) {}

  /**
   * Transposes {@code source}.
   *
   * @param linear which arguments are linear
   * @param given which results have a cotangent; those of results that are not linear are ignored
   */
  Transposed transform(Func source, boolean[] linear, boolean[] given) {
    FuncKey key = new FuncKey(source, linear, given);
    Transposed known = memo.get(key);
    if (known != null) {
      return known;
    }
    Block from = source.body();
    List<Type> types = new ArrayList<>(Masks.types(Masks.where(from.arguments(), linear, false)));
    int knownCount = types.size();
    types.addAll(Masks.types(Masks.where(from.results(), given, true)));
    Block body = new Block(types);
    PartitionScope scope =
        new PartitionScope(partition, body, linear, from, body.arguments().subList(0, knownCount));
    scope.run(from);
    boolean[] linearResults = scope.areLinear(from.results());
    List<@Nullable Value> cotangents =
        Masks.spread(body.arguments().subList(knownCount, types.size()), given);
    LinearScope walk = backward(scope, from.results(), cotangents, List.of());
    List<@Nullable Value> found = walk.cotangents(scope.linearBlock().arguments());
    List<Value> results =
        new ArrayList<>(scope.get(Masks.where(from.results(), linearResults, false)));
    results.addAll(Masks.nonNull(found));
    body.returns(results);
    Transposed out =
        new Transposed(
            new Func("transpose_" + source.name(), body), linearResults, Masks.present(found));
    memo.put(key, out);
    return out;
  }

  /**
   * Walks the linear block of a split program backwards, emitting to its known block.
   *
   * @param results source values of the results
   * @param cotangents their cotangents; ignored for results that are known
   * @param captured linear values from outside of the program, whose cotangents are wanted
   */
  LinearScope backward(
      PartitionScope scope,
      List<Value> results,
      List<@Nullable Value> cotangents,
      List<Value> captured) {
    Block block = scope.linearBlock();
    Location location = scope.known.location();
    LinearScope walk = new LinearScope(scope.known, block, captured);
    for (int i = 0; i < results.size(); i++) {
      if (scope.isLinear(results.get(i))) {
        walk.add(scope.get(results.get(i)), cotangents.get(i));
      }
    }
    List<Op> ops = block.ops();
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      List<@Nullable Value> given = walk.cotangents(op.results());
      if (!Masks.any(Masks.present(given))) {
        continue;
      }
      walk.b.location(op.location());
      List<@Nullable Value> found =
          TransposeRules.cotangents(new TransposeSite(this, walk, op, given));
      for (int k = 0; k < found.size(); k++) {
        walk.add(op.operand(k), found.get(k));
      }
    }
    walk.b.location(location);
    return walk;
  }
}
