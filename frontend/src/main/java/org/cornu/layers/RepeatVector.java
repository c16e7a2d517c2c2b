package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** A vector n times: {@code [batch, features]} to {@code [batch, n, features]}. */
public final class RepeatVector extends Layer<RepeatVector> {
  private static final Option<Integer> N = Option.integer("n").required().positive();

  static final Spec SPEC =
      Spec.of("keras.layers", "RepeatVector")
          .base(OPTIONS)
          .options(N)
          .create(() -> new RepeatVector());

  private RepeatVector() {
    super(SPEC);
  }

  /** So many times. */
  public RepeatVector(int n) {
    this();
    set(N, n);
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() != 2) {
      throw new OpException(name() + ": the input must have 2 dimensions: got shape " + input);
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Np.repeat(Np.expandDims(x, 1), get(N), 1);
  }
}
