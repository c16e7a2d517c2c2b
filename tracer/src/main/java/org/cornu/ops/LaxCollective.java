package org.cornu.ops;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.cornu.tracer.Trees;

/** The part of {@link Lax} that works across a named axis of {@code vmap}. */
abstract sealed class LaxCollective extends LaxControl permits Lax {

  /** The position along a named axis, scalar i32. */
  public static Tensor axisIndex(String axis) {
    Trace.axisSize("axisIndex", axis);
    return Dispatch.one(
        (b, v) -> b.create(OpCode.AXIS_INDEX, List.of(), on(axis), List.of()).result());
  }

  /** The number of positions along a named axis. */
  public static long axisSize(String axis) {
    return Trace.axisSize("axisSize", axis);
  }

  /** The sum over a named axis, of every tensor of a tree; bools are counted, in i32. */
  public static <T> T psum(T x, String axis) {
    T numbers = Trees.map(x, t -> t.dtype().isBool() ? convertElementType(t, DType.I32) : t);
    return reduce("psum", numbers, axis, "add");
  }

  /** The largest over a named axis, of every tensor of a tree. */
  public static <T> T pmax(T x, String axis) {
    return reduce("pmax", x, axis, "max");
  }

  /** The smallest over a named axis, of every tensor of a tree. */
  public static <T> T pmin(T x, String axis) {
    return reduce("pmin", x, axis, "min");
  }

  /** The mean over a named axis, of every tensor of a tree; of integers and bools a float. */
  public static <T> T pmean(T x, String axis) {
    double size = Trace.axisSize("pmean", axis);
    return Trees.map(psum(x, axis), t -> Np.divide(t, size));
  }

  private static <T> T reduce(String name, T x, String axis, String kind) {
    Trace.axisSize(name, axis);
    return Trees.map(x, t -> over(t, OpCode.AXIS_REDUCE, axis, "kind", new Attribute.Str(kind)));
  }

  /**
   * Sends values along a named axis: {@code pairs} of source and target positions; positions that
   * nothing is sent to get zeros.
   */
  public static <T> T ppermute(T x, String axis, long[][] pairs) {
    long size = Trace.axisSize("ppermute", axis);
    long[] flat = new long[2 * pairs.length];
    Set<Long> targets = new HashSet<>();
    Set<Long> sources = new HashSet<>();
    for (int i = 0; i < pairs.length; i++) {
      flat[2 * i] = pairs[i][0];
      flat[2 * i + 1] = pairs[i][1];
      for (long position : pairs[i]) {
        if (position < 0 || position >= size) {
          throw new OpException(
              "ppermute: axis '" + axis + "' has " + size + " positions: got " + position,
              "positions count from 0 to " + (size - 1));
        }
      }
      if (!sources.add(pairs[i][0]) || !targets.add(pairs[i][1])) {
        throw new OpException(
            "ppermute: a position may send once and receive once: got "
                + Arrays.deepToString(pairs),
            "use allGather to send to several");
      }
    }
    Literal table = Literal.ofLongs(TensorType.of(DType.I64, pairs.length, 2), flat);
    return Trees.map(
        x, t -> over(t, OpCode.AXIS_PERMUTE, axis, "pairs", new Attribute.Elements(table)));
  }

  /**
   * The values of all positions along a named axis, stacked on a new dimension, or, when {@code
   * tiled}, concatenated along an existing one.
   */
  public static Tensor allGather(Tensor x, String axis, int dimension, boolean tiled) {
    long size = Trace.axisSize("allGather", axis);
    int dim = Dims.axis("allGather", dimension, tiled ? x.rank() : x.rank() + 1);
    return over(x, OpCode.AXIS_GATHER, axis, dimension(dim, tiled, size));
  }

  /** The values of all positions along a named axis, stacked on a new leading dimension. */
  public static Tensor allGather(Tensor x, String axis) {
    return allGather(x, axis, 0, false);
  }

  /**
   * The sum over a named axis, of which each position keeps its own part of {@code dimension}: a
   * slice that is dropped, or, when {@code tiled}, an equal share.
   */
  public static Tensor psumScatter(Tensor x, String axis, int dimension, boolean tiled) {
    long size = Trace.axisSize("psumScatter", axis);
    int dim = Dims.axis("psumScatter", dimension, x.rank());
    requireParts("psumScatter", x, axis, dim, size, tiled);
    return over(x, OpCode.AXIS_SCATTER, axis, dimension(dim, tiled, size));
  }

  /**
   * Every position sends each other one a part of {@code splitDimension} and puts together what it
   * receives along {@code concatDimension}. Not tiled, the split dimension has the size of the axis
   * and vanishes, and the other one is new.
   */
  public static Tensor allToAll(
      Tensor x, String axis, int splitDimension, int concatDimension, boolean tiled) {
    long size = Trace.axisSize("allToAll", axis);
    int split = Dims.axis("allToAll", splitDimension, x.rank());
    requireParts("allToAll", x, axis, split, size, tiled);
    Map<String, Attribute> attributes = new HashMap<>();
    attributes.put("split_dimension", Attribute.Int.i64(split));
    attributes.put(
        "concat_dimension", Attribute.Int.i64(Dims.axis("allToAll", concatDimension, x.rank())));
    attributes.put("tiled", new Attribute.Bool(tiled));
    attributes.put("size", Attribute.Int.i64(size));
    return over(x, OpCode.AXIS_ALL_TO_ALL, axis, attributes);
  }

  private static void requireParts(
      String name, Tensor x, String axis, int dim, long size, boolean tiled) {
    long got = x.shape().dim(dim);
    if (tiled ? size == 0 || got % size != 0 : got != size) {
      throw new OpException(
          name
              + ": dimension "
              + dim
              + " of "
              + x.type().brief()
              + (tiled ? " must be divisible by" : " must be")
              + " the size of axis '"
              + axis
              + "', "
              + size,
          tiled ? "pad it" : "reshape it, or use tiled = true for equal shares");
    }
  }

  private static Map<String, Attribute> dimension(int dim, boolean tiled, long size) {
    return Map.of(
        "dimension", Attribute.Int.i64(dim),
        "tiled", new Attribute.Bool(tiled),
        "size", Attribute.Int.i64(size));
  }

  private static Map<String, Attribute> on(String axis) {
    return Map.of("axis", new Attribute.Str(axis));
  }

  private static Tensor over(Tensor x, OpCode code, String axis, String key, Attribute value) {
    return over(x, code, axis, Map.of(key, value));
  }

  private static Tensor over(
      Tensor x, OpCode code, String axis, Map<String, Attribute> attributes) {
    Map<String, Attribute> all = new HashMap<>(attributes);
    all.putAll(on(axis));
    return Dispatch.unary(x, (b, v) -> b.create(code, List.of(v), all, List.of()).result());
  }
}
