package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * NumPy's indexing of one tensor. Slices, single positions and new axes are cut statically;
 * computed positions become one gather or scatter. Positions beyond an axis are clamped when read,
 * and dropped when written.
 */
final class Indexing {
  /** What happens to one axis of the operand, or a new axis. */
  private record Entry(Index index, int axis) {}

  private final Shape shape;
  private final List<Entry> entries;

  private Indexing(Shape shape, List<Entry> entries) {
    this.shape = shape;
    this.entries = entries;
  }

  /** The tensors of an index, which become operands of the operation. */
  static List<Tensor> tensors(Index[] index) {
    List<Tensor> out = new ArrayList<>();
    for (Index i : index) {
      if (i instanceof Index.Gathered gathered) {
        out.add(gathered.positions());
      }
    }
    return out;
  }

  /** The index with its tensors replaced, in order. */
  static Index[] with(Index[] index, List<Tensor> tensors) {
    Index[] out = index.clone();
    int next = 0;
    for (int i = 0; i < out.length; i++) {
      if (out[i] instanceof Index.Gathered) {
        out[i] = new Index.Gathered(tensors.get(next++));
      }
    }
    return out;
  }

  /** Replaces masks by the positions where they are true, which needs their elements. */
  static Index[] withoutMasks(Index[] index) {
    List<Index> out = new ArrayList<>();
    for (Index i : index) {
      if (i instanceof Index.Mask mask) {
        if (!mask.mask().isConcrete()) {
          throw new OpException(
              "get: the number of true elements of a mask is not known while tracing: got "
                  + mask.mask().type().brief()
                  + "\n  hint: use where(mask, x, y), or nonzero with a size");
        }
        for (Tensor positions : NpIndexing.nonzero(mask.mask())) {
          out.add(new Index.Gathered(positions));
        }
      } else {
        out.add(i);
      }
    }
    return out.toArray(new Index[0]);
  }

  static Indexing of(Tensor x, Index... index) {
    int used = 0;
    int dots = 0;
    for (Index i : index) {
      if (i instanceof Index.Ellipsis) {
        dots++;
      } else if (!(i instanceof Index.NewAxis)) {
        used++;
      }
    }
    if (dots > 1) {
      throw new OpException("get: only one ellipsis is possible: got " + dots);
    }
    if (used > x.rank()) {
      throw new OpException(
          "get: more indices than axes: got " + used + " for " + x.type().brief());
    }
    List<Entry> entries = new ArrayList<>();
    int axis = 0;
    List<Index> all = new ArrayList<>(Arrays.asList(index));
    if (dots == 0) {
      all.add(Index.ELLIPSIS);
    }
    for (Index i : all) {
      if (i instanceof Index.Ellipsis) {
        for (int k = used; k < x.rank(); k++) {
          entries.add(new Entry(Index.ALL, axis++));
        }
      } else if (i instanceof Index.NewAxis) {
        entries.add(new Entry(i, -1));
      } else {
        entries.add(new Entry(i, axis++));
      }
    }
    for (Entry e : entries) {
      if (e.index() instanceof Index.Gathered gathered
          && !gathered.positions().dtype().isInteger()) {
        throw new OpException(
            "get: positions must be integers or bool: got " + gathered.positions().type().brief());
      }
    }
    return new Indexing(x.shape(), entries);
  }

  private boolean isAdvanced() {
    return entries.stream().anyMatch(e -> e.index() instanceof Index.Gathered);
  }

  /** True when each axis is either whole or indexed by computed positions. */
  private boolean isPlain() {
    return entries.stream()
        .allMatch(e -> e.index() instanceof Index.Gathered || e.index().equals(Index.ALL));
  }

  /** True when only slices of step 1 and single positions occur. */
  private boolean isBlock() {
    return entries.stream()
        .allMatch(
            e ->
                e.index() instanceof Index.At
                    || e.index() instanceof Index.NewAxis
                    || (e.index() instanceof Index.Slice s && s.step() == 1));
  }

  private int position(Index.At at, int axis) {
    long size = shape.dim(axis);
    if (at.position() < -size || at.position() >= size) {
      throw new OpException(
          "get: the position must lie in ["
              + -size
              + ", "
              + size
              + ") on axis "
              + axis
              + ": got "
              + at.position());
    }
    return (int) (at.position() < 0 ? at.position() + size : at.position());
  }

  /** {@code x[index]}. */
  Tensor get(Tensor x) {
    boolean advanced = isAdvanced();
    Tensor cut = slices(x, advanced);
    List<Long> dims = new ArrayList<>();
    List<Tensor> positions = new ArrayList<>();
    List<Integer> gathered = new ArrayList<>();
    for (Entry e : entries) {
      if (e.index() instanceof Index.NewAxis) {
        dims.add(1L);
      } else if (e.index() instanceof Index.At at) {
        if (advanced) {
          positions.add(Lax.full(DType.I32, position(at, e.axis())));
          gathered.add(dims.size());
          dims.add(shape.dim(e.axis()));
        }
      } else {
        if (e.index() instanceof Index.Gathered g) {
          positions.add(g.positions());
          gathered.add(dims.size());
        }
        dims.add(cut.shape().dim(e.axis()));
      }
    }
    Tensor reshaped = Lax.reshape(cut, dims.stream().mapToLong(Long::longValue).toArray());
    return advanced ? gather(reshaped, positions, gathered) : reshaped;
  }

  /** Applies slices, and single positions unless they take part in a gather. */
  private Tensor slices(Tensor x, boolean advanced) {
    long[] starts = new long[x.rank()];
    long[] limits = x.shape().dims();
    long[] strides = Dims.filled(x.rank(), 1);
    List<Integer> reversed = new ArrayList<>();
    for (Entry e : entries) {
      int axis = e.axis();
      if (e.index() instanceof Index.At at && !advanced) {
        starts[axis] = position(at, axis);
        limits[axis] = starts[axis] + 1;
      } else if (e.index() instanceof Index.Slice slice) {
        int[] r = slice.resolve((int) shape.dim(axis));
        int step = Math.abs(r[2]);
        int n = Math.max(0, (r[2] > 0 ? r[1] - r[0] : r[0] - r[1]) + step - 1) / step;
        if (n == 0) {
          limits[axis] = 0;
        } else if (r[2] > 0) {
          starts[axis] = r[0];
          limits[axis] = r[1];
        } else {
          starts[axis] = r[0] - (long) (n - 1) * step;
          limits[axis] = r[0] + 1L;
          reversed.add(axis);
        }
        strides[axis] = step;
      }
    }
    boolean whole =
        Arrays.equals(starts, new long[x.rank()])
            && Arrays.equals(limits, x.shape().dims())
            && Arrays.stream(strides).allMatch(s -> s == 1);
    Tensor out = whole ? x : Lax.slice(x, starts, limits, strides);
    return reversed.isEmpty()
        ? out
        : Lax.rev(out, reversed.stream().mapToLong(Integer::longValue).toArray());
  }

  /** Where the computed positions stand in the result: {offset of the first, their rank}. */
  private static int place(List<Integer> axes) {
    for (int i = 1; i < axes.size(); i++) {
      if (axes.get(i) != axes.get(i - 1) + 1) {
        return 0;
      }
    }
    return axes.get(0);
  }

  private static Tensor gather(Tensor x, List<Tensor> positions, List<Integer> axes) {
    int[] indexed = axes.stream().mapToInt(Integer::intValue).toArray();
    Tensor indices = vectors(x, positions, indexed);
    int rank = indices.rank() - 1;
    DimensionNumbers.Gather dims =
        new DimensionNumbers.Gather(
            windows(x.rank(), indexed, place(axes), rank),
            NpLinear.list(indexed),
            List.of(),
            List.of(),
            NpLinear.list(indexed),
            rank);
    long[] sizes = x.shape().dims();
    for (int axis : indexed) {
      sizes[axis] = Math.min(1, sizes[axis]);
    }
    return Lax.gather(x, indices, dims, sizes, false);
  }

  /** Dimensions of the result, or of the updates, that are not those of the positions. */
  private static List<Long> windows(int rank, int[] indexed, int place, int positions) {
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < rank - indexed.length; i++) {
      out.add((long) (i < place ? i : i + positions));
    }
    return out;
  }

  /** The positions, wrapped once when negative, broadcast, side by side in a last axis. */
  private static Tensor vectors(Tensor x, List<Tensor> positions, int[] axes) {
    List<Tensor> columns = new ArrayList<>();
    Tensor[] aligned =
        Dims.align(
            "get",
            Dims.promoted(positions.toArray(new Tensor[0])),
            positions.toArray(new Tensor[0]));
    for (int i = 0; i < aligned.length; i++) {
      columns.add(NpShape.expandDims(wrapped(aligned[i], x.shape().dim(axes[i])), -1));
    }
    return columns.size() == 1
        ? columns.get(0)
        : Lax.concatenate(columns, columns.get(0).rank() - 1);
  }

  /** Positions counted from the front; narrow integers become i32. */
  static Tensor wrapped(Tensor positions, long size) {
    Tensor p =
        positions.dtype().bits() < 32 ? Lax.convertElementType(positions, DType.I32) : positions;
    if (p.dtype().isUnsigned()) {
      return p;
    }
    Tensor zero = Dims.constant(p, 0);
    return Lax.select(Lax.lt(p, zero), Lax.add(p, Dims.constant(p, size)), p);
  }

  /** {@code x} with {@code update}, which broadcasts, combined into the indexed elements. */
  Tensor update(Tensor x, Tensor update, Lax.ScatterKind kind) {
    Tensor values = Lax.convertElementType(update, x.dtype());
    if (isBlock()) {
      return block(x, values, kind);
    }
    if (isPlain()) {
      return windows(x, values, kind);
    }
    // Anything else: the numbers of the elements are indexed the same way, then scattered to.
    Tensor number = Lax.reshape(Lax.iota(DType.I32, shape.count()), shape.dims());
    Tensor targets = get(number);
    Tensor inside = inside(targets);
    targets = Lax.select(inside, targets, Dims.constant(targets, shape.count()));
    Tensor full = broadcastUpdate(values, targets.shape());
    DimensionNumbers.Scatter dims =
        new DimensionNumbers.Scatter(List.of(), List.of(0L), List.of(), List.of(), List.of(0L), 1);
    Tensor out =
        Lax.scatter(
            Lax.reshape(x, shape.count()),
            Lax.reshape(targets, targets.count(), 1),
            Lax.reshape(full, full.count()),
            dims,
            kind,
            false,
            false);
    return Lax.reshape(out, shape.dims());
  }

  /** True where all computed positions lie within their axes, in the shape of the result. */
  private Tensor inside(Tensor result) {
    Tensor ok = Lax.full(DType.BOOL, 1, result.shape().dims());
    for (Entry e : entries) {
      if (e.index() instanceof Index.Gathered g) {
        // The same index with this axis' flags in place of the operand's elements.
        long size = shape.dim(e.axis());
        Tensor p = wrapped(g.positions(), size);
        Tensor valid =
            Lax.bitwiseAnd(Lax.ge(p, Dims.constant(p, 0)), Lax.lt(p, Dims.constant(p, size)));
        ok = Lax.bitwiseAnd(ok, Dims.broadcastTo(placed(valid, result.rank()), result.shape()));
      }
    }
    return ok;
  }

  /** Brings flags of computed positions to where their axes stand in the result. */
  private Tensor placed(Tensor valid, int rank) {
    List<Integer> axes = new ArrayList<>();
    int at = 0;
    int positions = 0;
    for (Entry e : entries) {
      boolean takes = e.index() instanceof Index.Gathered || e.index() instanceof Index.At;
      if (takes) {
        axes.add(at);
      }
      if (e.index() instanceof Index.Gathered g) {
        positions = Math.max(positions, g.positions().rank());
      }
      at++;
    }
    int behind = rank - positions - place(axes);
    long[] dims = Arrays.copyOf(valid.shape().dims(), valid.rank() + behind);
    Arrays.fill(dims, valid.rank(), dims.length, 1);
    return Lax.reshape(valid, dims);
  }

  private static Tensor broadcastUpdate(Tensor update, Shape shape) {
    Tensor u = update;
    while (u.rank() > shape.rank() && u.shape().dim(0) == 1) {
      u = Lax.reshape(u, u.shape().remove(0).dims());
    }
    return NpShape.broadcastTo(u, shape.dims());
  }

  private Tensor windows(Tensor x, Tensor update, Lax.ScatterKind kind) {
    List<Tensor> positions = new ArrayList<>();
    List<Integer> axes = new ArrayList<>();
    for (Entry e : entries) {
      if (e.index() instanceof Index.Gathered g) {
        positions.add(g.positions());
        axes.add(e.axis());
      }
    }
    int[] indexed = axes.stream().mapToInt(Integer::intValue).toArray();
    Tensor indices = vectors(x, positions, indexed);
    int rank = indices.rank() - 1;
    int place = place(axes);
    List<Long> windows = windows(x.rank(), indexed, place, rank);
    int[] others = Dims.others(indexed, x.rank());
    long[] full = new long[others.length + rank];
    int nextPosition = 0;
    int nextWindow = 0;
    for (int i = 0; i < full.length; i++) {
      full[i] =
          windows.contains((long) i)
              ? x.shape().dim(others[nextWindow++])
              : indices.shape().dim(nextPosition++);
    }
    DimensionNumbers.Scatter dims =
        new DimensionNumbers.Scatter(
            windows, NpLinear.list(indexed), List.of(), List.of(), NpLinear.list(indexed), rank);
    return Lax.scatter(
        x, indices, broadcastUpdate(update, Shape.of(full)), dims, kind, false, false);
  }

  private Tensor block(Tensor x, Tensor update, Lax.ScatterKind kind) {
    long[] starts = new long[x.rank()];
    Tensor old = get(x);
    Tensor value = broadcastUpdate(update, old.shape());
    Tensor combined =
        switch (kind) {
          case SET -> value;
          case ADD -> Lax.add(old, value);
          case MUL -> Lax.mul(old, value);
          case MIN -> Lax.min(old, value);
          case MAX -> Lax.max(old, value);
        };
    long[] sizes = new long[x.rank()];
    for (Entry e : entries) {
      if (e.index() instanceof Index.At at) {
        starts[e.axis()] = position(at, e.axis());
        sizes[e.axis()] = 1;
      } else if (e.index() instanceof Index.Slice slice) {
        int[] r = slice.resolve((int) shape.dim(e.axis()));
        starts[e.axis()] = r[0];
        sizes[e.axis()] = Math.max(0, r[1] - r[0]);
      }
    }
    if (combined.count() == 0) {
      return x;
    }
    List<Tensor> at = Arrays.stream(starts).mapToObj(s -> Lax.full(DType.I32, s)).toList();
    return Lax.dynamicUpdateSlice(x, Lax.reshape(combined, sizes), at);
  }
}
