package org.cornu.stateless;

import java.util.concurrent.ThreadLocalRandom;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A stream of random keys, as {@code keras.random.SeedGenerator}: its state is {@code [seed,
 * counter]} (u32), {@link #next} returns the state, which is a key for {@code Random}, and counts
 * up.
 */
public final class SeedGenerator implements Seed {
  private final long seed;
  private final Variable state;

  /** A generator of this seed; null draws one. */
  public SeedGenerator(@Nullable Long seed) {
    this.seed = seed != null ? seed : ThreadLocalRandom.current().nextInt(1, 1 << 30);
    long word = this.seed & 0xFFFFFFFFL;
    this.state =
        Variable.named("seed_generator_state")
            .dtype(DType.U32)
            .trainable(false)
            .autocast(false)
            .initializer(
                (shape, dtype) ->
                    Lax.constant(Literal.ofLongs(TensorType.of(dtype, shape), word, 0)))
            .shape(2);
  }

  /**
   * The key of an integer seed, {@code [seed, 0]}: what Keras uses where a seed is given directly.
   */
  public static Tensor key(long seed) {
    return Tensor.of(Literal.ofLongs(TensorType.of(DType.U32, 2), seed & 0xFFFFFFFFL, 0));
  }

  /** The seed it started from. */
  public long seed() {
    return seed;
  }

  /** Its state, {@code u32[2]}. */
  public Variable state() {
    return state;
  }

  /** A key that no earlier call has returned. */
  @Override
  public Tensor next() {
    Tensor key = state.value();
    Tensor step = Lax.constant(Literal.ofLongs(TensorType.of(DType.U32, 2), 0, 1));
    state.assign(Lax.add(key, step));
    return key;
  }
}
