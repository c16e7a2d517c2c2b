package org.cornu.initializers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.cornu.config.Registry;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Initial values for records of parameters, by the initializers of the layers.
 *
 * <pre>{@code
 * record Linear(Tensor kernel, Tensor bias) {}
 * record Mlp(Linear hidden, Linear out) {}
 *
 * Mlp shapes = new Mlp(linear(784, 128), linear(128, 10));       // zeros say shape and type
 * Mlp params = Initializers.fill(shapes, 42, (path, shape) ->
 *     path.endsWith("bias") ? "zeros" : "glorot_uniform");
 * }</pre>
 */
public final class Initializers {
  private Initializers() {}

  /**
   * A tree like {@code shapes}, each leaf with the values of its initializer. Leaves draw different
   * numbers: the seed of leaf {@code i}, in leaf order, is {@code seed + i}.
   *
   * @param shapes tensors whose shapes and types are kept and whose values do not matter
   * @param choose Keras' name of the initializer of a leaf, by path and shape
   */
  public static <P> P fill(P shapes, long seed, BiFunction<String, Shape, String> choose) {
    long[] next = {seed};
    return Trees.mapWithPath(
        shapes,
        (path, leaf) ->
            seeded(choose.apply(path, leaf.shape()), next[0]++).apply(leaf.shape(), leaf.dtype()));
  }

  /** A tree like {@code shapes}, each leaf with the values of the initializer made for it. */
  public static <P> P fill(P shapes, BiFunction<String, Shape, Initializer> choose) {
    return Trees.mapWithPath(
        shapes, (path, leaf) -> choose.apply(path, leaf.shape()).apply(leaf.shape(), leaf.dtype()));
  }

  /** A tree like {@code shapes}: matrices and kernels Glorot uniform, vectors and scalars zeros. */
  public static <P> P glorot(P shapes, long seed) {
    return fill(shapes, seed, (path, shape) -> shape.rank() < 2 ? "zeros" : "glorot_uniform");
  }

  private static Initializer seeded(String name, long seed) {
    Initializer made = Registry.global().get(Initializer.FAMILY, name);
    if (made.spec().option("seed") == null) {
      return made;
    }
    Map<String, @Nullable Object> config = new LinkedHashMap<>(made.getConfig());
    config.put("seed", seed);
    return (Initializer) made.spec().fromConfig(config);
  }
}
