package org.cornu.stablehlo.passes;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * The tangent of a window maximum as a {@code reduce_window} over pairs of operand and tangent,
 * which keeps the pair whose operand is extremal: of equal ones the first, as {@code
 * select_and_scatter} does in the other direction.
 */
final class WindowTangentLowering {
  private WindowTangentLowering() {}

  static Value lower(Op op, Rewrite.Scope scope) {
    Builder b = scope.builder();
    Value tangent = scope.get(op.operand(0));
    Value operand = scope.get(op.operand(1));
    boolean greatest = op.string("select", "GE").equals("GE");
    TensorType key = TensorType.of(operand.dtype());
    TensorType value = TensorType.of(tangent.dtype());
    Block body = new Block(List.of(key, value, key, value));
    Builder c = new Builder(body);
    c.location(op.location());
    Value keep =
        c.compare(body.argument(0), body.argument(2), greatest ? Comparison.GE : Comparison.LE);
    body.returns(
        List.of(
            c.select(keep, body.argument(0), body.argument(2)),
            c.select(keep, body.argument(1), body.argument(3))));
    Value worst = b.constant(operand.dtype(), extreme(operand.dtype(), !greatest));
    Value none = b.constant(tangent.dtype(), 0);
    return b.reduceWindow(
            List.of(operand, tangent), List.of(worst, none), WindowConfig.fromOp(op), body)
        .get(1);
  }

  /** The largest or smallest value of a type. */
  private static double extreme(DType dtype, boolean largest) {
    if (!dtype.isFloat()) {
      throw new IllegalArgumentException(
          "select_and_gather_add: operand must be of a float type to be lowered, got " + dtype);
    }
    double size =
        FloatFormat.hasInfinity(dtype) ? Double.POSITIVE_INFINITY : FloatFormat.max(dtype);
    return largest ? size : -size;
  }
}
