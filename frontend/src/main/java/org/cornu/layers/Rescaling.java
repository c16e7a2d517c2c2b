package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.tracer.Tensor;

/** {@code x * scale + offset}. */
public final class Rescaling extends Layer<Rescaling> {
  private static final Option<Double> SCALE = Option.real("scale").required();
  private static final Option<Double> OFFSET = Option.real("offset").defaultTo(0.0);

  static final Spec SPEC =
      Spec.of("keras.layers", "Rescaling")
          .base(OPTIONS)
          .options(SCALE, OFFSET)
          .create(Rescaling::new);

  private Rescaling() {
    super(SPEC);
  }

  /** With this factor. */
  public Rescaling(double scale) {
    this();
    set(SCALE, scale);
  }

  /** Added behind; default 0. */
  @CanIgnoreReturnValue
  public Rescaling offset(double value) {
    return set(OFFSET, value);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor y = Lax.convertElementType(x, computeDType());
    return Lax.add(Lax.mul(y, Lax.fullLike(y, get(SCALE))), Lax.fullLike(y, get(OFFSET)));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
