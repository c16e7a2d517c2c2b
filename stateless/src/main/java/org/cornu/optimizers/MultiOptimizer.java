package org.cornu.optimizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.ConfigException;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.Optim;
import org.cornu.optim.Transformation;
import org.cornu.optim.UpdateRule;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Updates different variables by different optimizers, as an {@link OptimizerMap} says. */
public final class MultiOptimizer extends Optimizer {
  private static final Option<OptimizerMap> MAP =
      Option.object("optimizer_map", OptimizerMap.FAMILY).required();

  static final Spec SPEC =
      Spec.of("keras.optimizers", "MultiOptimizer")
          .base(List.of(NAME))
          .options(MAP, LOSS_SCALE_FACTOR)
          .aliases("multioptimizer")
          .create(MultiOptimizer::new);

  private final List<Optimizer> inner = new ArrayList<>();
  private final List<List<Integer>> members = new ArrayList<>();

  private MultiOptimizer() {
    super(SPEC);
  }

  /** Of this map. */
  public MultiOptimizer(OptimizerMap map) {
    this();
    set(MAP, map);
  }

  @Override
  public UpdateRule rule() {
    throw new UnsupportedOperationException(
        "MultiOptimizer has no rule of its own: ask ruleFor(path, shape)");
  }

  @Override
  public UpdateRule ruleFor(String path, Shape shape) {
    return get(MAP).of(path).ruleFor(path, shape);
  }

  @Override
  void addSlots(
      List<Variable> trainable,
      List<Variable> all,
      List<List<Variable>> slots,
      List<Variable> shared) {
    inner.addAll(get(MAP).optimizers());
    inner.forEach(
        o -> {
          if (o instanceof LossScaleOptimizer || o instanceof MultiOptimizer) {
            throw new ConfigException(
                "MultiOptimizer: an inner optimizer can not be a " + o.spec().className());
          }
          o.lossScaleFactor(lossScale());
          o.constraints(this::constraintOf);
          members.add(new ArrayList<>());
        });
    for (int i = 0; i < trainable.size(); i++) {
      members.get(inner.indexOf(get(MAP).of(trainable.get(i).path()))).add(i);
    }
    for (int o = 0; o < inner.size(); o++) {
      if (!members.get(o).isEmpty()) {
        inner.get(o).build(members.get(o).stream().map(trainable::get).toList());
        all.addAll(inner.get(o).variables());
      }
    }
  }

  @Override
  void update(List<@Nullable Tensor> gradients) {
    for (int o = 0; o < inner.size(); o++) {
      List<@Nullable Tensor> mine = new ArrayList<>();
      members.get(o).forEach(i -> mine.add(gradients.get(i)));
      if (mine.stream().anyMatch(g -> g != null)) {
        inner.get(o).apply(mine);
      }
    }
    count(built().iteration());
  }

  @Override
  public Tensor learningRate() {
    throw new UnsupportedOperationException(
        "MultiOptimizer has no learning rate of its own: ask its inner optimizers");
  }

  @Override
  public void finalizeVariables() {
    inner.stream().filter(Optimizer::isBuilt).forEach(Optimizer::finalizeVariables);
  }

  @Override
  public Transformation<?> functional() {
    OptimizerMap map = get(MAP);
    Transformation<?>[] stages =
        map.optimizers().stream()
            .map(o -> Optim.masked(path -> map.of(path) == o, o.functional()))
            .toArray(Transformation<?>[]::new);
    return Optim.chain(stages);
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    config.put("name", name());
    return config;
  }
}
