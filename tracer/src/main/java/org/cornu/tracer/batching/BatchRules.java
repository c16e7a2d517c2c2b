package org.cornu.tracer.batching;

import java.util.List;
import org.cornu.stablehlo.ir.OpCode;

/** Which batching rule each op has. */
final class BatchRules {
  private BatchRules() {}

  /** What becomes of one op. */
  @FunctionalInterface
  interface Rule {
    List<BatchedValue> apply(OpContext c);
  }

  /** One element per element of operands of the same shape. */
  static final Rule ELEMENTWISE = ElementwiseBatching::elementwise;

  /**
   * Emits the batched form of an op at least one of whose operands or captured values is batched,
   * or that refers to the named axis of the batch.
   */
  static List<BatchedValue> apply(OpContext c) {
    return of(c.op.code()).apply(c);
  }

  /** The rule of an op code. */
  static Rule of(OpCode code) {
    return switch (code) {
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
          ELEMENTWISE;
      // Ops that work on the last dimensions and leave those in front alone.
      case BITCAST_CONVERT, CHOLESKY, FFT, RESHAPE, CHLO_TOP_K -> ElementwiseBatching::leading;
      case CLAMP -> ElementwiseBatching::clamp;
      case SELECT -> ElementwiseBatching::select;
      case MAP -> ElementwiseBatching::map;
      case OPTIMIZATION_BARRIER -> ElementwiseBatching::perOperand;
      case TUPLE, GET_TUPLE_ELEMENT -> ElementwiseBatching::leading;
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
          ElementwiseBatching::implicitBroadcast;
      case BROADCAST -> ShapeBatching::broadcast;
      case BROADCAST_IN_DIM -> ShapeBatching::broadcastInDim;
      case CONCATENATE -> ShapeBatching::concatenate;
      case PAD -> ShapeBatching::pad;
      case REVERSE -> c -> c.emit(c.fullOperands(), c.shifted("dimensions"));
      case SLICE -> ShapeBatching::slice;
      case TRANSPOSE -> ShapeBatching::transpose;
      case GET_DIMENSION_SIZE -> ShapeBatching::getDimensionSize;
      case SET_DIMENSION_SIZE -> ShapeBatching::setDimensionSize;
      case DYNAMIC_BROADCAST_IN_DIM,
          DYNAMIC_CONV,
          DYNAMIC_GATHER,
          DYNAMIC_PAD,
          DYNAMIC_RESHAPE,
          REAL_DYNAMIC_SLICE ->
          DynamicBatching::withKnownShape;
      case REDUCE -> ReductionBatching::reduce;
      case REDUCE_WINDOW -> ReductionBatching::reduceWindow;
      case SELECT_AND_SCATTER -> ReductionBatching::selectAndScatter;
      case SELECT_AND_GATHER_ADD -> ReductionBatching::selectAndGatherAdd;
      case SORT -> ReductionBatching::sort;
      case BATCH_NORM_GRAD, BATCH_NORM_TRAINING -> ReductionBatching::batchNorm;
      case BATCH_NORM_INFERENCE -> ReductionBatching::batchNormInference;
      case DOT -> DotBatching::dot;
      case DOT_GENERAL -> DotBatching::dotGeneral;
      case EINSUM, UNARY_EINSUM -> DotBatching::einsum;
      case TRIANGULAR_SOLVE -> DotBatching::triangularSolve;
      case CONVOLUTION -> ConvolutionBatching::convolution;
      case DYNAMIC_SLICE -> IndexingBatching::dynamicSlice;
      case DYNAMIC_UPDATE_SLICE -> IndexingBatching::dynamicUpdateSlice;
      case GATHER -> IndexingBatching::gather;
      case SCATTER -> IndexingBatching::scatter;
      case TORCH_INDEX_SELECT -> IndexingBatching::torchIndexSelect;
      case WHILE -> LoopBatching::whileLoop;
      case SCAN -> LoopBatching::scan;
      case CHLO_SCAN -> LoopBatching::chloScan;
      case IF, CASE -> BranchBatching::branch;
      case CALL, REMAT -> CallBatching::call;
      case COMPOSITE -> CallBatching::composite;
      case CUSTOM_DERIVATIVE -> CustomBatching::customDerivative;
      case SDY_SHARDING_CONSTRAINT -> CollectiveBatching::shardingConstraint;
      case SDY_MANUAL_COMPUTATION -> CollectiveBatching::manualComputation;
      case ALL_REDUCE -> ElementwiseBatching::perOperand;
      case COLLECTIVE_PERMUTE, CROSS_REPLICA_SUM -> ElementwiseBatching::leading;
      case COLLECTIVE_BROADCAST, COLLECTIVE_REDUCE -> CollectiveBatching::rooted;
      case ALL_GATHER -> c -> CollectiveBatching.shifted(c, "all_gather_dim");
      case REDUCE_SCATTER -> c -> CollectiveBatching.shifted(c, "scatter_dimension");
      case ALL_TO_ALL -> c -> CollectiveBatching.shifted(c, "split_dimension", "concat_dimension");
      case AXIS_INDEX -> AxisBatching::index;
      case AXIS_REDUCE -> AxisBatching::reduce;
      case AXIS_GATHER -> AxisBatching::gather;
      case AXIS_SCATTER -> AxisBatching::scatter;
      case AXIS_PERMUTE -> AxisBatching::permute;
      case AXIS_ALL_TO_ALL -> AxisBatching::allToAll;
      // Each element of the batch needs a run of its own.
      case RNG, RNG_BIT_GENERATOR, CHLO_RAGGED_DOT -> LoopBatching::overBatch;
      case CUSTOM_CALL -> CallBatching::customCall;
      case CHLO_CONSTANT, CONSTANT, CREATE_TOKEN, IOTA, PARTITION_ID, REPLICA_ID ->
          c -> {
            throw new IllegalStateException(c.op.name() + " has no operand that could be batched");
          };
      case DYNAMIC_IOTA ->
          c -> {
            throw c.missing("its shape operand differs within the batch, so the sizes would too");
          };
      case AFTER_ALL, INFEED, OUTFEED, RECV, SEND ->
          c -> {
            throw c.missing(
                "it talks to the host, and the order of such transfers within a batch is not"
                    + " defined; move it out of the vectorized function");
          };
      case ASYNC_DONE, ASYNC_START ->
          c -> {
            throw c.missing("it splits an op into start and end; use the op itself");
          };
      case OPAQUE ->
          c -> {
            throw c.missing("what it computes is not known");
          };
    };
  }
}
