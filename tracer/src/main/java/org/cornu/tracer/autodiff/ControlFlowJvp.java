package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Closures;
import org.cornu.tracer.graph.Inliner;
import org.jspecify.annotations.Nullable;

/** Tangents of ops with regions that hold programs: values and tangents run through together. */
final class ControlFlowJvp {
  private ControlFlowJvp() {}

  /** Case and if: branches with the union of the tangents that any of them gives. */
  static List<@Nullable Value> branches(JvpSite s) {
    int n = s.op.results().size();
    List<Block> blocks = new ArrayList<>();
    List<List<Value>> primals = new ArrayList<>();
    List<List<@Nullable Value>> tangents = new ArrayList<>();
    boolean[] active = new boolean[n];
    for (Block region : s.op.regions()) {
      Block block = new Block(List.of());
      JvpScope scope = s.scope.region(block);
      scope.run(region);
      List<@Nullable Value> found = scope.tangents(region.results());
      Masks.include(active, Masks.present(found));
      blocks.add(block);
      primals.add(scope.primals(region.results()));
      tangents.add(found);
    }
    for (int k = 0; k < blocks.size(); k++) {
      Builder inner = new Builder(blocks.get(k));
      inner.location(s.op.location());
      List<Value> results = new ArrayList<>(primals.get(k));
      results.addAll(filled(new Emit(inner), tangents.get(k), s.op.results(), active));
      blocks.get(k).returns(results);
    }
    List<Value> all = s.b.create(s.op.code(), List.of(s.x(0)), s.op.attributes(), blocks).results();
    s.emitted(all.subList(0, n));
    return Masks.spread(all.subList(n, all.size()), active);
  }

  /** The tangents at the active places, zeros spelled out. */
  private static List<Value> filled(
      Emit e, List<@Nullable Value> tangents, List<Value> like, boolean[] active) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < active.length; i++) {
      if (active[i]) {
        out.add(e.orZeros(tangents.get(i), like.get(i).type()));
      }
    }
    return out;
  }

  /** A loop with a known trip count is a scan; any other carries its tangents along. */
  static List<@Nullable Value> loop(JvpSite s) {
    CountedLoop counted = CountedLoop.of(s.op);
    if (counted == null) {
      return whileLoop(s);
    }
    List<Value> captured = Closures.freeValues(s.op.regions());
    List<Value> sources = new ArrayList<>(s.op.operands());
    sources.addAll(captured);
    Block block = new Block(Masks.types(sources));
    int n = s.arity();
    Builder inner = new Builder(block);
    inner.location(s.op.location());
    Inliner outside =
        new Inliner(block).map(captured, block.arguments().subList(n, sources.size()));
    block.returns(LoopToScan.emit(counted, inner, block.arguments().subList(0, n), outside));
    JvpScope.Dual dual =
        s.scope.differentiate(block, s.scope.primals(sources), s.scope.tangents(sources));
    s.emitted(dual.primals());
    return dual.tangents();
  }

  /** A while loop whose carry holds the tangents too; which are nonzero is a fixpoint. */
  private static List<@Nullable Value> whileLoop(JvpSite s) {
    int n = s.arity();
    boolean[] active = Masks.present(s.dxs());
    Block source = s.op.region(1);
    while (true) {
      List<Type> types = new ArrayList<>(source.argumentTypes());
      types.addAll(Masks.types(Masks.where(source.arguments(), active, true)));
      Block body = new Block(types);
      JvpScope scope = s.scope.region(body);
      bind(scope, source.arguments(), body.arguments(), active, 0);
      scope.run(source);
      List<@Nullable Value> found = scope.tangents(source.results());
      if (Masks.include(active, Masks.present(found))) {
        continue;
      }
      List<Value> results = new ArrayList<>(scope.primals(source.results()));
      results.addAll(filled(new Emit(scope.b), found, source.results(), active));
      body.returns(results);
      Block conditionSource = s.op.region(0);
      Block condition = new Block(types);
      JvpScope inner = s.scope.region(condition);
      for (int i = 0; i < n; i++) {
        inner.bind(conditionSource.argument(i), condition.argument(i), null);
      }
      conditionSource.ops().forEach(inner::copy);
      condition.returns(inner.primals(conditionSource.results()));
      List<Value> inits = new ArrayList<>(s.xs());
      inits.addAll(filled(s.e, s.dxs(), s.op.operands(), active));
      List<Value> all = s.b.whileLoop(inits, condition, body);
      s.emitted(all.subList(0, n));
      return Masks.spread(all.subList(n, all.size()), active);
    }
  }

  /** Binds {@code sources} to arguments {@code 0..n}, tangents to those from {@code n} on. */
  private static void bind(
      JvpScope scope, List<Value> sources, List<Value> arguments, boolean[] active, int skip) {
    int next = sources.size() + skip;
    for (int i = 0; i < sources.size(); i++) {
      scope.bind(sources.get(i), arguments.get(i), active[i] ? arguments.get(next++) : null);
    }
  }

  /** A scan over values and tangents: constants, carries and sequences each gain theirs. */
  static List<@Nullable Value> scan(JvpSite s) {
    ScanShape shape = ScanShape.of(s.op);
    Block source = s.op.region(0);
    boolean[] active = Masks.present(s.dxs());
    while (true) {
      List<Type> types = new ArrayList<>();
      for (List<Value> group : shape.groups(source.arguments())) {
        types.addAll(Masks.types(group));
        types.addAll(Masks.types(Masks.where(group, shape.groupMask(group, active, source), true)));
      }
      Block body = new Block(types);
      Builder inner = new Builder(body);
      inner.location(s.op.location());
      JvpScope scope = new JvpScope(s.scope.jvp, inner);
      int at = 0;
      for (List<Value> group : shape.groups(source.arguments())) {
        boolean[] mask = shape.groupMask(group, active, source);
        int next = at + group.size();
        for (int i = 0; i < group.size(); i++) {
          Value tangent = mask[i] ? body.argument(next++) : null;
          scope.bind(group.get(i), body.argument(at + i), tangent);
        }
        at = next;
      }
      scope.run(source);
      List<@Nullable Value> found = scope.tangents(source.results());
      boolean[] out = Masks.present(found);
      boolean grown = false;
      for (int i = 0; i < shape.carry(); i++) {
        if (out[i] && !active[shape.consts() + i]) {
          active[shape.consts() + i] = true;
          grown = true;
        }
        out[i] = active[shape.consts() + i];
      }
      if (grown) {
        continue;
      }
      return emitScan(s, shape, body, scope, found, active, out);
    }
  }

  private static List<@Nullable Value> emitScan(
      JvpSite s,
      ScanShape shape,
      Block body,
      JvpScope scope,
      List<@Nullable Value> found,
      boolean[] active,
      boolean[] out) {
    Block source = s.op.region(0);
    int carry = shape.carry();
    List<Value> primals = scope.primals(source.results());
    List<Value> tangents = filled(new Emit(scope.b), found, source.results(), out);
    int carryTangents = 0;
    for (int i = 0; i < carry; i++) {
      carryTangents += out[i] ? 1 : 0;
    }
    List<Value> results = new ArrayList<>(primals.subList(0, carry));
    results.addAll(tangents.subList(0, carryTangents));
    results.addAll(primals.subList(carry, primals.size()));
    results.addAll(tangents.subList(carryTangents, tangents.size()));
    body.returns(results);
    List<List<Value>> operands = new ArrayList<>();
    int at = 0;
    for (List<Value> group : shape.groups(s.op.operands())) {
      List<Value> values = new ArrayList<>(s.scope.primals(group));
      for (int i = 0; i < group.size(); i++) {
        if (active[at + i]) {
          values.add(s.dxOrZeros(at + i));
        }
      }
      at += group.size();
      operands.add(values);
    }
    List<Value> all =
        s.b.scan(
            operands.get(0),
            operands.get(1),
            operands.get(2),
            shape.length(),
            shape.reverse(),
            shape.unroll(),
            body);
    List<Value> results2 = new ArrayList<>(all.subList(0, carry));
    int ys = primals.size() - carry;
    int from = carry + carryTangents;
    results2.addAll(all.subList(from, from + ys));
    s.emitted(results2);
    List<Value> tangentResults = new ArrayList<>(all.subList(carry, from));
    tangentResults.addAll(all.subList(from + ys, all.size()));
    return Masks.spread(tangentResults, out);
  }

  /** A manual computation: tangents are laid out like their values. */
  static List<@Nullable Value> manualComputation(JvpSite s) {
    Block source = s.op.region(0);
    boolean[] active = Masks.present(s.dxs());
    List<Type> types = new ArrayList<>(source.argumentTypes());
    types.addAll(Masks.types(Masks.where(source.arguments(), active, true)));
    Block body = new Block(types);
    Builder inner = new Builder(body);
    JvpScope scope = new JvpScope(s.scope.jvp, inner);
    bind(scope, source.arguments(), body.arguments(), active, 0);
    scope.run(source);
    List<@Nullable Value> found = scope.tangents(source.results());
    boolean[] out = Masks.present(found);
    List<Value> results = new ArrayList<>(scope.primals(source.results()));
    results.addAll(Masks.nonNull(found));
    body.returns(results);
    ManualShape shape = ManualShape.of(s.op);
    List<Sharding> in = new ArrayList<>(shape.in());
    in.addAll(Masks.where(shape.in(), active, true));
    List<Sharding> outs = new ArrayList<>(shape.out());
    outs.addAll(Masks.where(shape.out(), out, true));
    List<Value> operands = new ArrayList<>(s.xs());
    operands.addAll(Masks.nonNull(s.dxs()));
    List<Type> resultTypes = new ArrayList<>(Masks.types(s.op.results()));
    resultTypes.addAll(Masks.types(Masks.where(s.op.results(), out, true)));
    List<Value> all = s.b.manualComputation(operands, in, outs, shape.axes(), body, resultTypes);
    int n = s.op.results().size();
    s.emitted(all.subList(0, n));
    return Masks.spread(all.subList(n, all.size()), out);
  }
}
