package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Collections;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Products of two inputs summed over one axis of each, sample by sample: {@code [b, 3, 4]} and
 * {@code [b, 4, 5]} over axes 2 and 1 give {@code [b, 3, 5]}.
 */
public final class Dot extends Layer<Dot> {
  private static final Option<List<Integer>> AXES =
      Option.axes("axes")
          .required()
          .where("must be one or two axes", v -> v.size() == 1 || v.size() == 2)
          .where("must not be the batch axis 0", v -> !v.contains(0));
  private static final Option<Boolean> NORMALIZE = Option.bool("normalize").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.layers", "Dot").base(OPTIONS).options(AXES, NORMALIZE).create(Dot::new);

  private Dot() {
    super(SPEC);
  }

  /** Over one axis of both inputs, or one axis of each. */
  public Dot(int first, int... more) {
    this();
    set(AXES, java.util.Arrays.stream(BasePooling.join(first, more)).boxed().toList());
  }

  /** Whether the inputs are scaled to length 1 before: cosines. */
  @CanIgnoreReturnValue
  public Dot normalize(boolean value) {
    return set(NORMALIZE, value);
  }

  @Override
  public boolean takesListOfInputs() {
    return true;
  }

  private int axis(int input, int rank) {
    List<Integer> axes = get(AXES);
    int axis = axes.get(Math.min(input, axes.size() - 1));
    return axis < 0 ? axis + rank : axis;
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new OpException(name() + ": takes exactly 2 inputs, got " + inputs.size());
    }
    Shape x = inputs.get(0);
    Shape y = inputs.get(1);
    int a = axis(0, x.rank());
    int b = axis(1, y.rank());
    if (a >= x.rank() || b >= y.rank() || x.dim(a) != y.dim(b)) {
      throw new OpException(
          name()
              + ": the summed axes must have equal sizes: got axes "
              + a
              + " and "
              + b
              + " of "
              + x
              + " and "
              + y);
    }
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    Tensor x = inputs.get(0);
    Tensor y = inputs.get(1);
    int a = axis(0, x.rank());
    int b = axis(1, y.rank());
    if (get(NORMALIZE)) {
      x = Nn.normalize(x, 2, 1e-7, a);
      y = Nn.normalize(y, 2, 1e-7, b);
    }
    StringBuilder left = new StringBuilder("a");
    StringBuilder right = new StringBuilder("a");
    StringBuilder out = new StringBuilder("a");
    char next = 'c';
    for (int d = 1; d < x.rank(); d++) {
      char letter = d == a ? 'b' : next++;
      left.append(letter);
      if (d != a) {
        out.append(letter);
      }
    }
    for (int d = 1; d < y.rank(); d++) {
      char letter = d == b ? 'b' : next++;
      right.append(letter);
      if (d != b) {
        out.append(letter);
      }
    }
    Tensor product = Np.einsum(left + "," + right + "->" + out, x, y);
    return List.of(product.rank() == 1 ? Np.expandDims(product, 1) : product);
  }

  /** There is no mask of products. */
  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    return Collections.singletonList(null);
  }
}
