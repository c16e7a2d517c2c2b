package org.cornu.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * In training, sets random whole channels to 0.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseSpatialDropout<L extends BaseSpatialDropout<L>> extends RandomLayer<L> {
  final int rank;

  BaseSpatialDropout(Spec spec, int rank) {
    super(spec);
    this.rank = rank;
  }

  @Override
  double strength() {
    return get(RATE);
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireRank(this, input, rank);
  }

  @Override
  Tensor noisy(Tensor x, Tensor key) {
    DataFormat format =
        rank == 1 ? DataFormat.CHANNELS_LAST : DataFormat.of(get(ConvLayer.DATA_FORMAT));
    long[] dims = x.shape().dims();
    for (int i = 0; i < rank; i++) {
      dims[format.spatialAxis(i)] = 1;
    }
    return dropout(x, key, get(RATE), dims);
  }

  /** Keras writes the name of the type, and no {@code trainable}. */
  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    config.remove("trainable");
    config.put("dtype", DTypePolicy.kerasName(policy().variable()));
    return config;
  }
}
