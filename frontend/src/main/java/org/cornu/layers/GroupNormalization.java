package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * Mean 0 and variance 1 over each group of channels of each sample, then a learned factor and
 * offset for each channel.
 */
public final class GroupNormalization extends AffineLayer<GroupNormalization> {
  private static final Option<Integer> GROUPS =
      Option.integer("groups").defaultTo(32).where("must be positive or -1", n -> n > 0 || n == -1);
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      Spec.of("keras.layers", "GroupNormalization")
          .base(OPTIONS)
          .options(
              GROUPS,
              AXIS,
              EPSILON,
              CENTER,
              SCALE,
              BETA_INITIALIZER,
              GAMMA_INITIALIZER,
              BETA_REGULARIZER,
              GAMMA_REGULARIZER,
              BETA_CONSTRAINT,
              GAMMA_CONSTRAINT)
          .create(() -> new GroupNormalization());

  /** With 32 groups. */
  public GroupNormalization() {
    super(SPEC);
  }

  /** With so many groups; -1 for one per channel. */
  public GroupNormalization(int groups) {
    this();
    set(GROUPS, groups);
  }

  /** The axis of the channels; default the last. */
  @CanIgnoreReturnValue
  public GroupNormalization axis(int value) {
    return set(AXIS, value);
  }

  private int groups(Shape input) {
    int groups = get(GROUPS);
    return groups == -1 ? (int) input.dim(get(AXIS)) : groups;
  }

  @Override
  protected void build(Shape input) {
    long channels = input.dim(get(AXIS));
    if (channels % groups(input) != 0) {
      throw new OpException(
          name()
              + ": groups must divide the channels: got "
              + groups(input)
              + " groups of "
              + channels
              + " channels");
    }
    addAffine(Shape.of(channels));
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor y =
        Nn.groupNormalization(x, groups(x.shape()), gamma(), beta(), get(AXIS), get(EPSILON));
    return Np.cast(y, computeDType());
  }
}
