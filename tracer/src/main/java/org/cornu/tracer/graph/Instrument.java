package org.cornu.tracer.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.InlineCalls;
import org.cornu.stablehlo.passes.LowerOwnOps;
import org.jspecify.annotations.Nullable;

/** Copies of functions with a check behind every op, inside of loops and branches too. */
public final class Instrument {
  private static final String CHECK = "cornu.error_if";
  private static final String NOTE = "cornu.note_if";

  /** What is emitted behind an op. */
  @FunctionalInterface
  private interface Probe {
    void emit(Builder b, Op op);
  }

  private final Probe probe;

  private Instrument(Probe probe) {
    this.probe = probe;
  }

  /** {@code func}, lowered, that fails with the line of the op where a check does not hold. */
  public static Func checks(Func func, Set<CheckKind> kinds) {
    return new Instrument((b, op) -> check(b, op, kinds)).copy(lowered(func));
  }

  /**
   * A function with the numbers of its ops.
   *
   * @param ops the ops of the lowered function by number
   */
  public record Noted(Func func, List<Op> ops) {}

  /**
   * {@code func}, lowered, that notes the number of each op which makes a NaN (or infinity) from
   * operands without any.
   *
   * @param infinities whether infinities count too
   */
  public static Noted notes(Func func, boolean infinities) {
    List<Op> ops = new ArrayList<>();
    Instrument instrument =
        new Instrument(
            (b, op) -> {
              Value bad = origin(b, op, infinities);
              if (bad != null) {
                call(b, NOTE, bad, Map.of("number", Attribute.Int.i64(ops.size())));
                ops.add(op);
              }
            });
    return new Noted(instrument.copy(lowered(func)), ops);
  }

  /** Without own ops and calls: what remains has regions only in loops, branches and folds. */
  public static Func lowered(Func func) {
    return InlineCalls.run(LowerOwnOps.run(func));
  }

  private Func copy(Func func) {
    Block body = new Block(func.body().argumentTypes());
    Inliner inliner = new Inliner(body).map(func.body().arguments(), body.arguments());
    copy(func.body(), body, inliner, true);
    body.returns(inliner.get(func.body().results()));
    return new Func(func.name() + "_checked", body);
  }

  private void copy(Block source, Block target, Inliner inliner, boolean probed) {
    Builder b = new Builder(target);
    for (Op op : source.ops()) {
      Op copied;
      if (op.code() == OpCode.WHILE || op.code() == OpCode.CASE || op.code() == OpCode.IF) {
        List<Block> regions = new ArrayList<>();
        for (int i = 0; i < op.regions().size(); i++) {
          Block region = op.regions().get(i);
          Block block = new Block(region.argumentTypes());
          Inliner inner = inliner.into(block).map(region.arguments(), block.arguments());
          boolean condition = op.code() == OpCode.WHILE && i == 0;
          copy(region, block, inner, probed && !condition);
          regions.add(block.returns(inner.get(region.results())));
        }
        copied =
            new Op(
                op.code(),
                op.name(),
                inliner.get(op.operands()),
                op.attributes(),
                regions,
                op.resultTypes(),
                op.location());
        target.append(copied);
        for (int i = 0; i < op.results().size(); i++) {
          inliner.map(op.result(i), copied.result(i));
        }
      } else {
        copied = inliner.copy(op);
        if (probed) {
          b.location(op.location());
          probe.emit(b, copied);
        }
      }
    }
  }

  // ---- checks

  private static void check(Builder b, Op op, Set<CheckKind> kinds) {
    String where = where(op.location());
    if (kinds.contains(CheckKind.NAN)) {
      Value bad = origin(b, op, false);
      if (bad != null) {
        fail(b, bad, op.code().shortName() + " made a NaN" + where);
      }
    }
    if (kinds.contains(CheckKind.DIVISION)
        && (op.code() == OpCode.DIVIDE || op.code() == OpCode.REMAINDER)
        && op.operand(1).dtype().isInteger()) {
      Value by = op.operand(1);
      Value zero = b.compare(by, b.constant(by.tensorType(), 0), Comparison.EQ);
      fail(b, any(b, zero), op.code().shortName() + ": an integer is divided by zero" + where);
    }
    if (kinds.contains(CheckKind.INDEX)) {
      Value outside = outside(b, op);
      if (outside != null) {
        fail(b, outside, op.code().shortName() + ": an index is out of range" + where);
      }
    }
  }

  /** {@code " at Loss.of(Loss.java:12)"}, with the function's name where it is known. */
  public static String where(Location location) {
    Location.Line line = location.innermostLine();
    if (line == null) {
      return "";
    }
    String name = location instanceof Location.Named named ? named.name() + "(" : "(";
    return " at " + name + line.file() + ":" + line.line() + ")";
  }

  private static void fail(Builder b, Value bad, String text) {
    call(b, CHECK, bad, Map.of("text", new Attribute.Str("check: " + text)));
  }

  private static void call(Builder b, String target, Value bad, Map<String, Attribute> config) {
    b.create(
        OpCode.CUSTOM_CALL,
        List.of(bad),
        Map.of(
            "call_target_name", new Attribute.Str(target),
            "api_version", Attribute.Int.i32(4),
            "backend_config", new Attribute.Dict(config),
            "has_side_effect", new Attribute.Bool(true)),
        List.of(),
        List.of());
  }

  /** Whether a result is bad and no operand is; null where no result can be. */
  private static @Nullable Value origin(Builder b, Op op, boolean infinities) {
    if (op.code() == OpCode.CONSTANT) {
      return null; // such as the identity of a maximum
    }
    Value results = anyBad(b, op.results(), infinities);
    if (results == null) {
      return null;
    }
    Value operands = anyBad(b, op.operands(), infinities);
    return operands == null ? results : b.and(results, b.not(operands));
  }

  private static @Nullable Value anyBad(Builder b, List<Value> values, boolean infinities) {
    Value out = null;
    for (Value value : values) {
      if (value.type() instanceof TensorType type && type.dtype().isInexact()) {
        Value bad = any(b, isBad(b, value, infinities));
        out = out == null ? bad : b.or(out, bad);
      }
    }
    return out;
  }

  private static Value isBad(Builder b, Value x, boolean infinities) {
    if (x.dtype().isComplex()) {
      Value re = b.create(OpCode.REAL, List.of(x), Map.of(), List.of()).result();
      Value im = b.create(OpCode.IMAG, List.of(x), Map.of(), List.of()).result();
      return b.or(isBad(b, re, infinities), isBad(b, im, infinities));
    }
    return infinities ? b.not(b.isFinite(x)) : b.compare(x, x, Comparison.NE);
  }

  private static Value any(Builder b, Value flags) {
    int rank = flags.shape().rank();
    if (rank == 0) {
      return flags;
    }
    long[] dims = new long[rank];
    Arrays.setAll(dims, i -> i);
    return b.reduce(flags, b.constant(DType.BOOL, 0), OpCode.OR, dims);
  }

  // ---- indices

  /** Whether an index of the op lies outside; null for ops without indices. */
  private static @Nullable Value outside(Builder b, Op op) {
    return switch (op.code()) {
      case GATHER -> {
        DimensionNumbers.Gather dims =
            op.attribute("dimension_numbers", DimensionNumbers.Gather.class);
        long[] sizes = op.longs("slice_sizes");
        yield vectors(
            b,
            op.operand(0).tensorType(),
            op.operand(1),
            dims.startIndexMap(),
            dims.indexVectorDim(),
            sizes);
      }
      case SCATTER -> {
        int inputs = op.results().size();
        DimensionNumbers.Scatter dims =
            op.attribute("scatter_dimension_numbers", DimensionNumbers.Scatter.class);
        TensorType operand = op.operand(0).tensorType();
        yield vectors(
            b,
            operand,
            op.operand(inputs),
            dims.scatterDimsToOperandDims(),
            dims.indexVectorDim(),
            windows(operand, op.operand(inputs + 1).tensorType(), dims));
      }
      case DYNAMIC_SLICE ->
          scalars(b, op.operand(0).tensorType(), op.operands(), 1, op.longs("slice_sizes"));
      case DYNAMIC_UPDATE_SLICE ->
          scalars(b, op.operand(0).tensorType(), op.operands(), 2, op.operand(1).shape().dims());
      default -> null;
    };
  }

  private static long[] windows(
      TensorType operand, TensorType updates, DimensionNumbers.Scatter dims) {
    long[] sizes = new long[operand.rank()];
    int next = 0;
    for (int d = 0; d < sizes.length; d++) {
      boolean dropped =
          dims.insertedWindowDims().contains((long) d)
              || dims.inputBatchingDims().contains((long) d);
      sizes[d] = dropped ? 1 : updates.dim(Math.toIntExact(dims.updateWindowDims().get(next++)));
    }
    return sizes;
  }

  private static @Nullable Value vectors(
      Builder b, TensorType operand, Value indices, List<Long> map, long vectorDim, long[] sizes) {
    Value out = null;
    int rank = indices.shape().rank();
    for (int k = 0; k < map.size(); k++) {
      Value component = indices;
      if (vectorDim < rank) {
        long[] start = new long[rank];
        long[] limit = indices.shape().dims();
        long[] strides = new long[rank];
        Arrays.fill(strides, 1);
        start[(int) vectorDim] = k;
        limit[(int) vectorDim] = k + 1L;
        component = b.slice(indices, start, limit, strides);
      }
      int dim = Math.toIntExact(map.get(k));
      out = or(b, out, beyond(b, component, operand.dim(dim) - sizes[dim]));
    }
    return out;
  }

  private static @Nullable Value scalars(
      Builder b, TensorType operand, List<Value> operands, int first, long[] sizes) {
    Value out = null;
    for (int d = 0; d < sizes.length; d++) {
      out = or(b, out, beyond(b, operands.get(first + d), operand.dim(d) - sizes[d]));
    }
    return out;
  }

  private static Value or(Builder b, @Nullable Value a, Value c) {
    return a == null ? c : b.or(a, c);
  }

  private static Value beyond(Builder b, Value index, long last) {
    Type wide = index.tensorType().withElement(DType.I64);
    Value at = b.convert(index, DType.I64);
    Value low = b.compare(at, b.constant((TensorType) wide, 0), Comparison.LT);
    Value high = b.compare(at, b.constant((TensorType) wide, last), Comparison.GT);
    return any(b, b.or(low, high));
  }
}
