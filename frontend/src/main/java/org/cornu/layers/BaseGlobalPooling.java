package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Collections;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The largest or mean element of each channel over all {@code rank} spatial dimensions: {@code
 * [batch, spatial…, channels]} to {@code [batch, channels]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseGlobalPooling<L extends BaseGlobalPooling<L>> extends Layer<L> {
  private static final Option<Boolean> KEEPDIMS = Option.bool("keepdims").defaultTo(false);

  private final int rank;
  private final boolean largest;

  BaseGlobalPooling(Spec spec, int rank, boolean largest) {
    super(spec);
    this.rank = rank;
    this.largest = largest;
  }

  /** The table of a global pooling layer. */
  static Spec spec(String className) {
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(ConvLayer.DATA_FORMAT, KEEPDIMS);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public final L dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }

  /** Whether the spatial dimensions stay, with size 1; default false. */
  @CanIgnoreReturnValue
  public final L keepdims(boolean value) {
    return set(KEEPDIMS, value);
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireRank(this, input, rank);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    DataFormat format = DataFormat.of(get(ConvLayer.DATA_FORMAT));
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = format.spatialAxis(i);
    }
    boolean keep = get(KEEPDIMS);
    if (largest) {
      return Np.max(x, keep, axes);
    }
    Tensor mask = call.maskOf(0);
    if (mask == null || rank != 1) {
      return Np.mean(x, keep, axes);
    }
    Tensor weights =
        Np.expandDims(Np.cast(mask, x.dtype()), format == DataFormat.CHANNELS_LAST ? 2 : 1);
    return Np.divide(Np.sum(Np.multiply(x, weights), keep, axes), Np.sum(weights, keep, axes));
  }

  /** The mask is used up: there is one element left. */
  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    return Collections.singletonList(null);
  }
}
