package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * What each step of a backward loop adds to the cotangent of a constant of the loop, divided into a
 * part that is summed within the loop and products that are left for after it.
 *
 * @param accumulated value of the body to sum in the loop, or null
 * @param stacked values of the body to stack, factors of the products
 */
record LoopSum(@Nullable Value accumulated, List<Value> stacked) {

  static LoopSum of(@Nullable Value contribution, Block body, int firstStep) {
    return new LoopSum(contribution, new ArrayList<>());
  }

  /** The part that is computed after the loop, from the stacks of {@link #stacked}. */
  @Nullable Value after(Emit e, List<Value> stacks, List<Value> steps) {
    return null;
  }
}
