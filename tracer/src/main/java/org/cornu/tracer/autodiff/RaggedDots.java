package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.MissingRuleException;

/**
 * Ragged products as dense ones: the left factor once per group, masked to the group's rows. That
 * costs the number of groups in memory, and is how they are transposed.
 */
final class RaggedDots {
  private RaggedDots() {}

  private static List<Long> field(Op op, String name) {
    String numbers = String.valueOf(op.attribute("ragged_dot_dimension_numbers"));
    Matcher matcher = Pattern.compile(name + "\\s*=\\s*\\[([^\\]]*)\\]").matcher(numbers);
    if (!matcher.find() || matcher.group(1).isBlank()) {
      return List.of();
    }
    return Arrays.stream(matcher.group(1).split(",", -1))
        .map(text -> Long.valueOf(text.trim()))
        .toList();
  }

  private static List<Long> shifted(List<Long> dims) {
    return dims.stream().map(dim -> dim + 1).toList();
  }

  /** The op on {@code lhs, rhs, group sizes} in plain ones. */
  static List<Value> dense(Builder b, Op op, List<Value> xs) {
    List<Long> lhsBatch = field(op, "lhs_batching_dimensions");
    List<Long> rhsBatch = field(op, "rhs_batching_dimensions");
    List<Long> lhsContract = field(op, "lhs_contracting_dimensions");
    List<Long> rhsContract = field(op, "rhs_contracting_dimensions");
    long ragged = field(op, "lhs_ragged_dimensions").get(0);
    DType dtype = op.result().dtype();
    if (lhsBatch.contains(ragged)) {
      // groups of whole batches: each batch is its own product anyway
      DimensionNumbers.Dot dims =
          new DimensionNumbers.Dot(lhsBatch, rhsBatch, lhsContract, rhsContract);
      return List.of(
          b.dotGeneral(xs.get(0), xs.get(1), dims, ConvolutionConfig.precision(op), dtype));
    }
    if (xs.get(2).shape().rank() != 1) {
      throw new MissingRuleException(
          op,
          "dense form",
          "group sizes that differ along other dimensions; give one list of sizes");
    }
    Value masked = masked(b, xs.get(0), xs.get(2), (int) ragged);
    List<Long> left = new ArrayList<>();
    List<Long> right = new ArrayList<>(rhsContract);
    boolean sumsGroups = !lhsContract.contains(ragged);
    left.addAll(shifted(lhsContract));
    if (sumsGroups) {
      left.add(0L);
      right.addAll(field(op, "rhs_group_dimensions"));
    }
    DimensionNumbers.Dot dims = new DimensionNumbers.Dot(shifted(lhsBatch), rhsBatch, left, right);
    Value product = b.dotGeneral(masked, xs.get(1), dims, ConvolutionConfig.precision(op), dtype);
    if (sumsGroups) {
      return List.of(product);
    }
    // the groups stand behind the batch dimensions and belong in front
    int rank = product.shape().rank();
    List<Long> order = new ArrayList<>(Emit.list(Emit.range(0, rank)));
    Long groups = order.remove(lhsBatch.size());
    order.add(0, groups);
    return List.of(new Emit(b).transpose(product, Emit.longs(order)));
  }

  /** {@code [g, ...]}: the left factor where its ragged index lies in group g, 0 elsewhere. */
  private static Value masked(Builder b, Value lhs, Value sizes, int ragged) {
    Emit e = new Emit(b);
    long groups = sizes.shape().dim(0);
    Shape full = lhs.shape().insert(0, groups);
    TensorType square = TensorType.of(sizes.dtype(), groups, groups);
    Value wide = b.broadcastInDim(sizes, square.shape(), 1);
    // ends[g] is the sum of the sizes up to and with g
    Value ends = e.reduceSum(e.triangle(wide, true, false), 1);
    Value starts = b.subtract(ends, sizes);
    Value index = b.iota(TensorType.of(sizes.dtype(), full), ragged + 1L);
    Value behind = b.compare(index, b.broadcastInDim(starts, full, 0), Comparison.GE);
    Value before = b.compare(index, b.broadcastInDim(ends, full, 0), Comparison.LT);
    Value repeated = b.broadcastInDim(lhs, full, Emit.range(1, full.rank()));
    return b.select(b.and(behind, before), repeated, e.zeros(repeated.type()));
  }
}
