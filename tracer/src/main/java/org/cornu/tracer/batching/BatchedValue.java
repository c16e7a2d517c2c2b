package org.cornu.tracer.batching;

import org.cornu.stablehlo.ir.Value;

/**
 * A value of the batched program.
 *
 * @param value the value; when batched, its axis 0 is the batch dimension
 * @param batched false where the whole batch shares one value
 */
record BatchedValue(Value value, boolean batched) {
  static BatchedValue batched(Value value) {
    return new BatchedValue(value, true);
  }

  static BatchedValue shared(Value value) {
    return new BatchedValue(value, false);
  }
}
