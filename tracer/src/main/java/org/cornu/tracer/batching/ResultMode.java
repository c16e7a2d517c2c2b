package org.cornu.tracer.batching;

/** What becomes of a result of a batched function. */
enum ResultMode {
  /** Batched if it depends on a batched argument. */
  AS_IS,
  /** Batched, broadcast where it would not be. */
  BATCHED,
  /**
   * Not batched: summed over the batch where it would be. That is the cotangent of an argument
   * which the batch shares.
   */
  SUMMED
}
