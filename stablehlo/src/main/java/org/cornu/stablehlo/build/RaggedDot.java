package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/**
 * The type of {@code chlo.ragged_dot}: a dot_general one of whose left dimensions is split in
 * groups. With g groups, ragged rows are [b,m,k], [g,b,k,n] to [b,m,n]; a ragged sum is [b,m,k],
 * [b,k,n] to [g,b,m,n]; ragged batches are [b,m,k], [b,k,n] to [b,m,n].
 */
final class RaggedDot {
  private final Adaptor a;
  private final TensorType lhs;
  private final TensorType rhs;
  private final TensorType sizes;
  private final long[] lhsBatch;
  private final long[] rhsBatch;
  private final long[] lhsContract;
  private final long[] rhsContract;
  private final long[] ragged;
  private final long[] group;

  RaggedDot(Adaptor a, TensorType lhs, TensorType rhs, TensorType sizes, StructText numbers) {
    this.a = a;
    this.lhs = lhs;
    this.rhs = rhs;
    this.sizes = sizes;
    lhsBatch = numbers.list("lhs_batching_dimensions");
    rhsBatch = numbers.list("rhs_batching_dimensions");
    lhsContract = numbers.list("lhs_contracting_dimensions");
    rhsContract = numbers.list("rhs_contracting_dimensions");
    ragged = numbers.list("lhs_ragged_dimensions");
    group = numbers.list("rhs_group_dimensions");
  }

  List<Type> infer() {
    checkDot();
    if (ragged.length != 1) {
      throw a.fail("", "lhs must have one ragged dimension, got " + ragged.length);
    }
    a.inRange("", "ragged dimension of " + lhs.brief(), ragged, lhs.rank());
    if (sizes.rank() < 1) {
      throw a.fail("", "group sizes must have a dimension, got " + sizes.brief());
    }
    boolean batch = Adaptor.contains(lhsBatch, ragged[0]);
    boolean contracting = Adaptor.contains(lhsContract, ragged[0]);
    checkSizes(batch, contracting);
    long groups = sizes.dim(-1);
    checkGroups(batch || contracting, groups);
    List<Long> dims = new ArrayList<>();
    if (contracting) {
      dims.add(groups);
    }
    for (long dim : lhsBatch) {
      dims.add(lhs.dim((int) dim));
    }
    for (int i = 0; i < lhs.rank(); i++) {
      if (!Adaptor.contains(lhsBatch, i) && !Adaptor.contains(lhsContract, i)) {
        dims.add(lhs.dim(i));
      }
    }
    for (int i = 0; i < rhs.rank(); i++) {
      if (!Adaptor.contains(rhsBatch, i)
          && !Adaptor.contains(rhsContract, i)
          && !Adaptor.contains(group, i)) {
        dims.add(rhs.dim(i));
      }
    }
    ElementType element = a.given.isEmpty() ? lhs.element() : a.givenTensor().element();
    return a.result("", TensorType.of(element, Adaptor.array(dims)));
  }

  private void checkDot() {
    DotRules.checkPrecision(a, "");
    if (lhsBatch.length != rhsBatch.length || lhsContract.length != rhsContract.length) {
      throw a.fail("", "lhs and rhs must have as many batching and contracting dimensions");
    }
    long[] lhsUsed = Adaptor.concat(lhsBatch, lhsContract);
    long[] rhsUsed = Adaptor.concat(rhsBatch, rhsContract);
    a.unique("", "batching and contracting dimensions of lhs", lhsUsed);
    a.unique("", "batching, contracting and group dimensions of rhs", rhsUsed);
    a.inRange("", "dimensions of lhs " + lhs.brief(), lhsUsed, lhs.rank());
    a.inRange("", "dimensions of rhs " + rhs.brief(), rhsUsed, rhs.rank());
    for (int i = 0; i < lhsUsed.length; i++) {
      if (!Compatibility.sameDim(lhs.dim((int) lhsUsed[i]), rhs.dim((int) rhsUsed[i]))) {
        throw a.fail(
            "",
            "dimensions differ: lhs "
                + lhs.brief()
                + " axis "
                + lhsUsed[i]
                + ", rhs "
                + rhs.brief()
                + " axis "
                + rhsUsed[i]);
      }
    }
  }

  /** Group sizes have shape [g], or one list of sizes per outer index of the ragged dimension. */
  private void checkSizes(boolean batch, boolean contracting) {
    if (sizes.rank() == 1) {
      return;
    }
    List<Long> prefix = new ArrayList<>();
    for (long dim : lhsBatch) {
      if (batch && dim == ragged[0]) {
        break;
      }
      prefix.add(lhs.dim((int) dim));
    }
    if (contracting) {
      for (long dim : lhsContract) {
        if (dim == ragged[0]) {
          break;
        }
        prefix.add(lhs.dim((int) dim));
      }
    } else if (!batch) {
      for (int i = 0; i < ragged[0]; i++) {
        if (!Adaptor.contains(lhsBatch, i) && !Adaptor.contains(lhsContract, i)) {
          prefix.add(lhs.dim(i));
        }
      }
    }
    Shape expected = Shape.of(Adaptor.array(prefix));
    if (!Compatibility.sameShape(expected, sizes.shape().slice(0, sizes.rank() - 1))) {
      throw a.fail(
          "",
          "group sizes must have shape [g], or [g] behind " + expected + ", got " + sizes.brief());
    }
  }

  private void checkGroups(boolean none, long groups) {
    a.inRange("", "group dimensions of rhs " + rhs.brief(), group, rhs.rank());
    a.unique(
        "",
        "batching, contracting and group dimensions of rhs",
        Adaptor.concat(Adaptor.concat(rhsBatch, rhsContract), group));
    if (group.length != (none ? 0 : 1)) {
      throw a.fail(
          "",
          "rhs must have "
              + (none ? "no group dimension" : "one group dimension")
              + ", got "
              + group.length);
    }
    if (!none && !Compatibility.sameDim(groups, rhs.dim((int) group[0]))) {
      throw a.fail(
          "", "group dimension of rhs " + rhs.brief() + " must be the number of groups, " + groups);
    }
  }
}
