package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} that rearranges, joins, splits and repeats. */
abstract sealed class NpShape extends NpScalars permits NpCreation {

  /**
   * The same elements in row-major order under another shape.
   *
   * @param dims sizes; one of them may be -1, which stands for what is left
   */
  public static Tensor reshape(Tensor x, long... dims) {
    return Composed.of(x, v -> Lax.reshape(v, inferred(v, dims)));
  }

  private static long[] inferred(Tensor x, long[] dims) {
    long known = 1;
    int open = -1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1) {
        if (open >= 0) {
          throw new OpException("reshape: only one size may be -1: got " + Arrays.toString(dims));
        }
        open = i;
      } else {
        known *= dims[i];
      }
    }
    if (open < 0) {
      if (known != x.count()) {
        throw mismatch(x, dims);
      }
      return dims;
    }
    if (known == 0 || x.count() % known != 0) {
      throw mismatch(x, dims);
    }
    long[] out = dims.clone();
    out[open] = x.count() / known;
    return out;
  }

  private static OpException mismatch(Tensor x, long[] dims) {
    return new OpException(
        "reshape: the number of elements must stay the same: got "
            + x.type().brief()
            + " with "
            + x.count()
            + " elements, to "
            + Arrays.toString(dims),
        "-1 stands for the size that fits");
  }

  /** All elements in row-major order, {@code [count]}. */
  public static Tensor ravel(Tensor x) {
    return x.rank() == 1 ? x : reshape(x, -1);
  }

  /**
   * Dimensions in another order.
   *
   * @param axes for each dimension of the result the one of {@code x}; none reverses the order
   */
  public static Tensor transpose(Tensor x, int... axes) {
    return Composed.of(
        x,
        v -> {
          int rank = v.rank();
          int[] order = new int[rank];
          if (axes.length == 0) {
            Arrays.setAll(order, i -> rank - 1 - i);
          } else if (axes.length != rank) {
            throw new OpException(
                "transpose: every axis must be named once: got axes ["
                    + Dims.text(axes)
                    + "] of "
                    + v.type().brief());
          } else {
            order = Dims.ordered("transpose", axes, rank);
          }
          return permuted(v, order);
        });
  }

  /** Like transpose with axes from the front; nothing is recorded when the order is as it was. */
  static Tensor permuted(Tensor x, int... order) {
    return Arrays.equals(order, Dims.range(order.length)) ? x : Lax.transpose(x, Dims.longs(order));
  }

  /** Exchanges two axes. */
  public static Tensor swapaxes(Tensor x, int axis1, int axis2) {
    return Composed.of(
        x,
        v -> {
          int a = Dims.axis("swapaxes", axis1, v.rank());
          int b = Dims.axis("swapaxes", axis2, v.rank());
          int[] order = Dims.range(v.rank());
          order[a] = b;
          order[b] = a;
          return permuted(v, order);
        });
  }

  /** Moves one axis to another place. */
  public static Tensor moveaxis(Tensor x, int source, int destination) {
    return moveaxis(x, new int[] {source}, new int[] {destination});
  }

  /** Moves axes to other places; the rest stays in order. */
  public static Tensor moveaxis(Tensor x, int[] source, int[] destination) {
    return Composed.of(
        x,
        v -> {
          int rank = v.rank();
          int[] from = Dims.ordered("moveaxis", source, rank);
          int[] to = Dims.ordered("moveaxis", destination, rank);
          if (from.length != to.length) {
            throw new OpException(
                "moveaxis: as many destinations as sources are needed: got ["
                    + Dims.text(source)
                    + "] and ["
                    + Dims.text(destination)
                    + "]");
          }
          int[] rest = Dims.others(from, rank);
          int[] order = new int[rank];
          int next = 0;
          for (int i = 0; i < rank; i++) {
            int at = -1;
            for (int j = 0; j < to.length; j++) {
              if (to[j] == i) {
                at = from[j];
              }
            }
            order[i] = at >= 0 ? at : rest[next++];
          }
          return permuted(v, order);
        });
  }

  /** New dimensions of size 1; the axes are those of the result. */
  public static Tensor expandDims(Tensor x, int... axes) {
    return Composed.of(
        x,
        v -> {
          int rank = v.rank() + axes.length;
          int[] at = Dims.ordered("expandDims", axes, rank);
          long[] dims = new long[rank];
          int next = 0;
          for (int i = 0; i < rank; i++) {
            dims[i] = Dims.contains(at, i) ? 1 : v.shape().dim(next++);
          }
          return Lax.reshape(v, dims);
        });
  }

  /**
   * Drops dimensions of size 1.
   *
   * @param axes which; none means all that have size 1
   */
  public static Tensor squeeze(Tensor x, int... axes) {
    return Composed.of(
        x,
        v -> {
          int[] drop = Dims.ordered("squeeze", axes, v.rank());
          List<Long> dims = new ArrayList<>();
          for (int i = 0; i < v.rank(); i++) {
            long size = v.shape().dim(i);
            if (Dims.contains(drop, i) && size != 1) {
              throw new OpException(
                  "squeeze: a dropped dimension must have size 1: got axis "
                      + i
                      + " of "
                      + v.type().brief());
            }
            if (axes.length == 0 ? size != 1 : !Dims.contains(drop, i)) {
              dims.add(size);
            }
          }
          return Lax.reshape(v, dims.stream().mapToLong(Long::longValue).toArray());
        });
  }

  /** {@code x} repeated along axes of size 1 and new leading axes. */
  public static Tensor broadcastTo(Tensor x, long... dims) {
    return Composed.of(
        x,
        v -> {
          Shape shape = Shape.of(dims);
          boolean fits = v.rank() <= dims.length;
          for (int i = 1; fits && i <= v.rank(); i++) {
            long size = v.shape().dim(v.rank() - i);
            fits = size == 1 || size == dims[dims.length - i];
          }
          if (!fits) {
            throw new OpException(
                "broadcastTo: the shape does not broadcast: got "
                    + v.type().brief()
                    + " to "
                    + Arrays.toString(dims));
          }
          return Dims.broadcastTo(v, shape);
        });
  }

  /** Joins tensors along an existing axis, in the type that all meet in. */
  public static Tensor concatenate(List<Tensor> xs, int axis) {
    requireSome("concatenate", xs);
    return Composed.one(
        xs,
        v -> {
          Tensor[] cast =
              Dims.cast(Dims.promoted(v.toArray(new Tensor[0])), v.toArray(new Tensor[0]));
          if (cast[0].rank() == 0) {
            throw new OpException(
                "concatenate: scalars have no axis: got " + Dims.briefs(v) + "\n  hint: use stack");
          }
          int at = Dims.axis("concatenate", axis, cast[0].rank());
          return cast.length == 1 ? cast[0] : Lax.concatenate(Arrays.asList(cast), at);
        });
  }

  /** Joins tensors along axis 0. */
  public static Tensor concatenate(Tensor... xs) {
    return concatenate(Arrays.asList(xs), 0);
  }

  private static void requireSome(String op, List<Tensor> xs) {
    if (xs.isEmpty()) {
      throw new OpException(op + ": at least one tensor is needed: got none");
    }
  }

  /** Joins tensors of one shape along a new axis. */
  public static Tensor stack(List<Tensor> xs, int axis) {
    requireSome("stack", xs);
    return Composed.one(
        xs,
        v -> {
          for (Tensor x : v) {
            if (!x.shape().equals(v.get(0).shape())) {
              throw new OpException("stack: shapes must be equal: got " + Dims.briefs(v));
            }
          }
          int at = Dims.axis("stack", axis, v.get(0).rank() + 1);
          return concatenate(v.stream().map(x -> expandDims(x, at)).toList(), at);
        });
  }

  /** Joins tensors of one shape along a new leading axis. */
  public static Tensor stack(Tensor... xs) {
    return stack(Arrays.asList(xs), 0);
  }

  /** Joins along axis 1, vectors along axis 0. */
  public static Tensor hstack(List<Tensor> xs) {
    List<Tensor> v = xs.stream().map(x -> x.rank() == 0 ? reshape(x, 1) : x).toList();
    requireSome("hstack", xs);
    return concatenate(v, v.get(0).rank() == 1 ? 0 : 1);
  }

  /** Joins along axis 0; vectors become rows. */
  public static Tensor vstack(List<Tensor> xs) {
    return concatenate(xs.stream().map(NpShape::atLeast2d).toList(), 0);
  }

  /** Joins along axis 2; vectors become {@code [1, n, 1]}, matrices {@code [m, n, 1]}. */
  public static Tensor dstack(List<Tensor> xs) {
    return concatenate(
        xs.stream().map(x -> x.rank() >= 3 ? x : expandDims(atLeast2d(x), 2)).toList(), 2);
  }

  private static Tensor atLeast2d(Tensor x) {
    return x.rank() >= 2 ? x : reshape(x, 1, -1);
  }

  /** {@code y} behind {@code x} along an axis. */
  public static Tensor append(Tensor x, Tensor y, int axis) {
    return concatenate(List.of(x, y), axis);
  }

  /** The elements of both in row-major order. */
  public static Tensor append(Tensor x, Tensor y) {
    return concatenate(ravel(x), ravel(y));
  }

  /** Cuts an axis into equal parts. */
  public static List<Tensor> split(Tensor x, int sections, int axis) {
    int at = Dims.axis("split", axis, x.rank());
    long size = x.shape().dim(at);
    if (sections <= 0 || size % sections != 0) {
      throw new OpException(
          "split: the axis must divide into equal parts: got axis "
              + at
              + " of "
              + x.type().brief()
              + " into "
              + sections
              + "\n  hint: arraySplit allows unequal parts");
    }
    long part = size / sections;
    int[] cuts = new int[sections - 1];
    Arrays.setAll(cuts, i -> (int) ((i + 1) * part));
    return split(x, cuts, axis);
  }

  /** Cuts an axis at these positions; positions beyond the end give empty parts. */
  public static List<Tensor> split(Tensor x, int[] positions, int axis) {
    return Composed.many(
        operands -> {
          Tensor v = operands.get(0);
          int at = Dims.axis("split", axis, v.rank());
          long size = v.shape().dim(at);
          List<Tensor> out = new ArrayList<>();
          long start = 0;
          for (int i = 0; i <= positions.length; i++) {
            long end = i == positions.length ? size : clampIndex(positions[i], size);
            out.add(Lax.sliceInDim(v, start, Math.max(start, end), 1, at));
            start = Math.max(0, end);
          }
          return out;
        },
        List.of(x));
  }

  private static long clampIndex(long position, long size) {
    long p = position < 0 ? position + size : position;
    return Math.max(0, Math.min(p, size));
  }

  /** Cuts an axis into parts of nearly equal size, the larger ones first. */
  public static List<Tensor> arraySplit(Tensor x, int sections, int axis) {
    int at = Dims.axis("arraySplit", axis, x.rank());
    if (sections <= 0) {
      throw new OpException("arraySplit: at least one part is needed: got " + sections);
    }
    int size = x.size(at);
    int base = size / sections;
    int larger = size % sections;
    int[] cuts = new int[sections - 1];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = (i == 0 ? 0 : cuts[i - 1]) + base + (i < larger ? 1 : 0);
    }
    return split(x, cuts, axis);
  }

  /** The slices along an axis, without that axis. */
  public static List<Tensor> unstack(Tensor x, int axis) {
    int at = Dims.axis("unstack", axis, x.rank());
    int n = x.size(at);
    return Composed.many(
        operands -> {
          List<Tensor> out = new ArrayList<>(n);
          for (int i = 0; i < n; i++) {
            Tensor slice = Lax.sliceInDim(operands.get(0), i, i + 1, 1, at);
            out.add(Lax.reshape(slice, slice.shape().remove(at).dims()));
          }
          return out;
        },
        List.of(x));
  }

  /**
   * {@code x} laid side by side.
   *
   * @param repeats how often along each axis, counted from the last; missing ones are 1
   */
  public static Tensor tile(Tensor x, int... repeats) {
    return Composed.of(
        x,
        v -> {
          int rank = Math.max(v.rank(), repeats.length);
          long[] spread = new long[2 * rank];
          long[] dims = new long[rank];
          long[] positions = new long[rank];
          for (int i = 0; i < rank; i++) {
            int fromEnd = rank - i;
            long size = fromEnd <= v.rank() ? v.shape().dim(v.rank() - fromEnd) : 1;
            long times = fromEnd <= repeats.length ? repeats[repeats.length - fromEnd] : 1;
            spread[2 * i] = times;
            spread[2 * i + 1] = size;
            dims[i] = times * size;
            positions[i] = 2L * i + 1;
          }
          long[] full = new long[rank];
          Arrays.setAll(full, i -> spread[2 * i + 1]);
          Tensor y = Lax.reshape(v, full);
          return Lax.reshape(Lax.broadcastInDim(y, Shape.of(spread), positions), dims);
        });
  }

  /** Each element so many times in a row along an axis. */
  public static Tensor repeat(Tensor x, int repeats, int axis) {
    return Composed.of(
        x,
        v -> {
          int at = Dims.axis("repeat", axis, v.rank());
          Shape wide = v.shape().insert(at + 1, repeats);
          long[] positions = new long[v.rank()];
          Arrays.setAll(positions, i -> i <= at ? i : i + 1);
          long[] dims = v.shape().dims();
          dims[at] *= repeats;
          return Lax.reshape(Lax.broadcastInDim(v, wide, positions), dims);
        });
  }

  /** Each element so many times in a row, in row-major order. */
  public static Tensor repeat(Tensor x, int repeats) {
    return repeat(ravel(x), repeats, 0);
  }

  /** Element {@code i} of an axis {@code repeats[i]} times in a row. */
  public static Tensor repeat(Tensor x, int[] repeats, int axis) {
    if (repeats.length == 1) {
      return repeat(x, repeats[0], axis);
    }
    return Composed.of(
        x,
        v -> {
          int at = Dims.axis("repeat", axis, v.rank());
          if (repeats.length != v.shape().dim(at)) {
            throw new OpException(
                "repeat: one count for each element of the axis is needed: got "
                    + repeats.length
                    + " counts for axis "
                    + at
                    + " of "
                    + v.type().brief());
          }
          List<Tensor> parts = new ArrayList<>();
          for (int i = 0; i < repeats.length; i++) {
            Tensor part = Lax.sliceInDim(v, i, i + 1, 1, at);
            parts.add(
                Lax.broadcastInDim(
                    part, part.shape().with(at, repeats[i]), Dims.longs(Dims.range(v.rank()))));
          }
          return Lax.concatenate(parts, at);
        });
  }

  /** Reverses the order along axes; none means all. */
  public static Tensor flip(Tensor x, int... axes) {
    return Composed.of(x, v -> Lax.rev(v, Dims.longs(Dims.axes("flip", axes, v.rank()))));
  }

  /** Reverses the columns: axis 1. */
  public static Tensor fliplr(Tensor x) {
    return flip(x, 1);
  }

  /** Reverses the rows: axis 0. */
  public static Tensor flipud(Tensor x) {
    return flip(x, 0);
  }

  /** Turns by {@code k} quarters from axis {@code from} toward axis {@code to}. */
  public static Tensor rot90(Tensor x, int k, int from, int to) {
    int a = Dims.axis("rot90", from, x.rank());
    int b = Dims.axis("rot90", to, x.rank());
    if (a == b) {
      throw new OpException("rot90: two different axes are needed: got " + from + " and " + to);
    }
    return Composed.of(
        x,
        v ->
            switch (Math.floorMod(k, 4)) {
              case 0 -> v;
              case 1 -> flip(swapaxes(v, a, b), a);
              case 2 -> flip(v, a, b);
              default -> swapaxes(flip(v, a), a, b);
            });
  }

  /** Turns a matrix by a quarter against the clock. */
  public static Tensor rot90(Tensor x) {
    return rot90(x, 1, 0, 1);
  }

  /** Shifts elements along an axis; those pushed out come in at the other end. */
  public static Tensor roll(Tensor x, int shift, int axis) {
    return Composed.of(
        x,
        v -> {
          int at = Dims.axis("roll", axis, v.rank());
          long size = v.shape().dim(at);
          if (size == 0 || Math.floorMod((long) shift, size) == 0) {
            return v;
          }
          long cut = size - Math.floorMod((long) shift, size);
          return Lax.concatenate(
              List.of(Lax.sliceInDim(v, cut, size, 1, at), Lax.sliceInDim(v, 0, cut, 1, at)), at);
        });
  }

  /** Shifts along several axes; shift {@code i} belongs to axis {@code i}. */
  public static Tensor roll(Tensor x, int[] shifts, int[] axes) {
    return Composed.of(
        x,
        v -> {
          Tensor out = v;
          int n = Math.max(shifts.length, axes.length);
          for (int i = 0; i < n; i++) {
            out = roll(out, shifts[shifts.length == 1 ? 0 : i], axes[axes.length == 1 ? 0 : i]);
          }
          return out;
        });
  }

  /** Shifts elements in row-major order, keeping the shape. */
  public static Tensor roll(Tensor x, int shift) {
    return Composed.of(x, v -> reshape(roll(ravel(v), shift, 0), v.shape().dims()));
  }

  /** Elements on the diagonal of axes {@code axis1} and {@code axis2}, as a new last axis. */
  public static Tensor diagonal(Tensor x, int offset, int axis1, int axis2) {
    return Composed.of(
        x,
        v -> {
          int a = Dims.axis("diagonal", axis1, v.rank());
          int b = Dims.axis("diagonal", axis2, v.rank());
          if (a == b) {
            throw new OpException("diagonal: two different axes are needed: got " + a + " twice");
          }
          int last = v.rank() - 1;
          Tensor m = moveaxis(v, new int[] {a, b}, new int[] {last - 1, last});
          long rows = m.shape().dim(last - 1);
          long columns = m.shape().dim(last);
          long row = Math.max(0, -(long) offset);
          long column = Math.max(0, offset);
          long n = Math.max(0, Math.min(rows - row, columns - column));
          if (n == 0) {
            return Lax.full(v.dtype(), 0, m.shape().slice(0, last - 1).insert(last - 1, 0).dims());
          }
          Tensor square = Lax.sliceInDim(m, row, row + n, 1, last - 1);
          square = Lax.sliceInDim(square, column, column + n, 1, last);
          // Row-major, the diagonal of an n x n matrix is every (n + 1)-th element.
          Tensor flat =
              Lax.reshape(square, square.shape().slice(0, last - 1).insert(last - 1, n * n).dims());
          return Lax.sliceInDim(flat, 0, n * n, n + 1, last - 1);
        });
  }

  /** The main diagonal of a matrix. */
  public static Tensor diagonal(Tensor x) {
    return diagonal(x, 0, 0, 1);
  }

  /**
   * A matrix with the vector {@code x} on diagonal {@code k}, or diagonal {@code k} of a matrix.
   */
  public static Tensor diag(Tensor x, int k) {
    if (x.rank() == 2) {
      return diagonal(x, k, 0, 1);
    }
    if (x.rank() != 1) {
      throw new OpException("diag: a vector or a matrix is needed: got " + x.type().brief());
    }
    return Composed.of(
        x,
        v -> {
          long n = v.shape().dim(0);
          long size = n + Math.abs(k);
          Tensor zero = Lax.full(v.dtype(), 0);
          if (n == 0) {
            return Lax.full(v.dtype(), 0, size, size);
          }
          // Elements n + 1 apart in row-major order: pad between them, then around.
          Tensor square =
              Lax.reshape(
                  Lax.pad(v, zero, new long[] {0}, new long[] {n}, new long[] {n}), n + 1, n);
          square = Lax.sliceInDim(square, 0, n, 1, 0);
          long up = Math.max(0, -(long) k);
          long left = Math.max(0, k);
          return Lax.pad(
              square,
              zero,
              new long[] {up, left},
              new long[] {size - n - up, size - n - left},
              new long[2]);
        });
  }

  /** A matrix with the vector {@code x} on the diagonal, or the diagonal of a matrix. */
  public static Tensor diag(Tensor x) {
    return diag(x, 0);
  }

  /** A matrix with all elements of {@code x} on diagonal {@code k}. */
  public static Tensor diagflat(Tensor x, int k) {
    return diag(ravel(x), k);
  }

  /** Sum of the diagonal {@code offset} over two axes. */
  public static Tensor trace(Tensor x, int offset, int axis1, int axis2) {
    return Composed.of(x, v -> Np.sum(diagonal(v, offset, axis1, axis2), -1));
  }

  /** Sum of the main diagonal of a matrix. */
  public static Tensor trace(Tensor x) {
    return trace(x, 0, 0, 1);
  }

  /** {@code x [..., m, n]} with zeros above diagonal {@code k}. */
  public static Tensor tril(Tensor x, int k) {
    return Composed.of(x, v -> Lax.select(lower(v, k), v, Dims.constant(v, 0)));
  }

  /** {@code x [..., m, n]} with zeros above the main diagonal. */
  public static Tensor tril(Tensor x) {
    return tril(x, 0);
  }

  /** {@code x [..., m, n]} with zeros below diagonal {@code k}. */
  public static Tensor triu(Tensor x, int k) {
    return Composed.of(x, v -> Lax.select(lower(v, k - 1), Dims.constant(v, 0), v));
  }

  /** {@code x [..., m, n]} with zeros below the main diagonal. */
  public static Tensor triu(Tensor x) {
    return triu(x, 0);
  }

  private static Tensor lower(Tensor x, int k) {
    int rank = x.rank();
    if (rank < 2) {
      throw new OpException("tril, triu: a matrix is needed: got " + x.type().brief());
    }
    long rows = x.shape().dim(rank - 2);
    long columns = x.shape().dim(rank - 1);
    Tensor row = Lax.iota(DType.I32, 0, rows, columns);
    Tensor column = Lax.iota(DType.I32, 1, rows, columns);
    Tensor mask = Lax.ge(Lax.add(row, Dims.constant(row, k)), column);
    return Dims.broadcastTo(mask, x.shape());
  }
}
