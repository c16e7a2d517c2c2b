package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.MissingRuleException;
import org.jspecify.annotations.Nullable;

/**
 * One op under differentiation, as its jvp rule sees it: operands and tangents in the program being
 * built. The op itself is copied there when the rule first asks for its results; a rule that emits
 * primal and tangent together gives the results itself.
 */
final class JvpSite {
  final JvpScope scope;
  final Op op;
  final Builder b;
  final Emit e;
  private @Nullable List<Value> results;

  JvpSite(JvpScope scope, Op op) {
    this.scope = scope;
    this.op = op;
    this.b = scope.b;
    this.e = new Emit(scope.b);
  }

  int arity() {
    return op.operands().size();
  }

  /** Operand {@code i}. */
  Value x(int i) {
    return scope.primal(op.operand(i));
  }

  List<Value> xs() {
    return scope.primals(op.operands());
  }

  /** Tangent of operand {@code i}, null for zero. */
  @Nullable Value dx(int i) {
    return scope.tangent(op.operand(i));
  }

  List<@Nullable Value> dxs() {
    return scope.tangents(op.operands());
  }

  /** Tangent of operand {@code i}, zeros spelled out. */
  Value dxOrZeros(int i) {
    return e.orZeros(dx(i), op.operand(i).type());
  }

  boolean isActive(int i) {
    return dx(i) != null;
  }

  /** The results of the op in the program being built. */
  List<Value> results() {
    List<Value> known = results;
    if (known == null) {
      known = scope.copy(op);
      results = known;
    }
    return known;
  }

  /** The only or first result. */
  Value y() {
    return results().get(0);
  }

  /** Says that the rule has emitted the op itself. */
  void emitted(List<Value> values) {
    results = List.copyOf(values);
  }

  /** The op applied to other operands of the same types, regions copied. */
  Value again(Value... operands) {
    return again(Arrays.asList(operands), op.resultTypes()).get(0);
  }

  /** The op applied to other operands, with these result types. */
  List<Value> again(List<Value> operands, List<? extends Type> types) {
    List<Block> regions = new ArrayList<>();
    for (Block region : op.regions()) {
      regions.add(scope.copy(region));
    }
    Op out = new Op(op.code(), op.name(), operands, op.attributes(), regions, types, op.location());
    return b.block().append(out).results();
  }

  /**
   * The tangents of an op that maps operand {@code i} to result {@code i}, linearly and
   * independently of the others: the op applied to the nonzero tangents.
   */
  List<@Nullable Value> pairwise() {
    List<@Nullable Value> tangents = dxs();
    boolean[] active = Masks.present(tangents);
    List<Type> types = op.resultTypes();
    return Masks.spread(again(Masks.nonNull(tangents), Masks.where(types, active, true)), active);
  }

  /** Differentiates what {@code decomposition} builds from the operands instead of the op. */
  List<@Nullable Value> decompose(BiFunction<Builder, List<Value>, List<Value>> decomposition) {
    Block body = new Block(Masks.types(op.operands()));
    Builder inner = new Builder(body);
    inner.location(op.location());
    body.returns(decomposition.apply(inner, body.arguments()));
    JvpScope.Dual dual = scope.differentiate(body, xs(), dxs());
    emitted(dual.primals());
    return dual.tangents();
  }

  /** No result has a tangent. */
  List<@Nullable Value> none() {
    return Collections.nCopies(op.results().size(), null);
  }

  /** The only result has this tangent. */
  List<@Nullable Value> one(@Nullable Value tangent) {
    return Collections.singletonList(tangent);
  }

  MissingRuleException missing(String reason) {
    return new MissingRuleException(op, "jvp", reason);
  }
}
