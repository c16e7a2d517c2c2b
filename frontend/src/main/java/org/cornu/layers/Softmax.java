package org.cornu.layers;

import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Shares that sum to 1 over one or several axes; what a mask rules out gets none. */
public final class Softmax extends Layer<Softmax> {
  private static final Option<List<Integer>> AXIS = Option.axes("axis").defaultTo(-1);

  static final Spec SPEC =
      Spec.of("keras.layers", "Softmax").base(OPTIONS).options(AXIS).create(() -> new Softmax());

  /** Over the last axis, or these. */
  public Softmax(int... axes) {
    super(SPEC);
    if (axes.length > 0) {
      set(AXIS, Arrays.stream(axes).boxed().toList());
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return masked(x, call.maskOf(0), ConvLayer.ints(get(AXIS)));
  }

  /** Softmax of the elements that count, 0 elsewhere. */
  static Tensor masked(Tensor x, @Nullable Tensor mask, int... axes) {
    if (mask == null) {
      return Nn.softmax(x, axes);
    }
    Tensor keep = mask.dtype().isBool() ? mask : Np.greater(mask, 0.5);
    Tensor low = Lax.full(x.dtype(), x.dtype() == DType.F16 ? -3e4 : -1e9);
    Tensor y = Nn.softmax(Np.where(keep, x, low), axes);
    return Np.where(keep, y, Lax.fullLike(y, 0));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
