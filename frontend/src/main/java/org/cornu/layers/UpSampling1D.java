package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** Each element of sequences {@code [batch, length, channels]} repeated. */
public final class UpSampling1D extends Layer<UpSampling1D> {
  private static final Option<Integer> SIZE = Option.integer("size").defaultTo(2).positive();

  static final Spec SPEC =
      Spec.of("keras.layers", "UpSampling1D")
          .base(OPTIONS)
          .options(SIZE)
          .create(() -> new UpSampling1D());

  /** Twice as long. */
  public UpSampling1D() {
    super(SPEC);
  }

  /** So many times as long. */
  public UpSampling1D(int size) {
    this();
    set(SIZE, size);
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireRank(this, input, 1);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Np.repeat(x, get(SIZE), 1);
  }
}
