package org.cornu.ops;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.Tensor;

/** The part of {@link Lax} that works across a named axis of {@code vmap}. */
abstract sealed class LaxCollective extends LaxControl permits Lax {

  /** The position along a named axis, scalar i32. */
  public static Tensor axisIndex(String axis) {
    return Dispatch.one(
        (b, v) ->
            b.create(
                    OpCode.AXIS_INDEX,
                    List.of(),
                    Map.of("axis", new Attribute.Str(axis)),
                    List.of())
                .result());
  }

  /** The sum over a named axis. */
  public static Tensor psum(Tensor x, String axis) {
    return reduce(x, axis, "add");
  }

  /** The largest over a named axis. */
  public static Tensor pmax(Tensor x, String axis) {
    return reduce(x, axis, "max");
  }

  /** The smallest over a named axis. */
  public static Tensor pmin(Tensor x, String axis) {
    return reduce(x, axis, "min");
  }

  /** The mean over a named axis. */
  public static Tensor pmean(Tensor x, String axis) {
    return div(psum(x, axis), psum(fullLike(x, 1), axis));
  }

  private static Tensor reduce(Tensor x, String axis, String kind) {
    return Dispatch.unary(
        x,
        (b, v) ->
            b.create(
                    OpCode.AXIS_REDUCE,
                    List.of(v),
                    Map.of("axis", new Attribute.Str(axis), "kind", new Attribute.Str(kind)),
                    List.of())
                .result());
  }

  /**
   * Sends values along a named axis: {@code pairs} of source and target positions; positions that
   * nothing is sent to get zeros.
   */
  public static Tensor ppermute(Tensor x, String axis, long[][] pairs) {
    long[] flat = new long[2 * pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      flat[2 * i] = pairs[i][0];
      flat[2 * i + 1] = pairs[i][1];
    }
    Literal table = Literal.ofLongs(TensorType.of(DType.I64, pairs.length, 2), flat);
    return Dispatch.unary(
        x,
        (b, v) ->
            b.create(
                    OpCode.AXIS_PERMUTE,
                    List.of(v),
                    Map.of("axis", new Attribute.Str(axis), "pairs", new Attribute.Elements(table)),
                    List.of())
                .result());
  }
}
