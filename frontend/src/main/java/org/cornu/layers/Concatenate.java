package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Its inputs side by side on one axis. */
public final class Concatenate extends Layer<Concatenate> {
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      Spec.of("keras.layers", "Concatenate").base(OPTIONS).options(AXIS).create(Concatenate::new);

  /** On the last axis. */
  public Concatenate() {
    super(SPEC);
  }

  /** The axis, the batch being 0; default -1. */
  @CanIgnoreReturnValue
  public Concatenate axis(int value) {
    return set(AXIS, value);
  }

  @Override
  public boolean takesListOfInputs() {
    return true;
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    Shape first = inputs.get(0);
    int axis = axisOf(first, get(AXIS));
    for (Shape shape : inputs) {
      boolean fits = shape.rank() == first.rank();
      for (int d = 0; fits && d < first.rank(); d++) {
        fits =
            d == axis
                || shape.dim(d) == first.dim(d)
                || shape.dim(d) == Shape.DYNAMIC
                || first.dim(d) == Shape.DYNAMIC;
      }
      if (!fits) {
        throw new OpException(
            name() + ": inputs must agree in all dimensions but axis " + axis + ": got " + inputs);
      }
    }
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    return List.of(Np.concatenate(inputs, get(AXIS)));
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    if (masks.stream().allMatch(m -> m == null)) {
      return Collections.singletonList(null);
    }
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor mask = Merge.elementwise(masks.get(i), inputs.get(i));
      all.add(mask != null ? mask : Lax.full(DType.BOOL, 1, inputs.get(i).shape().dims()));
    }
    return Collections.singletonList(Np.any(Np.concatenate(all, get(AXIS)), -1));
  }
}
