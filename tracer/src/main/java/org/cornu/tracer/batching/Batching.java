package org.cornu.tracer.batching;

import java.util.Arrays;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Vectorizes a program: the function of one element becomes the function of a batch. This is the
 * graph side of {@code vmap}.
 */
public final class Batching {
  private Batching() {}

  /**
   * True when element i of the result depends on element i of each operand only, and all have one
   * shape.
   */
  public static boolean isElementwise(OpCode code) {
    return BatchRules.of(code) == BatchRules.ELEMENTWISE;
  }

  /**
   * A vectorized function.
   *
   * @param func the function; batched arguments and results carry the batch dimension at axis 0
   * @param batchedResults which results are batched; the others are the same for the whole batch
   */
  public record Batched(Func func, boolean[] batchedResults) {
    /** Copies the array. */
    public Batched {
      batchedResults = batchedResults.clone();
    }

    @Override
    public boolean[] batchedResults() {
      return batchedResults.clone();
    }

    /** True when result {@code i} is batched. */
    public boolean isBatched(int i) {
      return batchedResults[i];
    }
  }

  /**
   * Vectorizes {@code f}; results that do not depend on the batch stay unbatched.
   *
   * @param f the function of one element
   * @param batchedArguments which arguments get a batch dimension, at axis 0
   * @param size elements in the batch
   * @param axisName name under which {@code f} refers to the batch in {@code cornu.axis_*} ops, or
   *     null; ops over other names pass through
   * @throws org.cornu.tracer.graph.MissingRuleException for an op that cannot be batched, with the
   *     reason
   */
  public static Batched batch(
      Func f, boolean[] batchedArguments, long size, @Nullable String axisName) {
    return batch(f, batchedArguments, size, axisName, new boolean[f.type().results().size()]);
  }

  /**
   * Vectorizes {@code f}; the results named by {@code forceBatched} get a batch dimension even
   * where they are the same for the whole batch.
   *
   * @see #batch(Func, boolean[], long, String)
   */
  public static Batched batch(
      Func f,
      boolean[] batchedArguments,
      long size,
      @Nullable String axisName,
      boolean[] forceBatched) {
    if (size < 0) {
      throw new IllegalArgumentException("vmap: the batch size must be at least 0: got " + size);
    }
    if (batchedArguments.length != f.type().inputs().size()) {
      throw new IllegalArgumentException(
          "vmap: one flag per argument is needed: got "
              + batchedArguments.length
              + " flags for "
              + f.type());
    }
    ResultMode[] modes = new ResultMode[f.type().results().size()];
    if (forceBatched.length != modes.length) {
      throw new IllegalArgumentException(
          "vmap: one flag per result is needed: got "
              + forceBatched.length
              + " flags for "
              + f.type());
    }
    Arrays.setAll(modes, i -> forceBatched[i] ? ResultMode.BATCHED : ResultMode.AS_IS);
    return new Batcher(size, axisName).function(f, batchedArguments, modes);
  }
}
