package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.MissingRuleException;
import org.jspecify.annotations.Nullable;

/**
 * One linear op under transposition, as its rule sees it: cotangents of its results, and which
 * operands are linear. Known operands are values of the program being built.
 */
final class TransposeSite {
  final Transposition transposition;
  final LinearScope scope;
  final Op op;
  final Builder b;
  final Emit e;
  private final List<@Nullable Value> cotangents;

  TransposeSite(
      Transposition transposition, LinearScope scope, Op op, List<@Nullable Value> cotangents) {
    this.transposition = transposition;
    this.scope = scope;
    this.op = op;
    this.b = scope.b;
    this.e = new Emit(b);
    this.cotangents = cotangents;
  }

  int arity() {
    return op.operands().size();
  }

  /** A known operand. */
  Value x(int i) {
    if (isLinear(i)) {
      throw missing("more than one operand depends on the linear arguments");
    }
    return op.operand(i);
  }

  TensorType type(int i) {
    return op.operand(i).tensorType();
  }

  boolean isLinear(int i) {
    return scope.isLinear(op.operand(i));
  }

  boolean[] linear() {
    boolean[] out = new boolean[arity()];
    for (int i = 0; i < out.length; i++) {
      out[i] = isLinear(i);
    }
    return out;
  }

  /** Cotangent of result {@code i}, null for zero. */
  @Nullable Value ct(int i) {
    return cotangents.get(i);
  }

  List<@Nullable Value> cts() {
    return cotangents;
  }

  /** Cotangent of the only result. */
  Value ct() {
    return ctOrZeros(0);
  }

  Value ctOrZeros(int i) {
    return e.orZeros(cotangents.get(i), op.result(i).type());
  }

  /** No cotangents yet, one place per operand. */
  List<@Nullable Value> empty() {
    return new ArrayList<>(Arrays.asList(new Value[arity()]));
  }

  /** The first operand has this cotangent, the others none. */
  List<@Nullable Value> first(@Nullable Value value) {
    List<@Nullable Value> out = empty();
    out.set(0, value);
    return out;
  }

  /** The op with these attributes on other operands. */
  List<Value> again(
      Map<String, org.cornu.stablehlo.ir.Attribute> attributes,
      List<Value> operands,
      List<? extends Type> types) {
    List<org.cornu.stablehlo.ir.Block> regions =
        op.regions().stream().map(new org.cornu.tracer.graph.Inliner(b.block())::copy).toList();
    Op out = new Op(op.code(), op.name(), operands, attributes, regions, types, op.location());
    return b.block().append(out).results();
  }

  MissingRuleException missing(String reason) {
    return new MissingRuleException(op, "transpose", reason);
  }

  MissingRuleException nonlinear() {
    return missing("it is not linear in an argument that was declared linear");
  }
}
