package org.cornu.stablehlo.interpreter;

import static org.cornu.stablehlo.interpreter.ShapeKernels.ints;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;

/** Runs blocks step by step and names, for each op code, the kernel that computes it. */
final class Evaluator {
  private static final int MAX_CACHED_CONSTANT = 1 << 16;
  private static final int MAX_DEPTH = 1000;

  final Interpreter interpreter;
  final Process process;
  private int depth;

  Evaluator(Interpreter interpreter, Process process) {
    this.interpreter = interpreter;
    this.process = process;
  }

  /** Runs a function in a frame of its own. */
  Datum[] run(Func func, Datum... arguments) {
    Plan plan = interpreter.plan(func);
    if (++depth > MAX_DEPTH) {
      throw new InterpreterException("call: calls nest deeper than " + MAX_DEPTH + ": " + func);
    }
    try {
      return run(plan.body, new Datum[plan.slots], arguments);
    } finally {
      depth--;
    }
  }

  /** Runs a block within the frame of its function. */
  Datum[] run(Plan.Body body, Datum[] frame, Datum... arguments) {
    int[] slots = body.arguments();
    if (slots.length != arguments.length) {
      throw new InterpreterException(
          "a block of " + slots.length + " arguments was given " + arguments.length);
    }
    for (int i = 0; i < slots.length; i++) {
      frame[slots[i]] = arguments[i];
    }
    for (Plan.Step step : body.steps()) {
      Datum[] operands = new Datum[step.operands.length];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = frame[step.operands[i]];
      }
      Datum[] results = step(new Call(this, step, operands, frame));
      for (int i = 0; i < step.results.length; i++) {
        frame[step.results[i]] = results[i];
      }
      for (int slot : step.dead) {
        frame[slot] = Datum.TOKEN;
      }
    }
    int[] returned = body.results();
    Datum[] out = new Datum[returned.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = frame[returned[i]];
    }
    return out;
  }

  private Datum[] step(Call call) {
    try {
      return Quantization.concerns(call) ? Quantization.run(this, call) : eval(call);
    } catch (InterpreterException e) {
      throw e.located() ? e : InterpreterException.at(call.op, e);
    } catch (RuntimeException e) {
      throw InterpreterException.at(call.op, e);
    }
  }

  private static Datum[] one(Datum value) {
    return new Datum[] {value};
  }

  /** The results of an op on values that are not quantized, or are only moved. */
  Datum[] eval(Call c) {
    OpCode code = c.op.code();
    return switch (code) {
      case ABS,
          CBRT,
          CEIL,
          COSINE,
          COUNT_LEADING_ZEROS,
          EXPONENTIAL,
          EXPONENTIAL_MINUS_ONE,
          FLOOR,
          LOG,
          LOG_PLUS_ONE,
          LOGISTIC,
          NEGATE,
          NOT,
          POPCNT,
          REAL,
          ROUND_NEAREST_AFZ,
          ROUND_NEAREST_EVEN,
          RSQRT,
          SIGN,
          SINE,
          SQRT,
          TAN,
          TANH,
          CHLO_ASIN_ACOS_KERNEL,
          CHLO_ACOS,
          CHLO_ACOSH,
          CHLO_ASIN,
          CHLO_ASINH,
          CHLO_ATAN,
          CHLO_ATANH,
          CHLO_BESSEL_I1E,
          CHLO_CONJ,
          CHLO_COSH,
          CHLO_DIGAMMA,
          CHLO_ERF,
          CHLO_ERF_INV,
          CHLO_ERFC,
          CHLO_LGAMMA,
          CHLO_SINH,
          CHLO_SQUARE,
          CHLO_TAN ->
          one(ElementwiseKernels.unary(code, c.x(0)));
      case IMAG -> one(ElementwiseKernels.imag(c.x(0)));
      case ADD,
          AND,
          ATAN2,
          DIVIDE,
          MAXIMUM,
          MINIMUM,
          MULTIPLY,
          OR,
          POWER,
          REMAINDER,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SUBTRACT,
          XOR,
          CHLO_MULHI,
          CHLO_POLYGAMMA,
          CHLO_ZETA ->
          one(ElementwiseKernels.binary(code, c.x(0), c.x(1)));
      case CHLO_NEXT_AFTER -> one(ElementwiseKernels.nextAfter(c.x(0), c.x(1)));
      case COMPLEX -> one(ElementwiseKernels.complex(c.x(0), c.x(1)));
      case IS_FINITE -> one(ElementwiseKernels.test(c.x(0), Double::isFinite));
      case CHLO_IS_INF -> one(ElementwiseKernels.test(c.x(0), Double::isInfinite));
      case CHLO_IS_NEG_INF ->
          one(ElementwiseKernels.test(c.x(0), x -> x == Double.NEGATIVE_INFINITY));
      case CHLO_IS_POS_INF ->
          one(ElementwiseKernels.test(c.x(0), x -> x == Double.POSITIVE_INFINITY));
      case COMPARE ->
          one(
              ElementwiseKernels.compare(
                  c.x(0), c.x(1), c.word("comparison_direction"), c.word("compare_type")));
      case SELECT -> one(ElementwiseKernels.select(c.x(0), c.x(1), c.x(2)));
      case CLAMP -> one(ElementwiseKernels.clamp(c.x(0), c.x(1), c.x(2)));
      case CONVERT -> one(Conversions.convert(c.x(0), c.resultDtype()));
      case BITCAST_CONVERT ->
          one(
              Conversions.bitcast(
                      c.x(0),
                      c.resultType(0).dtype(),
                      c.resultDimsOr(Conversions.bitcastDims(c.x(0), c.resultType(0).dtype())))
                  .withElement(c.resultType(0).element()));
      case REDUCE_PRECISION ->
          one(
              Conversions.reducePrecision(
                  c.x(0), c.axis("exponent_bits"), c.axis("mantissa_bits")));

      case CONSTANT, CHLO_CONSTANT -> one(constant(c.step()));
      case CHLO_CONSTANT_LIKE -> one(Broadcasting.constantLike(c));
      case IOTA ->
          one(ShapeKernels.iota(c.resultDtype(), c.resultDims(0), c.axis("iota_dimension")));
      case RESHAPE -> one(c.x(0).reshape(c.resultDims(0)).withElement(c.resultType(0).element()));
      case BROADCAST -> one(Broadcasting.broadcast(c.x(0), c.ints("broadcast_sizes")));
      case BROADCAST_IN_DIM ->
          one(
              ShapeKernels.broadcastInDim(c.x(0), c.resultDims(0), c.ints("broadcast_dimensions"))
                  .withElement(c.resultType(0).element()));
      case TRANSPOSE ->
          one(
              ShapeKernels.transpose(c.x(0), c.ints("permutation"))
                  .withElement(c.resultType(0).element()));
      case SLICE ->
          one(
              ShapeKernels.slice(
                  c.x(0), c.ints("start_indices"), c.ints("limit_indices"), c.ints("strides")));
      case REVERSE -> one(ShapeKernels.reverse(c.x(0), c.ints("dimensions")));
      case CONCATENATE -> one(ShapeKernels.concatenate(c.arrays(), c.axis("dimension")));
      case PAD ->
          one(
              ShapeKernels.pad(
                  c.x(0),
                  c.x(1),
                  c.ints("edge_padding_low"),
                  c.ints("edge_padding_high"),
                  c.ints("interior_padding")));
      case DYNAMIC_SLICE ->
          one(
              ShapeKernels.dynamicSlice(
                  c.x(0),
                  ShapeKernels.indices(c.arrays(1, c.operands.length)),
                  c.ints("slice_sizes")));
      case DYNAMIC_UPDATE_SLICE ->
          one(
              ShapeKernels.dynamicUpdateSlice(
                  c.x(0), c.x(1), ShapeKernels.indices(c.arrays(2, c.operands.length))));

      case DYNAMIC_BROADCAST_IN_DIM ->
          one(
              ShapeKernels.broadcastInDim(c.x(0), ints(c.x(1)), c.ints("broadcast_dimensions"))
                  .withElement(c.resultType(0).element()));
      case DYNAMIC_RESHAPE -> one(c.x(0).reshape(ints(c.x(1))));
      case DYNAMIC_IOTA ->
          one(ShapeKernels.iota(c.resultDtype(), ints(c.x(0)), c.axis("iota_dimension")));
      case DYNAMIC_PAD ->
          one(ShapeKernels.pad(c.x(0), c.x(1), ints(c.x(2)), ints(c.x(3)), ints(c.x(4))));
      case REAL_DYNAMIC_SLICE ->
          one(ShapeKernels.slice(c.x(0), ints(c.x(1)), ints(c.x(2)), ints(c.x(3))));
      case DYNAMIC_GATHER ->
          one(
              IndexingKernels.gather(
                  c.x(0),
                  c.x(1),
                  c.op.attribute("dimension_numbers", DimensionNumbers.Gather.class),
                  ints(c.x(2))));
      case DYNAMIC_CONV -> one(c.convolution(c.x(0), c.x(1), Broadcasting.pairs(c.x(2))));
      case GET_DIMENSION_SIZE -> one(Array.scalar(DType.I32, c.x(0).dims[c.axis("dimension")]));
      case SET_DIMENSION_SIZE ->
          one(Broadcasting.resize(c.x(0), c.axis("dimension"), ShapeKernels.index(c.x(1), 0)));

      case GATHER ->
          one(
              IndexingKernels.gather(
                  c.x(0),
                  c.x(1),
                  c.op.attribute("dimension_numbers", DimensionNumbers.Gather.class),
                  c.ints("slice_sizes")));
      case SCATTER -> {
        int n = (c.operands.length - 1) / 2;
        yield c.tuple(
            IndexingKernels.scatter(
                c.arrays(0, n),
                c.x(n),
                c.arrays(n + 1, 2 * n + 1),
                c.op.attribute("scatter_dimension_numbers", DimensionNumbers.Scatter.class),
                c.region(0)));
      }
      case TORCH_INDEX_SELECT ->
          one(IndexingKernels.indexSelect(c.x(0), c.x(1), c.axis("dim"), c.axis("batch_dims")));

      case DOT -> one(DotKernels.dot(c.x(0), c.x(1), c.resultDtype()));
      case DOT_GENERAL -> {
        DimensionNumbers.Dot dims =
            c.op.attribute("dot_dimension_numbers", DimensionNumbers.Dot.class);
        yield one(
            DotKernels.dotGeneral(
                c.x(0),
                c.x(1),
                Indexing.ints(dims.lhsBatching()),
                Indexing.ints(dims.rhsBatching()),
                Indexing.ints(dims.lhsContracting()),
                Indexing.ints(dims.rhsContracting()),
                c.resultDtype()));
      }
      case EINSUM, UNARY_EINSUM ->
          one(DotKernels.einsum(c.op.string("einsum_config", ""), c.arrays(), c.resultDtype()));
      case CHLO_RAGGED_DOT -> one(Broadcasting.raggedDot(c));
      case CONVOLUTION -> one(c.convolution(c.x(0), c.x(1), new int[0][]));

      case REDUCE -> {
        int n = c.operands.length / 2;
        yield c.tuple(
            WindowKernels.reduce(
                c.arrays(0, n), c.arrays(n, 2 * n), c.ints("dimensions"), c.region(0)));
      }
      case REDUCE_WINDOW -> {
        int n = c.operands.length / 2;
        yield c.tuple(
            WindowKernels.reduceWindow(
                c.arrays(0, n), c.arrays(n, 2 * n), c.window(), c.region(0)));
      }
      case SELECT_AND_SCATTER ->
          one(
              WindowKernels.selectAndScatter(
                  c.x(0), c.x(1), c.x(2), c.window(), c.region(0), c.region(1)));
      case SELECT_AND_GATHER_ADD ->
          one(
              WindowKernels.selectAndGatherAdd(
                  c.x(0), c.x(1), c.window(), c.op.string("select", "GE").equals("GE")));
      case SORT -> {
        int axis = Math.toIntExact(c.op.intAttribute("dimension", -1));
        int rank = c.x(0).rank();
        yield c.tuple(SortKernels.sort(c.arrays(), axis < 0 ? axis + rank : axis, c.region(0)));
      }
      case CHLO_TOP_K -> c.tuple(SortKernels.topK(c.x(0), c.axis("k")));
      case MAP -> one(ControlFlow.map(c));

      case FFT -> one(FftKernels.fft(c.x(0), c.op.keyword("fft_type", ""), c.ints("fft_length")));
      case CHOLESKY -> one(LinalgKernels.cholesky(c.x(0), c.op.boolAttribute("lower", false)));
      case TRIANGULAR_SOLVE ->
          one(
              LinalgKernels.triangularSolve(
                  c.x(0),
                  c.x(1),
                  c.op.boolAttribute("left_side", true),
                  c.op.boolAttribute("lower", true),
                  c.op.boolAttribute("unit_diagonal", false),
                  c.op.keyword("transpose_a", "NO_TRANSPOSE")));
      case BATCH_NORM_INFERENCE ->
          one(
              BatchNormKernels.inference(
                  c.x(0),
                  c.x(1),
                  c.x(2),
                  c.x(3).re,
                  c.x(4).re,
                  c.real("epsilon"),
                  c.axis("feature_index")));
      case BATCH_NORM_TRAINING ->
          c.tuple(
              BatchNormKernels.training(
                  c.x(0), c.x(1), c.x(2), c.real("epsilon"), c.axis("feature_index")));
      case BATCH_NORM_GRAD ->
          c.tuple(
              BatchNormKernels.gradient(
                  c.x(0),
                  c.x(1),
                  c.x(2),
                  c.x(3),
                  c.x(4),
                  c.real("epsilon"),
                  c.axis("feature_index")));
      case RNG ->
          one(
              RandomKernels.rng(
                  interpreter.random(),
                  c.x(0),
                  c.x(1),
                  ints(c.x(2)),
                  c.op.keyword("rng_distribution", "UNIFORM").equals("NORMAL")));
      case RNG_BIT_GENERATOR ->
          c.tuple(
              RandomKernels.bits(
                  c.x(0),
                  c.op.keyword("rng_algorithm", "DEFAULT"),
                  c.resultType(1).dtype(),
                  c.resultDims(1)));

      case WHILE -> ControlFlow.whileLoop(c);
      case CASE -> ControlFlow.caseOf(c);
      case IF -> c.region(c.x(0).truth() ? 0 : 1).call();
      case CALL, CUSTOM_DERIVATIVE, REMAT -> run(c.op.callee("callee"), c.operands);
      case COMPOSITE -> run(c.op.callee("decomposition"), c.operands);
      case SCAN -> ControlFlow.scan(c);
      case CHLO_SCAN -> ControlFlow.chloScan(c);
      case CUSTOM_CALL -> CustomCalls.run(c);
      case STOP_GRADIENT, SDY_SHARDING_CONSTRAINT -> one(c.operands[0]);
      case OPTIMIZATION_BARRIER -> c.operands.clone();
      case SDY_MANUAL_COMPUTATION -> Sharded.manualComputation(c);

      case TUPLE -> one(new Datum.Tuple(List.of(c.operands)));
      case GET_TUPLE_ELEMENT -> one(((Datum.Tuple) c.operands[0]).elements().get(c.axis("index")));
      case AFTER_ALL, CREATE_TOKEN -> one(Datum.TOKEN);
      case ASYNC_START ->
          one(
              new Datum.Future(
                  List.of(
                      c.op.regions().isEmpty()
                          ? run(c.op.callee("callee"), c.operands)
                          : c.region(0).call(c.operands))));
      case ASYNC_DONE -> ((Datum.Future) c.operands[0]).elements().toArray(new Datum[0]);

      case ALL_GATHER -> c.tuple(Collectives.allGather(c));
      case ALL_REDUCE -> c.tuple(Collectives.allReduce(c));
      case ALL_TO_ALL -> c.tuple(Collectives.allToAll(c));
      case COLLECTIVE_BROADCAST -> c.tuple(Collectives.broadcast(c));
      case COLLECTIVE_PERMUTE -> c.tuple(Collectives.permute(c));
      case COLLECTIVE_REDUCE -> c.tuple(Collectives.reduce(c));
      case REDUCE_SCATTER -> c.tuple(Collectives.reduceScatter(c));
      case CROSS_REPLICA_SUM -> c.tuple(Collectives.crossReplicaSum(c));
      case PARTITION_ID -> one(Array.scalar(DType.U32, process.partition()));
      case REPLICA_ID -> one(Array.scalar(DType.U32, process.replica()));
      case SEND -> one(Collectives.send(c));
      case RECV -> Collectives.receive(c);
      case INFEED -> Collectives.infeed(c);
      case OUTFEED -> one(Collectives.outfeed(c));

      case UNIFORM_QUANTIZE, UNIFORM_DEQUANTIZE ->
          throw new InterpreterException("neither operand nor result is quantized");

      case CHLO_BROADCAST_ADD -> one(Broadcasting.binary(c, OpCode.ADD));
      case CHLO_BROADCAST_AND -> one(Broadcasting.binary(c, OpCode.AND));
      case CHLO_BROADCAST_ATAN2 -> one(Broadcasting.binary(c, OpCode.ATAN2));
      case CHLO_BROADCAST_DIVIDE -> one(Broadcasting.binary(c, OpCode.DIVIDE));
      case CHLO_BROADCAST_MAXIMUM -> one(Broadcasting.binary(c, OpCode.MAXIMUM));
      case CHLO_BROADCAST_MINIMUM -> one(Broadcasting.binary(c, OpCode.MINIMUM));
      case CHLO_BROADCAST_MULTIPLY -> one(Broadcasting.binary(c, OpCode.MULTIPLY));
      case CHLO_BROADCAST_OR -> one(Broadcasting.binary(c, OpCode.OR));
      case CHLO_BROADCAST_POLYGAMMA -> one(Broadcasting.binary(c, OpCode.CHLO_POLYGAMMA));
      case CHLO_BROADCAST_POWER -> one(Broadcasting.binary(c, OpCode.POWER));
      case CHLO_BROADCAST_REMAINDER -> one(Broadcasting.binary(c, OpCode.REMAINDER));
      case CHLO_BROADCAST_SHIFT_LEFT -> one(Broadcasting.binary(c, OpCode.SHIFT_LEFT));
      case CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC ->
          one(Broadcasting.binary(c, OpCode.SHIFT_RIGHT_ARITHMETIC));
      case CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL ->
          one(Broadcasting.binary(c, OpCode.SHIFT_RIGHT_LOGICAL));
      case CHLO_BROADCAST_SUBTRACT -> one(Broadcasting.binary(c, OpCode.SUBTRACT));
      case CHLO_BROADCAST_XOR -> one(Broadcasting.binary(c, OpCode.XOR));
      case CHLO_BROADCAST_ZETA -> one(Broadcasting.binary(c, OpCode.CHLO_ZETA));
      case CHLO_BROADCAST_COMPARE -> {
        Array[] pair = Broadcasting.pair(c);
        yield one(
            ElementwiseKernels.compare(
                pair[0], pair[1], c.word("comparison_direction"), c.word("compare_type")));
      }
      case CHLO_BROADCAST_COMPLEX -> {
        Array[] pair = Broadcasting.pair(c);
        yield one(ElementwiseKernels.complex(pair[0], pair[1]));
      }
      case CHLO_BROADCAST_NEXT_AFTER -> {
        Array[] pair = Broadcasting.pair(c);
        yield one(ElementwiseKernels.nextAfter(pair[0], pair[1]));
      }
      case CHLO_BROADCAST_SELECT -> one(Broadcasting.select(c.x(0), c.x(1), c.x(2)));

      case AXIS_INDEX, AXIS_REDUCE, AXIS_GATHER, AXIS_SCATTER, AXIS_PERMUTE, AXIS_ALL_TO_ALL ->
          throw new InterpreterException(
              "axis '"
                  + c.op.string("axis", "")
                  + "' must be bound: bind it by vmap or shardMap before running the program");
      case OPAQUE -> HostOps.run(c);
    };
  }

  private static Array constant(Plan.Step step) {
    Array cached = step.constant;
    if (cached != null) {
      return cached;
    }
    Array value = Array.of(step.op.attribute("value", Attribute.Elements.class).literal());
    if (value.count <= MAX_CACHED_CONSTANT) {
      step.constant = value;
    }
    return value;
  }
}
