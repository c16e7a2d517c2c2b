package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** The transpose rule of every op: cotangents of its linear operands, null for zero. */
final class TransposeRules {
  private TransposeRules() {}

  /**
   * The cotangents of the operands of a linear op of which at least one result has one. What is
   * returned for a known operand is ignored.
   *
   * @throws org.cornu.tracer.graph.MissingRuleException where the op is not linear, or cannot be
   *     turned around
   */
  static List<@Nullable Value> cotangents(TransposeSite s) {
    return switch (s.op.code()) {
      case ADD -> both(s.ct(), s.ct());
      case SUBTRACT -> ElementwiseTranspose.subtract(s);
      case NEGATE -> s.first(s.b.negate(s.ct()));
      case MULTIPLY -> ElementwiseTranspose.multiply(s);
      case DIVIDE -> s.first(s.b.divide(s.ct(), s.x(1)));
      case CONVERT -> s.first(s.b.convert(s.ct(), s.type(0).dtype()));
      case REDUCE_PRECISION ->
          s.first(s.again(s.op.attributes(), List.of(s.ct()), List.of(s.type(0))).get(0));
      case REAL -> s.first(ElementwiseTranspose.real(s));
      case IMAG -> s.first(ElementwiseTranspose.imag(s));
      case COMPLEX -> both(s.b.real(s.ct()), s.b.imag(s.b.negate(s.ct())));
      case CHLO_CONJ -> s.first(s.e.conj(s.ct()));
      case SELECT -> ElementwiseTranspose.select(s);

      case BROADCAST_IN_DIM, DYNAMIC_BROADCAST_IN_DIM -> s.first(ShapeTranspose.broadcastInDim(s));
      case BROADCAST -> s.first(ShapeTranspose.broadcast(s));
      case RESHAPE, DYNAMIC_RESHAPE -> s.first(s.e.reshape(s.ct(), s.type(0).shape()));
      case TRANSPOSE -> s.first(s.b.transpose(s.ct(), Emit.inverse(s.op.longs("permutation"))));
      case REVERSE -> s.first(s.b.reverse(s.ct(), s.op.longs("dimensions")));
      case CONCATENATE -> ShapeTranspose.concatenate(s);
      case SLICE -> s.first(ShapeTranspose.slice(s));
      case REAL_DYNAMIC_SLICE -> s.first(ShapeTranspose.realDynamicSlice(s));
      case PAD -> ShapeTranspose.pad(s);
      case DYNAMIC_PAD -> ShapeTranspose.dynamicPad(s);
      case DYNAMIC_SLICE -> s.first(ShapeTranspose.dynamicSlice(s));
      case DYNAMIC_UPDATE_SLICE -> ShapeTranspose.dynamicUpdateSlice(s);

      case REDUCE -> ReductionTranspose.reduce(s);
      case REDUCE_WINDOW -> ReductionTranspose.reduceWindow(s);
      case SELECT_AND_SCATTER -> ReductionTranspose.selectAndScatter(s);
      case SELECT_AND_GATHER_ADD -> s.first(ReductionTranspose.selectAndGatherAdd(s));

      case DOT_GENERAL, DOT -> DotTranspose.dot(s);
      case EINSUM -> DotTranspose.einsum(s);
      case UNARY_EINSUM -> s.first(DotTranspose.unaryEinsum(s));
      case CONVOLUTION -> ConvolutionTranspose.convolution(s);
      case DYNAMIC_CONV -> ConvolutionTranspose.dynamicConvolution(s);

      case GATHER -> s.first(IndexingTranspose.gather(s, s.op.longs("slice_sizes")));
      case DYNAMIC_GATHER -> s.first(IndexingTranspose.gather(s, ShapeTranspose.constants(s, 2)));
      case SCATTER -> IndexingTranspose.scatter(s);

      case TRIANGULAR_SOLVE -> LinalgTranspose.triangularSolve(s);
      case FFT -> s.first(LinalgTranspose.fft(s));

      case OPTIMIZATION_BARRIER -> CollectiveTranspose.barrier(s);
      case SDY_SHARDING_CONSTRAINT, CROSS_REPLICA_SUM ->
          s.first(s.again(s.op.attributes(), List.of(s.ct()), List.of(s.type(0))).get(0));
      case ALL_REDUCE, AXIS_REDUCE -> CollectiveTranspose.pairwise(s, s.op.attributes());
      case ALL_GATHER -> CollectiveTranspose.allGather(s);
      case REDUCE_SCATTER -> s.first(CollectiveTranspose.reduceScatter(s));
      case ALL_TO_ALL, AXIS_ALL_TO_ALL -> CollectiveTranspose.allToAll(s);
      case COLLECTIVE_PERMUTE -> CollectiveTranspose.permute(s, "source_target_pairs");
      case AXIS_PERMUTE -> CollectiveTranspose.permute(s, "pairs");
      case AXIS_GATHER, AXIS_SCATTER -> s.first(CollectiveTranspose.axis(s));
      case CUSTOM_CALL -> CollectiveTranspose.mark(s);

      case CALL -> CallTranspose.call(s);
      case REMAT -> CallTranspose.remat(s);
      case CUSTOM_DERIVATIVE -> CallTranspose.custom(s);
      case CASE, IF -> BranchTranspose.branches(s);
      case SCAN -> ScanTranspose.scan(s);
      case SDY_MANUAL_COMPUTATION -> CallTranspose.manualComputation(s);
      case WHILE ->
          throw s.missing(
              "a while loop has no reverse-mode derivative, because its number of steps is not "
                  + "known before it runs; use scan or foriLoop with a known trip count");

      case COLLECTIVE_BROADCAST -> CollectiveTranspose.broadcast(s);
      case COLLECTIVE_REDUCE -> CollectiveTranspose.reduceToOne(s);
      case SET_DIMENSION_SIZE ->
          throw s.missing("the sizes of its result are known only at run time");
      case MAP,
          COMPOSITE,
          CHLO_RAGGED_DOT,
          TORCH_INDEX_SELECT,
          GET_TUPLE_ELEMENT,
          TUPLE,
          CHLO_BROADCAST_ADD,
          CHLO_BROADCAST_COMPLEX,
          CHLO_BROADCAST_DIVIDE,
          CHLO_BROADCAST_MULTIPLY,
          CHLO_BROADCAST_SELECT,
          CHLO_BROADCAST_SUBTRACT ->
          throw s.missing("it should have been taken apart before");

      case ABS,
          AFTER_ALL,
          AND,
          ASYNC_DONE,
          ASYNC_START,
          ATAN2,
          AXIS_INDEX,
          BATCH_NORM_GRAD,
          BATCH_NORM_INFERENCE,
          BATCH_NORM_TRAINING,
          BITCAST_CONVERT,
          CBRT,
          CEIL,
          CHOLESKY,
          CLAMP,
          COMPARE,
          CONSTANT,
          COSINE,
          COUNT_LEADING_ZEROS,
          CREATE_TOKEN,
          DYNAMIC_IOTA,
          EXPONENTIAL,
          EXPONENTIAL_MINUS_ONE,
          FLOOR,
          GET_DIMENSION_SIZE,
          INFEED,
          IOTA,
          IS_FINITE,
          LOG,
          LOG_PLUS_ONE,
          LOGISTIC,
          MAXIMUM,
          MINIMUM,
          NOT,
          OR,
          OUTFEED,
          PARTITION_ID,
          POPCNT,
          POWER,
          RECV,
          REMAINDER,
          REPLICA_ID,
          RNG,
          RNG_BIT_GENERATOR,
          ROUND_NEAREST_AFZ,
          ROUND_NEAREST_EVEN,
          RSQRT,
          SEND,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SIGN,
          SINE,
          SORT,
          SQRT,
          STOP_GRADIENT,
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
          CHLO_BROADCAST_AND,
          CHLO_BROADCAST_ATAN2,
          CHLO_BROADCAST_COMPARE,
          CHLO_BROADCAST_MAXIMUM,
          CHLO_BROADCAST_MINIMUM,
          CHLO_BROADCAST_NEXT_AFTER,
          CHLO_BROADCAST_OR,
          CHLO_BROADCAST_POLYGAMMA,
          CHLO_BROADCAST_POWER,
          CHLO_BROADCAST_REMAINDER,
          CHLO_BROADCAST_SHIFT_LEFT,
          CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC,
          CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL,
          CHLO_BROADCAST_XOR,
          CHLO_BROADCAST_ZETA,
          CHLO_CONSTANT,
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
          CHLO_SCAN,
          CHLO_SINH,
          CHLO_SQUARE,
          CHLO_TAN,
          CHLO_TOP_K,
          CHLO_ZETA,
          OPAQUE ->
          throw s.nonlinear();
    };
  }

  private static List<@Nullable Value> both(Value first, Value second) {
    List<@Nullable Value> out = new ArrayList<>();
    out.add(first);
    out.add(second);
    return out;
  }
}
