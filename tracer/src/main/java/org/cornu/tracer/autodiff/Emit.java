package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** The small arithmetic that rules share. A null value is a symbolic zero. */
final class Emit {
  final Builder b;

  Emit(Builder b) {
    this.b = b;
  }

  Value zeros(Type type) {
    return full((TensorType) type, 0);
  }

  Value full(TensorType type, double value) {
    return b.constant(TensorType.of(type.element(), type.shape()), value);
  }

  /** A constant of the type of {@code x}. */
  Value like(Value x, double value) {
    return full(x.tensorType(), value);
  }

  Value scalar(DType dtype, double value) {
    return b.constant(dtype, value);
  }

  Value orZeros(@Nullable Value value, Type type) {
    return value == null ? zeros(type) : value;
  }

  @Nullable Value sum(@Nullable Value x, @Nullable Value y) {
    return x == null ? y : y == null ? x : b.add(x, y);
  }

  @Nullable Value mul(@Nullable Value tangent, Value factor) {
    return tangent == null ? null : b.multiply(tangent, factor);
  }

  @Nullable Value neg(@Nullable Value tangent) {
    return tangent == null ? null : b.negate(tangent);
  }

  Value scale(Value x, double factor) {
    return b.multiply(x, like(x, factor));
  }

  Value square(Value x) {
    return b.multiply(x, x);
  }

  /** {@code factor - x}. */
  Value from(double value, Value x) {
    return b.subtract(like(x, value), x);
  }

  Value plus(Value x, double value) {
    return b.add(x, like(x, value));
  }

  Value compare(Value x, Value y, Comparison direction) {
    return b.compare(x, y, direction);
  }

  /** 1 where {@code predicate}, 0 elsewhere, in {@code dtype}. */
  Value indicator(Value predicate, DType dtype) {
    TensorType type = TensorType.of(dtype, predicate.shape());
    return b.select(predicate, full(type, 1), full(type, 0));
  }

  /** {@code x} where {@code predicate}, 0 elsewhere. */
  @Nullable Value where(Value predicate, @Nullable Value x) {
    return x == null ? null : b.select(predicate, x, zeros(x.type()));
  }

  /** {@code x} where not {@code predicate}, 0 there. */
  @Nullable Value unless(Value predicate, @Nullable Value x) {
    return x == null ? null : b.select(predicate, zeros(x.type()), x);
  }

  Value convert(Value x, DType dtype) {
    return x.dtype() == dtype ? x : b.convert(x, dtype);
  }

  Value reshape(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : b.reshape(x, shape);
  }

  /** Transposes unless {@code permutation} is the identity. */
  Value transpose(Value x, long... permutation) {
    for (int i = 0; i < permutation.length; i++) {
      if (permutation[i] != i) {
        return b.transpose(x, permutation);
      }
    }
    return x;
  }

  /** The sum over {@code dims}; the value itself where there are none. */
  Value reduceSum(Value x, long... dims) {
    return dims.length == 0 ? x : b.reduce(x, scalar(x.dtype(), 0), OpCode.ADD, dims);
  }

  /** The inverse of dropping {@code dims}: repeats {@code y} along them up to {@code shape}. */
  Value expand(Value y, Shape shape, long... dims) {
    return b.broadcastInDim(y, shape, others(shape.rank(), dims));
  }

  /** A scalar, or a value of one size only, repeated to {@code shape}. */
  Value broadcast(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : b.broadcastInDim(x, shape);
  }

  /** The dimensions below {@code rank} that are not in {@code dims}, ascending. */
  static long[] others(int rank, long... dims) {
    List<Long> out = new ArrayList<>();
    for (long i = 0; i < rank; i++) {
      boolean listed = false;
      for (long dim : dims) {
        listed |= dim == i;
      }
      if (!listed) {
        out.add(i);
      }
    }
    return longs(out);
  }

  static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  static List<Long> list(long... values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  /** {@code 0, 1, …, n-1}. */
  static long[] range(long from, long to) {
    return java.util.stream.LongStream.range(from, to).toArray();
  }

  /** The permutation that undoes {@code permutation}. */
  static long[] inverse(long... permutation) {
    long[] out = new long[permutation.length];
    for (int i = 0; i < out.length; i++) {
      out[(int) permutation[i]] = i;
    }
    return out;
  }

  Value conj(Value x) {
    return x.dtype().isComplex() ? b.complex(b.real(x), b.negate(b.imag(x))) : x;
  }

  /** Exchanges the last two dimensions. */
  Value swap(Value x) {
    int rank = x.shape().rank();
    long[] permutation = range(0, rank);
    permutation[rank - 1] = rank - 2L;
    permutation[rank - 2] = rank - 1L;
    return b.transpose(x, permutation);
  }

  /** The conjugate transpose of matrices {@code [..., m, n]}. */
  Value adjoint(Value x) {
    return swap(conj(x));
  }

  /** The product of matrices {@code [..., m, k] x [..., k, n]} with equal leading dimensions. */
  Value matmul(Value x, Value y) {
    int rank = x.shape().rank();
    List<Long> batch = list(range(0, rank - 2L));
    return b.dotGeneral(
        x,
        y,
        new DimensionNumbers.Dot(batch, batch, List.of(rank - 1L), List.of(rank - 2L)),
        org.cornu.stablehlo.build.Precision.HIGHEST,
        x.dtype());
  }

  /** The lower ({@code lower}) or upper triangle of matrices, other elements 0. */
  Value triangle(Value x, boolean lower, boolean strict) {
    TensorType index = TensorType.of(DType.I32, x.shape());
    int rank = x.shape().rank();
    Value row = b.iota(index, rank - 2L);
    Value column = b.iota(index, rank - 1L);
    Comparison direction =
        lower ? (strict ? Comparison.GT : Comparison.GE) : (strict ? Comparison.LT : Comparison.LE);
    return b.select(b.compare(row, column, direction), x, zeros(x.type()));
  }

  /** The part {@code [from, to)} along {@code dim}. */
  Value slice(Value x, int dim, long from, long to) {
    return slice(x, dim, from, to, 1);
  }

  Value slice(Value x, int dim, long from, long to, long stride) {
    int rank = x.shape().rank();
    long[] starts = new long[rank];
    long[] limits = x.shape().dims();
    long[] strides = new long[rank];
    java.util.Arrays.fill(strides, 1);
    starts[dim] = from;
    limits[dim] = to;
    strides[dim] = stride;
    return b.slice(x, starts, limits, strides);
  }
}
