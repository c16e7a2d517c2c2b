package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/** The body of an op in the midst of a run: what kernels call per element or per iteration. */
final class Region {
  private final Evaluator evaluator;
  private final Plan.Body body;
  private final Datum[] frame;

  Region(Evaluator evaluator, Plan.Body body, Datum[] frame) {
    this.evaluator = evaluator;
    this.body = body;
    this.frame = frame;
  }

  /** A comparator that compares two of its arguments and does nothing else. */
  record Comparison(int lhs, int rhs, String direction, String type) {}

  /** Runs the block on these arguments. */
  Datum[] call(Datum... arguments) {
    return evaluator.run(body, frame, arguments);
  }

  /** The op that the block consists of, applied to its two arguments in order, or null. */
  @Nullable OpCode binaryOp() {
    return body.arguments().length == 2 && argumentElement(0) instanceof DType
        ? Plan.binaryOp(body)
        : null;
  }

  /** The comparison that the block consists of, or null. */
  @Nullable Comparison comparison() {
    return argumentElement(0) instanceof DType ? Plan.comparison(body) : null;
  }

  /** True when the block returns its argument {@code i} and nothing else. */
  boolean returnsArgument(int i) {
    return body.results().length == 1
        && i < body.arguments().length
        && body.results()[0] == body.arguments()[i];
  }

  /** Element type of argument {@code i}. */
  ElementType argumentElement(int i) {
    return ((TensorType) body.block().argument(i).type()).element();
  }

  /** What a comparator says of two elements. */
  boolean compares(Array x, int i, Array y, int j) {
    Comparison comparison = comparison();
    if (comparison != null && comparison.lhs() == 0 && comparison.rhs() == 1) {
      return ElementwiseKernels.compare(x, i, y, j, comparison.direction(), comparison.type());
    }
    return ((Array) call(x.at(i), y.at(j))[0]).truth();
  }
}
