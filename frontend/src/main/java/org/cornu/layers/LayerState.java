package org.cornu.layers;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornu.constraints.Constraint;
import org.cornu.distribution.Distribution;
import org.cornu.ops.Lax;
import org.cornu.regularizers.Regularizer;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.SeedGenerator;
import org.cornu.stateless.StatelessScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Sharded;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/** The variables and sublayers of one layer. */
public final class LayerState {
  /**
   * A sublayer.
   *
   * @param attribute name of the field that holds it
   * @param inList true when the field holds a list or map of layers
   */
  public record Child(String attribute, boolean inList, Layer<?> layer) {}

  private final Layer<?> owner;
  private final List<Variable> own = new ArrayList<>();
  private final List<SeedGenerator> seeds = new ArrayList<>();
  private final List<Child> children = new ArrayList<>();
  private final Map<Variable, Regularizer> regularizers = new IdentityHashMap<>();
  private final Map<Variable, Constraint> constraints = new IdentityHashMap<>();
  private final Set<Variable> meantToTrain = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Variable> frozen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final DTypePolicy globalPolicy = DTypePolicy.global();
  private @Nullable Regularizer activityRegularizer;
  private @Nullable Boolean trainable;
  private @Nullable DTypePolicy changedPolicy;
  private @Nullable String path;

  LayerState(Layer<?> owner) {
    this.owner = owner;
  }

  /** Where the layer was built: its name behind those of the layers around it. */
  String path() {
    return path == null ? owner.name() : path;
  }

  void path(String value) {
    path = value;
  }

  /** The policy since the layer was quantized, or null. */
  @Nullable DTypePolicy changedPolicy() {
    return changedPolicy;
  }

  void changedPolicy(DTypePolicy policy) {
    changedPolicy = policy;
  }

  /** Forgets a variable that others replace. */
  void remove(Variable variable) {
    own.remove(variable);
    meantToTrain.remove(variable);
    frozen.remove(variable);
    regularizers.remove(variable);
    constraints.remove(variable);
  }

  DTypePolicy globalPolicy() {
    return globalPolicy;
  }

  void add(Variable variable, @Nullable Regularizer regularizer, @Nullable Constraint constraint) {
    own.add(variable);
    if (regularizer != null) {
      regularizers.put(variable, regularizer);
    }
    if (constraint != null) {
      constraints.put(variable, constraint);
    }
    if (variable.isTrainable()) {
      meantToTrain.add(variable);
      variable.trainable(isTrainable());
    }
  }

  /** Keeps a variable from training whatever {@link #trainable} says. */
  void freeze(Variable variable) {
    frozen.add(variable);
    variable.trainable(false);
  }

  void share(Variable variable) {
    own.add(variable);
    if (variable.isTrainable()) {
      meantToTrain.add(variable);
    }
  }

  SeedGenerator addSeedGenerator(@Nullable Long seed) {
    try (NameScope scope = NameScope.open("seed_generator")) {
      SeedGenerator generator = new SeedGenerator(seed);
      seeds.add(generator);
      return generator;
    }
  }

  void activityRegularizer(@Nullable Regularizer regularizer) {
    activityRegularizer = regularizer;
  }

  <T extends Layer<?>> T track(String attribute, T layer) {
    return track(attribute, false, layer);
  }

  private <T extends Layer<?>> T track(String attribute, boolean inList, T layer) {
    if (layer != owner && children.stream().noneMatch(c -> c.layer() == layer)) {
      children.add(new Child(attribute, inList, layer));
      if (Boolean.FALSE.equals(trainable)) {
        layer.trainable(false);
      }
    }
    return layer;
  }

  /** Tracks the layers that fields of the user's class hold. */
  void discover() {
    Map<String, Object> found = new TreeMap<>();
    for (Class<?> c = owner.getClass(); c != null && c != Layer.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
          continue;
        }
        Class<?> type = field.getType();
        boolean holds =
            Layer.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Layer[].class.isAssignableFrom(type);
        if (holds && field.trySetAccessible()) {
          try {
            Object value = field.get(owner);
            if (value != null) {
              found.put(field.getName(), value);
            }
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }
    found.forEach(this::trackValue);
  }

  private void trackValue(String attribute, Object value) {
    if (value instanceof Layer<?> layer) {
      track(attribute, false, layer);
    } else if (value instanceof Collection<?> many) {
      for (Object item : many) {
        if (item instanceof Layer<?> layer) {
          track(attribute, true, layer);
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      trackValue(attribute, map.values());
    } else if (value instanceof Layer<?>[] layers) {
      trackValue(attribute, List.of(layers));
    }
  }

  List<Child> children() {
    return Collections.unmodifiableList(children);
  }

  /** Own variables, trainable first. */
  List<Variable> own() {
    List<Variable> out = new ArrayList<>();
    own.stream().filter(meantToTrain::contains).forEach(out::add);
    own.stream().filter(v -> !meantToTrain.contains(v)).forEach(out::add);
    return out;
  }

  void collect(Set<Variable> out) {
    out.addAll(own());
    for (SeedGenerator seed : seeds) {
      out.add(seed.state());
    }
    for (Child child : children) {
      out.addAll(child.layer().variables());
    }
  }

  boolean isTrainable() {
    return trainable != null ? trainable : owner.initiallyTrainable();
  }

  void trainable(boolean value) {
    trainable = value;
    for (Variable variable : meantToTrain) {
      variable.trainable(value && !frozen.contains(variable));
    }
    for (Child child : children) {
      child.layer().trainable(value);
    }
  }

  @Nullable Constraint constraintOf(Variable variable) {
    Constraint mine = constraints.get(variable);
    for (int i = 0; mine == null && i < children.size(); i++) {
      mine = children.get(i).layer().constraintOf(variable);
    }
    return mine;
  }

  List<Tensor> regularizationLosses() {
    List<Tensor> out = new ArrayList<>();
    for (Variable variable : own) {
      Regularizer regularizer = regularizers.get(variable);
      if (regularizer != null && variable.isTrainable()) {
        out.add(regularizer.apply(variable.value()));
      }
    }
    for (Child child : children) {
      out.addAll(child.layer().regularizationLosses());
    }
    return out;
  }

  /**
   * What happens to outputs after the call: activity penalty, layout of the distribution.
   *
   * @param lossesBefore how many losses there were before the call: the layer's own penalties come
   *     before those of its parts, as in Keras
   */
  List<Tensor> finish(List<Tensor> outputs, int lossesBefore) {
    Regularizer activity = activityRegularizer;
    StatelessScope scope = StatelessScope.current();
    if (activity != null && scope != null) {
      int place = lossesBefore;
      for (Tensor output : outputs) {
        double batch = output.rank() == 0 ? 1 : output.shape().dim(0);
        Tensor loss = activity.apply(output);
        scope.addLoss(place++, Lax.div(loss, Lax.fullLike(loss, batch)));
      }
    }
    Distribution distribution = Distribution.current();
    if (distribution == null) {
      return outputs;
    }
    List<Tensor> out = new ArrayList<>(outputs.size());
    for (Tensor output : outputs) {
      Placement placement =
          distribution.activationPlacement(NameScope.path(owner.name()), output.shape());
      out.add(placement == null ? output : Sharded.constrain(output, placement));
    }
    return out;
  }
}
