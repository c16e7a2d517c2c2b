package org.cornu.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.ops.Index;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** {@code keras.ops}: creation, shapes, indexing, products. */
final class ShapeEntries {
  private final OpCatalog catalog;

  private ShapeEntries(OpCatalog catalog) {
    this.catalog = catalog;
  }

  static void addTo(OpCatalog catalog) {
    ShapeEntries e = new ShapeEntries(catalog);
    e.creation();
    e.windows();
    e.rearranging();
    e.joining();
    e.diagonals();
    e.indexing();
    e.products();
    e.facts();
  }

  private void op(String path, String method, OpCatalog.Call call) {
    catalog.add("keras.ops." + path, method, call);
  }

  private void unary(String name, String method, F1<Tensor, Tensor> f) {
    op(name + "(x)", "Np." + method, a -> f.apply(a.tensor("x")));
  }

  private void creation() {
    op(
        "arange(start, stop=None, step=None, dtype=None)",
        "Np.arange",
        a -> {
          boolean whole =
              a.get("start") instanceof Long
                  && (!a.has("stop") || a.get("stop") instanceof Long)
                  && (!a.has("step") || a.get("step") instanceof Long);
          DType dtype = a.dtype("dtype", whole ? DType.I32 : DType.F32);
          double start = a.has("stop") ? a.number("start") : 0;
          double stop = a.has("stop") ? a.number("stop") : a.number("start");
          return Np.arange(dtype, start, stop, a.number("step", 1));
        });
    op(
        "linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)",
        "Np.linspace",
        ShapeEntries::linspace);
    op(
        "logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0)",
        "Np.logspace",
        a -> {
          DType dtype = a.dtype("dtype", endsMeetIn(a));
          Tensor exponents = linspaceOf(a, DType.F32);
          Tensor out = Np.power(Lax.full(DType.F32, a.number("base")), exponents);
          return Np.cast(out, dtype);
        });
    op(
        "geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0)",
        "Np.geomspace",
        a -> {
          if (a.get("start") instanceof Number && a.get("stop") instanceof Number) {
            return Np.geomspace(
                a.dtype("dtype", DType.F32),
                a.number("start"),
                a.number("stop"),
                a.integer("num"),
                a.flag("endpoint"));
          }
          Tensor beside = a.get("start") instanceof Tensor start ? start : a.tensor("stop");
          Tensor start = a.weak("start", beside);
          Tensor stop = a.weak("stop", beside);
          DType dtype = a.dtype("dtype", endsMeetIn(a));
          DType wide = Promotion.inexact(dtype);
          Tensor out =
              Np.geomspace(
                  Np.cast(start, wide),
                  Np.cast(stop, wide),
                  a.integer("num"),
                  a.flag("endpoint"),
                  a.integer("axis"));
          return Np.cast(out, dtype);
        });
    op(
        "eye(N, M=None, k=0, dtype=None)",
        "Np.eye",
        a ->
            Np.eye(
                a.dtype("dtype", DType.F32),
                a.integer("N"),
                a.integer("M", a.integer("N")),
                a.integer("k")));
    op(
        "identity(n, dtype=None)",
        "Np.eye",
        a -> Np.eye(a.dtype("dtype", DType.F32), a.integer("n"), a.integer("n"), 0));
    op(
        "tri(N, M=None, k=0, dtype=None)",
        "Np.tri",
        a ->
            Np.tri(
                a.dtype("dtype", DType.F32),
                a.integer("N"),
                a.integer("M", a.integer("N")),
                a.integer("k")));
    filled("ones", 1);
    filled("zeros", 0);
    filled("empty", 0);
    op(
        "full(shape, fill_value, dtype=None)",
        "Np.full",
        a -> {
          DType dtype = a.dtype("dtype", DType.F32);
          return a.get("fill_value") instanceof Tensor value
              ? Np.broadcastTo(Np.cast(value, dtype), a.longs("shape"))
              : Np.full(dtype, a.number("fill_value"), a.longs("shape"));
        });
    op(
        "full_like(x, fill_value, dtype=None)",
        "Np.fullLike",
        a -> {
          Tensor x = a.tensor("x");
          Tensor like = Np.cast(x, a.dtype("dtype", x.dtype()));
          return a.get("fill_value") instanceof Tensor value
              ? Np.broadcastTo(Np.cast(value, like.dtype()), x.shape().dims())
              : Np.fullLike(like, a.number("fill_value"));
        });
    op(
        "meshgrid(*x, indexing='xy')",
        "Np.meshgrid",
        a -> Np.meshgrid(Arguments.tensorsOf(a.rest()), a.text("indexing").equals("xy")));
    op(
        "vander(x, N=None, increasing=False)",
        "Np.vander",
        a -> {
          Tensor x = a.tensor("x");
          return Np.vander(x, a.integer("N", x.size(0)), a.flag("increasing"));
        });
    op(
        "array(x, dtype=None)",
        "Tensor.of",
        a -> {
          Tensor x = a.tensor("x");
          return Np.cast(x, a.dtype("dtype", x.dtype()));
        });
    op(
        "convert_to_tensor(x, dtype=None, sparse=None, ragged=None)",
        "Tensor.of",
        a -> {
          Tensor x = a.tensor("x");
          return Np.cast(x, a.dtype("dtype", x.dtype()));
        });
    op("convert_to_numpy(x)", "Tensor.toArray", a -> a.tensor("x"));
    op("copy(x)", "Np.copy", a -> Np.copy(a.tensor("x")));
  }

  private void filled(String name, double value) {
    op(
        name + "(shape, dtype=None)",
        name.equals("ones") ? "Np.ones" : "Np.zeros",
        a -> Np.full(a.dtype("dtype", DType.F32), value, a.longs("shape")));
    op(
        name + "_like(x, dtype=None)",
        name.equals("ones") ? "Np.onesLike" : "Np.zerosLike",
        a -> {
          Tensor x = a.tensor("x");
          return Np.fullLike(Np.cast(x, a.dtype("dtype", x.dtype())), value);
        });
  }

  /** The float type of {@code start} and {@code stop}, of which numbers give way to arrays. */
  private static DType endsMeetIn(Arguments a) {
    Tensor beside = a.get("start") instanceof Tensor start ? start : a.tensor("stop");
    DType first = a.weak("start", beside).dtype();
    return Promotion.inexact(Promotion.result(first, a.weak("stop", beside).dtype()));
  }

  private static Object linspace(Arguments a) {
    Tensor points = linspaceOf(a, null);
    if (!a.flag("retstep")) {
      return points;
    }
    int steps = a.flag("endpoint") ? a.integer("num") - 1 : a.integer("num");
    Tensor start = a.weak("start", Tensor.of(0f));
    Tensor stop = a.weak("stop", Tensor.of(0f));
    return List.of(points, Np.divide(Np.subtract(stop, start), steps));
  }

  private static Tensor linspaceOf(Arguments a, @Nullable DType fixed) {
    DType dtype = fixed != null ? fixed : a.dtype("dtype", DType.F32);
    if (a.get("start") instanceof Number && a.get("stop") instanceof Number) {
      return Np.linspace(
          dtype, a.number("start"), a.number("stop"), a.integer("num"), a.flag("endpoint"));
    }
    Tensor beside = a.get("start") instanceof Tensor start ? start : (Tensor) a.tensor("stop");
    Tensor out =
        Np.linspace(
            a.weak("start", beside),
            a.weak("stop", beside),
            a.integer("num"),
            a.flag("endpoint"),
            a.integer("axis"));
    boolean whole = dtype.isInteger();
    return a.has("dtype") ? Np.cast(whole ? Np.floor(out) : out, dtype) : out;
  }

  private void windows() {
    op("bartlett(x)", "Np.bartlett", a -> Np.bartlett(a.integer("x")));
    op("blackman(x)", "Np.blackman", a -> Np.blackman(a.integer("x")));
    op("hamming(x)", "Np.hamming", a -> Np.hamming(a.integer("x")));
    op("hanning(x)", "Np.hanning", a -> Np.hanning(a.integer("x")));
    op("kaiser(x, beta)", "Np.kaiser", a -> Np.kaiser(a.integer("x"), a.number("beta")));
  }

  private void rearranging() {
    op("reshape(x, newshape)", "Np.reshape", a -> Np.reshape(a.tensor("x"), a.longs("newshape")));
    unary("ravel", "ravel", Np::ravel);
    op("transpose(x, axes=None)", "Np.transpose", a -> Np.transpose(a.tensor("x"), a.ints("axes")));
    op(
        "swapaxes(x, axis1, axis2)",
        "Np.swapaxes",
        a -> Np.swapaxes(a.tensor("x"), a.integer("axis1"), a.integer("axis2")));
    op(
        "moveaxis(x, source, destination)",
        "Np.moveaxis",
        a -> Np.moveaxis(a.tensor("x"), a.ints("source"), a.ints("destination")));
    op("expand_dims(x, axis)", "Np.expandDims", a -> Np.expandDims(a.tensor("x"), a.ints("axis")));
    op("squeeze(x, axis=None)", "Np.squeeze", a -> Np.squeeze(a.tensor("x"), a.ints("axis")));
    op(
        "broadcast_to(x, shape)",
        "Np.broadcastTo",
        a -> Np.broadcastTo(a.tensor("x"), a.longs("shape")));
    op("flip(x, axis=None)", "Np.flip", a -> Np.flip(a.tensor("x"), a.ints("axis")));
    unary("fliplr", "fliplr", Np::fliplr);
    unary("flipud", "flipud", Np::flipud);
    op(
        "rot90(array, k=1, axes=(0, 1))",
        "Np.rot90",
        a -> {
          int[] axes = a.ints("axes");
          return Np.rot90(a.tensor("array"), a.integer("k"), axes[0], axes[1]);
        });
    op(
        "roll(x, shift, axis=None)",
        "Np.roll",
        a ->
            a.has("axis")
                ? Np.roll(a.tensor("x"), a.ints("shift"), a.ints("axis"))
                : Np.roll(a.tensor("x"), Arrays.stream(a.ints("shift")).sum()));
    op("tile(x, repeats)", "Np.tile", a -> Np.tile(a.tensor("x"), a.ints("repeats")));
    op(
        "repeat(x, repeats, axis=None)",
        "Np.repeat",
        a ->
            a.has("axis")
                ? Np.repeat(a.tensor("x"), a.ints("repeats"), a.integer("axis"))
                : Np.repeat(Np.ravel(a.tensor("x")), a.ints("repeats"), 0));
    op(
        "pad(x, pad_width, mode='constant', constant_values=None)",
        "Np.pad",
        a -> {
          int[][] widths = widths(a, a.tensor("x").rank());
          Np.PadMode mode = Np.PadMode.of(a.text("mode"));
          if (mode != Np.PadMode.CONSTANT && a.has("constant_values")) {
            throw new IllegalArgumentException(
                "pad: constant_values go with the mode constant alone: got " + a.text("mode"));
          }
          return mode == Np.PadMode.CONSTANT
              ? Np.pad(a.tensor("x"), widths, a.number("constant_values", 0))
              : Np.pad(a.tensor("x"), widths, mode);
        });
    op(
        "rearrange(tensor, pattern, **axes_lengths)",
        "Np.rearrange",
        a -> Np.rearrange(a.tensor("tensor"), a.text("pattern"), a.integers()));
  }

  private static int[][] widths(Arguments a, int rank) {
    if (a.get("pad_width") instanceof List<?> list
        && !list.isEmpty()
        && list.get(0) instanceof List) {
      int[][] out = new int[list.size()][];
      for (int i = 0; i < out.length; i++) {
        out[i] = ((List<?>) list.get(i)).stream().mapToInt(v -> ((Number) v).intValue()).toArray();
      }
      return spread(out, rank);
    }
    int[] pair = a.ints("pad_width");
    return spread(new int[][] {pair.length == 1 ? new int[] {pair[0], pair[0]} : pair}, rank);
  }

  private static int[][] spread(int[][] widths, int rank) {
    if (widths.length == rank) {
      return widths;
    }
    int[][] out = new int[rank][];
    Arrays.fill(out, widths[0]);
    return out;
  }

  private void joining() {
    op(
        "concatenate(xs, axis=0)",
        "Np.concatenate",
        a ->
            a.has("axis")
                ? Np.concatenate(a.tensors("xs"), a.integer("axis"))
                : Np.concatenate(a.tensors("xs").stream().map(Np::ravel).toList(), 0));
    op("stack(x, axis=0)", "Np.stack", a -> Np.stack(a.tensors("x"), a.integer("axis")));
    op("hstack(xs)", "Np.hstack", a -> Np.hstack(a.tensors("xs")));
    op("vstack(xs)", "Np.vstack", a -> Np.vstack(a.tensors("xs")));
    op("dstack(xs)", "Np.dstack", a -> Np.dstack(a.tensors("xs")));
    op(
        "append(x1, x2, axis=None)",
        "Np.append",
        a ->
            a.has("axis")
                ? Np.append(a.tensor("x1"), a.tensor("x2"), a.integer("axis"))
                : Np.append(a.tensor("x1"), a.tensor("x2")));
    op("split(x, indices_or_sections, axis=0)", "Np.split", a -> split(a, a.integer("axis"), true));
    op(
        "array_split(x, indices_or_sections, axis=0)",
        "Np.arraySplit",
        a -> split(a, a.integer("axis"), false));
    op(
        "hsplit(x, indices_or_sections)",
        "Np.split",
        a -> split(a, a.tensor("x").rank() == 1 ? 0 : 1, true));
    op("vsplit(x, indices_or_sections)", "Np.split", a -> split(a, 0, true));
    op("dsplit(x, indices_or_sections)", "Np.split", a -> split(a, 2, true));
    op(
        "unstack(x, num=None, axis=0)",
        "Np.unstack",
        a -> Np.unstack(a.tensor("x"), a.integer("axis")));
  }

  private static List<Tensor> split(Arguments a, int axis, boolean equal) {
    Tensor x = a.tensor("x");
    if (a.get("indices_or_sections") instanceof Long sections) {
      return equal
          ? Np.split(x, sections.intValue(), axis)
          : Np.arraySplit(x, sections.intValue(), axis);
    }
    return Np.split(x, a.ints("indices_or_sections"), axis);
  }

  private void diagonals() {
    op("diag(x, k=0)", "Np.diag", a -> Np.diag(a.tensor("x"), a.integer("k")));
    op("diagflat(x, k=0)", "Np.diagflat", a -> Np.diagflat(a.tensor("x"), a.integer("k")));
    op(
        "diagonal(x, offset=0, axis1=0, axis2=1)",
        "Np.diagonal",
        a ->
            Np.diagonal(
                a.tensor("x"), a.integer("offset"), a.integer("axis1"), a.integer("axis2")));
    op(
        "trace(x, offset=0, axis1=0, axis2=1)",
        "Np.trace",
        a -> Np.trace(a.tensor("x"), a.integer("offset"), a.integer("axis1"), a.integer("axis2")));
    op("tril(x, k=0)", "Np.tril", a -> Np.tril(a.tensor("x"), a.integer("k")));
    op("triu(x, k=0)", "Np.triu", a -> Np.triu(a.tensor("x"), a.integer("k")));
  }

  private void indexing() {
    op("get_item(x, key)", "Np.get", a -> Np.get(a.tensor("x"), index(a.get("key"))));
    op(
        "take(x, indices, axis=None)",
        "Np.take",
        a ->
            a.has("axis")
                ? Np.take(a.tensor("x"), a.tensor("indices"), a.integer("axis"))
                : Np.take(a.tensor("x"), a.tensor("indices")));
    op(
        "take_along_axis(x, indices, axis=None)",
        "Np.takeAlongAxis",
        a ->
            a.has("axis")
                ? Np.takeAlongAxis(a.tensor("x"), a.tensor("indices"), a.integer("axis"))
                : Np.takeAlongAxis(a.tensor("x"), a.tensor("indices")));
    op(
        "scatter(indices, values, shape)",
        "Np.scatter",
        a -> Np.scatter(a.tensor("indices"), a.tensor("values"), a.longs("shape")));
    op(
        "scatter_update(inputs, indices, updates, reduction=None)",
        "Np.scatterUpdate",
        a ->
            Np.scatterUpdate(
                a.tensor("inputs"),
                a.tensor("indices"),
                a.tensor("updates"),
                Np.scatterKind(a.has("reduction") ? a.text("reduction") : "set")));
    op(
        "slice(inputs, start_indices, shape)",
        "Np.slice",
        a -> Np.slice(a.tensor("inputs"), a.tensor("start_indices"), a.longs("shape")));
    op(
        "slice_update(inputs, start_indices, updates)",
        "Np.sliceUpdate",
        a -> Np.sliceUpdate(a.tensor("inputs"), a.tensor("start_indices"), a.tensor("updates")));
  }

  /** An index as NumPy takes it: one entry, or a tuple of them. */
  private static Index[] index(@Nullable Object key) {
    List<@Nullable Object> entries = new ArrayList<>();
    if (key instanceof List<?> list) {
      entries.addAll(list);
    } else {
      entries.add(key);
    }
    Index[] out = new Index[entries.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = entry(entries.get(i));
    }
    return out;
  }

  private static Index entry(@Nullable Object value) {
    if (value == null) {
      return Index.NEW_AXIS;
    }
    if (value instanceof CallTree.Dots) {
      return Index.ELLIPSIS;
    }
    if (value instanceof CallTree.SliceOf slice) {
      return Index.slice(slice.start(), slice.stop(), slice.step() == null ? 1 : slice.step());
    }
    if (value instanceof Long position) {
      return Index.at(position.intValue());
    }
    return Index.at(Arguments.tensorOf(value));
  }

  private void product(String name, F2<Tensor, Tensor, Tensor> f) {
    op(name + "(x1, x2)", "Np." + name, a -> f.apply(a.tensor("x1"), a.tensor("x2")));
  }

  private void products() {
    product("matmul", Np::matmul);
    product("dot", Np::dot);
    product("inner", Np::inner);
    product("outer", Np::outer);
    product("vdot", Np::vdot);
    product("kron", Np::kron);
    op(
        "tensordot(x1, x2, axes=2)",
        "Np.tensordot",
        a -> {
          Tensor x = a.tensor("x1");
          Tensor y = a.tensor("x2");
          if (a.get("axes") instanceof List<?> pair && pair.get(0) instanceof List<?> first) {
            return Np.tensordot(x, y, ints(first), ints((List<?>) pair.get(1)));
          }
          int[] axes = a.ints("axes");
          return axes.length == 1
              ? Np.tensordot(x, y, axes[0])
              : Np.tensordot(x, y, new int[] {axes[0]}, new int[] {axes[1]});
        });
    op(
        "cross(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None)",
        "Np.cross",
        a -> {
          boolean one = a.has("axis");
          return Np.cross(
              a.tensor("x1"),
              a.tensor("x2"),
              a.integer(one ? "axis" : "axisa"),
              a.integer(one ? "axis" : "axisb"),
              a.integer(one ? "axis" : "axisc"));
        });
    op(
        "einsum(subscripts, *operands, **kwargs)",
        "Np.einsum",
        a -> Np.einsum(a.text("subscripts"), Arguments.tensorsOf(a.rest()).toArray(new Tensor[0])));
    op("cdist(x, y)", "Np.cdist", a -> Np.cdist(a.tensor("x"), a.tensor("y")));
  }

  private static int[] ints(List<?> list) {
    return list.stream().mapToInt(v -> ((Number) v).intValue()).toArray();
  }

  private void facts() {
    op(
        "shape(x)",
        "Tensor.shape",
        a -> new PythonValue(Arrays.stream(a.tensor("x").shape().dims()).boxed().toList()));
    op("ndim(x)", "Tensor.rank", a -> new PythonValue(a.tensor("x").rank()));
    op("size(x)", "Tensor.count", a -> new PythonValue(a.tensor("x").count()));
    op(
        "dtype(x)",
        "Tensor.dtype",
        a -> new PythonValue(Promotion.kerasName(a.tensor("x").dtype())));
    op("is_tensor(x)", "Tensor.isConcrete", a -> new PythonValue(a.get("x") instanceof Tensor));
  }
}
