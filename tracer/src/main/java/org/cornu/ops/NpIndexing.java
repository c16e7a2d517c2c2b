package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} that reads and writes elements at positions. */
abstract sealed class NpIndexing extends NpLinear permits NpSorting {

  /**
   * {@code x[index]} with NumPy's rules for slices, positions, new axes, the ellipsis, integer
   * tensors and masks. Computed positions count from the end when negative and are clamped into
   * range; the derivative goes to the element that was read (JAX drops it where a position was out
   * of range). A mask needs its elements, so it cannot be traced.
   */
  public static Tensor get(Tensor x, Index... index) {
    Index[] plain = Indexing.withoutMasks(index);
    List<Tensor> operands = new ArrayList<>(List.of(x));
    operands.addAll(Indexing.tensors(plain));
    return Composed.one(
        operands,
        v -> Indexing.of(v.get(0), Indexing.with(plain, v.subList(1, v.size()))).get(v.get(0)));
  }

  /**
   * Slices of an axis at computed positions: the axis is replaced by the shape of {@code indices}.
   * Positions count from the end when negative; those out of range give NaN, the least number of a
   * signed type, or the largest of an unsigned one.
   */
  public static Tensor take(Tensor x, Tensor indices, int axis) {
    return Composed.of(
        x,
        indices,
        (v, i) -> {
          int at = Dims.axis("take", axis, v.rank());
          Index[] index = new Index[v.rank()];
          Arrays.fill(index, Index.ALL);
          Tensor whole = i.dtype().isInteger() ? i : Lax.convertElementType(i, DType.I32);
          index[at] = new Index.Gathered(whole);
          Tensor out = Indexing.of(v, index).get(v);
          Tensor p = Indexing.wrapped(whole, v.shape().dim(at));
          Tensor valid = within(p, v.shape().dim(at));
          long[] positions = new long[i.rank()];
          Arrays.setAll(positions, k -> at + k);
          Tensor mask = Lax.broadcastInDim(valid, out.shape(), positions);
          return Lax.select(mask, out, Dims.constant(out, fill(v.dtype())));
        });
  }

  /** Elements at computed positions of the row-major order. */
  public static Tensor take(Tensor x, Tensor indices) {
    return take(ravel(x), indices, 0);
  }

  private static Tensor within(Tensor positions, long size) {
    return Lax.bitwiseAnd(
        Lax.ge(positions, Dims.constant(positions, 0)),
        Lax.lt(positions, Dims.constant(positions, size)));
  }

  private static double fill(DType dtype) {
    if (dtype.isInexact()) {
      return Double.NaN;
    }
    return dtype.isSigned() ? Limits.min(dtype) : Limits.max(dtype);
  }

  /**
   * Of each line along an axis the elements at that line's positions; the other axes broadcast.
   * Positions out of range give NaN or an extreme integer, as in {@link #take}.
   */
  public static Tensor takeAlongAxis(Tensor x, Tensor indices, int axis) {
    return Composed.of(
        x,
        indices,
        (v, i) -> {
          if (v.rank() != i.rank()) {
            throw new OpException(
                "takeAlongAxis: ranks must be equal: got " + Dims.briefs(List.of(v, i)));
          }
          int at = Dims.axis("takeAlongAxis", axis, v.rank());
          long n = v.shape().dim(at);
          long[] wide = v.shape().dims();
          long[] positions = i.shape().dims();
          for (int k = 0; k < v.rank(); k++) {
            if (k != at && wide[k] != positions[k]) {
              if (wide[k] != 1 && positions[k] != 1) {
                throw new OpException(
                    "takeAlongAxis: shapes do not broadcast beside the axis: got "
                        + Dims.briefs(List.of(v, i)));
              }
              wide[k] = positions[k] = wide[k] == 1 ? positions[k] : wide[k];
            }
          }
          if (n == 0 || Shape.of(positions).count() == 0) {
            return Lax.full(v.dtype(), fill(v.dtype()), positions);
          }
          Tensor p = Indexing.wrapped(broadcastTo(i, positions), n);
          int[] others = Dims.others(new int[] {at}, v.rank());
          DimensionNumbers.Gather dims =
              new DimensionNumbers.Gather(
                  List.of(), list(at), list(others), list(others), list(at), v.rank());
          Tensor out =
              Lax.gather(
                  broadcastTo(v, wide), expandDims(p, -1), dims, Dims.filled(v.rank(), 1), false);
          return Lax.select(within(p, n), out, Dims.constant(out, fill(v.dtype())));
        });
  }

  /** Elements at computed positions of the row-major order. */
  public static Tensor takeAlongAxis(Tensor x, Tensor indices) {
    return takeAlongAxis(ravel(x), ravel(indices), 0);
  }

  /** Starts of a change of {@code x} at an index. */
  public static Updates at(Tensor x, Index... index) {
    return new Updates(x, index);
  }

  /**
   * Positions of the elements that are not zero, a vector i32 for each axis. Their number depends
   * on the data: outside traces only; {@link #nonzero(Tensor, int, int)} takes it as an argument.
   */
  public static List<Tensor> nonzero(Tensor x) {
    if (!x.isConcrete()) {
      throw new OpException(
          "nonzero: the number of elements that are not zero is not known while tracing: got "
              + x.type().brief()
              + "\n  hint: nonzero(x, size, fill), or where(condition, x, y)");
    }
    Literal values = x.toLiteral();
    long[] dims = x.shape().dims();
    List<int[]> found = new ArrayList<>();
    int[] at = new int[dims.length];
    for (int i = 0; i < x.count(); i++) {
      if (values.doubleAt(i) != 0 || (x.dtype().isComplex() && values.imagAt(i) != 0)) {
        found.add(at.clone());
      }
      for (int d = dims.length - 1; d >= 0 && ++at[d] == dims[d]; d--) {
        at[d] = 0;
      }
    }
    List<Tensor> out = new ArrayList<>();
    for (int d = 0; d < dims.length; d++) {
      int axis = d;
      long[] column = found.stream().mapToLong(p -> p[axis]).toArray();
      out.add(Tensor.of(Literal.ofLongs(TensorType.of(DType.I32, column.length), column)));
    }
    return out;
  }

  /**
   * Positions of the first {@code size} elements that are not zero, a vector i32 for each axis.
   *
   * @param fill position that stands where there are fewer
   */
  public static List<Tensor> nonzero(Tensor x, int size, int fill) {
    return Composed.many(
        operands -> {
          Tensor v = operands.get(0);
          Tensor flat = ravel(nonzeroMask(v));
          Tensor rank = cumsum(flat, 0);
          Tensor wanted = Lax.add(Lax.iota(DType.I32, size), Lax.full(DType.I32, 1, size));
          // The k-th hit is where the running count first reaches k.
          Tensor index = NpSorting.searchsorted(rank, wanted, "left");
          Tensor missing = Lax.ge(index, Dims.constant(index, v.count()));
          List<Tensor> out = new ArrayList<>();
          for (Tensor p : unravelIndex(index, v.shape().dims())) {
            out.add(Lax.select(missing, Dims.constant(p, fill), p));
          }
          return out;
        },
        List.of(x));
  }

  /** Coordinates of positions of the row-major order, one tensor for each dimension. */
  public static List<Tensor> unravelIndex(Tensor indices, long... dims) {
    return Composed.many(
        operands -> {
          long count = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
          Tensor rest = Indexing.wrapped(operands.get(0), count);
          rest = Lax.min(Lax.max(rest, Dims.constant(rest, 0)), Dims.constant(rest, count - 1.0));
          Tensor[] out = new Tensor[dims.length];
          for (int d = dims.length - 1; d >= 0; d--) {
            Tensor size = Dims.constant(rest, dims[d]);
            out[d] = Lax.rem(rest, size);
            rest = Lax.div(rest, size);
          }
          DType dtype = operands.get(0).dtype();
          return Arrays.stream(out).map(x -> Lax.convertElementType(x, dtype)).toList();
        },
        List.of(indices));
  }

  /**
   * Zeros of shape {@code dims} with {@code values} added at positions.
   *
   * @param indices {@code [..., k]}, positions on the first k axes
   * @param values {@code [..., rest of dims]}
   */
  public static Tensor scatter(Tensor indices, Tensor values, long... dims) {
    return Composed.of(
        indices,
        values,
        (i, u) -> scatterUpdate(Lax.full(u.dtype(), 0, dims), i, u, Lax.ScatterKind.ADD));
  }

  /**
   * {@code x} with {@code updates} written at positions.
   *
   * @param indices {@code [..., k]}, positions on the first k axes
   * @param updates {@code [..., rest of the shape of x]}
   */
  public static Tensor scatterUpdate(
      Tensor x, Tensor indices, Tensor updates, Lax.ScatterKind kind) {
    return Composed.of(
        x,
        indices,
        updates,
        (v, i, u) -> {
          int depth = i.size(-1);
          Index[] index = new Index[depth];
          List<Tensor> columns = unstack(i, -1);
          Arrays.setAll(index, k -> new Index.Gathered(columns.get(k)));
          return Indexing.of(v, index).update(v, u, kind);
        });
  }

  /**
   * How {@link #scatterUpdate} combines, by Keras' name: {@code set}, {@code add}, {@code mul},
   * {@code min}, {@code max}.
   */
  public static Lax.ScatterKind scatterKind(String name) {
    return switch (name) {
      case "set" -> Lax.ScatterKind.SET;
      case "add" -> Lax.ScatterKind.ADD;
      case "mul", "multiply" -> Lax.ScatterKind.MUL;
      case "min" -> Lax.ScatterKind.MIN;
      case "max" -> Lax.ScatterKind.MAX;
      default ->
          throw new OpException(
              "scatterUpdate: the reduction must be add, mul, min or max: got " + name);
    };
  }

  /**
   * A block of {@code x} at computed start positions, which count from the end when negative and
   * are clamped so that it fits.
   */
  public static Tensor slice(Tensor x, Tensor starts, long... sizes) {
    return Composed.of(x, starts, (v, s) -> Lax.dynamicSlice(v, scalars(s, v), sizes));
  }

  /** {@code x} with a block replaced at start positions as those of {@link #slice}. */
  public static Tensor sliceUpdate(Tensor x, Tensor starts, Tensor updates) {
    return Composed.of(
        x,
        starts,
        updates,
        (v, s, u) ->
            Lax.dynamicUpdateSlice(v, Lax.convertElementType(u, v.dtype()), scalars(s, v)));
  }

  private static List<Tensor> scalars(Tensor starts, Tensor x) {
    List<Tensor> out = new ArrayList<>();
    for (Tensor start : unstack(starts, 0)) {
      Tensor s = start.dtype().isInteger() ? start : Lax.convertElementType(start, DType.I32);
      out.add(Indexing.wrapped(s, x.shape().dim(out.size())));
    }
    return out;
  }
}
