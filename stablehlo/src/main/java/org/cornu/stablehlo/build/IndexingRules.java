package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.INDEX;
import static org.cornu.stablehlo.build.Adaptor.INT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of ops that read and write at computed positions. */
final class IndexingRules {
  private IndexingRules() {}

  /** A part of known size at a computed position. */
  static List<Type> dynamicSlice(Adaptor a) {
    a.atLeast(1);
    TensorType x = a.tensor(0, ANY);
    long[] sizes = a.longs("slice_sizes");
    a.size("C2", "slice_sizes of " + x.brief(), sizes, x.rank()); // (C2)
    starts(a, 1, x, "C2", "C3"); // (C2), (C3)
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 0 || (x.dim(i) != Shape.DYNAMIC && sizes[i] > x.dim(i))) {
        throw a.fail(
            "C4",
            "slice_sizes must be between 0 and the sizes of "
                + x.brief()
                + ", got "
                + Arrays.toString(sizes)); // (C4)
      }
    }
    return a.exactResult("C1", "C5", x.withShape(Shape.of(sizes))); // (C1), (C5)
  }

  private static void starts(
      Adaptor a, int from, TensorType x, String countLabel, String typeLabel) {
    if (a.count() - from != x.rank()) {
      throw a.fail(
          countLabel,
          "expected one start index per dimension of " + x.brief() + ", got " + (a.count() - from));
    }
    for (int i = from; i < a.count(); i++) {
      TensorType start = a.scalar(i, INT);
      if (start.dtype() != a.tensor(from).dtype()) {
        throw a.fail(
            typeLabel,
            "start indices must have one type, got "
                + a.tensor(from).brief()
                + " and "
                + start.brief());
      }
    }
  }

  /** A tensor with a part replaced at a computed position. */
  static List<Type> dynamicUpdateSlice(Adaptor a) {
    a.atLeast(2);
    TensorType x = a.tensor(0, ANY);
    TensorType update = a.tensor(1, ANY);
    if (!Compatibility.sameElement(x.element(), update.element())) {
      throw a.fail(
          "C2",
          "element types differ: operand " + x.brief() + ", update " + update.brief()); // (C2)
    }
    if (x.rank() != update.rank()) {
      throw a.fail(
          "C3", "ranks differ: operand " + x.brief() + ", update " + update.brief()); // (C3)
    }
    starts(a, 2, x, "C4", "C5"); // (C4), (C5)
    for (int i = 0; i < x.rank(); i++) {
      if (x.dim(i) != Shape.DYNAMIC && update.dim(i) != Shape.DYNAMIC && update.dim(i) > x.dim(i)) {
        throw a.fail(
            "C6",
            "update "
                + update.brief()
                + " must fit into operand "
                + x.brief()
                + " in dimension "
                + i); // (C6)
      }
    }
    return a.exactResult("C1", "C1", x); // (C1)
  }

  /** Slices at positions given by a tensor. */
  static List<Type> gather(Adaptor a) {
    a.arity(2);
    TensorType x = a.tensor(0, ANY);
    TensorType indices = a.tensor(1, INT);
    DimensionNumbers.Gather dims = a.attribute("dimension_numbers", DimensionNumbers.Gather.class);
    long[] sizes = a.longs("slice_sizes");
    GatherLabels labels = GATHER;
    checkGather(a, x, indices, dims, sizes.length, labels);
    for (long dim : dims.collapsedSliceDims()) {
      checkUnit(a, labels.collapsedSize, "collapsed", sizes, dim); // (C9)
    }
    for (long dim : dims.operandBatchingDims()) {
      checkUnit(a, labels.batchingSize, "batching", sizes, dim); // (C12)
    }
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 0 || (x.dim(i) != Shape.DYNAMIC && sizes[i] > x.dim(i))) {
        throw a.fail(
            "C21",
            "slice_sizes must be between 0 and the sizes of "
                + x.brief()
                + ", got "
                + Arrays.toString(sizes)); // (C21)
      }
    }
    Shape shape = gatherShape(a, indices, dims, sizes, labels);
    return a.exactResult("C23", "C22", x.withShape(shape)); // (C22), (C23)
  }

  private static void checkUnit(Adaptor a, String label, String what, long[] sizes, long dim) {
    if (sizes[(int) dim] > 1) {
      throw a.fail(
          label,
          "slice_sizes must be at most 1 in "
              + what
              + " dimension "
              + dim
              + ", got "
              + Arrays.toString(sizes));
    }
  }

  /** Labels of gather and dynamic_gather, whose numbers differ for the same constraints. */
  record GatherLabels(
      String rank,
      String indexVectorDim,
      String startIndexMapSize,
      String offsetOrder,
      String offsetRange,
      String collapsedUnique,
      String collapsedSorted,
      String collapsedRange,
      String collapsedSize,
      String batchingSorted,
      String batchingRange,
      String batchingSize,
      String indicesBatchingUnique,
      String indicesBatchingRange,
      String indicesBatchingIndexVector,
      String batchingCount,
      String batchingDims,
      String startIndexMapUnique,
      String startIndexMapRange,
      String sliceSizesCount) {}

  private static final GatherLabels GATHER =
      new GatherLabels(
          "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12", "C13", "C14",
          "C15", "C16", "C17", "C18", "C19", "C20");

  /** The labels of dynamic_gather, whose batching dimensions the specification does not name. */
  static final GatherLabels DYNAMIC_GATHER =
      new GatherLabels(
          "C1", "C2", "C3", "C4", "C5", "C6", "C6", "C7", "C8", "", "", "", "", "", "", "", "",
          "C9", "C10", "C11");

  static void checkGather(
      Adaptor a,
      TensorType x,
      TensorType indices,
      DimensionNumbers.Gather dims,
      long sizeCount,
      GatherLabels labels) {
    long[] offset = Adaptor.array(dims.offsetDims());
    long[] collapsed = Adaptor.array(dims.collapsedSliceDims());
    long[] batching = Adaptor.array(dims.operandBatchingDims());
    long[] indicesBatching = Adaptor.array(dims.startIndicesBatchingDims());
    long[] map = Adaptor.array(dims.startIndexMap());
    if (x.rank() != offset.length + collapsed.length + batching.length) {
      throw a.fail(
          labels.rank,
          "offset, collapsed and batching dimensions must be as many as the dimensions of "
              + x.brief()
              + ", got "
              + dims); // (C1)
    }
    long vector = dims.indexVectorDim();
    a.inRange(
        labels.indexVectorDim,
        "index_vector_dim of " + indices.brief(),
        vector,
        indices.rank() + 1); // (C2)
    long coordinates = vector < indices.rank() ? indices.dim((int) vector) : 1;
    if (!Compatibility.sameDim(map.length, coordinates)) {
      throw a.fail(
          labels.startIndexMapSize,
          "start_index_map must have "
              + coordinates
              + " entries, one per coordinate of "
              + indices.brief()
              + ", got "
              + dims.startIndexMap()); // (C3)
    }
    a.unique(labels.offsetOrder, "offset_dims", offset); // (C4)
    a.sorted(labels.offsetOrder, "offset_dims", offset);
    a.unique(
        labels.collapsedUnique,
        "collapsed_slice_dims and operand_batching_dims",
        Adaptor.concat(collapsed, batching)); // (C6)
    a.sorted(labels.collapsedSorted, "collapsed_slice_dims", collapsed); // (C7)
    a.inRange(labels.collapsedRange, "collapsed_slice_dims", collapsed, x.rank()); // (C8)
    a.sorted(labels.batchingSorted, "operand_batching_dims", batching); // (C10)
    a.inRange(labels.batchingRange, "operand_batching_dims", batching, x.rank()); // (C11)
    batchingDims(
        a,
        x,
        batching,
        indices,
        indicesBatching,
        vector,
        List.of(
            labels.indicesBatchingUnique,
            labels.indicesBatchingRange,
            labels.indicesBatchingIndexVector,
            labels.batchingCount,
            labels.batchingDims)); // (C13) to (C17)
    a.unique(
        labels.startIndexMapUnique,
        "start_index_map and operand_batching_dims",
        Adaptor.concat(map, batching)); // (C18)
    a.inRange(labels.startIndexMapRange, "start_index_map", map, x.rank()); // (C19)
    if (sizeCount != Shape.DYNAMIC && sizeCount != x.rank()) {
      throw a.fail(
          labels.sliceSizesCount,
          "slice_sizes must have one entry per dimension of "
              + x.brief()
              + ", got "
              + sizeCount); // (C20)
    }
  }

  /** What gather and scatter demand alike of their batching dimensions; labels in order. */
  private static void batchingDims(
      Adaptor a,
      TensorType x,
      long[] batching,
      TensorType indices,
      long[] indicesBatching,
      long vector,
      List<String> labels) {
    a.unique(labels.get(0), "batching dimensions of the indices", indicesBatching);
    a.inRange(labels.get(1), "batching dimensions of the indices", indicesBatching, indices.rank());
    if (Adaptor.contains(indicesBatching, vector)) {
      throw a.fail(
          labels.get(2),
          "index_vector_dim " + vector + " must not be a batching dimension of the indices");
    }
    if (batching.length != indicesBatching.length) {
      throw a.fail(
          labels.get(3),
          "batching dimensions of operand and indices must be as many, got "
              + Arrays.toString(batching)
              + " and "
              + Arrays.toString(indicesBatching));
    }
    for (int i = 0; i < batching.length; i++) {
      long size = x.dim((int) batching[i]);
      long other = indices.dim((int) indicesBatching[i]);
      if (!Compatibility.sameDim(size, other)) {
        throw a.fail(
            labels.get(4),
            "batching dimensions differ: operand "
                + x.brief()
                + " axis "
                + batching[i]
                + ", indices "
                + indices.brief()
                + " axis "
                + indicesBatching[i]);
      }
    }
  }

  /** Shape of a gather's result; {@code sizes} may be open. */
  static Shape gatherShape(
      Adaptor a,
      TensorType indices,
      DimensionNumbers.Gather dims,
      long[] sizes,
      GatherLabels labels) {
    long[] offset = Adaptor.array(dims.offsetDims());
    int vector = (int) dims.indexVectorDim();
    int batchRank = indices.rank() - (vector < indices.rank() ? 1 : 0);
    int rank = batchRank + offset.length;
    a.inRange(labels.offsetRange, "offset_dims", offset, rank); // (C5)
    long[] out = new long[rank];
    int nextIndex = 0;
    int nextSize = 0;
    for (int i = 0; i < rank; i++) {
      if (Adaptor.contains(offset, i)) {
        while (dims.collapsedSliceDims().contains((long) nextSize)
            || dims.operandBatchingDims().contains((long) nextSize)) {
          nextSize++;
        }
        out[i] = sizes[nextSize++];
      } else {
        if (nextIndex == vector) {
          nextIndex++;
        }
        out[i] = indices.dim(nextIndex++);
      }
    }
    return Shape.of(out);
  }

  /** Tensors with slices combined into them at positions given by a tensor. */
  static List<Type> scatter(Adaptor a) {
    a.regionCount(1);
    int n = (a.count() - 1) / 2;
    if (n == 0 || a.count() != 2 * n + 1) {
      throw a.fail(
          "C5",
          "expected inputs, indices and as many updates as inputs, got "
              + a.count()
              + " operands"); // (C5)
    }
    TensorType x = a.tensor(0, ANY);
    TensorType indices = a.tensor(n, INT | INDEX);
    TensorType update = a.tensor(n + 1, ANY);
    for (int i = 0; i < n; i++) {
      TensorType input = a.tensor(i, ANY);
      TensorType next = a.tensor(n + 1 + i, ANY);
      if (!Compatibility.sameShape(x.shape(), input.shape())) {
        throw a.fail(
            "C1", "shapes of inputs differ: " + x.brief() + " and " + input.brief()); // (C1)
      }
      if (!Compatibility.sameShape(update.shape(), next.shape())) {
        throw a.fail(
            "C3", "shapes of updates differ: " + update.brief() + " and " + next.brief()); // (C3)
      }
      if (!Compatibility.sameElement(input.element(), next.element())) {
        throw a.fail(
            "C6",
            "element types differ: input "
                + i
                + " "
                + input.brief()
                + ", update "
                + next.brief()); // (C6)
      }
    }
    DimensionNumbers.Scatter dims =
        a.attribute("scatter_dimension_numbers", DimensionNumbers.Scatter.class);
    checkScatter(a, x, indices, update, dims);
    List<ElementType> elements =
        RegionRules.reducer(a, "C23", a.region(0), ReductionRules.elements(a, n)); // (C23)
    List<Type> results = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      results.add(a.tensor(i).withElement(elements.get(i)));
    }
    ReductionRules.checkElements(a, "C25", elements); // (C25)
    return a.results("C24", results); // (C24)
  }

  private static void checkScatter(
      Adaptor a,
      TensorType x,
      TensorType indices,
      TensorType update,
      DimensionNumbers.Scatter dims) {
    long[] window = Adaptor.array(dims.updateWindowDims());
    long[] inserted = Adaptor.array(dims.insertedWindowDims());
    long[] batching = Adaptor.array(dims.inputBatchingDims());
    long[] indicesBatching = Adaptor.array(dims.scatterIndicesBatchingDims());
    long[] map = Adaptor.array(dims.scatterDimsToOperandDims());
    long vector = dims.indexVectorDim();
    a.inRange("C22", "index_vector_dim of " + indices.brief(), vector, indices.rank() + 1); // (C22)
    if (x.rank() != window.length + inserted.length + batching.length) {
      throw a.fail(
          "C2",
          "window, inserted and batching dimensions must be as many as the dimensions of "
              + x.brief()
              + ", got "
              + dims); // (C2)
    }
    a.unique("C7", "update_window_dims", window); // (C7)
    a.sorted("C7", "update_window_dims", window);
    a.inRange("C8", "update_window_dims", window, update.rank()); // (C8)
    a.unique(
        "C9",
        "inserted_window_dims and input_batching_dims",
        Adaptor.concat(inserted, batching)); // (C9)
    a.sorted("C10", "inserted_window_dims", inserted); // (C10)
    a.inRange("C11", "inserted_window_dims", inserted, x.rank()); // (C11)
    a.sorted("C12", "input_batching_dims", batching); // (C12)
    a.inRange("C13", "input_batching_dims", batching, x.rank()); // (C13)
    batchingDims(
        a,
        x,
        batching,
        indices,
        indicesBatching,
        vector,
        List.of("C14", "C15", "C16", "C17", "C18")); // (C14) to (C18)
    long coordinates = vector < indices.rank() ? indices.dim((int) vector) : 1;
    if (!Compatibility.sameDim(map.length, coordinates)) {
      throw a.fail(
          "C19",
          "scatter_dims_to_operand_dims must have "
              + coordinates
              + " entries, one per coordinate of "
              + indices.brief()
              + ", got "
              + dims.scatterDimsToOperandDims()); // (C19)
    }
    a.unique(
        "C20",
        "scatter_dims_to_operand_dims and input_batching_dims",
        Adaptor.concat(map, batching)); // (C20)
    a.inRange("C21", "scatter_dims_to_operand_dims", map, x.rank()); // (C21)
    checkUpdateShape(a, x, indices, update, dims); // (C4)
  }

  private static void checkUpdateShape(
      Adaptor a,
      TensorType x,
      TensorType indices,
      TensorType update,
      DimensionNumbers.Scatter dims) {
    int vector = (int) dims.indexVectorDim();
    int batchRank = indices.rank() - (vector < indices.rank() ? 1 : 0);
    boolean fits = update.rank() == batchRank + dims.updateWindowDims().size();
    int nextIndex = 0;
    int nextDim = 0;
    for (int i = 0; fits && i < update.rank(); i++) {
      long size = update.dim(i);
      if (dims.updateWindowDims().contains((long) i)) {
        while (dims.insertedWindowDims().contains((long) nextDim)
            || dims.inputBatchingDims().contains((long) nextDim)) {
          nextDim++;
        }
        long limit = x.dim(nextDim++);
        fits = size == Shape.DYNAMIC || limit == Shape.DYNAMIC || size <= limit;
      } else {
        if (nextIndex == vector) {
          nextIndex++;
        }
        fits = Compatibility.sameDim(size, indices.dim(nextIndex++));
      }
    }
    if (!fits) {
      throw a.fail(
          "C4",
          "updates must have the batch dimensions of the indices and windows that fit the input:"
              + " input "
              + x.brief()
              + ", indices "
              + indices.brief()
              + ", updates "
              + update.brief()
              + ", "
              + dims); // (C4)
    }
  }

  /** The old selection along one dimension, as in PyTorch. */
  static List<Type> torchIndexSelect(Adaptor a) {
    a.arity(2);
    TensorType x = a.tensor(0, ANY);
    TensorType index = a.tensor(1, INT);
    long dim = a.integer("dim");
    long batch = a.integer("batch_dims");
    a.inRange("", "dim", dim, x.rank());
    a.inRange("", "batch_dims", batch, Math.min((int) dim, index.rank()) + 1);
    Shape shape =
        x.shape()
            .slice(0, (int) dim)
            .concat(index.shape().slice((int) batch, index.rank()))
            .concat(x.shape().slice((int) dim + 1, x.rank()));
    return a.result("", x.withShape(shape));
  }
}
