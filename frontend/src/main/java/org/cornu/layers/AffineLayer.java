package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A normalization followed by a learned factor and offset for each channel.
 *
 * @param <L> the layer class itself
 */
public abstract class AffineLayer<L extends AffineLayer<L>> extends Layer<L> {
  static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(0.001);
  static final Option<Boolean> CENTER = Option.bool("center").defaultTo(true);
  static final Option<Boolean> SCALE = Option.bool("scale").defaultTo(true);
  static final Option<Initializer> BETA_INITIALIZER =
      Option.object("beta_initializer", Initializer.FAMILY).defaultTo("zeros");
  static final Option<Initializer> GAMMA_INITIALIZER =
      Option.object("gamma_initializer", Initializer.FAMILY).defaultTo("ones");
  static final Option<Regularizer> BETA_REGULARIZER =
      Option.object("beta_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Regularizer> GAMMA_REGULARIZER =
      Option.object("gamma_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Constraint> BETA_CONSTRAINT =
      Option.object("beta_constraint", Constraint.FAMILY).nullable();
  static final Option<Constraint> GAMMA_CONSTRAINT =
      Option.object("gamma_constraint", Constraint.FAMILY).nullable();

  private @Nullable Variable gamma;
  private @Nullable Variable beta;

  AffineLayer(Spec spec) {
    super(spec);
  }

  /** Added to the variance; default 0.001. */
  @CanIgnoreReturnValue
  public final L epsilon(double value) {
    return set(EPSILON, value);
  }

  /** Whether an offset is learned; default true. */
  @CanIgnoreReturnValue
  public final L center(boolean value) {
    return set(CENTER, value);
  }

  /** Whether a factor is learned; default true. */
  @CanIgnoreReturnValue
  public final L scale(boolean value) {
    return set(SCALE, value);
  }

  /** Initial offsets; default zeros. */
  @CanIgnoreReturnValue
  public final L betaInitializer(Initializer value) {
    return set(BETA_INITIALIZER, value);
  }

  /** Initial factors; default ones. */
  @CanIgnoreReturnValue
  public final L gammaInitializer(Initializer value) {
    return set(GAMMA_INITIALIZER, value);
  }

  /** Penalty on the offsets. */
  @CanIgnoreReturnValue
  public final L betaRegularizer(@Nullable Regularizer value) {
    return set(BETA_REGULARIZER, value);
  }

  /** Penalty on the factors. */
  @CanIgnoreReturnValue
  public final L gammaRegularizer(@Nullable Regularizer value) {
    return set(GAMMA_REGULARIZER, value);
  }

  /** Projection of the offsets after each update. */
  @CanIgnoreReturnValue
  public final L betaConstraint(@Nullable Constraint value) {
    return set(BETA_CONSTRAINT, value);
  }

  /** Projection of the factors after each update. */
  @CanIgnoreReturnValue
  public final L gammaConstraint(@Nullable Constraint value) {
    return set(GAMMA_CONSTRAINT, value);
  }

  /** Makes factor and offset of this shape; mixed precision leaves them in the variables' type. */
  final void addAffine(Shape shape) {
    if (get(SCALE)) {
      gamma =
          weight("gamma", shape)
              .initializer(get(GAMMA_INITIALIZER))
              .regularizer(getOrNull(GAMMA_REGULARIZER))
              .constraint(getOrNull(GAMMA_CONSTRAINT))
              .autocast(false)
              .add();
    }
    if (get(CENTER)) {
      beta =
          weight("beta", shape)
              .initializer(get(BETA_INITIALIZER))
              .regularizer(getOrNull(BETA_REGULARIZER))
              .constraint(getOrNull(BETA_CONSTRAINT))
              .autocast(false)
              .add();
    }
  }

  /** The factor, or null where there is none. */
  final @Nullable Tensor gamma() {
    return gamma == null ? null : gamma.value();
  }

  /** The offset, or null where there is none. */
  final @Nullable Tensor beta() {
    return beta == null ? null : beta.value();
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  /** The sizes of these axes. */
  static Shape sizes(Shape input, List<Integer> axes) {
    return Shape.of(axes.stream().mapToLong(input::dim).toArray());
  }
}
