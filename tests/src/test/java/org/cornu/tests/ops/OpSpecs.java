package org.cornu.tests.ops;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.OpCode;

/** The whole table, and the ops that have no row in it, with the reason. */
final class OpSpecs {
  private OpSpecs() {}

  static List<OpSpec> rows() {
    return OpSpec.join(
        ElementwiseSpecs.rows(),
        IntegerSpecs.rows(),
        ShapeSpecs.rows(),
        ReductionSpecs.rows(),
        LinearSpecs.rows(),
        IndexingSpecs.rows(),
        ControlSpecs.rows(),
        ChloSpecs.rows(),
        ImportedSpecs.rows(),
        ImportedChloSpecs.rows());
  }

  private static final String DEVICES =
      "moves data between devices; runs on the interpreter's process grids (stablehlo) and inside"
          + " SpmdTest's programs";
  private static final String HOST =
      "talks to the host through tokens, which the CPU plugin does not run";
  private static final String DYNAMIC =
      "its result's shape is data; programs are compiled for concrete shapes, so only the"
          + " interpreter runs it";
  private static final String AXIS =
      "bound by vmap or shardMap before a program is lowered; NamedAxisTest (tracer)";
  private static final String IMPORTED =
      "no function makes it; it comes in with programs that others wrote, and the interpreter's"
          + " programs (stablehlo) and the derivative table (tracer) run it";
  private static final String RANDOM =
      "its bits are the plugin's choice; Cornu's numbers come from threefry in plain ops"
          + " (PrngGoldensTest)";
  private static final String QUANTIZED = "the CPU plugin has no quantized types";

  /** Ops without a row, each with the reason. */
  static Map<OpCode, String> exemptions() {
    Map<OpCode, String> out = new EnumMap<>(OpCode.class);
    put(
        out,
        DEVICES,
        OpCode.ALL_GATHER,
        OpCode.ALL_REDUCE,
        OpCode.ALL_TO_ALL,
        OpCode.ASYNC_DONE,
        OpCode.ASYNC_START,
        OpCode.COLLECTIVE_BROADCAST,
        OpCode.COLLECTIVE_PERMUTE,
        OpCode.COLLECTIVE_REDUCE,
        OpCode.CROSS_REPLICA_SUM,
        OpCode.PARTITION_ID,
        OpCode.REDUCE_SCATTER,
        OpCode.REPLICA_ID,
        OpCode.SDY_SHARDING_CONSTRAINT,
        OpCode.SDY_MANUAL_COMPUTATION);
    put(
        out,
        HOST,
        OpCode.AFTER_ALL,
        OpCode.CREATE_TOKEN,
        OpCode.INFEED,
        OpCode.OUTFEED,
        OpCode.RECV,
        OpCode.SEND);
    put(
        out,
        DYNAMIC,
        OpCode.DYNAMIC_BROADCAST_IN_DIM,
        OpCode.DYNAMIC_CONV,
        OpCode.DYNAMIC_GATHER,
        OpCode.DYNAMIC_IOTA,
        OpCode.DYNAMIC_PAD,
        OpCode.DYNAMIC_RESHAPE,
        OpCode.REAL_DYNAMIC_SLICE,
        OpCode.SET_DIMENSION_SIZE);
    put(
        out,
        AXIS,
        OpCode.AXIS_INDEX,
        OpCode.AXIS_REDUCE,
        OpCode.AXIS_GATHER,
        OpCode.AXIS_SCATTER,
        OpCode.AXIS_PERMUTE,
        OpCode.AXIS_ALL_TO_ALL);
    put(out, IMPORTED, OpCode.CHLO_ASIN_ACOS_KERNEL);
    put(out, "XLA has no translation of it", OpCode.UNARY_EINSUM);
    put(out, "newer than the parser of the default plugin", OpCode.CHLO_MULHI);
    put(out, RANDOM, OpCode.RNG, OpCode.RNG_BIT_GENERATOR);
    put(out, QUANTIZED, OpCode.UNIFORM_DEQUANTIZE, OpCode.UNIFORM_QUANTIZE);
    put(out, "runs foreign code by name; CustomCallTest (pjrt)", OpCode.CUSTOM_CALL);
    put(out, "stands for ops of other dialects, which have no meaning here", OpCode.OPAQUE);
    return out;
  }

  private static void put(Map<OpCode, String> out, String reason, OpCode... codes) {
    for (OpCode code : codes) {
      out.put(code, reason);
    }
  }
}
