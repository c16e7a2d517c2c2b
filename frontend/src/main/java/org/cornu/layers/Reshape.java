package org.cornu.layers;

import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The same elements in another shape; the batch stays. */
public final class Reshape extends Layer<Reshape> {
  private static final Option<List<@Nullable Integer>> TARGET_SHAPE =
      Option.dims("target_shape")
          .required()
          .where(
              "must have at most one size -1",
              v -> v.stream().filter(d -> d == null || d == -1).count() <= 1);

  static final Spec SPEC =
      Spec.of("keras.layers", "Reshape").base(OPTIONS).options(TARGET_SHAPE).create(Reshape::new);

  private Reshape() {
    super(SPEC);
  }

  /** The new shape without the batch; -1 for the size that follows from the others. */
  public Reshape(int... targetShape) {
    this();
    set(TARGET_SHAPE, Arrays.stream(targetShape).<@Nullable Integer>mapToObj(d -> d).toList());
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    List<@Nullable Integer> target = get(TARGET_SHAPE);
    long[] dims = new long[target.size() + 1];
    dims[0] = x.shape().dim(0);
    for (int i = 0; i < target.size(); i++) {
      Integer size = target.get(i);
      dims[i + 1] = size == null ? -1 : size;
    }
    return Np.reshape(x, dims);
  }
}
