package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * The transpose of a scan: a scan in the other direction. The cotangent of the carry is carried,
 * those of linear constants are summed up in further carries, those of the linear sequences come
 * out stacked. A contribution to a constant that is a product of tensors is not summed in the loop:
 * its factors are stacked, and one product over all steps follows the loop.
 */
final class ScanTranspose {
  private final TransposeSite s;
  private final ScanShape shape;
  private final Block source;
  private final boolean[] linear;

  private ScanTranspose(TransposeSite s) {
    this.s = s;
    this.shape = ScanShape.of(s.op);
    this.source = s.op.region(0);
    this.linear = s.transposition.partition.dependence.scanArguments(s.op, s.linear());
    for (int i = shape.consts(); i < shape.consts() + shape.carry(); i++) {
      if (!linear[i]) {
        throw new IllegalStateException("scan: a known carry on the linear side");
      }
    }
  }

  static List<@Nullable Value> scan(TransposeSite s) {
    return new ScanTranspose(s).transpose();
  }

  /** One attempt at the backward body, for given nonzero cotangents of the carry. */
  private final class Attempt {
    final Block body;
    final LinearScope walk;
    final List<@Nullable Value> consts;
    final List<@Nullable Value> carry;
    final List<@Nullable Value> xs;
    final List<Value> linearConsts;
    final int knownConsts;

    /** The body's arguments: known consts, carry cotangents, known steps, step cotangents. */
    Attempt(boolean[] carried) {
      List<Type> types = new ArrayList<>();
      List<Value> knowns = new ArrayList<>();
      addKnown(0, shape.consts(), types);
      knownConsts = types.size();
      List<Value> results = source.results();
      types.addAll(Masks.types(Masks.where(results.subList(0, shape.carry()), carried, true)));
      int carries = types.size() - knownConsts;
      addKnown(shape.consts() + shape.carry(), linear.length, types);
      int stepsEnd = types.size();
      boolean[] given = Masks.present(s.cts());
      boolean[] ys = Arrays.copyOfRange(given, shape.carry(), given.length);
      types.addAll(
          Masks.types(Masks.where(results.subList(shape.carry(), results.size()), ys, true)));
      body = new Block(types);
      knowns.addAll(body.arguments().subList(0, knownConsts));
      knowns.addAll(body.arguments().subList(knownConsts + carries, stepsEnd));
      PartitionScope scope =
          new PartitionScope(s.transposition.partition, body, linear, source, knowns);
      scope.known.location(s.op.location());
      scope.run(source);
      List<@Nullable Value> cotangents =
          new ArrayList<>(
              Masks.spread(body.arguments().subList(knownConsts, knownConsts + carries), carried));
      cotangents.addAll(Masks.spread(body.arguments().subList(stepsEnd, types.size()), ys));
      walk = s.transposition.backward(scope, results, cotangents, List.of());
      linearConsts =
          scope.get(
              Masks.where(
                  source.arguments().subList(0, shape.consts()),
                  Arrays.copyOf(linear, shape.consts()),
                  true));
      consts = walk.cotangents(linearConsts);
      carry =
          walk.cotangents(
              scope.get(
                  source.arguments().subList(shape.consts(), shape.consts() + shape.carry())));
      List<@Nullable Value> steps = new ArrayList<>();
      for (int i = shape.consts() + shape.carry(); i < linear.length; i++) {
        if (linear[i]) {
          steps.add(walk.cotangent(scope.get(source.argument(i))));
        }
      }
      xs = steps;
    }

    private void addKnown(int from, int to, List<Type> types) {
      for (int i = from; i < to; i++) {
        if (!linear[i]) {
          types.add(source.argument(i).type());
        }
      }
    }
  }

  private List<@Nullable Value> transpose() {
    boolean[] given = Masks.present(s.cts());
    boolean[] carried = Arrays.copyOf(given, shape.carry());
    Attempt attempt = new Attempt(carried);
    while (Masks.include(carried, Masks.present(attempt.carry))) {
      attempt = new Attempt(carried);
    }
    return emit(attempt, carried);
  }

  private List<@Nullable Value> emit(Attempt a, boolean[] carried) {
    Emit inside = new Emit(a.walk.b);
    List<Value> consts = new ArrayList<>();
    List<Value> steps = new ArrayList<>();
    for (int i = 0; i < linear.length; i++) {
      if (!linear[i]) {
        (i < shape.consts() ? consts : steps).add(s.x(i));
      }
    }
    for (int i = shape.carry(); i < s.op.results().size(); i++) {
      Value ct = s.ct(i);
      if (ct != null) {
        steps.add(ct);
      }
    }
    List<Value> inits = new ArrayList<>();
    List<Value> carryResults = new ArrayList<>();
    for (int i = 0; i < carried.length; i++) {
      if (carried[i]) {
        inits.add(s.ctOrZeros(i));
        carryResults.add(inside.orZeros(a.carry.get(i), s.op.result(i).type()));
      }
    }
    int carries = inits.size();

    List<Value> ys = Masks.nonNull(a.xs);
    LoopSums sums = new LoopSums(inside, a.knownConsts, a.knownConsts + carries, a.consts, ys);
    List<Value> accumulated = Masks.nonNull(sums.accumulated());
    int accumulators = accumulated.size();
    // accumulators are further carries: the body is rebuilt with arguments for them
    List<Type> types = new ArrayList<>(a.body.argumentTypes());
    types.addAll(a.knownConsts + carries, Masks.types(accumulated));
    for (Value value : accumulated) {
      inits.add(s.e.zeros(value.type()));
    }
    Block body = new Block(types);
    List<Value> arguments = new ArrayList<>(body.arguments());
    List<Value> totals =
        new ArrayList<>(
            arguments.subList(a.knownConsts + carries, a.knownConsts + carries + accumulators));
    arguments.removeAll(totals);
    org.cornu.tracer.graph.Inliner inliner =
        new org.cornu.tracer.graph.Inliner(body).map(a.body.arguments(), arguments);
    List<Value> results = new ArrayList<>(carryResults);
    List<Value> roots = new ArrayList<>(results);
    roots.addAll(ys);
    roots.addAll(sums.stacked());
    roots.addAll(accumulated);
    var live = org.cornu.stablehlo.passes.Liveness.live(a.body.ops(), roots);
    for (Op op : a.body.ops()) {
      if (live.contains(op)) {
        inliner.copy(op);
      }
    }
    Emit rebuilt = new Emit(new org.cornu.stablehlo.build.Builder(body));
    rebuilt.b.location(s.op.location());
    List<Value> returned = new ArrayList<>(inliner.get(results));
    for (int i = 0; i < accumulators; i++) {
      returned.add(rebuilt.b.add(totals.get(i), inliner.get(accumulated.get(i))));
    }
    returned.addAll(inliner.get(ys));
    returned.addAll(inliner.get(sums.stacked()));
    body.returns(returned);
    List<Value> all =
        s.b.scan(consts, inits, steps, shape.length(), !shape.reverse(), shape.unroll(), body);
    return cotangents(a, carried, sums, all, carries + accumulators, steps);
  }

  private List<@Nullable Value> cotangents(
      Attempt a,
      boolean[] carried,
      LoopSums sums,
      List<Value> all,
      int carries,
      List<Value> steps) {
    List<@Nullable Value> out = s.empty();
    int next = 0;
    for (int i = 0; i < carried.length; i++) {
      if (carried[i]) {
        out.set(shape.consts() + i, all.get(next++));
      }
    }
    List<Value> totals = all.subList(next, carries);
    next = carries;
    int x = 0;
    for (int i = shape.consts() + shape.carry(); i < linear.length; i++) {
      if (linear[i] && a.xs.get(x++) != null) {
        out.set(i, all.get(next++));
      }
    }
    List<Value> stacks = all.subList(carries, all.size());
    int total = 0;
    int constant = 0;
    for (int i = 0; i < shape.consts(); i++) {
      if (!linear[i]) {
        continue;
      }
      Value value = sums.accumulated().get(constant) == null ? null : totals.get(total++);
      out.set(i, s.e.sum(value, sums.after(s.e, constant++, stacks, steps)));
    }
    return out;
  }
}
