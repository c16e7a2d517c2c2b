package org.cornu.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Sharded;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;
import org.cornu.tracer.runtime.Placement;

/**
 * An {@link UpdateRule} applied to each floating-point tensor of a tree.
 *
 * @param rules the rule of a parameter, by path and shape
 * @param learningRate step size
 */
record RuleTransformation(BiFunction<String, Shape, UpdateRule> rules, Schedule learningRate)
    implements Transformation<RuleState> {

  @Override
  public RuleState init(Object params) {
    Map<String, Map<String, Tensor>> slots = new LinkedHashMap<>();
    Map<String, Tensor> shared = new LinkedHashMap<>();
    Trees.byPath(params)
        .forEach(
            (path, weight) -> {
              if (!weight.dtype().isFloat()) {
                return;
              }
              UpdateRule rule = rules.apply(path, weight.shape());
              Map<String, Tensor> own = new LinkedHashMap<>();
              for (UpdateRule.Slot slot : rule.slots(weight.shape())) {
                own.put(slot.name(), start(slot, weight));
              }
              slots.put(path, own);
              for (UpdateRule.Slot slot : rule.shared()) {
                shared.putIfAbsent(slot.name(), start(slot, weight));
              }
            });
    return new RuleState(Lax.full(DType.I32, 0), slots, shared);
  }

  /** The first value of a slot, placed like the weight where it has its shape. */
  private static Tensor start(UpdateRule.Slot slot, Tensor weight) {
    if (slot.copiesWeight()) {
      return Lax.add(weight, Lax.fullLike(weight, 0)); // a copy, so that both can be donated
    }
    Placement placement = weight.isConcrete() ? weight.device().placement() : null;
    if (placement == null || !slot.shape().equals(weight.shape())) {
      return Lax.full(slot.dtypeFor(weight.dtype()), slot.value(), slot.shape().dims());
    }
    return Sharded.compute(
        () -> Lax.full(slot.dtypeFor(weight.dtype()), slot.value(), slot.shape().dims()),
        placement);
  }

  @Override
  public <P> Step<P, RuleState> update(P gradients, RuleState state, P params) {
    Tensor next = state.step().add(1L);
    Tensor rate = learningRate.apply(state.step());
    Map<String, Tensor> shared = new LinkedHashMap<>(state.shared());
    Map<String, Map<String, Tensor>> slots = new LinkedHashMap<>();
    boolean[] advanced = new boolean[1];
    P updated =
        Paths.map(
            params,
            gradients,
            (path, weight, gradient) -> {
              if (!weight.dtype().isFloat()) {
                return weight;
              }
              UpdateRule rule = rules.apply(path, weight.shape());
              Tensor step = Lax.convertElementType(next, weight.dtype());
              if (!advanced[0] && !rule.shared().isEmpty()) {
                advance(rule, shared, step);
                advanced[0] = true;
              }
              Map<String, Tensor> own = Paths.at(state.slots(), path);
              List<String> names =
                  rule.slots(weight.shape()).stream().map(UpdateRule.Slot::name).toList();
              UpdateRule.Output out =
                  rule.update(
                      new UpdateRule.Input(
                          weight,
                          Lax.convertElementType(gradient, weight.dtype()),
                          names.stream().map(own::get).toList(),
                          cast(rule, shared, weight.dtype()),
                          Lax.convertElementType(rate, weight.dtype()),
                          step));
              Map<String, Tensor> after = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                after.put(names.get(i), out.slots().get(i));
              }
              slots.put(path, after);
              return out.weight();
            });
    return new Step<>(updated, new RuleState(next, slots, shared), gradients);
  }

  private static void advance(UpdateRule rule, Map<String, Tensor> shared, Tensor step) {
    List<String> names = rule.shared().stream().map(UpdateRule.Slot::name).toList();
    List<Tensor> before = names.stream().map(shared::get).toList();
    Tensor typed = before.isEmpty() ? step : Lax.convertElementType(step, before.get(0).dtype());
    List<Tensor> after = rule.advance(before, typed);
    for (int i = 0; i < names.size(); i++) {
      shared.put(names.get(i), after.get(i));
    }
  }

  private static List<Tensor> cast(UpdateRule rule, Map<String, Tensor> shared, DType dtype) {
    List<Tensor> out = new ArrayList<>();
    for (UpdateRule.Slot slot : rule.shared()) {
      out.add(Lax.convertElementType(Paths.at(shared, slot.name()), dtype));
    }
    return out;
  }
}
