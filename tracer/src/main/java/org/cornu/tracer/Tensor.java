package org.cornu.tracer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.cornu.ops.Index;
import org.cornu.ops.Np;
import org.cornu.ops.Updates;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.runtime.DeviceArray;
import org.cornu.tracer.runtime.LiteralPrinter;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array of one element type: concrete (its elements lie on a device), traced (it
 * stands for a value of the function being recorded), or symbolic (it has only a shape).
 *
 * <p>Concrete tensors are immutable. Their device memory is freed by {@link #close}, by a {@link
 * Scope}, by donation, or when they become unreachable.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
 * Tensor y = x.matmul(x).add(1.0);
 * float[] values = y.toFloatArray();
 * }</pre>
 */
public final class Tensor implements AutoCloseable {
  /** A value of a running trace. */
  record Traced(Trace trace, Value value) {}

  /** A tensor without value: its type, and how it was made, if anybody remembers. */
  private record Spec(TensorType type, Symbolic.@Nullable Node node) {}

  private final TensorType type;
  private final Object payload;

  private Tensor(TensorType type, Object payload) {
    this.type = type;
    this.payload = payload;
  }

  static Tensor traced(Trace trace, Value value) {
    return new Tensor(value.tensorType(), new Traced(trace, value));
  }

  /** A tensor over device memory. */
  public static Tensor of(DeviceArray array) {
    Scope.register(array);
    return new Tensor(array.type(), array);
  }

  /** A tensor that has a type but no value; for shapes, and as argument of {@code evalShape}. */
  public static Tensor spec(DType dtype, long... dims) {
    return spec(TensorType.of(dtype, dims), null);
  }

  /** A symbolic tensor made by {@code node}. */
  public static Tensor spec(TensorType type, Symbolic.@Nullable Node node) {
    return new Tensor(type, new Spec(type, node));
  }

  /** The elements of a literal on the default device. */
  public static Tensor of(Literal literal) {
    return of(DeviceArray.ofLiteral(literal));
  }

  /** A scalar f32. */
  public static Tensor of(float value) {
    return scalar(DType.F32, value);
  }

  /** A scalar f64. */
  public static Tensor of(double value) {
    return scalar(DType.F64, value);
  }

  /** A scalar i32. */
  public static Tensor of(int value) {
    return of(Literal.ofLongs(TensorType.of(DType.I32), value));
  }

  /** A scalar i64. */
  public static Tensor of(long value) {
    return of(Literal.ofLongs(TensorType.of(DType.I64), value));
  }

  /** A scalar bool. */
  public static Tensor of(boolean value) {
    return of(Literal.ofBooleans(TensorType.of(DType.BOOL), value));
  }

  /** A scalar of this type, rounded or truncated to it. */
  public static Tensor scalar(DType dtype, double value) {
    return of(Literal.scalar(dtype, value));
  }

  /**
   * A tensor from a Java array, nested to any depth: {@code float[]} f32, {@code double[][]} f64,
   * {@code int[]} i32, {@code long[]} i64, {@code short[]} i16, {@code byte[]} i8, {@code
   * boolean[]} bool. Rows of different length are an error.
   */
  public static Tensor of(Object array) {
    return of(HostArrays.literal(array));
  }

  /** A tensor of shape {@code dims} whose elements stand in {@code array} in row-major order. */
  public static Tensor of(float[] array, long... dims) {
    return of(HostArrays.literal(array, dims));
  }

  /** A tensor of shape {@code dims} whose elements stand in {@code array} in row-major order. */
  public static Tensor of(int[] array, long... dims) {
    return of(HostArrays.literal(array, dims));
  }

  /**
   * A tensor over the bytes of a buffer, from its position on, little-endian, row-major; types
   * below 8 bits take a byte each. The bytes are copied.
   */
  public static Tensor of(ByteBuffer data, DType dtype, long... dims) {
    return of(DeviceArray.ofBytes(TensorType.of(dtype, dims), data));
  }

  /** Element type and shape. */
  public TensorType type() {
    return type;
  }

  /** Shape. */
  public Shape shape() {
    return type.shape();
  }

  /** Element type. */
  public DType dtype() {
    return type.dtype();
  }

  /** Number of dimensions. */
  public int rank() {
    return type.rank();
  }

  /** Size of dimension {@code axis}, counted from the end when negative. */
  public int size(int axis) {
    return Math.toIntExact(type.shape().dim(axis));
  }

  /** Number of elements. */
  public long count() {
    return type.shape().count();
  }

  /** True while this tensor stands for a value of a function that is being recorded. */
  public boolean isTraced() {
    return payload instanceof Traced;
  }

  /** True when the elements exist on a device. */
  public boolean isConcrete() {
    return payload instanceof DeviceArray;
  }

  @Nullable Traced tracedOrNull() {
    return payload instanceof Traced traced ? traced : null;
  }

  /** How a symbolic tensor was made, or null. */
  public Symbolic.@Nullable Node symbolicNode() {
    return payload instanceof Spec spec ? spec.node() : null;
  }

  /** What two tensors over the same memory share. */
  Object identity() {
    return payload;
  }

  String traceName() {
    return payload instanceof Traced traced ? traced.trace().path() : "nothing";
  }

  /** The device memory of a concrete tensor. */
  public DeviceArray device() {
    if (payload instanceof DeviceArray array) {
      return array;
    }
    if (payload instanceof Traced traced) {
      if (!traced.trace().isOpen()) {
        throw Trace.leaked(this, traced.trace());
      }
      throw new ConcretizationException(this, "reading a tensor");
    }
    throw new IllegalStateException(
        "a symbolic tensor " + type.brief() + " has a shape but no elements" + UserFrame.suffix());
  }

  /** The elements on the host. Waits for the device. */
  public Literal toLiteral() {
    return device().toLiteral();
  }

  /** The elements as floats in row-major order, converted from any real type. */
  public float[] toFloatArray() {
    return HostArrays.floats(device());
  }

  /** The elements as doubles in row-major order, converted from any real type. */
  public double[] toDoubleArray() {
    return HostArrays.doubles(toLiteral());
  }

  /** The elements of an integer or bool tensor in row-major order. */
  public int[] toIntArray() {
    return HostArrays.ints(toLiteral());
  }

  /** The elements of an integer or bool tensor in row-major order. */
  public long[] toLongArray() {
    return HostArrays.longs(toLiteral());
  }

  /** The elements of a bool tensor in row-major order. */
  public boolean[] toBooleanArray() {
    return HostArrays.booleans(toLiteral());
  }

  /**
   * The elements as a nested Java array of the type's natural component: {@code float[][]} for a
   * f32 matrix, a boxed number for a scalar.
   */
  public Object toArray() {
    return HostArrays.nested(toLiteral());
  }

  /** The only element, as a double. */
  public double item() {
    if (!isConcrete()) {
      device();
    }
    if (count() != 1) {
      throw new IllegalArgumentException(
          "item: only a tensor of one element has an item: got "
              + type.brief()
              + UserFrame.suffix()
              + "\n  hint: reduce it (sum, mean), or read all with toFloatArray");
    }
    return device().scalar();
  }

  /** Waits until the elements have been computed. */
  public Tensor await() {
    device().await();
    return this;
  }

  /** Frees the device memory now. Harmless when done twice, or on a traced tensor. */
  @Override
  public void close() {
    if (payload instanceof DeviceArray array) {
      array.close();
    }
  }

  // Everyday operations; each is the function of the same meaning in org.cornu.ops.Np.

  /** {@code this + y}. */
  public Tensor add(Tensor y) {
    return Np.add(this, y);
  }

  /** {@code this + y}. */
  public Tensor add(double y) {
    return Np.add(this, y);
  }

  /** {@code this + y}. */
  public Tensor add(long y) {
    return Np.add(this, y);
  }

  /** {@code this - y}. */
  public Tensor sub(Tensor y) {
    return Np.subtract(this, y);
  }

  /** {@code this - y}. */
  public Tensor sub(double y) {
    return Np.subtract(this, y);
  }

  /** {@code this - y}. */
  public Tensor sub(long y) {
    return Np.subtract(this, y);
  }

  /** {@code this * y}, element by element. */
  public Tensor mul(Tensor y) {
    return Np.multiply(this, y);
  }

  /** {@code this * y}, element by element. */
  public Tensor mul(double y) {
    return Np.multiply(this, y);
  }

  /** {@code this * y}, element by element. */
  public Tensor mul(long y) {
    return Np.multiply(this, y);
  }

  /** {@code this / y} in a floating-point type. */
  public Tensor div(Tensor y) {
    return Np.divide(this, y);
  }

  /** {@code this / y} in a floating-point type. */
  public Tensor div(double y) {
    return Np.divide(this, y);
  }

  /** {@code this / y} in a floating-point type. */
  public Tensor div(long y) {
    return Np.divide(this, y);
  }

  /** {@code this / y} rounded toward negative infinity. */
  public Tensor floorDivide(Tensor y) {
    return Np.floorDivide(this, y);
  }

  /** {@code this / y} rounded toward negative infinity. */
  public Tensor floorDivide(double y) {
    return Np.floorDivide(this, y);
  }

  /** {@code this / y} rounded toward negative infinity. */
  public Tensor floorDivide(long y) {
    return Np.floorDivide(this, y);
  }

  /** Remainder with the sign of {@code y}. */
  public Tensor mod(Tensor y) {
    return Np.mod(this, y);
  }

  /** Remainder with the sign of {@code y}. */
  public Tensor mod(double y) {
    return Np.mod(this, y);
  }

  /** Remainder with the sign of {@code y}. */
  public Tensor mod(long y) {
    return Np.mod(this, y);
  }

  /** {@code this} to the power of {@code y}. */
  public Tensor pow(Tensor y) {
    return Np.power(this, y);
  }

  /** {@code this} to the power of {@code y}. */
  public Tensor pow(double y) {
    return Np.power(this, y);
  }

  /** {@code this} to the power of {@code y}. */
  public Tensor pow(long y) {
    return Np.power(this, y);
  }

  /** The larger of two; NaN wins. */
  public Tensor maximum(Tensor y) {
    return Np.maximum(this, y);
  }

  /** The larger of two; NaN wins. */
  public Tensor maximum(double y) {
    return Np.maximum(this, y);
  }

  /** The larger of two; NaN wins. */
  public Tensor maximum(long y) {
    return Np.maximum(this, y);
  }

  /** The smaller of two; NaN wins. */
  public Tensor minimum(Tensor y) {
    return Np.minimum(this, y);
  }

  /** The smaller of two; NaN wins. */
  public Tensor minimum(double y) {
    return Np.minimum(this, y);
  }

  /** The smaller of two; NaN wins. */
  public Tensor minimum(long y) {
    return Np.minimum(this, y);
  }

  /** True where equal. */
  public Tensor eq(Tensor y) {
    return Np.equal(this, y);
  }

  /** True where equal. */
  public Tensor eq(double y) {
    return Np.equal(this, y);
  }

  /** True where equal. */
  public Tensor eq(long y) {
    return Np.equal(this, y);
  }

  /** True where not equal. */
  public Tensor ne(Tensor y) {
    return Np.notEqual(this, y);
  }

  /** True where not equal. */
  public Tensor ne(double y) {
    return Np.notEqual(this, y);
  }

  /** True where not equal. */
  public Tensor ne(long y) {
    return Np.notEqual(this, y);
  }

  /** {@code this < y}. */
  public Tensor lt(Tensor y) {
    return Np.less(this, y);
  }

  /** {@code this < y}. */
  public Tensor lt(double y) {
    return Np.less(this, y);
  }

  /** {@code this < y}. */
  public Tensor lt(long y) {
    return Np.less(this, y);
  }

  /** {@code this <= y}. */
  public Tensor le(Tensor y) {
    return Np.lessEqual(this, y);
  }

  /** {@code this <= y}. */
  public Tensor le(double y) {
    return Np.lessEqual(this, y);
  }

  /** {@code this <= y}. */
  public Tensor le(long y) {
    return Np.lessEqual(this, y);
  }

  /** {@code this > y}. */
  public Tensor gt(Tensor y) {
    return Np.greater(this, y);
  }

  /** {@code this > y}. */
  public Tensor gt(double y) {
    return Np.greater(this, y);
  }

  /** {@code this > y}. */
  public Tensor gt(long y) {
    return Np.greater(this, y);
  }

  /** {@code this >= y}. */
  public Tensor ge(Tensor y) {
    return Np.greaterEqual(this, y);
  }

  /** {@code this >= y}. */
  public Tensor ge(double y) {
    return Np.greaterEqual(this, y);
  }

  /** {@code this >= y}. */
  public Tensor ge(long y) {
    return Np.greaterEqual(this, y);
  }

  /** True where both are true or not zero. */
  public Tensor and(Tensor y) {
    return Np.logicalAnd(this, y);
  }

  /** True where at least one is true or not zero. */
  public Tensor or(Tensor y) {
    return Np.logicalOr(this, y);
  }

  /** True where false or zero. */
  public Tensor not() {
    return Np.logicalNot(this);
  }

  /** Negation. */
  public Tensor neg() {
    return Np.negative(this);
  }

  /** Absolute value. */
  public Tensor abs() {
    return Np.abs(this);
  }

  /** -1, 0 or 1. */
  public Tensor sign() {
    return Np.sign(this);
  }

  /** {@code this * this}. */
  public Tensor square() {
    return Np.square(this);
  }

  /** Square root. */
  public Tensor sqrt() {
    return Np.sqrt(this);
  }

  /** {@code 1 / sqrt(this)}. */
  public Tensor rsqrt() {
    return Np.rsqrt(this);
  }

  /** {@code e} to the power of this. */
  public Tensor exp() {
    return Np.exp(this);
  }

  /** Natural logarithm. */
  public Tensor log() {
    return Np.log(this);
  }

  /** Hyperbolic tangent. */
  public Tensor tanh() {
    return Np.tanh(this);
  }

  /** Nearest integer, halves to even. */
  public Tensor round() {
    return Np.round(this);
  }

  /** Limited to {@code [min, max]}. */
  public Tensor clip(double min, double max) {
    return Np.clip(this, min, max);
  }

  /** Limited to {@code [min, max]}. */
  public Tensor clip(Tensor min, Tensor max) {
    return Np.clip(this, min, max);
  }

  /** In another element type; floats truncate to integers, any non-zero is true. */
  public Tensor astype(DType dtype) {
    return Np.cast(this, dtype);
  }

  /** Sum over axes; none means all. */
  public Tensor sum(int... axes) {
    return Np.sum(this, axes);
  }

  /** Sum over axes; reduced ones stay with size 1. */
  public Tensor sum(boolean keepdims, int... axes) {
    return Np.sum(this, keepdims, axes);
  }

  /** Mean over axes; none means all. */
  public Tensor mean(int... axes) {
    return Np.mean(this, axes);
  }

  /** Mean over axes; reduced ones stay with size 1. */
  public Tensor mean(boolean keepdims, int... axes) {
    return Np.mean(this, keepdims, axes);
  }

  /** Product over axes; none means all. */
  public Tensor prod(int... axes) {
    return Np.prod(this, axes);
  }

  /** Largest element over axes; none means all. */
  public Tensor max(int... axes) {
    return Np.max(this, axes);
  }

  /** Largest element over axes; reduced ones stay with size 1. */
  public Tensor max(boolean keepdims, int... axes) {
    return Np.max(this, keepdims, axes);
  }

  /** Smallest element over axes; none means all. */
  public Tensor min(int... axes) {
    return Np.min(this, axes);
  }

  /** Smallest element over axes; reduced ones stay with size 1. */
  public Tensor min(boolean keepdims, int... axes) {
    return Np.min(this, keepdims, axes);
  }

  /** Variance over the population over axes; none means all. */
  public Tensor var(int... axes) {
    return Np.var(this, axes);
  }

  /** Variance over the population over axes; reduced ones stay with size 1. */
  public Tensor var(boolean keepdims, int... axes) {
    return Np.var(this, keepdims, axes);
  }

  /** Standard deviation over the population over axes; none means all. */
  public Tensor std(int... axes) {
    return Np.std(this, axes);
  }

  /** Standard deviation over the population over axes; reduced ones stay with size 1. */
  public Tensor std(boolean keepdims, int... axes) {
    return Np.std(this, keepdims, axes);
  }

  /** True where all are true or not zero over axes; none means all. */
  public Tensor all(int... axes) {
    return Np.all(this, axes);
  }

  /** True where at least one is true or not zero over axes; none means all. */
  public Tensor any(int... axes) {
    return Np.any(this, axes);
  }

  /** Index of the largest element in row-major order, i32. */
  public Tensor argmax() {
    return Np.argmax(this);
  }

  /** Index of the largest element along an axis, i32. */
  public Tensor argmax(int axis) {
    return Np.argmax(this, axis);
  }

  /** Index of the smallest element in row-major order, i32. */
  public Tensor argmin() {
    return Np.argmin(this);
  }

  /** Index of the smallest element along an axis, i32. */
  public Tensor argmin(int axis) {
    return Np.argmin(this, axis);
  }

  /** Running sum along an axis. */
  public Tensor cumsum(int axis) {
    return Np.cumsum(this, axis);
  }

  /** In ascending order along an axis, stable. */
  public Tensor sort(int axis) {
    return Np.sort(this, axis);
  }

  /** Positions that put an axis into ascending order, i32, stable. */
  public Tensor argsort(int axis) {
    return Np.argsort(this, axis);
  }

  /** Product of matrices {@code [..., m, k] x [..., k, n]}; leading dimensions broadcast. */
  public Tensor matmul(Tensor y) {
    return Np.matmul(this, y);
  }

  /** NumPy's dot: the inner product of vectors, the product of matrices. */
  public Tensor dot(Tensor y) {
    return Np.dot(this, y);
  }

  /** The same elements under another shape; one size may be -1. */
  public Tensor reshape(long... dims) {
    return Np.reshape(this, dims);
  }

  /** All elements in row-major order. */
  public Tensor ravel() {
    return Np.ravel(this);
  }

  /** Dimensions in another order; no axes reverse it. */
  public Tensor transpose(int... axes) {
    return Np.transpose(this, axes);
  }

  /** Exchanges two axes. */
  public Tensor swapaxes(int axis1, int axis2) {
    return Np.swapaxes(this, axis1, axis2);
  }

  /** Moves one axis to another place. */
  public Tensor moveaxis(int source, int destination) {
    return Np.moveaxis(this, source, destination);
  }

  /** New dimensions of size 1 at these places of the result. */
  public Tensor expandDims(int... axes) {
    return Np.expandDims(this, axes);
  }

  /** Drops dimensions of size 1; none means all such. */
  public Tensor squeeze(int... axes) {
    return Np.squeeze(this, axes);
  }

  /** Repeated along axes of size 1 and new leading axes. */
  public Tensor broadcastTo(long... dims) {
    return Np.broadcastTo(this, dims);
  }

  /** In reverse order along axes; none means all. */
  public Tensor flip(int... axes) {
    return Np.flip(this, axes);
  }

  /** Each slice of an axis so many times in a row. */
  public Tensor repeat(int repeats, int axis) {
    return Np.repeat(this, repeats, axis);
  }

  /** Slices of an axis at computed positions. */
  public Tensor take(Tensor indices, int axis) {
    return Np.take(this, indices, axis);
  }

  /** Elements at an index, with NumPy's rules. */
  public Tensor get(Index... index) {
    return Np.get(this, index);
  }

  /** What is left at positions of the leading axes: {@code x.get(0, -1)} is {@code x[0, -1]}. */
  public Tensor get(int... positions) {
    return Np.get(this, Arrays.stream(positions).mapToObj(Index::at).toArray(Index[]::new));
  }

  /** Equal parts of an axis. */
  public List<Tensor> split(int sections, int axis) {
    return Np.split(this, sections, axis);
  }

  /** The elements at an index, to be replaced or combined: {@code x.at(i).add(y)}. */
  public Updates at(Index... index) {
    return Np.at(this, index);
  }

  /** The elements at positions of the leading axes, to be replaced or combined. */
  public Updates at(int... positions) {
    return Np.at(this, Arrays.stream(positions).mapToObj(Index::at).toArray(Index[]::new));
  }

  @Override
  public String toString() {
    if (payload instanceof DeviceArray array) {
      return array.isDeleted()
          ? "Tensor " + type.brief() + " (closed)"
          : "Tensor " + type.brief() + " " + LiteralPrinter.print(array.toLiteral());
    }
    return "Tensor " + type.brief() + (isTraced() ? " (traced)" : " (symbolic)");
  }
}
