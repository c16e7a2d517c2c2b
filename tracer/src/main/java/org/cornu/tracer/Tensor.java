package org.cornu.tracer;

import java.nio.ByteBuffer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.runtime.DeviceArray;
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
              + UserFrame.suffix());
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

  @Override
  public String toString() {
    if (payload instanceof DeviceArray array) {
      return array.isDeleted()
          ? "Tensor " + type.brief() + " (closed)"
          : "Tensor " + type.brief() + " " + TensorPrinter.print(array.toLiteral());
    }
    return "Tensor " + type.brief() + (isTraced() ? " (traced)" : " (symbolic)");
  }
}
