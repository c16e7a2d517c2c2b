package org.cornu.tests.ops;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;

/** A row-major array in plain Java: what the meaning of an operation is written with. */
record Grid(DType dtype, long[] dims, double[] values) {

  /** The elements of a literal. */
  static Grid of(Literal literal) {
    double[] values = new double[literal.count()];
    Arrays.setAll(values, literal::doubleAt);
    return new Grid(literal.type().dtype(), literal.type().shape().dims(), values);
  }

  /** A grid of f64 whose element at each index is computed from the index. */
  static Grid fill(long[] dims, ToDoubleFunction<long[]> element) {
    int count = 1;
    for (long dim : dims) {
      count *= (int) dim;
    }
    double[] values = new double[count];
    long[] index = new long[dims.length];
    for (int i = 0; i < count; i++) {
      values[i] = element.applyAsDouble(index);
      for (int d = dims.length - 1; d >= 0 && ++index[d] == dims[d]; d--) {
        index[d] = 0;
      }
    }
    return new Grid(DType.F64, dims.clone(), values);
  }

  /** A list of dimensions or indices. */
  static long[] l(long... values) {
    return values;
  }

  /** The element at an index. */
  double at(long... index) {
    int flat = 0;
    for (int d = 0; d < dims.length; d++) {
      if (index[d] < 0 || index[d] >= dims[d]) {
        throw new IndexOutOfBoundsException(
            Arrays.toString(index) + " of " + Arrays.toString(dims));
      }
      flat = Math.toIntExact(flat * dims[d] + index[d]);
    }
    return values[flat];
  }

  /** The element at an index, or {@code absent} outside. */
  double at(long[] index, double absent) {
    for (int d = 0; d < dims.length; d++) {
      if (index[d] < 0 || index[d] >= dims[d]) {
        return absent;
      }
    }
    return at(index);
  }

  /** These elements as another type; they must be values of it. */
  Grid as(DType other) {
    return new Grid(other, dims, values);
  }

  /** Element by element. */
  Grid map(DoubleUnaryOperator f) {
    return new Grid(dtype, dims, Arrays.stream(values).map(f).toArray());
  }

  /** Element by element with another grid of the same shape. */
  Grid zip(Grid other, DoubleBinaryOperator f) {
    double[] out = new double[values.length];
    Arrays.setAll(out, i -> f.applyAsDouble(values[i], other.values[i]));
    return new Grid(dtype, dims, out);
  }
}
