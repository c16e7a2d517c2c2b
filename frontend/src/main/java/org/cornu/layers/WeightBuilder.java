package org.cornu.layers;

import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.jspecify.annotations.Nullable;

/** Collects what a weight of a layer is made of; {@link #add} makes it. */
public final class WeightBuilder {
  private final LayerState state;
  private final String name;
  private final Shape shape;
  private DType dtype;
  private @Nullable Initializer initializer;
  private @Nullable Regularizer regularizer;
  private @Nullable Constraint constraint;
  private boolean trainable = true;
  private boolean autocast = true;

  WeightBuilder(LayerState state, String name, Shape shape, DType dtype) {
    this.state = state;
    this.name = name;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** Makes the initial value; default: Glorot uniform for floats, zeros otherwise. */
  public WeightBuilder initializer(Initializer value) {
    initializer = value;
    return this;
  }

  /** Makes the initial value by Keras' name of an initializer. */
  public WeightBuilder initializer(String value) {
    return initializer(org.cornu.config.Registry.global().get(Initializer.FAMILY, value));
  }

  /** Adds a penalty to the loss. */
  public WeightBuilder regularizer(@Nullable Regularizer value) {
    regularizer = value;
    return this;
  }

  /** Projects the weight after each update. */
  public WeightBuilder constraint(@Nullable Constraint value) {
    constraint = value;
    return this;
  }

  /** Whether optimizers update it; default true. */
  public WeightBuilder trainable(boolean value) {
    trainable = value;
    return this;
  }

  /** Whether mixed precision casts it; default true. */
  public WeightBuilder autocast(boolean value) {
    autocast = value;
    return this;
  }

  /** Element type; default the layer's variable type. */
  public WeightBuilder dtype(DType value) {
    dtype = value;
    return this;
  }

  /** Makes the variable. */
  public Variable add() {
    Initializer chosen = initializer;
    if (chosen == null) {
      chosen =
          org.cornu.config.Registry.global()
              .get(Initializer.FAMILY, dtype.isFloat() ? "glorot_uniform" : "zeros");
    }
    Initializer maker = chosen;
    for (long dim : shape.dims()) {
      if (dim == Shape.DYNAMIC) {
        throw new org.cornu.tracer.OpException(
            "weight '"
                + name
                + "' must have known sizes: got "
                + shape
                + "\n  hint: give the input's last dimension in Input.of");
      }
    }
    Variable variable =
        Variable.named(name)
            .dtype(dtype)
            .trainable(trainable)
            .autocast(autocast)
            .initializer(maker::apply)
            .shape(shape);
    state.add(variable, regularizer, constraint);
    return variable;
  }
}
