package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.jspecify.annotations.Nullable;

/** Folds: {@code reduce}, {@code reduce_window}, {@code select_and_scatter}. */
final class WindowKernels {
  private WindowKernels() {}

  /** The window of a reduction, one entry per dimension. */
  record Window(
      int[] dimensions,
      int[] strides,
      int[] baseDilations,
      int[] windowDilations,
      int[][] padding) {}

  static List<Array> reduce(List<Array> inputs, List<Array> inits, int[] axes, Region body) {
    Array first = inputs.get(0);
    int[] kept = Indexing.others(first.rank(), axes);
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    int[] strides = Indexing.strides(first.dims);
    int[] dims = Indexing.pick(first.dims, kept);
    int[] starts = Indexing.positions(dims, 0, Indexing.pick(strides, kept));
    int[] offsets =
        Indexing.positions(Indexing.pick(first.dims, sorted), 0, Indexing.pick(strides, sorted));
    Fold fold = new Fold(inputs, inits, dims, body);
    for (int i = 0; i < starts.length; i++) {
      fold.run(i, starts[i], offsets, offsets.length);
    }
    return fold.results();
  }

  static List<Array> reduceWindow(
      List<Array> inputs, List<Array> inits, Window window, Region body) {
    Array first = inputs.get(0);
    int rank = first.rank();
    int[] strides = Indexing.strides(first.dims);
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = outputSize(first.dims[i], window, i);
    }
    Fold fold = new Fold(inputs, inits, dims, body);
    int size = Indexing.count(window.dimensions);
    int[] places = new int[size];
    int[] at = new int[rank];
    int[] tap = new int[rank];
    int count = Indexing.count(dims);
    for (int o = 0; o < count; o++, Indexing.next(at, dims)) {
      for (int k = 0; k < size; k++, Indexing.next(tap, window.dimensions)) {
        places[k] = place(at, tap, first.dims, strides, window);
      }
      fold.run(o, 0, places, size);
    }
    return fold.results();
  }

  private static int outputSize(int in, Window window, int i) {
    int dilated = in == 0 ? 0 : (in - 1) * window.baseDilations[i] + 1;
    int padded = dilated + window.padding[i][0] + window.padding[i][1];
    int taps = window.dimensions[i];
    int reach = taps == 0 ? 0 : (taps - 1) * window.windowDilations[i] + 1;
    return padded < reach || padded <= 0 ? 0 : (padded - reach) / window.strides[i] + 1;
  }

  /** The input element under a tap of the window, or -1 on padding and between elements. */
  private static int place(int[] at, int[] tap, int[] in, int[] strides, Window window) {
    int place = 0;
    for (int i = 0; i < at.length; i++) {
      int dilated =
          at[i] * window.strides[i] - window.padding[i][0] + tap[i] * window.windowDilations[i];
      int dilation = window.baseDilations[i];
      if (dilated < 0 || dilated % dilation != 0 || dilated / dilation >= in[i]) {
        return -1;
      }
      place += dilated / dilation * strides[i];
    }
    return place;
  }

  /**
   * Folds elements into one accumulator per result element, in row-major order, beginning with the
   * initial values, and rounds after each; padding counts as the initial value. A body of one op
   * runs as a loop.
   */
  private static final class Fold {
    private final List<Array> inputs;
    private final List<Array> inits;
    private final Region body;
    private final List<Array> results = new ArrayList<>();
    private final DType dtype;
    private final @Nullable DoubleBinaryOperator real;
    private final @Nullable LongBinaryOperator integer;

    Fold(List<Array> inputs, List<Array> inits, int[] dims, Region body) {
      this.body = body;
      this.inits = inits;
      List<Array> converted = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        // A body over a wider type promotes the elements as they enter.
        converted.add(Conversions.promote(inputs.get(i), body.argumentElement(i)));
        results.add(ShapeKernels.splat(inits.get(i), dims));
      }
      this.inputs = converted;
      this.dtype = inits.get(0).dtype;
      OpCode op = inputs.size() == 1 ? body.binaryOp() : null;
      this.real = op != null && dtype.isFloat() ? RealMath.binary(op) : null;
      this.integer = op != null && !dtype.isInexact() ? IntegerMath.binary(op, dtype) : null;
    }

    void run(int result, int start, int[] offsets, int n) {
      Array input = inputs.get(0);
      Array out = results.get(0);
      if (real != null) {
        double init = inits.get(0).re[0];
        double sum = init;
        for (int k = 0; k < n; k++) {
          double element = offsets[k] < 0 ? init : input.re[start + offsets[k]];
          sum = Rounding.round(dtype, real.applyAsDouble(sum, element));
        }
        out.re[result] = sum;
      } else if (integer != null) {
        long init = inits.get(0).longs[0];
        long sum = init;
        for (int k = 0; k < n; k++) {
          long element = offsets[k] < 0 ? init : input.longs[start + offsets[k]];
          sum = Rounding.wrap(dtype, integer.applyAsLong(sum, element));
        }
        out.longs[result] = sum;
      } else {
        runBody(result, start, offsets, n);
      }
    }

    private void runBody(int result, int start, int[] offsets, int n) {
      int arity = inputs.size();
      Datum[] arguments = new Datum[2 * arity];
      for (int i = 0; i < arity; i++) {
        arguments[i] = inits.get(i);
      }
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < arity; i++) {
          arguments[arity + i] =
              offsets[k] < 0 ? inits.get(i) : inputs.get(i).at(start + offsets[k]);
        }
        System.arraycopy(body.call(arguments), 0, arguments, 0, arity);
      }
      for (int i = 0; i < arity; i++) {
        results.get(i).set(result, (Array) arguments[i], 0);
      }
    }

    List<Array> results() {
      return results;
    }
  }

  /**
   * Of each window, {@code select} chooses an element, to which the source's element is added by
   * {@code scatter}. Padding is never chosen. Every element starts as {@code init}, which counts
   * once, as in the specification and in XLA (the official interpreter adds it again for each
   * source).
   */
  static Array selectAndScatter(
      Array operand, Array source, Array init, Window window, Region select, Region scatter) {
    int[] strides = Indexing.strides(operand.dims);
    Array out = ShapeKernels.splat(init, operand.dims);
    int size = Indexing.count(window.dimensions);
    int[] at = new int[operand.rank()];
    int[] tap = new int[operand.rank()];
    for (int s = 0; s < source.count; s++, Indexing.next(at, source.dims)) {
      int chosen = -1;
      for (int k = 0; k < size; k++, Indexing.next(tap, window.dimensions)) {
        int place = place(at, tap, operand.dims, strides, window);
        if (place < 0) {
          continue;
        }
        if (chosen < 0 || !select.compares(operand, chosen, operand, place)) {
          chosen = place;
        }
      }
      if (chosen >= 0) {
        out.set(chosen, (Array) scatter.call(source.at(s), out.at(chosen))[0], 0);
      }
    }
    return out;
  }

  /**
   * Of each window of {@code operand} the first extremal element's value in {@code x}; 0 if none.
   */
  static Array selectAndGatherAdd(Array x, Array operand, Window window, boolean greatest) {
    int rank = operand.rank();
    int[] strides = Indexing.strides(operand.dims);
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = outputSize(operand.dims[i], window, i);
    }
    Array out = Array.zeros(x.element, dims);
    int size = Indexing.count(window.dimensions);
    int[] at = new int[rank];
    int[] tap = new int[rank];
    String keep = greatest ? "GE" : "LE";
    for (int o = 0; o < out.count; o++, Indexing.next(at, dims)) {
      int chosen = -1;
      for (int k = 0; k < size; k++, Indexing.next(tap, window.dimensions)) {
        int place = place(at, tap, operand.dims, strides, window);
        boolean better =
            place >= 0
                && (chosen < 0
                    || !ElementwiseKernels.compare(operand, chosen, operand, place, keep, ""));
        chosen = better ? place : chosen;
      }
      if (chosen >= 0) {
        out.set(o, x, chosen);
      }
    }
    return out;
  }
}
