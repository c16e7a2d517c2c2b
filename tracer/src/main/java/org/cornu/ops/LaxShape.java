package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.jspecify.annotations.Nullable;

/** The part of {@link Lax} that makes, reshapes, cuts and joins tensors, and indexes into them. */
abstract sealed class LaxShape extends LaxElementwise permits LaxLinear {

  /** Above this many elements a filled tensor is computed on the device, not copied there. */
  static final long COPY_LIMIT = 1 << 16;

  /**
   * A constant of the program; for a large array pass a tensor instead. Outside of a program it is
   * copied to the device: a program of its own would be compiled for each value.
   */
  public static Tensor constant(Literal literal) {
    return Trace.current() == null
        ? Tensor.of(literal)
        : Dispatch.one((b, v) -> b.constant(literal));
  }

  /** A tensor filled with one value, rounded or truncated to the type. */
  public static Tensor full(DType dtype, double value, long... dims) {
    TensorType type = TensorType.of(dtype, dims);
    return Trace.current() == null && type.shape().count() <= COPY_LIMIT
        ? Tensor.of(Literal.ofDoubles(type, value))
        : Dispatch.one((b, v) -> b.constant(type, value));
  }

  /** A tensor of the type of {@code like} filled with one value. */
  public static Tensor fullLike(Tensor like, double value) {
    return full(like.dtype(), value, like.shape().dims());
  }

  /** 0, 1, 2, … along dimension {@code dimension}. */
  public static Tensor iota(DType dtype, int dimension, long... dims) {
    return Dispatch.one((b, v) -> b.iota(TensorType.of(dtype, dims), dimension));
  }

  /** 0, 1, …, {@code size - 1}. */
  public static Tensor iota(DType dtype, long size) {
    return iota(dtype, 0, size);
  }

  /** The same elements in row-major order under another shape of equal count. */
  public static Tensor reshape(Tensor x, long... dims) {
    return Dispatch.unary(x, (b, v) -> b.reshape(v, Shape.of(dims)));
  }

  /**
   * A tensor of shape {@code shape} in which dimension {@code i} of {@code x} becomes dimension
   * {@code dimensions[i]}; sizes of 1 are repeated.
   */
  public static Tensor broadcastInDim(Tensor x, Shape shape, long... dimensions) {
    return Dispatch.unary(x, (b, v) -> b.broadcastInDim(v, shape, dimensions));
  }

  /** Repeats a scalar, or a whole tensor along new leading dimensions. */
  public static Tensor broadcast(Tensor x, long... leading) {
    Shape shape = Shape.of(leading).concat(x.shape());
    long[] dims = new long[x.rank()];
    Arrays.setAll(dims, i -> leading.length + i);
    return broadcastInDim(x, shape, dims);
  }

  /** Dimension {@code i} of the result is dimension {@code permutation[i]} of {@code x}. */
  public static Tensor transpose(Tensor x, long... permutation) {
    return Dispatch.unary(x, (b, v) -> b.transpose(v, permutation));
  }

  /** Reverses the order of elements along dimensions. */
  public static Tensor rev(Tensor x, long... dimensions) {
    return Dispatch.unary(x, (b, v) -> b.reverse(v, dimensions));
  }

  /** Joins tensors along dimension {@code dimension}. */
  public static Tensor concatenate(List<Tensor> operands, int dimension) {
    return Dispatch.one(
        (b, v) -> b.concatenate(Arrays.asList(v), dimension), operands.toArray(new Tensor[0]));
  }

  /** The elements from {@code starts} (inclusive) to {@code limits} (exclusive) in steps. */
  public static Tensor slice(Tensor x, long[] starts, long[] limits, long[] strides) {
    return Dispatch.unary(x, (b, v) -> b.slice(v, starts, limits, strides));
  }

  /** The elements from {@code starts} (inclusive) to {@code limits} (exclusive). */
  public static Tensor slice(Tensor x, long[] starts, long[] limits) {
    long[] ones = new long[starts.length];
    Arrays.fill(ones, 1);
    return slice(x, starts, limits, ones);
  }

  /** Elements {@code start} to {@code limit} of one dimension in steps. */
  public static Tensor sliceInDim(Tensor x, long start, long limit, long stride, int axis) {
    long[] starts = new long[x.rank()];
    long[] limits = x.shape().dims();
    long[] strides = new long[x.rank()];
    Arrays.fill(strides, 1);
    starts[axis] = start;
    limits[axis] = limit;
    strides[axis] = stride;
    return slice(x, starts, limits, strides);
  }

  /**
   * Pads with {@code value} (a scalar of the type of x) before, after and between the elements;
   * negative amounts cut off.
   */
  public static Tensor pad(Tensor x, Tensor value, long[] low, long[] high, long[] interior) {
    return Dispatch.one((b, v) -> b.pad(v[0], v[1], low, high, interior), x, value);
  }

  /** A slice of fixed size at computed scalar start indices, clamped into range. */
  public static Tensor dynamicSlice(Tensor x, List<Tensor> starts, long... sizes) {
    Tensor[] operands = prepend(starts, x);
    return Dispatch.one((b, v) -> b.dynamicSlice(v[0], tail(v, 1), sizes), operands);
  }

  /** {@code x} with {@code update} written at computed scalar start indices, clamped into range. */
  public static Tensor dynamicUpdateSlice(Tensor x, Tensor update, List<Tensor> starts) {
    Tensor[] operands = prepend(starts, x, update);
    return Dispatch.one((b, v) -> b.dynamicUpdateSlice(v[0], v[1], tail(v, 2)), operands);
  }

  /** Slices of {@code x} at computed indices (spec, "gather"); indices are clamped into range. */
  public static Tensor gather(
      Tensor x,
      Tensor indices,
      DimensionNumbers.Gather dims,
      long[] sliceSizes,
      boolean indicesAreSorted) {
    return Dispatch.one(
        (b, v) -> b.gather(v[0], v[1], dims, sliceSizes, indicesAreSorted), x, indices);
  }

  /** How {@link #scatter} combines an old element with an update. */
  public enum ScatterKind {
    /** The update replaces the element. */
    SET(null),
    /** The sum. */
    ADD(OpCode.ADD),
    /** The product. */
    MUL(OpCode.MULTIPLY),
    /** The smaller. */
    MIN(OpCode.MINIMUM),
    /** The larger. */
    MAX(OpCode.MAXIMUM);

    private final @Nullable OpCode combiner;

    ScatterKind(@Nullable OpCode combiner) {
      this.combiner = combiner;
    }
  }

  /** {@code x} with updates written at computed indices; those out of range are dropped. */
  public static Tensor scatter(
      Tensor x,
      Tensor indices,
      Tensor updates,
      DimensionNumbers.Scatter dims,
      ScatterKind kind,
      boolean indicesAreSorted,
      boolean uniqueIndices) {
    return Dispatch.one(
        (b, v) -> b.scatter(v[0], v[1], v[2], dims, indicesAreSorted, uniqueIndices, kind.combiner),
        x,
        indices,
        updates);
  }

  static Tensor[] prepend(List<Tensor> rest, Tensor... first) {
    List<Tensor> out = new ArrayList<>(Arrays.asList(first));
    out.addAll(rest);
    return out.toArray(new Tensor[0]);
  }

  static List<Value> tail(Value[] values, int from) {
    return Arrays.asList(values).subList(from, values.length);
  }
}
