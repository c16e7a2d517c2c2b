package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Symbolic inputs of models.
 *
 * <pre>{@code
 * Tensor image = Input.of(28, 28, 1);                       // f32 [?, 28, 28, 1]
 * Tensor text = Input.of(DType.I32, Input.ANY).          // i32 [?, ?]
 * }</pre>
 */
public final class Input {
  /** A size that is not known when the model is made. */
  public static final int ANY = -1;

  private Input() {}

  /** A f32 input; the shape without the batch dimension. */
  public static Tensor of(int... shape) {
    return of(DType.F32, shape);
  }

  /** An input of another type; the shape without the batch dimension. */
  public static Tensor of(DType dtype, int... shape) {
    return named(null, dtype, shape);
  }

  /** An input with a name; the shape without the batch dimension. */
  public static Tensor named(@Nullable String name, DType dtype, int... shape) {
    List<@Nullable Integer> dims = new ArrayList<>();
    dims.add(null);
    for (int size : shape) {
      dims.add(size == ANY ? null : (Integer) size);
    }
    return layer(name, dtype, dims).output();
  }

  /** An input whose batch size is fixed too. */
  public static Tensor batch(DType dtype, int... batchShape) {
    List<@Nullable Integer> dims = new ArrayList<>();
    for (int size : batchShape) {
      dims.add(size == ANY ? null : (Integer) size);
    }
    return layer(null, dtype, dims).output();
  }

  private static InputLayer layer(
      @Nullable String name, DType dtype, List<@Nullable Integer> dims) {
    InputLayer layer = new InputLayer(dims, dtype);
    return name == null ? layer : layer.name(name);
  }
}
