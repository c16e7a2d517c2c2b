package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.BOOL;
import static org.cornu.stablehlo.build.Adaptor.COMPLEX;
import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.INT;
import static org.cornu.stablehlo.build.Adaptor.QUANT;
import static org.cornu.stablehlo.build.Adaptor.SIGNED;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/**
 * The type rule of every op: result types from operands, attributes and regions, and all
 * constraints that the StableHLO specification puts on them. Labels such as {@code (C4)} in the
 * rules and in messages are the specification's; {@code (I2)} is the second operand.
 */
public final class TypeRules {
  private TypeRules() {}

  /**
   * Infers and checks the result types of an op.
   *
   * @param code what the op does
   * @param operands operands
   * @param attributes attributes
   * @param regions regions, complete with results
   * @param given declared result types; empty where they are to be inferred
   * @return the declared types when given, which then agree with the inferred ones up to sizes
   *     known only at run time and quantization parameters; else the inferred types
   * @throws VerifyException when a constraint is violated, or types must be given and are not
   */
  public static List<Type> infer(
      OpCode code,
      List<Value> operands,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<? extends Type> given) {
    Adaptor a = new Adaptor(code, operands, attributes, regions, given);
    if (!given.isEmpty() && anyOpaque(operands, given)) {
      // Types of other dialects (unranked tensors, buffers) are carried, not interpreted.
      return List.copyOf(given);
    }
    try {
      return infer(a);
    } catch (ArithmeticException e) {
      throw a.fail("", "a size or an attribute is beyond 64 bits");
    } catch (NumberFormatException e) {
      // Attributes that the IR keeps as text may hold anything.
      throw a.fail("", "an attribute has a malformed number");
    }
  }

  /** Checks an op that exists, as one read from text. */
  public static void check(Op op) {
    List<Type> given = RegionRules.types(op.results());
    try {
      List<Type> types = infer(op.code(), op.operands(), op.attributes(), op.regions(), given);
      if (types.size() != given.size()) {
        throw new VerifyException(
            op.code().shortName(),
            "",
            "expected " + types.size() + " results, got " + given.size(),
            op.location());
      }
    } catch (VerifyException e) {
      throw e.at(op.location());
    }
  }

  private static boolean anyOpaque(List<Value> operands, List<? extends Type> given) {
    for (Value operand : operands) {
      if (operand.type() instanceof Type.Opaque) {
        return true;
      }
    }
    for (Type type : given) {
      if (type instanceof Type.Opaque) {
        return true;
      }
    }
    return false;
  }

  private static List<Type> infer(Adaptor a) {
    return switch (a.code) {
      case ABS -> ElementwiseRules.abs(a);
      case ADD -> ElementwiseRules.add(a);
      case AND, OR, XOR -> ElementwiseRules.binary(a, BOOL | INT);
      case NOT -> ElementwiseRules.unary(a, BOOL | INT);
      case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL ->
          ElementwiseRules.binary(a, INT);
      case COUNT_LEADING_ZEROS, POPCNT -> ElementwiseRules.unary(a, INT);
      case ATAN2 -> ElementwiseRules.binary(a, FLOAT | COMPLEX | QUANT);
      case DIVIDE, POWER, REMAINDER, SUBTRACT ->
          ElementwiseRules.binary(a, INT | FLOAT | COMPLEX | QUANT);
      case MAXIMUM, MINIMUM, MULTIPLY -> ElementwiseRules.binary(a, ANY);
      case CBRT,
          COSINE,
          EXPONENTIAL,
          EXPONENTIAL_MINUS_ONE,
          LOG,
          LOG_PLUS_ONE,
          LOGISTIC,
          RSQRT,
          SINE,
          SQRT,
          TAN,
          TANH ->
          ElementwiseRules.unary(a, FLOAT | COMPLEX | QUANT);
      case CEIL, FLOOR, ROUND_NEAREST_AFZ, ROUND_NEAREST_EVEN ->
          ElementwiseRules.unary(a, FLOAT | QUANT);
      case NEGATE -> ElementwiseRules.unary(a, INT | FLOAT | COMPLEX | QUANT);
      case SIGN -> ElementwiseRules.unary(a, SIGNED | FLOAT | COMPLEX | QUANT);
      case IS_FINITE -> ElementwiseRules.predicate(a, FLOAT | QUANT);
      case REAL, IMAG -> ElementwiseRules.part(a);
      case COMPLEX -> ElementwiseRules.complex(a);
      case COMPARE -> ElementwiseRules.compare(a);
      case SELECT -> ElementwiseRules.select(a);
      case CLAMP -> ElementwiseRules.clamp(a);
      case CONVERT -> ElementwiseRules.convert(a);
      case BITCAST_CONVERT -> ElementwiseRules.bitcastConvert(a);
      case REDUCE_PRECISION -> ElementwiseRules.reducePrecision(a);
      case CONSTANT, CHLO_CONSTANT -> ShapeRules.constant(a);
      case IOTA -> ShapeRules.iota(a);
      case RESHAPE -> ShapeRules.reshape(a);
      case BROADCAST_IN_DIM -> ShapeRules.broadcastInDim(a);
      case BROADCAST -> ShapeRules.broadcast(a);
      case TRANSPOSE -> ShapeRules.transpose(a);
      case REVERSE -> ShapeRules.reverse(a);
      case CONCATENATE -> ShapeRules.concatenate(a);
      case SLICE -> ShapeRules.slice(a);
      case PAD -> ShapeRules.pad(a);
      case GET_DIMENSION_SIZE -> ShapeRules.getDimensionSize(a);
      case DOT_GENERAL -> DotRules.dotGeneral(a);
      case DOT -> DotRules.dot(a);
      case CONVOLUTION -> ConvolutionRules.convolution(a);
      case DYNAMIC_CONV -> ConvolutionRules.dynamicConv(a);
      case REDUCE -> ReductionRules.reduce(a);
      case MAP -> ReductionRules.map(a);
      case REDUCE_WINDOW -> WindowRules.reduceWindow(a);
      case SELECT_AND_SCATTER -> WindowRules.selectAndScatter(a);
      case GATHER -> IndexingRules.gather(a);
      case SCATTER -> IndexingRules.scatter(a);
      case DYNAMIC_SLICE -> IndexingRules.dynamicSlice(a);
      case DYNAMIC_UPDATE_SLICE -> IndexingRules.dynamicUpdateSlice(a);
      case TORCH_INDEX_SELECT -> IndexingRules.torchIndexSelect(a);
      case SORT -> SortRules.sort(a);
      case WHILE -> ControlFlowRules.whileLoop(a);
      case CASE -> ControlFlowRules.caseOf(a);
      case IF -> ControlFlowRules.ifOf(a);
      case CALL -> ControlFlowRules.call(a);
      case COMPOSITE -> ControlFlowRules.composite(a);
      case CUSTOM_CALL -> CustomCallRules.check(a);
      case OPTIMIZATION_BARRIER -> ControlFlowRules.identities(a);
      case TUPLE -> ControlFlowRules.tuple(a);
      case GET_TUPLE_ELEMENT -> ControlFlowRules.getTupleElement(a);
      case ASYNC_START -> ControlFlowRules.asyncStart(a);
      case ASYNC_DONE -> ControlFlowRules.asyncDone(a);
      case AFTER_ALL -> TokenRules.afterAll(a);
      case CREATE_TOKEN -> TokenRules.createToken(a);
      case INFEED -> TokenRules.infeed(a);
      case OUTFEED -> TokenRules.outfeed(a);
      case SEND -> TokenRules.send(a);
      case RECV -> TokenRules.recv(a);
      case ALL_GATHER -> CollectiveRules.allGather(a);
      case ALL_REDUCE -> CollectiveRules.allReduce(a);
      case ALL_TO_ALL -> CollectiveRules.allToAll(a);
      case COLLECTIVE_BROADCAST -> CollectiveRules.collectiveBroadcast(a);
      case COLLECTIVE_PERMUTE -> CollectiveRules.collectivePermute(a);
      case COLLECTIVE_REDUCE -> CollectiveRules.collectiveReduce(a);
      case CROSS_REPLICA_SUM -> CollectiveRules.crossReplicaSum(a);
      case REDUCE_SCATTER -> CollectiveRules.reduceScatter(a);
      case PARTITION_ID, REPLICA_ID -> CollectiveRules.id(a);
      case RNG -> RandomRules.rng(a);
      case RNG_BIT_GENERATOR -> RandomRules.rngBitGenerator(a);
      case CHOLESKY -> LinalgRules.cholesky(a);
      case TRIANGULAR_SOLVE -> LinalgRules.triangularSolve(a);
      case FFT -> LinalgRules.fft(a);
      case EINSUM -> LinalgRules.einsum(a, 2);
      case UNARY_EINSUM -> LinalgRules.einsum(a, 1);
      case BATCH_NORM_GRAD -> NormalizationRules.grad(a);
      case BATCH_NORM_INFERENCE -> NormalizationRules.inference(a);
      case BATCH_NORM_TRAINING -> NormalizationRules.training(a);
      case DYNAMIC_BROADCAST_IN_DIM -> DynamicRules.broadcastInDim(a);
      case DYNAMIC_GATHER -> DynamicRules.gather(a);
      case DYNAMIC_IOTA -> DynamicRules.iota(a);
      case DYNAMIC_PAD -> DynamicRules.pad(a);
      case DYNAMIC_RESHAPE -> DynamicRules.reshape(a);
      case REAL_DYNAMIC_SLICE -> DynamicRules.slice(a);
      case SET_DIMENSION_SIZE -> DynamicRules.setDimensionSize(a);
      case UNIFORM_QUANTIZE -> QuantizationRules.quantize(a);
      case UNIFORM_DEQUANTIZE -> QuantizationRules.dequantize(a);
      case CHLO_ASIN_ACOS_KERNEL -> ElementwiseRules.unary(a, COMPLEX);
      case CHLO_ACOS,
          CHLO_ACOSH,
          CHLO_ASIN,
          CHLO_ASINH,
          CHLO_ATAN,
          CHLO_ATANH,
          CHLO_BESSEL_I1E,
          CHLO_CONJ,
          CHLO_COSH,
          CHLO_SINH,
          CHLO_SQUARE,
          CHLO_TAN ->
          ElementwiseRules.unary(a, FLOAT | COMPLEX);
      case CHLO_DIGAMMA, CHLO_ERF, CHLO_ERF_INV, CHLO_ERFC, CHLO_LGAMMA ->
          ElementwiseRules.unary(a, FLOAT);
      case CHLO_IS_INF, CHLO_IS_NEG_INF, CHLO_IS_POS_INF -> ElementwiseRules.predicate(a, FLOAT);
      case CHLO_MULHI -> ElementwiseRules.binary(a, INT);
      case CHLO_NEXT_AFTER, CHLO_POLYGAMMA, CHLO_ZETA -> ElementwiseRules.binary(a, FLOAT);
      case CHLO_BROADCAST_ADD,
          CHLO_BROADCAST_ATAN2,
          CHLO_BROADCAST_DIVIDE,
          CHLO_BROADCAST_MAXIMUM,
          CHLO_BROADCAST_MINIMUM,
          CHLO_BROADCAST_MULTIPLY,
          CHLO_BROADCAST_NEXT_AFTER,
          CHLO_BROADCAST_POLYGAMMA,
          CHLO_BROADCAST_POWER,
          CHLO_BROADCAST_REMAINDER,
          CHLO_BROADCAST_SHIFT_LEFT,
          CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC,
          CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL,
          CHLO_BROADCAST_SUBTRACT ->
          ChloRules.broadcastBinary(a, ANY);
      case CHLO_BROADCAST_ZETA -> ChloRules.broadcastBinary(a, FLOAT);
      case CHLO_BROADCAST_AND, CHLO_BROADCAST_OR, CHLO_BROADCAST_XOR ->
          ChloRules.broadcastBinary(a, BOOL | INT);
      case CHLO_BROADCAST_COMPARE -> ChloRules.broadcastCompare(a);
      case CHLO_BROADCAST_COMPLEX -> ChloRules.broadcastComplex(a);
      case CHLO_BROADCAST_SELECT -> ChloRules.broadcastSelect(a);
      case CHLO_CONSTANT_LIKE -> ChloRules.constantLike(a);
      case CHLO_RAGGED_DOT -> ChloRules.raggedDot(a);
      case CHLO_SCAN -> ChloRules.scan(a);
      case CHLO_TOP_K -> ChloRules.topK(a);
      case SDY_SHARDING_CONSTRAINT -> OwnRules.shardingConstraint(a);
      case SDY_MANUAL_COMPUTATION -> OwnRules.manualComputation(a);
      case SCAN -> OwnRules.scan(a);
      case STOP_GRADIENT -> OwnRules.identity(a);
      case CUSTOM_DERIVATIVE, REMAT -> ControlFlowRules.called(a, "callee", "", "");
      case SELECT_AND_GATHER_ADD -> WindowRules.selectAndGatherAdd(a);
      case AXIS_INDEX -> OwnRules.axisIndex(a);
      case AXIS_REDUCE -> OwnRules.axisReduce(a);
      case AXIS_GATHER -> OwnRules.axisGather(a);
      case AXIS_SCATTER -> OwnRules.axisScatter(a);
      case AXIS_PERMUTE -> OwnRules.axisPermute(a);
      case AXIS_ALL_TO_ALL -> OwnRules.axisAllToAll(a);
      case OPAQUE -> List.copyOf(a.given);
    };
  }
}
