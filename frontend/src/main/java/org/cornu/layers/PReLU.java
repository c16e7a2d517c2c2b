package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The positive part, and a learned slope for each element where negative. */
public final class PReLU extends Layer<PReLU> {
  private static final Option<Initializer> INITIALIZER =
      Option.object("alpha_initializer", Initializer.FAMILY).defaultTo("Zeros");
  private static final Option<Regularizer> REGULARIZER =
      Option.object("alpha_regularizer", Regularizer.FAMILY).nullable();
  private static final Option<Constraint> CONSTRAINT =
      Option.object("alpha_constraint", Constraint.FAMILY).nullable();
  private static final Option<List<Integer>> SHARED_AXES = Option.ints("shared_axes").nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "PReLU")
          .base(OPTIONS)
          .options(INITIALIZER, REGULARIZER, CONSTRAINT, SHARED_AXES)
          .create(() -> new PReLU());

  private @Nullable Variable alpha;

  /** With slopes that start at 0. */
  public PReLU() {
    super(SPEC);
  }

  /** Axes, counted with the batch, along which one slope holds. */
  @CanIgnoreReturnValue
  public PReLU sharedAxes(int... axes) {
    return set(SHARED_AXES, Arrays.stream(axes).boxed().toList());
  }

  /** Initial slopes; default zeros. */
  @CanIgnoreReturnValue
  public PReLU alphaInitializer(Initializer value) {
    return set(INITIALIZER, value);
  }

  /** Penalty on the slopes. */
  @CanIgnoreReturnValue
  public PReLU alphaRegularizer(@Nullable Regularizer value) {
    return set(REGULARIZER, value);
  }

  /** Projection of the slopes after each update. */
  @CanIgnoreReturnValue
  public PReLU alphaConstraint(@Nullable Constraint value) {
    return set(CONSTRAINT, value);
  }

  @Override
  protected void build(Shape input) {
    long[] dims = input.slice(1, input.rank()).dims();
    List<Integer> shared = getOrNull(SHARED_AXES);
    if (shared != null) {
      shared.forEach(axis -> dims[axis - 1] = 1);
    }
    alpha =
        addWeight(
            "alpha",
            Shape.of(dims),
            get(INITIALIZER),
            getOrNull(REGULARIZER),
            getOrNull(CONSTRAINT));
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor slope = Objects.requireNonNull(alpha).value();
    return Np.subtract(Nn.relu(x), Np.multiply(slope, Nn.relu(Np.negative(x))));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
