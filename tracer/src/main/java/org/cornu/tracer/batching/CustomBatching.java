package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.CustomRule;

/**
 * Functions whose derivative the user gives: the rules are batched along with the function, so that
 * differentiating the batched program still goes by them.
 */
final class CustomBatching {
  private CustomBatching() {}

  /** Which results are batched when these operands are. */
  static boolean[] results(Propagation propagation, Op op, boolean[] mask) {
    boolean[] out = propagation.function(op.callee("callee"), mask);
    if (CustomRule.of(op) instanceof CustomRule.Jvp rule) {
      // Results and their tangents have one type, so what the rule batches is batched throughout.
      boolean[] fromRule = propagation.function(rule.jvp(), withTangents(op.operands(), mask));
      int tangent = out.length;
      for (int i = 0; i < out.length; i++) {
        out[i] |= fromRule[i];
        if (isDifferentiable(op.result(i))) {
          out[i] |= fromRule[tangent++];
        }
      }
      return out;
    }
    // A cotangent that the batch shares stands for the whole batch, one that it does not for one
    // element. The rule sums what it computes from both over the batch, so all must be of the
    // second kind.
    boolean any = Propagation.any(mask) || Propagation.any(out);
    return Propagation.results(op, any);
  }

  private static boolean isDifferentiable(Value value) {
    return CustomRule.isDifferentiable(value.type());
  }

  /** The mask followed by the elements of it that belong to differentiable values. */
  private static boolean[] withTangents(List<Value> values, boolean[] mask) {
    List<Boolean> out = new ArrayList<>(Propagation.list(mask));
    out.addAll(ofTangents(values, mask));
    return array(out);
  }

  private static List<Boolean> ofTangents(List<Value> values, boolean[] mask) {
    List<Boolean> out = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      if (isDifferentiable(values.get(i))) {
        out.add(mask[i]);
      }
    }
    return out;
  }

  private static boolean[] array(List<Boolean> mask) {
    boolean[] out = new boolean[mask.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask.get(i);
    }
    return out;
  }

  static List<BatchedValue> customDerivative(OpContext c) {
    boolean[] mask = c.mask();
    boolean[] results = results(c.batcher.propagation(), c.op, mask);
    Batching.Batched callee =
        c.batcher.function(
            c.op.callee("callee"), mask, modes(Propagation.list(results), ResultMode.AS_IS));
    CustomRule rule;
    if (CustomRule.of(c.op) instanceof CustomRule.Jvp given) {
      rule = new CustomRule.Jvp(jvp(c, given.jvp(), mask, results));
    } else {
      rule = vjp(c, (CustomRule.Vjp) CustomRule.of(c.op), mask, results);
    }
    Map<String, Attribute> attributes = c.attributes();
    attributes.put("callee", new Attribute.Callee(callee.func()));
    attributes.putAll(rule.attributes());
    return CallBatching.emit(c, c.op.code(), callee, attributes);
  }

  private static ResultMode[] modes(List<Boolean> batched, ResultMode otherwise) {
    return batched.stream().map(b -> b ? ResultMode.BATCHED : otherwise).toArray(ResultMode[]::new);
  }

  private static Func jvp(OpContext c, Func jvp, boolean[] mask, boolean[] results) {
    boolean[] all = withTangents(c.op.results(), results);
    return c.batcher
        .function(
            jvp,
            withTangents(c.op.operands(), mask),
            modes(Propagation.list(all), ResultMode.AS_IS))
        .func();
  }

  private static CustomRule.Vjp vjp(
      OpContext c, CustomRule.Vjp rule, boolean[] mask, boolean[] results) {
    int residuals = rule.forward().type().results().size() - results.length;
    List<Boolean> forced = new ArrayList<>(Propagation.list(results));
    for (int i = 0; i < residuals; i++) {
      forced.add(false);
    }
    Batching.Batched forward =
        c.batcher.function(rule.forward(), mask, modes(forced, ResultMode.AS_IS));
    List<Boolean> incoming =
        new ArrayList<>(
            Propagation.list(forward.batchedResults())
                .subList(results.length, results.length + residuals));
    incoming.addAll(ofTangents(c.op.results(), results));
    // The cotangent of an argument that the batch shares is the sum over the batch.
    ResultMode[] outgoing = modes(ofTangents(c.op.operands(), mask), ResultMode.SUMMED);
    Func backward = c.batcher.function(rule.backward(), array(incoming), outgoing).func();
    return new CustomRule.Vjp(forward.func(), backward);
  }
}
