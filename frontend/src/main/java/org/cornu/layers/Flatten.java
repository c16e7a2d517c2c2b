package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** All dimensions behind the batch as one: {@code [batch, ...]} to {@code [batch, n]}. */
public final class Flatten extends Layer<Flatten> {
  static final Spec SPEC =
      Spec.of("keras.layers", "Flatten")
          .base(OPTIONS)
          .options(ConvLayer.DATA_FORMAT)
          .create(Flatten::new);

  /** In the order of the dimensions. */
  public Flatten() {
    super(SPEC);
  }

  /** {@code channels_first} moves the channels behind first, so that weights are portable. */
  @CanIgnoreReturnValue
  public Flatten dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor y = x;
    if (get(ConvLayer.DATA_FORMAT).equals("channels_first") && x.rank() > 1) {
      y = Np.moveaxis(x, 1, -1);
    }
    long batch = y.rank() == 0 ? 1 : y.shape().dim(0);
    return Lax.reshape(y, batch, y.shape().slice(Math.min(1, y.rank()), y.rank()).count());
  }
}
