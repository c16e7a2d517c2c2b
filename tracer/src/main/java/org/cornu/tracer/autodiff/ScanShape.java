package org.cornu.tracer.autodiff;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;

/** How the operands of a scan are divided. */
record ScanShape(int consts, int carry, long length, boolean reverse, long unroll) {

  static ScanShape of(Op op) {
    return new ScanShape(
        Math.toIntExact(op.intAttribute("num_consts", 0)),
        Math.toIntExact(op.intAttribute("num_carry", 0)),
        op.intAttribute("length", 0),
        op.boolAttribute("reverse", false),
        op.intAttribute("unroll", 1));
  }

  /** Constants, carries and sequences. */
  List<List<Value>> groups(List<Value> operands) {
    return List.of(
        operands.subList(0, consts),
        operands.subList(consts, consts + carry),
        operands.subList(consts + carry, operands.size()));
  }

  /** The part of {@code mask} that belongs to one of the groups of a region's arguments. */
  boolean[] groupMask(List<Value> group, boolean[] mask, Block region) {
    if (group.isEmpty()) {
      return new boolean[0];
    }
    int from = region.arguments().indexOf(group.get(0));
    return Arrays.copyOfRange(mask, from, from + group.size());
  }
}
