package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** {@code x * scale + offset}. */
public final class Rescaling extends Layer<Rescaling> {
  private static final Option<List<Double>> SCALE =
      Option.of("scale", new NumbersCodec()).required();
  private static final Option<List<Double>> OFFSET =
      Option.of("offset", new NumbersCodec()).defaultTo(0.0);

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
    set(SCALE, List.of(scale));
  }

  /** With a factor for each channel. */
  public Rescaling(double[] scale) {
    this();
    set(SCALE, java.util.Arrays.stream(scale).boxed().toList());
  }

  /** Added behind, one number for each channel. */
  @CanIgnoreReturnValue
  public Rescaling offset(double[] value) {
    return set(OFFSET, java.util.Arrays.stream(value).boxed().toList());
  }

  /** Added behind; default 0. */
  @CanIgnoreReturnValue
  public Rescaling offset(double value) {
    return set(OFFSET, List.of(value));
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor y = Lax.convertElementType(x, computeDType());
    return Np.add(
        Np.multiply(y, NumbersCodec.tensor(get(SCALE), y.dtype())),
        NumbersCodec.tensor(get(OFFSET), y.dtype()));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
