package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.jspecify.annotations.Nullable;

/** Reads and writes at computed places: {@code gather}, {@code scatter}. */
final class IndexingKernels {
  private IndexingKernels() {}

  /** Out-of-range starts are clamped so that the whole slice lies inside. */
  static Array gather(Array operand, Array indices, DimensionNumbers.Gather numbers, int[] sizes) {
    int[] collapsed = Indexing.ints(numbers.collapsedSliceDims());
    int[] batching = Indexing.ints(numbers.operandBatchingDims());
    int[] offsetDims = Indexing.ints(numbers.offsetDims());
    int[] startMap = Indexing.ints(numbers.startIndexMap());
    int vectorDim = (int) numbers.indexVectorDim();
    int[] windowAxes = Indexing.others(operand.rank(), collapsed, batching);
    int[] batchAxes = Indexing.others(indices.rank(), new int[] {vectorDim});
    int[] batchDims = Indexing.pick(indices.dims, batchAxes);
    int[] windowDims = Indexing.pick(sizes, windowAxes);
    int rank = batchDims.length + windowDims.length;
    int[] batchPlaces = Indexing.others(rank, offsetDims);
    int[] dims = new int[rank];
    for (int i = 0; i < offsetDims.length; i++) {
      dims[offsetDims[i]] = windowDims[i];
    }
    for (int i = 0; i < batchPlaces.length; i++) {
      dims[batchPlaces[i]] = batchDims[i];
    }
    int[] strides = Indexing.strides(operand.dims);
    int[] window = Indexing.positions(windowDims, 0, Indexing.pick(strides, windowAxes));
    // Result elements, batch by batch: where each batch and each window element goes.
    int[] resultStrides = Indexing.strides(dims);
    int[] batchStarts = Indexing.positions(batchDims, 0, Indexing.pick(resultStrides, batchPlaces));
    int[] windowSteps = Indexing.positions(windowDims, 0, Indexing.pick(resultStrides, offsetDims));
    Starts starts =
        new Starts(
            indices,
            vectorDim,
            batchAxes,
            startMap,
            batching,
            Indexing.ints(numbers.startIndicesBatchingDims()));
    int[] positions = new int[Indexing.count(dims)];
    int[] index = new int[batchDims.length];
    int[] start = new int[operand.rank()];
    for (int b = 0; b < batchStarts.length; b++, Indexing.next(index, batchDims)) {
      starts.read(index, start);
      for (int axis : startMap) {
        start[axis] = Math.max(0, Math.min(start[axis], operand.dims[axis] - sizes[axis]));
      }
      int base = Indexing.dot(start, strides);
      for (int w = 0; w < window.length; w++) {
        positions[batchStarts[b] + windowSteps[w]] = base + window[w];
      }
    }
    return operand.take(positions, dims);
  }

  /** Reads the start of each slice from an index tensor. */
  private static final class Starts {
    private final Array indices;
    private final int[] axes;
    private final int[] strides;
    private final int vectorStride;
    private final int[] map;
    private final int[] batching;
    private final int[] indicesBatching;

    Starts(
        Array indices,
        int vectorDim,
        int[] axes,
        int[] map,
        int[] batching,
        int[] indicesBatching) {
      int[] all = Indexing.strides(indices.dims);
      this.indices = indices;
      this.axes = axes;
      this.strides = Indexing.pick(all, axes);
      this.vectorStride = vectorDim < indices.rank() ? all[vectorDim] : 0;
      this.map = map;
      this.batching = batching;
      this.indicesBatching = indicesBatching;
    }

    /** Fills {@code start}, per operand dimension, for the batch at {@code index}. */
    void read(int[] index, int[] start) {
      int base = Indexing.dot(index, strides);
      java.util.Arrays.fill(start, 0);
      for (int i = 0; i < map.length; i++) {
        start[map[i]] = ShapeKernels.index(indices, base + i * vectorStride);
      }
      for (int i = 0; i < batching.length; i++) {
        start[batching[i]] = index[Indexing.indexOf(axes, indicesBatching[i])];
      }
    }
  }

  /**
   * Combines updates into the inputs in row-major order of the updates. Elements that fall outside
   * are dropped, each by itself.
   */
  static List<Array> scatter(
      List<Array> inputs,
      Array indices,
      List<Array> updates,
      DimensionNumbers.Scatter numbers,
      Region body) {
    Array input = inputs.get(0);
    Array update = updates.get(0);
    int[] windowDims = Indexing.ints(numbers.updateWindowDims());
    int[] inserted = Indexing.ints(numbers.insertedWindowDims());
    int[] batching = Indexing.ints(numbers.inputBatchingDims());
    int[] map = Indexing.ints(numbers.scatterDimsToOperandDims());
    int vectorDim = (int) numbers.indexVectorDim();
    int[] windowAxes = Indexing.others(input.rank(), inserted, batching);
    int[] scatterDims = Indexing.others(update.rank(), windowDims);
    int[] batchAxes = Indexing.others(indices.rank(), new int[] {vectorDim});
    Starts starts =
        new Starts(
            indices,
            vectorDim,
            batchAxes,
            map,
            batching,
            Indexing.ints(numbers.scatterIndicesBatchingDims()));
    List<Array> results = new ArrayList<>();
    List<Array> sources = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      // A body over a wider type promotes both sides.
      results.add(Conversions.promote(inputs.get(i), body.argumentElement(i)).copy());
      sources.add(Conversions.promote(updates.get(i), body.argumentElement(inputs.size() + i)));
    }
    Combine combine = new Combine(results, sources, body);
    int[] strides = Indexing.strides(input.dims);
    int[] index = new int[update.rank()];
    int[] start = new int[input.rank()];
    int[] batch = new int[scatterDims.length];
    for (int u = 0; u < update.count; u++, Indexing.next(index, update.dims)) {
      for (int i = 0; i < batch.length; i++) {
        batch[i] = index[scatterDims[i]];
      }
      starts.read(batch, start);
      int position = 0;
      boolean inside = true;
      for (int i = 0; i < windowAxes.length; i++) {
        // A start beyond 32 bits stands at the border of int: adding to it must not wrap.
        start[windowAxes[i]] =
            (int) Math.min(Integer.MAX_VALUE, (long) start[windowAxes[i]] + index[windowDims[i]]);
      }
      for (int i = 0; i < start.length; i++) {
        inside &= start[i] >= 0 && start[i] < input.dims[i];
        position += start[i] * strides[i];
      }
      if (inside) {
        combine.run(position, u);
      }
    }
    return results;
  }

  /** {@code result[i] = body(result[i], update[u])}; a body of one op, or none, runs directly. */
  private static final class Combine {
    private final List<Array> results;
    private final List<Array> updates;
    private final Region body;
    private final boolean replace;
    private final DType dtype;
    private final @Nullable DoubleBinaryOperator real;
    private final @Nullable LongBinaryOperator integer;

    Combine(List<Array> results, List<Array> updates, Region body) {
      this.results = results;
      this.updates = updates;
      this.body = body;
      this.dtype = results.get(0).dtype;
      OpCode op = results.size() == 1 ? body.binaryOp() : null;
      this.replace = results.size() == 1 && body.returnsArgument(1);
      this.real = op != null && dtype.isFloat() ? RealMath.binary(op) : null;
      this.integer = op != null && !dtype.isInexact() ? IntegerMath.binary(op, dtype) : null;
    }

    void run(int i, int u) {
      Array result = results.get(0);
      if (replace) {
        result.set(i, updates.get(0), u);
      } else if (real != null) {
        result.re[i] =
            Rounding.round(dtype, real.applyAsDouble(result.re[i], updates.get(0).re[u]));
      } else if (integer != null) {
        result.longs[i] =
            Rounding.wrap(dtype, integer.applyAsLong(result.longs[i], updates.get(0).longs[u]));
      } else {
        int arity = results.size();
        Datum[] arguments = new Datum[2 * arity];
        for (int k = 0; k < arity; k++) {
          arguments[k] = results.get(k).at(i);
          arguments[arity + k] = updates.get(k).at(u);
        }
        Datum[] combined = body.call(arguments);
        for (int k = 0; k < arity; k++) {
          results.get(k).set(i, (Array) combined[k], 0);
        }
      }
    }
  }

  /** The legacy {@code torch_index_select}: slices of one dimension, chosen by index. */
  static Array indexSelect(Array x, Array indices, int dim, int batchDims) {
    int[] free = java.util.Arrays.copyOfRange(indices.dims, batchDims, indices.rank());
    int[] dims =
        Indexing.concat(
            java.util.Arrays.copyOf(x.dims, dim),
            free,
            java.util.Arrays.copyOfRange(x.dims, dim + 1, x.rank()));
    int[] own = Indexing.strides(x.dims);
    int[] indexStrides = Indexing.strides(indices.dims);
    int[] positions = new int[Indexing.count(dims)];
    int[] at = new int[dims.length];
    for (int i = 0; i < positions.length; i++, Indexing.next(at, dims)) {
      int which = 0;
      for (int d = 0; d < batchDims; d++) {
        which += at[d] * indexStrides[d];
      }
      for (int d = 0; d < free.length; d++) {
        which += at[dim + d] * indexStrides[batchDims + d];
      }
      int chosen = ShapeKernels.index(indices, which);
      int position = Math.max(0, Math.min(chosen, x.dims[dim] - 1)) * own[dim];
      for (int d = 0; d < dim; d++) {
        position += at[d] * own[d];
      }
      for (int d = dim + 1; d < x.rank(); d++) {
        position += at[d - 1 + free.length] * own[d];
      }
      positions[i] = position;
    }
    return x.take(positions, dims);
  }
}
