package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;

/** Contractions: {@code dot_general}, {@code dot}, {@code einsum}, {@code chlo.ragged_dot}. */
final class DotKernels {
  private DotKernels() {}

  /** Batch dimensions, then the rest of the left operand, then the rest of the right one. */
  static Array dotGeneral(
      Array x, Array y, int[] xBatch, int[] yBatch, int[] xContract, int[] yContract, DType out) {
    int[] xFree = Indexing.others(x.rank(), xBatch, xContract);
    int[] yFree = Indexing.others(y.rank(), yBatch, yContract);
    Array left = ShapeKernels.transpose(x, Indexing.concat(xBatch, xFree, xContract));
    Array right = ShapeKernels.transpose(y, Indexing.concat(yBatch, yContract, yFree));
    int[] batchDims = Indexing.pick(x.dims, xBatch);
    int[] xDims = Indexing.pick(x.dims, xFree);
    int[] yDims = Indexing.pick(y.dims, yFree);
    int batch = Indexing.count(batchDims);
    int rows = Indexing.count(xDims);
    int columns = Indexing.count(yDims);
    int depth = Indexing.count(Indexing.pick(x.dims, xContract));
    Accumulator sums = Accumulator.of(out, Indexing.concat(batchDims, xDims, yDims), left, right);
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < rows; i++) {
        int row = b * rows + i;
        for (int k = 0; k < depth; k++) {
          sums.add(row * depth + k, (b * depth + k) * columns, row * columns, columns);
        }
      }
    }
    return sums.result();
  }

  /** The legacy {@code dot}: last dimension of the left with first of the right. */
  static Array dot(Array x, Array y, DType out) {
    int[] none = {};
    return dotGeneral(x, y, none, none, new int[] {x.rank() - 1}, new int[] {0}, out);
  }

  /** {@code einsum} with one or two operands, {@code "ij,jk->ik"}; no ellipsis. */
  static Array einsum(String config, List<Array> inputs, DType out) {
    int arrow = config.indexOf("->");
    if (arrow < 0 || config.contains(".")) {
      throw new InterpreterException(
          "einsum: config must name every dimension, 'ij,jk->ik': got '" + config + "'");
    }
    String[] terms = config.substring(0, arrow).replace(" ", "").split(",", -1);
    String result = config.substring(arrow + 2).replace(" ", "");
    Array x = diagonal(inputs.get(0), terms[0]);
    String xNames = unique(terms[0]);
    Array y;
    String yNames;
    if (inputs.size() == 1) {
      y = ShapeKernels.splat(one(out), Array.SCALAR);
      yNames = "";
    } else {
      y = diagonal(inputs.get(1), terms[1]);
      yNames = unique(terms[1]);
    }
    x = sumOut(x, xNames, keep(xNames, yNames + result));
    xNames = keep(xNames, yNames + result);
    y = sumOut(y, yNames, keep(yNames, xNames + result));
    yNames = keep(yNames, xNames + result);
    String batch = keep(keep(xNames, yNames), result);
    String shared = keep(xNames, yNames);
    String summed = without(shared, result);
    Array product =
        dotGeneral(
            x,
            y,
            places(batch, xNames),
            places(batch, yNames),
            places(summed, xNames),
            places(summed, yNames),
            out);
    String order = batch + without(xNames, batch + summed) + without(yNames, batch + summed);
    return ShapeKernels.transpose(product, places(result, order));
  }

  private static Array one(DType dtype) {
    return Conversions.convert(Array.bool(true), dtype);
  }

  private static String unique(String names) {
    StringBuilder out = new StringBuilder();
    names.chars().distinct().forEach(c -> out.append((char) c));
    return out.toString();
  }

  private static String keep(String names, String wanted) {
    StringBuilder out = new StringBuilder();
    names.chars().filter(c -> wanted.indexOf(c) >= 0).forEach(c -> out.append((char) c));
    return out.toString();
  }

  private static String without(String names, String unwanted) {
    StringBuilder out = new StringBuilder();
    names.chars().filter(c -> unwanted.indexOf(c) < 0).forEach(c -> out.append((char) c));
    return out.toString();
  }

  private static int[] places(String names, String within) {
    return names.chars().map(within::indexOf).toArray();
  }

  /** Where a name repeats within one operand, its diagonal. */
  private static Array diagonal(Array x, String names) {
    String kept = unique(names);
    if (kept.length() == names.length()) {
      return x;
    }
    int[] own = Indexing.strides(x.dims);
    int[] dims = new int[kept.length()];
    int[] strides = new int[kept.length()];
    for (int i = 0; i < names.length(); i++) {
      int to = kept.indexOf(names.charAt(i));
      dims[to] = x.dims[i];
      strides[to] += own[i];
    }
    return x.take(Indexing.positions(dims, 0, strides), dims);
  }

  private static Array sumOut(Array x, String names, String kept) {
    if (kept.length() == names.length()) {
      return x;
    }
    int[] none = {};
    int[] gone = places(without(names, kept), names);
    Array ones =
        ShapeKernels.splat(
            Conversions.convert(Array.bool(true), x.dtype), Indexing.pick(x.dims, gone));
    int[] all = new int[gone.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return dotGeneral(x, ones, none, none, gone, all, x.dtype);
  }

  /**
   * A dot whose left rows are in consecutive groups, of {@code groupSizes} each. Ragged in a free
   * dimension of the left: each group meets its own right matrix. Ragged in the contracted
   * dimension: each group gives its own result, stacked in front. Ragged in a batch dimension: a
   * plain dot.
   */
  static Array raggedDot(
      Array x,
      Array y,
      Array groupSizes,
      int[] xBatch,
      int[] yBatch,
      int[] xContract,
      int[] yContract,
      int ragged,
      int[] yGroup,
      DType out) {
    if (Indexing.contains(xBatch, ragged)) {
      return dotGeneral(x, y, xBatch, yBatch, xContract, yContract, out);
    }
    boolean contracted = Indexing.contains(xContract, ragged);
    int groups = groupSizes.dims[groupSizes.rank() - 1];
    // Group sizes may differ along the leading dimensions of the left operand that they list.
    int[] sizesDims = java.util.Arrays.copyOf(groupSizes.dims, groupSizes.rank() - 1);
    int[] sizesAxes = sizesAxes(x, xBatch, xContract, ragged, contracted, sizesDims.length);
    List<Array> parts = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      Array masked = x.copy();
      mask(masked, groupSizes, sizesAxes, ragged, g);
      Array right = y;
      if (!contracted) {
        int axis = yGroup[0];
        right = squeeze(ShapeKernels.part(y, axis, groups, g), axis);
      }
      int[] yb = contracted ? yBatch : shifted(yBatch, yGroup[0]);
      int[] yc = contracted ? yContract : shifted(yContract, yGroup[0]);
      parts.add(dotGeneral(masked, right, xBatch, yb, xContract, yc, out));
    }
    if (contracted) {
      List<Array> stacked = new ArrayList<>();
      for (Array part : parts) {
        stacked.add(part.reshape(Indexing.concat(new int[] {1}, part.dims)));
      }
      return ShapeKernels.concatenate(stacked, 0);
    }
    Array sum = parts.get(0);
    for (int g = 1; g < groups; g++) {
      sum = ElementwiseKernels.binary(org.cornu.stablehlo.ir.OpCode.ADD, sum, parts.get(g));
    }
    return sum;
  }

  /**
   * The left dimensions that lead {@code group_sizes}: batch first, then those before the ragged.
   */
  private static int[] sizesAxes(
      Array x, int[] xBatch, int[] xContract, int ragged, boolean contracted, int wanted) {
    int[] free = Indexing.others(x.rank(), xBatch, xContract);
    int[] line =
        contracted ? Indexing.concat(xBatch, free, xContract) : Indexing.concat(xBatch, free);
    int[] out = new int[wanted];
    for (int i = 0; i < wanted && line[i] != ragged; i++) {
      out[i] = line[i];
    }
    return out;
  }

  private static void mask(Array x, Array sizes, int[] sizesAxes, int ragged, int group) {
    int[] index = new int[x.rank()];
    int[] strides = Indexing.strides(sizes.dims);
    Array zero = Array.zeros(x.element, Array.SCALAR);
    for (int i = 0; i < x.count; i++) {
      int at = 0;
      for (int d = 0; d < sizesAxes.length; d++) {
        at += index[sizesAxes[d]] * strides[d];
      }
      long start = 0;
      for (int g = 0; g < group; g++) {
        start += sizes.longs[at + g];
      }
      long end = start + sizes.longs[at + group];
      if (index[ragged] < start || index[ragged] >= end) {
        x.set(i, zero, 0);
      }
      Indexing.next(index, x.dims);
    }
  }

  private static Array squeeze(Array x, int axis) {
    return x.reshape(Indexing.pick(x.dims, Indexing.others(x.rank(), new int[] {axis})));
  }

  private static int[] shifted(int[] axes, int removed) {
    int[] out = axes.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] -= out[i] > removed ? 1 : 0;
    }
    return out;
  }
}
