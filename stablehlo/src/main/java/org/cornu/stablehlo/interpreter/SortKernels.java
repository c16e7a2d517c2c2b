package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;

/** {@code sort} and {@code chlo.top_k}. Always stable, whatever the comparator says of NaN. */
final class SortKernels {
  private SortKernels() {}

  /** True when element {@code i} must stand before element {@code j}. */
  private interface Before {
    boolean test(int i, int j);
  }

  static List<Array> sort(List<Array> inputs, int axis, Region comparator) {
    Array first = inputs.get(0);
    Before before;
    Region.Comparison comparison = comparator.comparison();
    if (comparison != null) {
      Array x = inputs.get(comparison.lhs() / 2);
      Array y = inputs.get(comparison.rhs() / 2);
      boolean xIsFirst = comparison.lhs() % 2 == 0;
      boolean yIsFirst = comparison.rhs() % 2 == 0;
      before =
          (i, j) ->
              ElementwiseKernels.compare(
                  x,
                  xIsFirst ? i : j,
                  y,
                  yIsFirst ? i : j,
                  comparison.direction(),
                  comparison.type());
    } else {
      Datum[] arguments = new Datum[2 * inputs.size()];
      before =
          (i, j) -> {
            for (int k = 0; k < inputs.size(); k++) {
              arguments[2 * k] = inputs.get(k).at(i);
              arguments[2 * k + 1] = inputs.get(k).at(j);
            }
            return ((Array) comparator.call(arguments)[0]).truth();
          };
    }
    int[] positions = order(first, axis, before);
    List<Array> out = new ArrayList<>();
    for (Array input : inputs) {
      out.add(input.take(positions, input.dims));
    }
    return out;
  }

  /** For each result position the position it comes from. */
  private static int[] order(Array x, int axis, Before before) {
    int size = x.dims[axis];
    int stride = Indexing.strides(x.dims)[axis];
    int[] positions = new int[x.count];
    int[] line = new int[size];
    int[] spare = new int[size];
    for (int start = 0; start < x.count; start++) {
      if (start / stride % size != 0) {
        continue;
      }
      for (int i = 0; i < size; i++) {
        line[i] = start + i * stride;
      }
      mergeSort(line, spare, 0, size, before);
      for (int i = 0; i < size; i++) {
        positions[start + i * stride] = line[i];
      }
    }
    return positions;
  }

  private static void mergeSort(int[] line, int[] spare, int from, int to, Before before) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    mergeSort(line, spare, from, middle, before);
    mergeSort(line, spare, middle, to, before);
    if (!before.test(line[middle], line[middle - 1])) {
      return;
    }
    System.arraycopy(line, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    for (int at = from; left < middle; at++) {
      if (right < to && before.test(line[right], spare[left])) {
        line[at] = line[right++];
      } else {
        line[at] = spare[left++];
      }
    }
  }

  /** The k largest of the last dimension and their indices; NaN counts as largest. */
  static List<Array> topK(Array x, int k) {
    int axis = x.rank() - 1;
    int size = x.dims[axis];
    String type = x.dtype.isFloat() ? "TOTALORDER" : "";
    int[] positions = order(x, axis, (i, j) -> ElementwiseKernels.compare(x, i, x, j, "GT", type));
    int[] dims = x.dims.clone();
    dims[axis] = k;
    int[] chosen = new int[Indexing.count(dims)];
    long[] indices = new long[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = positions[i / k * size + i % k];
      indices[i] = chosen[i] % size;
    }
    return List.of(x.take(chosen, dims), Array.ofLongs(DType.I32, dims, indices));
  }
}
