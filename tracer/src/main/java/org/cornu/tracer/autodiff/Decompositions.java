package org.cornu.tracer.autodiff;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;

/** Ops in terms of plainer ones: for derivatives, and for compilers that do not know them. */
public final class Decompositions {
  private Decompositions() {}

  /**
   * What {@code op} computes from {@code operands}, in plainer ops: a ragged product as a dense
   * one, a scan of CHLO as Cornu's.
   *
   * @throws IllegalArgumentException for an op that has no such form here
   */
  public static List<Value> of(Builder b, Op op, List<Value> operands) {
    if (op.code() == OpCode.CHLO_RAGGED_DOT) {
      return RaggedDots.dense(b, op, operands);
    }
    if (op.code() == OpCode.CHLO_SCAN) {
      return ChloScans.plain(b, op, operands);
    }
    throw new IllegalArgumentException("decompose: no plainer form of " + op.name());
  }
}
