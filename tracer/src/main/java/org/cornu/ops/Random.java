package org.cornu.ops;

/**
 * Random numbers from explicit keys, as {@code jax.random} with its default generator: the same key
 * gives the same numbers, always. Use a key once; derive others with {@link #split} and {@link
 * #foldIn}. Integers, bits and {@code uniform} in [0, 1) equal JAX's bit for bit, the other
 * distributions to rounding.
 *
 * <pre>{@code
 * Tensor key = Random.key(42);
 * Tensor keys = Random.split(key, 2);
 * Tensor x = Random.normal(Random.keyAt(keys, 0), DType.F32, 3, 4);
 * Tensor shape = Tensor.of(new float[] {0.5f, 1, 2});
 * Tensor g = Random.gamma(Random.keyAt(keys, 1), shape, DType.F32, 10, 3); // rows share the shapes
 * }</pre>
 *
 * <p>The dimensions that come last are those of the result. Parameters that are tensors broadcast
 * to them; where no dimensions are given, the result has the shape that the parameters broadcast to
 * (a scalar for numbers). Draws are differentiable in the parameters where JAX's are: {@code
 * uniform}, {@code truncatedNormal}, {@code gamma} and what is made of them.
 *
 * <p>The functions stand in parts by subject: keys and bits, uniform numbers, the normal family,
 * distributions by inversion, the gamma family, counts, choices.
 */
public final class Random extends RandomChoice {
  private Random() {}
}
