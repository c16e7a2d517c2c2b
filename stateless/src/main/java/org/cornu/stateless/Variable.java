package org.cornu.stateless;

import java.util.function.BiFunction;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/**
 * A named place for a tensor of fixed shape and type: a weight, a counter, a moving average. Its
 * value is concrete; inside a {@link StatelessScope} it reads and writes the scope's value instead.
 */
public final class Variable {
  private final String name;
  private final String path;
  private final TensorType type;
  private final boolean autocast;
  private final @Nullable Placement placement;
  private boolean trainable;
  private @Nullable Tensor value;
  private boolean overwriteWithGradient;

  private Variable(Builder b, Shape shape) {
    this.name = b.name;
    this.path = NameScope.path(b.name);
    this.type = TensorType.of(b.dtype, shape);
    this.autocast = b.autocast;
    this.trainable = b.trainable;
    this.placement =
        b.placement != null ? b.placement : VariablePlacement.current().of(path, shape);
    if (StatelessScope.current() != null) {
      throw new IllegalStateException(
          "variable '"
              + path
              + "' is created inside a stateless scope; build the layer before its first stateless"
              + " call");
    }
    BiFunction<Shape, DType, Tensor> initializer = b.initializer;
    Placement target = placement;
    this.value =
        Trace.outside(
            () ->
                target == null
                    ? initializer.apply(shape, b.dtype)
                    : VariablePlacement.place(() -> initializer.apply(shape, b.dtype), target));
    if (!value.type().equals(type)) {
      throw new IllegalArgumentException(
          "variable '"
              + path
              + "' is "
              + type.brief()
              + ", its initial value is "
              + value.type().brief());
    }
  }

  /** Collects what a variable is made of. */
  public static final class Builder {
    private final String name;
    private DType dtype = DType.F32;
    private boolean trainable = true;
    private boolean autocast = true;
    private @Nullable Placement placement;
    private BiFunction<Shape, DType, Tensor> initializer =
        (shape, dtype) -> Lax.full(dtype, 0, shape.dims());

    private Builder(String name) {
      this.name = name;
    }

    /** Element type; default f32. */
    public Builder dtype(DType value) {
      dtype = value;
      return this;
    }

    /** Whether optimizers update it; default true. */
    public Builder trainable(boolean value) {
      trainable = value;
      return this;
    }

    /** Whether mixed precision may cast it; default true. */
    public Builder autocast(boolean value) {
      autocast = value;
      return this;
    }

    /** Where it lies; default: what the current distribution says of its path. */
    public Builder placement(@Nullable Placement value) {
      placement = value;
      return this;
    }

    /** Makes the initial value from shape and type; default zeros. */
    public Builder initializer(BiFunction<Shape, DType, Tensor> value) {
      initializer = value;
      return this;
    }

    /** Makes the variable. */
    public Variable shape(long... dims) {
      return new Variable(this, Shape.of(dims));
    }

    /** Makes the variable. */
    public Variable shape(Shape shape) {
      return new Variable(this, shape);
    }
  }

  /** Starts a variable of this name in the current {@link NameScope}. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Name without scopes, {@code kernel}. */
  public String name() {
    return name;
  }

  /** Name with scopes, {@code dense/kernel}. */
  public String path() {
    return path;
  }

  /** Shape. */
  public Shape shape() {
    return type.shape();
  }

  /** Element type. */
  public DType dtype() {
    return type.dtype();
  }

  /** Shape and element type. */
  public TensorType type() {
    return type;
  }

  /** Where its parts lie on a mesh, or null for one device. */
  public @Nullable Placement placement() {
    return placement;
  }

  /** Whether optimizers update it. */
  public boolean isTrainable() {
    return trainable;
  }

  /** Freezes or unfreezes it. */
  public void trainable(boolean value) {
    trainable = value;
  }

  /** True for variables whose "gradient" is their next value (float8 scales). */
  public boolean isOverwrittenWithGradient() {
    return overwriteWithGradient;
  }

  /** Marks a variable whose "gradient" is its next value. */
  public void overwriteWithGradient(boolean value) {
    overwriteWithGradient = value;
  }

  /** The current value, cast to the compute type inside an {@link AutocastScope}. */
  public Tensor value() {
    StatelessScope scope = StatelessScope.current();
    Tensor lent = scope == null ? null : scope.lookup(this);
    Tensor current = lent != null ? lent : ownValue();
    DType cast = autocast && type.dtype().isFloat() ? AutocastScope.current() : null;
    return cast == null || cast == current.dtype()
        ? current
        : Lax.convertElementType(current, cast);
  }

  Tensor ownValue() {
    Tensor current = value;
    if (current == null) {
      throw new IllegalStateException(
          "variable '" + path + "' has no value: it was donated to a program that failed");
    }
    return current;
  }

  /**
   * Replaces the value by a copy of {@code next}, so that a step which donates this variable's
   * value leaves {@code next} usable; shape must agree, the type is converted. Inside a {@link
   * StatelessScope} the scope's value is replaced.
   */
  public void assign(Tensor next) {
    replace(next, true);
  }

  /**
   * Replaces the value by {@code next} itself, without a copy: for results of compiled steps that
   * nothing else uses. Otherwise as {@link #assign}.
   */
  public void take(Tensor next) {
    replace(next, false);
  }

  private void replace(Tensor next, boolean copies) {
    if (!next.shape().equals(type.shape())) {
      throw new OpException(
          "assign: variable '"
              + path
              + "' has shape "
              + type.shape()
              + ", got "
              + next.type().brief());
    }
    Tensor converted = Lax.convertElementType(next, type.dtype());
    StatelessScope scope = StatelessScope.current();
    if (scope != null) {
      scope.assign(this, converted);
    } else if (converted.isTraced()) {
      throw new OpException(
          "assign: variable '"
              + path
              + "' got a traced value outside a stateless scope\n  hint: inside jit or grad use"
              + " statelessCall, which returns the new values");
    } else {
      Tensor placed = placement == null ? converted : VariablePlacement.move(converted, placement);
      // A reshape to the same shape is the cheapest operation whose result is a buffer of its own.
      value = copies && placed == next ? Lax.reshape(next, next.shape().dims()) : placed;
    }
  }

  @Override
  public String toString() {
    return "Variable " + path + " " + type.brief();
  }
}
