package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.CustomRule;
import org.jspecify.annotations.Nullable;

/** Tangents of calls, checkpoints and functions with derivatives of their own. */
final class CallJvp {
  private CallJvp() {}

  /** A call or composite: a call of the callee's jvp. */
  static List<@Nullable Value> call(JvpSite s, Func callee) {
    List<@Nullable Value> tangents = s.dxs();
    JvpResult jvp = s.scope.jvp.transform(callee, Masks.present(tangents));
    return joint(s, jvp, s.b.call(jvp.func(), arguments(s, tangents)));
  }

  static List<@Nullable Value> remat(JvpSite s) {
    List<@Nullable Value> tangents = s.dxs();
    JvpResult jvp = s.scope.jvp.transform(s.op.callee("callee"), Masks.present(tangents));
    List<Value> all = s.b.remat(arguments(s, tangents), jvp.func(), without(s.op, "callee"));
    return joint(s, jvp, all);
  }

  static Map<String, Attribute> without(Op op, String key) {
    Map<String, Attribute> out = new TreeMap<>(op.attributes());
    out.remove(key);
    return out;
  }

  private static List<Value> arguments(JvpSite s, List<@Nullable Value> tangents) {
    List<Value> out = new ArrayList<>(s.xs());
    out.addAll(Masks.nonNull(tangents));
    return out;
  }

  private static List<@Nullable Value> joint(JvpSite s, JvpResult jvp, List<Value> all) {
    int n = s.op.results().size();
    s.emitted(all.subList(0, n));
    return Masks.spread(all.subList(n, all.size()), jvp.activeResults());
  }

  static List<@Nullable Value> custom(JvpSite s) {
    CustomRule rule = CustomRule.of(s.op);
    if (rule instanceof CustomRule.Jvp given) {
      return customJvp(s, given);
    }
    if (rule instanceof CustomRule.Vjp given) {
      return customVjp(s, given);
    }
    throw s.missing(Differentiation.NO_FORWARD_MODE);
  }

  private static boolean[] inexact(List<Value> values) {
    boolean[] out = new boolean[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Masks.isInexact(values.get(i).type());
    }
    return out;
  }

  /** Tangents of all floating-point operands, zeros spelled out. */
  private static List<Value> allTangents(JvpSite s) {
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < s.arity(); i++) {
      if (Masks.isInexact(s.op.operand(i).type())) {
        out.add(s.dxOrZeros(i));
      }
    }
    return out;
  }

  private static List<@Nullable Value> customJvp(JvpSite s, CustomRule.Jvp rule) {
    List<Value> arguments = new ArrayList<>(s.xs());
    arguments.addAll(allTangents(s));
    List<Value> all = s.b.call(rule.jvp(), arguments);
    int n = s.op.results().size();
    s.emitted(all.subList(0, n));
    return Masks.spread(all.subList(n, all.size()), inexact(s.op.results()));
  }

  private static List<@Nullable Value> customVjp(JvpSite s, CustomRule.Vjp rule) {
    List<Value> all = s.b.call(rule.forward(), s.xs());
    int n = s.op.results().size();
    s.emitted(all.subList(0, n));
    List<Value> operands = new ArrayList<>(all.subList(n, all.size()));
    operands.addAll(allTangents(s));
    boolean[] inexact = inexact(s.op.results());
    List<Type> types = Masks.types(Masks.where(s.op.results(), inexact, true));
    Map<String, Attribute> attributes =
        new TreeMap<>(new CustomRule.Linear(rule.backward()).attributes());
    attributes.put(
        "callee",
        new Attribute.Callee(
            Func.declaration(
                "forward_mode_of_custom_vjp",
                new Type.Function(Masks.types(operands), types),
                false,
                Map.of())));
    Op linear =
        new Op(OpCode.CUSTOM_DERIVATIVE, operands, attributes, List.of(), types, s.op.location());
    return Masks.spread(s.b.block().append(linear).results(), inexact);
  }
}
