package org.cornu.tracer.batching;

import java.util.List;

/** Which batching rule each op has. */
final class BatchRules {
  private BatchRules() {}

  /**
   * Emits the batched form of an op at least one of whose operands or captured values is batched,
   * or that refers to the named axis of the batch.
   */
  static List<BatchedValue> apply(OpContext c) {
    return switch (c.op.code()) {
      // One element per element of operands of the same shape.
      case ABS,
          ADD,
          AND,
          ATAN2,
          CBRT,
          CEIL,
          COMPARE,
          COMPLEX,
          CONVERT,
          COSINE,
          COUNT_LEADING_ZEROS,
          DIVIDE,
          EXPONENTIAL,
          EXPONENTIAL_MINUS_ONE,
          FLOOR,
          IMAG,
          IS_FINITE,
          LOG,
          LOG_PLUS_ONE,
          LOGISTIC,
          MAXIMUM,
          MINIMUM,
          MULTIPLY,
          NEGATE,
          NOT,
          OR,
          POPCNT,
          POWER,
          REAL,
          REDUCE_PRECISION,
          REMAINDER,
          ROUND_NEAREST_AFZ,
          ROUND_NEAREST_EVEN,
          RSQRT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SIGN,
          SINE,
          SQRT,
          SUBTRACT,
          TAN,
          TANH,
          UNIFORM_DEQUANTIZE,
          UNIFORM_QUANTIZE,
          XOR,
          CHLO_ASIN_ACOS_KERNEL,
          CHLO_ACOS,
          CHLO_ACOSH,
          CHLO_ASIN,
          CHLO_ASINH,
          CHLO_ATAN,
          CHLO_ATANH,
          CHLO_BESSEL_I1E,
          CHLO_CONJ,
          CHLO_CONSTANT_LIKE,
          CHLO_COSH,
          CHLO_DIGAMMA,
          CHLO_ERF,
          CHLO_ERF_INV,
          CHLO_ERFC,
          CHLO_IS_INF,
          CHLO_IS_NEG_INF,
          CHLO_IS_POS_INF,
          CHLO_LGAMMA,
          CHLO_MULHI,
          CHLO_NEXT_AFTER,
          CHLO_POLYGAMMA,
          CHLO_SINH,
          CHLO_SQUARE,
          CHLO_TAN,
          CHLO_ZETA,
          STOP_GRADIENT ->
          ElementwiseBatching.elementwise(c);
      // Ops that work on the last dimensions and leave those in front alone.
      case BITCAST_CONVERT, CHOLESKY, FFT, RESHAPE, CHLO_TOP_K -> ElementwiseBatching.leading(c);
      case CLAMP -> ElementwiseBatching.clamp(c);
      case SELECT -> ElementwiseBatching.select(c);
      case MAP -> ElementwiseBatching.map(c);
      case OPTIMIZATION_BARRIER -> ElementwiseBatching.perOperand(c);
      case TUPLE, GET_TUPLE_ELEMENT -> ElementwiseBatching.leading(c);
      case CHLO_BROADCAST_ADD,
          CHLO_BROADCAST_AND,
          CHLO_BROADCAST_ATAN2,
          CHLO_BROADCAST_COMPARE,
          CHLO_BROADCAST_COMPLEX,
          CHLO_BROADCAST_DIVIDE,
          CHLO_BROADCAST_MAXIMUM,
          CHLO_BROADCAST_MINIMUM,
          CHLO_BROADCAST_MULTIPLY,
          CHLO_BROADCAST_NEXT_AFTER,
          CHLO_BROADCAST_OR,
          CHLO_BROADCAST_POLYGAMMA,
          CHLO_BROADCAST_POWER,
          CHLO_BROADCAST_REMAINDER,
          CHLO_BROADCAST_SELECT,
          CHLO_BROADCAST_SHIFT_LEFT,
          CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC,
          CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL,
          CHLO_BROADCAST_SUBTRACT,
          CHLO_BROADCAST_XOR,
          CHLO_BROADCAST_ZETA ->
          ElementwiseBatching.implicitBroadcast(c);
      case BROADCAST -> ShapeBatching.broadcast(c);
      case BROADCAST_IN_DIM -> ShapeBatching.broadcastInDim(c);
      case CONCATENATE -> ShapeBatching.concatenate(c);
      case PAD -> ShapeBatching.pad(c);
      case REVERSE -> c.emit(c.fullOperands(), c.shifted("dimensions"));
      case SLICE -> ShapeBatching.slice(c);
      case TRANSPOSE -> ShapeBatching.transpose(c);
      case GET_DIMENSION_SIZE -> ShapeBatching.getDimensionSize(c);
      case SET_DIMENSION_SIZE -> ShapeBatching.setDimensionSize(c);
      case DYNAMIC_BROADCAST_IN_DIM,
          DYNAMIC_CONV,
          DYNAMIC_GATHER,
          DYNAMIC_PAD,
          DYNAMIC_RESHAPE,
          REAL_DYNAMIC_SLICE ->
          DynamicBatching.withKnownShape(c);
      case REDUCE -> ReductionBatching.reduce(c);
      case REDUCE_WINDOW -> ReductionBatching.reduceWindow(c);
      case SELECT_AND_SCATTER -> ReductionBatching.selectAndScatter(c);
      case SELECT_AND_GATHER_ADD -> ReductionBatching.selectAndGatherAdd(c);
      case SORT -> ReductionBatching.sort(c);
      case BATCH_NORM_GRAD, BATCH_NORM_TRAINING -> ReductionBatching.batchNorm(c);
      case BATCH_NORM_INFERENCE -> ReductionBatching.batchNormInference(c);
      case DOT -> DotBatching.dot(c);
      case DOT_GENERAL -> DotBatching.dotGeneral(c);
      case EINSUM, UNARY_EINSUM -> DotBatching.einsum(c);
      case TRIANGULAR_SOLVE -> DotBatching.triangularSolve(c);
      case CONVOLUTION -> ConvolutionBatching.convolution(c);
      case DYNAMIC_SLICE -> IndexingBatching.dynamicSlice(c);
      case DYNAMIC_UPDATE_SLICE -> IndexingBatching.dynamicUpdateSlice(c);
      case GATHER -> IndexingBatching.gather(c);
      case SCATTER -> IndexingBatching.scatter(c);
      case TORCH_INDEX_SELECT -> IndexingBatching.torchIndexSelect(c);
      case WHILE -> LoopBatching.whileLoop(c);
      case SCAN -> LoopBatching.scan(c);
      case CHLO_SCAN -> LoopBatching.chloScan(c);
      case IF, CASE -> BranchBatching.branch(c);
      case CALL, REMAT -> CallBatching.call(c);
      case COMPOSITE -> CallBatching.composite(c);
      case CUSTOM_DERIVATIVE -> CustomBatching.customDerivative(c);
      case SDY_SHARDING_CONSTRAINT -> CollectiveBatching.shardingConstraint(c);
      case SDY_MANUAL_COMPUTATION -> CollectiveBatching.manualComputation(c);
      case ALL_REDUCE -> ElementwiseBatching.perOperand(c);
      case COLLECTIVE_PERMUTE, CROSS_REPLICA_SUM -> ElementwiseBatching.leading(c);
      case COLLECTIVE_BROADCAST, COLLECTIVE_REDUCE -> CollectiveBatching.rooted(c);
      case ALL_GATHER -> CollectiveBatching.shifted(c, "all_gather_dim");
      case REDUCE_SCATTER -> CollectiveBatching.shifted(c, "scatter_dimension");
      case ALL_TO_ALL -> CollectiveBatching.shifted(c, "split_dimension", "concat_dimension");
      case AXIS_INDEX -> AxisBatching.index(c);
      case AXIS_REDUCE -> AxisBatching.reduce(c);
      case AXIS_GATHER -> AxisBatching.gather(c);
      case AXIS_SCATTER -> AxisBatching.scatter(c);
      case AXIS_PERMUTE -> AxisBatching.permute(c);
      case AXIS_ALL_TO_ALL -> AxisBatching.allToAll(c);
      // Each element of the batch needs a run of its own.
      case RNG, RNG_BIT_GENERATOR, CHLO_RAGGED_DOT -> LoopBatching.overBatch(c);
      case CUSTOM_CALL -> CallBatching.customCall(c);
      case CHLO_CONSTANT, CONSTANT, CREATE_TOKEN, IOTA, PARTITION_ID, REPLICA_ID ->
          throw new IllegalStateException(c.op.name() + " has no operand that could be batched");
      case DYNAMIC_IOTA ->
          throw c.missing("its shape operand differs within the batch, so the sizes would too");
      case AFTER_ALL, INFEED, OUTFEED, RECV, SEND ->
          throw c.missing(
              "it talks to the host, and the order of such transfers within a batch is not"
                  + " defined; move it out of the vectorized function");
      case ASYNC_DONE, ASYNC_START ->
          throw c.missing("it splits an op into start and end; use the op itself");
      case OPAQUE -> throw c.missing("what it computes is not known");
    };
  }
}
