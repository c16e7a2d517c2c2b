package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** The jvp rule of every op: the tangents of its results, null for zero. */
final class JvpRules {
  private JvpRules() {}

  /**
   * The tangents of the results of an op of which at least one operand has one.
   *
   * @throws org.cornu.tracer.graph.MissingRuleException where the op is not differentiable
   */
  static List<@Nullable Value> tangents(JvpSite s) {
    return switch (s.op.code()) {
      case ABS -> s.one(ElementwiseJvp.abs(s));
      case ADD -> s.one(ElementwiseJvp.add(s));
      case SUBTRACT -> s.one(ElementwiseJvp.subtract(s));
      case MULTIPLY -> s.one(ElementwiseJvp.multiply(s));
      case DIVIDE -> s.one(ElementwiseJvp.divide(s));
      case REMAINDER -> s.one(ElementwiseJvp.remainder(s));
      case POWER -> s.one(ElementwiseJvp.power(s));
      case MAXIMUM, MINIMUM -> s.one(ElementwiseJvp.extremum(s));
      case CLAMP -> s.one(ElementwiseJvp.clamp(s));
      case SELECT -> {
        LogAddExp sum = LogAddExp.of(s.op);
        yield s.one(sum != null ? sum.tangent(s) : ElementwiseJvp.select(s));
      }
      case CONVERT -> s.one(ElementwiseJvp.convert(s));
      case NEGATE, REAL, IMAG, REDUCE_PRECISION, CHLO_CONJ -> s.one(ElementwiseJvp.linear(s));
      case COMPLEX -> s.one(ElementwiseJvp.complex(s));
      case EXPONENTIAL -> s.one(ElementwiseJvp.exponential(s));
      case EXPONENTIAL_MINUS_ONE -> s.one(ElementwiseJvp.exponentialMinusOne(s));
      case LOG -> s.one(ElementwiseJvp.log(s));
      case LOG_PLUS_ONE -> s.one(ElementwiseJvp.logPlusOne(s));
      case LOGISTIC -> s.one(ElementwiseJvp.logistic(s));
      case TANH -> s.one(ElementwiseJvp.tanh(s));
      case SINE -> s.one(ElementwiseJvp.sine(s));
      case COSINE -> s.one(ElementwiseJvp.cosine(s));
      case TAN, CHLO_TAN -> s.one(ElementwiseJvp.tan(s));
      case SQRT -> s.one(ElementwiseJvp.sqrt(s));
      case RSQRT -> s.one(ElementwiseJvp.rsqrt(s));
      case CBRT -> s.one(ElementwiseJvp.cbrt(s));
      case ATAN2 -> s.one(ElementwiseJvp.atan2(s));

      // Piecewise constant, or not of floating-point type: zero wherever a derivative exists.
      case SIGN,
          FLOOR,
          CEIL,
          ROUND_NEAREST_AFZ,
          ROUND_NEAREST_EVEN,
          IS_FINITE,
          COMPARE,
          AND,
          OR,
          XOR,
          NOT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          POPCNT,
          COUNT_LEADING_ZEROS,
          BITCAST_CONVERT,
          CHLO_IS_INF,
          CHLO_IS_NEG_INF,
          CHLO_IS_POS_INF,
          CHLO_MULHI,
          CHLO_NEXT_AFTER,
          CHLO_BROADCAST_AND,
          CHLO_BROADCAST_COMPARE,
          CHLO_BROADCAST_NEXT_AFTER,
          CHLO_BROADCAST_OR,
          CHLO_BROADCAST_SHIFT_LEFT,
          CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC,
          CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL,
          CHLO_BROADCAST_XOR,
          CHLO_CONSTANT_LIKE,
          GET_DIMENSION_SIZE,
          RNG_BIT_GENERATOR,
          STOP_GRADIENT ->
          s.none();

      // Without operands of floating-point type.
      case CONSTANT,
          IOTA,
          CHLO_CONSTANT,
          DYNAMIC_IOTA,
          PARTITION_ID,
          REPLICA_ID,
          CREATE_TOKEN,
          AFTER_ALL,
          AXIS_INDEX ->
          s.none();

      // Linear in every operand.
      case BROADCAST,
          BROADCAST_IN_DIM,
          RESHAPE,
          TRANSPOSE,
          REVERSE,
          CONCATENATE,
          SLICE,
          PAD,
          FFT,
          UNARY_EINSUM,
          SDY_SHARDING_CONSTRAINT,
          REDUCE_SCATTER,
          COLLECTIVE_PERMUTE,
          CROSS_REPLICA_SUM,
          AXIS_GATHER,
          AXIS_SCATTER,
          AXIS_ALL_TO_ALL ->
          s.one(IndexingJvp.leading(s, s.arity()));
      case DYNAMIC_UPDATE_SLICE, DYNAMIC_PAD -> s.one(IndexingJvp.leading(s, 2));
      case DYNAMIC_SLICE,
          GATHER,
          DYNAMIC_GATHER,
          DYNAMIC_BROADCAST_IN_DIM,
          DYNAMIC_RESHAPE,
          REAL_DYNAMIC_SLICE,
          SET_DIMENSION_SIZE ->
          s.one(IndexingJvp.leading(s, 1));
      case OPTIMIZATION_BARRIER, ALL_GATHER, ALL_TO_ALL, COLLECTIVE_BROADCAST, AXIS_PERMUTE ->
          s.pairwise();
      case ALL_REDUCE, COLLECTIVE_REDUCE -> reduction(s);
      case AXIS_REDUCE -> axisReduction(s);

      // Linear in each of two operands.
      case DOT, DOT_GENERAL, EINSUM, CONVOLUTION, DYNAMIC_CONV, CHLO_RAGGED_DOT ->
          s.one(bilinear(s));

      case REDUCE -> ReductionJvp.reduce(s);
      case MAP -> ReductionJvp.map(s);
      case REDUCE_WINDOW -> WindowJvp.reduceWindow(s);
      case SELECT_AND_SCATTER -> s.one(WindowJvp.selectAndScatter(s));
      case SELECT_AND_GATHER_ADD -> s.one(WindowJvp.selectAndGatherAdd(s));
      case SCATTER -> ScatterJvp.scatter(s);
      case SORT -> IndexingJvp.sort(s);
      case TORCH_INDEX_SELECT -> s.decompose((b, xs) -> Indices.torchIndexSelect(b, s.op, xs));
      case CHOLESKY -> s.one(LinalgJvp.cholesky(s));
      case TRIANGULAR_SOLVE -> s.one(LinalgJvp.triangularSolve(s));
      case BATCH_NORM_INFERENCE -> s.decompose((b, xs) -> Normalizations.inference(b, s.op, xs));
      case BATCH_NORM_TRAINING -> s.decompose((b, xs) -> Normalizations.training(b, s.op, xs));
      case BATCH_NORM_GRAD -> s.decompose((b, xs) -> Normalizations.gradient(b, s.op, xs));

      case CALL -> call(s);
      case COMPOSITE -> CallJvp.call(s, s.op.callee("decomposition"));
      case REMAT -> CallJvp.remat(s);
      case CUSTOM_DERIVATIVE -> CallJvp.custom(s);
      case CASE, IF -> ControlFlowJvp.branches(s);
      case WHILE -> ControlFlowJvp.loop(s);
      case SCAN -> ControlFlowJvp.scan(s);
      case SDY_MANUAL_COMPUTATION -> ControlFlowJvp.manualComputation(s);
      case CUSTOM_CALL -> customCall(s);
      case TUPLE -> s.none();
      case GET_TUPLE_ELEMENT -> s.one(tupleElement(s));

      case CHLO_SQUARE -> s.one(ChloJvp.square(s));
      case CHLO_ASIN -> s.one(ChloJvp.asin(s));
      case CHLO_ACOS -> s.one(ChloJvp.acos(s));
      case CHLO_ATAN -> s.one(ChloJvp.atan(s));
      case CHLO_SINH -> s.one(ChloJvp.sinh(s));
      case CHLO_COSH -> s.one(ChloJvp.cosh(s));
      case CHLO_ASINH -> s.one(ChloJvp.asinh(s));
      case CHLO_ACOSH -> s.one(ChloJvp.acosh(s));
      case CHLO_ATANH -> s.one(ChloJvp.atanh(s));
      case CHLO_ERF -> s.one(ChloJvp.erf(s));
      case CHLO_ERFC -> s.one(ChloJvp.erfc(s));
      case CHLO_ERF_INV -> s.one(ChloJvp.erfInv(s));
      case CHLO_LGAMMA -> s.one(ChloJvp.lgamma(s));
      case CHLO_DIGAMMA -> s.one(ChloJvp.digamma(s));
      case CHLO_POLYGAMMA -> s.one(ChloJvp.polygamma(s));
      case CHLO_ZETA -> s.one(ChloJvp.zeta(s));
      case CHLO_BESSEL_I1E -> s.one(ChloJvp.besselI1e(s));
      case CHLO_TOP_K -> ChloJvp.topK(s);
      case CHLO_BROADCAST_ADD -> ChloJvp.broadcast(s, OpCode.ADD);
      case CHLO_BROADCAST_ATAN2 -> ChloJvp.broadcast(s, OpCode.ATAN2);
      case CHLO_BROADCAST_COMPLEX -> ChloJvp.broadcast(s, OpCode.COMPLEX);
      case CHLO_BROADCAST_DIVIDE -> ChloJvp.broadcast(s, OpCode.DIVIDE);
      case CHLO_BROADCAST_MAXIMUM -> ChloJvp.broadcast(s, OpCode.MAXIMUM);
      case CHLO_BROADCAST_MINIMUM -> ChloJvp.broadcast(s, OpCode.MINIMUM);
      case CHLO_BROADCAST_MULTIPLY -> ChloJvp.broadcast(s, OpCode.MULTIPLY);
      case CHLO_BROADCAST_POLYGAMMA -> ChloJvp.broadcast(s, OpCode.CHLO_POLYGAMMA);
      case CHLO_BROADCAST_POWER -> ChloJvp.broadcast(s, OpCode.POWER);
      case CHLO_BROADCAST_REMAINDER -> ChloJvp.broadcast(s, OpCode.REMAINDER);
      case CHLO_BROADCAST_SELECT -> ChloJvp.broadcast(s, OpCode.SELECT);
      case CHLO_BROADCAST_SUBTRACT -> ChloJvp.broadcast(s, OpCode.SUBTRACT);
      case CHLO_BROADCAST_ZETA -> ChloJvp.broadcast(s, OpCode.CHLO_ZETA);

      case CHLO_ASIN_ACOS_KERNEL ->
          throw s.missing("it is an internal step of asin and acos; differentiate those");
      case CHLO_SCAN -> s.decompose((b, xs) -> ChloScans.plain(b, s.op, xs));
      case RNG -> throw s.missing("the parameters of a distribution have no derivative here");
      case UNIFORM_QUANTIZE, UNIFORM_DEQUANTIZE ->
          throw s.missing("rounding to a grid has no useful derivative; use a custom derivative");
      case INFEED, OUTFEED, SEND, RECV ->
          throw s.missing("values leave the program here; stop the gradient before it");
      case ASYNC_START, ASYNC_DONE ->
          throw s.missing("asynchronous computations appear only after compilation");
      case OPAQUE -> throw s.missing("Cornu does not know the op " + s.op.name());
    };
  }

  private static List<@Nullable Value> call(JvpSite s) {
    Func callee = s.op.callee("callee");
    List<@Nullable Value> known = KnownFunctions.tangents(s, callee);
    return known != null ? known : CallJvp.call(s, callee);
  }

  private static @Nullable Value bilinear(JvpSite s) {
    Value first = null;
    Value second = null;
    List<Value> operands = new ArrayList<>(s.xs());
    if (s.isActive(0)) {
      operands.set(0, s.dxOrZeros(0));
      first = s.again(operands.toArray(Value[]::new));
      operands.set(0, s.x(0));
    }
    if (s.isActive(1)) {
      operands.set(1, s.dxOrZeros(1));
      second = s.again(operands.toArray(Value[]::new));
    }
    return s.e.sum(first, second);
  }

  private static List<@Nullable Value> reduction(JvpSite s) {
    if (Monoid.of(s.op.region(0)) != OpCode.ADD) {
      throw s.missing("only a sum over devices is differentiable");
    }
    return s.pairwise();
  }

  private static List<@Nullable Value> axisReduction(JvpSite s) {
    String kind = s.op.string("kind", "add");
    if (!kind.equals("add")) {
      throw s.missing("a " + kind + " over a named axis is not differentiable; only a sum is");
    }
    return s.pairwise();
  }

  private static List<@Nullable Value> customCall(JvpSite s) {
    String target = s.op.string("call_target_name", "");
    if (CustomCalls.isMark(target)) {
      return s.one(s.again(s.dxOrZeros(0)));
    }
    boolean valued = s.op.results().stream().anyMatch(v -> Masks.isInexact(v.type()));
    if (CustomCalls.isOwn(target) && !valued) {
      return s.none();
    }
    throw s.missing(
        "the custom call @"
            + target
            + " is opaque; wrap it in a function with a custom derivative");
  }

  private static @Nullable Value tupleElement(JvpSite s) {
    Op tuple = s.op.operand(0).op();
    return tuple == null
        ? null
        : s.scope.tangent(tuple.operand((int) s.op.intAttribute("index", 0)));
  }
}
