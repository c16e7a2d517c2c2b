package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;

/** The part of {@link Np} that makes tensors from nothing but numbers and shapes. */
abstract sealed class NpCreation extends NpShape permits NpReduction {
  /** Above this many elements a sequence is computed by the program, not written into it. */
  private static final long CONSTANT_LIMIT = 256;

  /** A tensor filled with one value, rounded or truncated to the type. */
  public static Tensor full(DType dtype, double value, long... dims) {
    return Lax.full(dtype, value, dims);
  }

  /** An f32 tensor of zeros. */
  public static Tensor zeros(long... dims) {
    return full(DType.F32, 0, dims);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(DType dtype, long... dims) {
    return full(dtype, 0, dims);
  }

  /** An f32 tensor of ones. */
  public static Tensor ones(long... dims) {
    return full(DType.F32, 1, dims);
  }

  /** A tensor of ones. */
  public static Tensor ones(DType dtype, long... dims) {
    return full(dtype, 1, dims);
  }

  /** A tensor like {@code x} filled with one value. */
  public static Tensor fullLike(Tensor x, double value) {
    return Composed.of(x, v -> Dims.constant(v, value));
  }

  /** Zeros of the shape and type of {@code x}. */
  public static Tensor zerosLike(Tensor x) {
    return fullLike(x, 0);
  }

  /** Ones of the shape and type of {@code x}. */
  public static Tensor onesLike(Tensor x) {
    return fullLike(x, 1);
  }

  /** 0, 1, …, {@code stop - 1} in i32. */
  public static Tensor arange(long stop) {
    return arange(DType.I32, 0, stop, 1);
  }

  /** {@code start}, {@code start + 1}, …, below {@code stop}, in i32. */
  public static Tensor arange(long start, long stop) {
    return arange(DType.I32, start, stop, 1);
  }

  /** {@code start}, {@code start + step}, …, before {@code stop}. */
  public static Tensor arange(DType dtype, double start, double stop, double step) {
    if (step == 0 || Double.isNaN(step)) {
      throw new OpException("arange: the step must not be 0: got " + step);
    }
    long n = Math.max(0, (long) Math.ceil((stop - start) / step));
    return sequence(dtype, n, i -> start + i * step);
  }

  /**
   * Numbers {@code f(0), …, f(n - 1)}: small ones as a constant, long ones interpolated on the
   * device.
   */
  private static Tensor sequence(DType dtype, long n, java.util.function.DoubleUnaryOperator f) {
    if (n <= (Trace.current() == null ? Lax.COPY_LIMIT : CONSTANT_LIMIT)) {
      double[] values = new double[(int) n];
      Arrays.setAll(values, f::applyAsDouble);
      return host(dtype, values, n);
    }
    double start = f.applyAsDouble(0);
    double step = f.applyAsDouble(1) - start;
    boolean whole = start == Math.rint(start) && step == Math.rint(step);
    DType wide = dtype.isInexact() || !whole ? Promotion.wide(Promotion.inexact(dtype)) : dtype;
    return Composed.many(
            none -> {
              Tensor i = Lax.iota(wide, n);
              Tensor x = Lax.add(Lax.mul(i, Dims.constant(i, step)), Dims.constant(i, start));
              return List.of(Lax.convertElementType(x, dtype));
            },
            List.of())
        .get(0);
  }

  /** Values computed on the host, as a tensor outside and a constant inside a trace. */
  static Tensor host(DType dtype, double[] values, long... dims) {
    return Lax.constant(Literal.ofDoubles(TensorType.of(dtype, dims), values));
  }

  /** {@code num} numbers from {@code start} to {@code stop}, evenly spaced, in f32. */
  public static Tensor linspace(double start, double stop, int num) {
    return linspace(DType.F32, start, stop, num, true);
  }

  /**
   * {@code num} evenly spaced numbers.
   *
   * @param endpoint whether {@code stop} is the last of them, or the one behind it
   */
  public static Tensor linspace(DType dtype, double start, double stop, int num, boolean endpoint) {
    int steps = endpoint ? num - 1 : num;
    double step = (stop - start) / steps;
    return sequence(
        dtype,
        num,
        i -> {
          double value =
              endpoint && num > 1 && i == num - 1 ? stop : start + (i == 0 ? 0 : i * step);
          return dtype.isInteger() ? Math.floor(value) : value;
        });
  }

  /**
   * {@code num} evenly spaced points between two tensors, which broadcast, along a new axis.
   *
   * @param endpoint whether {@code stop} is the last of them, or the one behind it
   */
  public static Tensor linspace(Tensor start, Tensor stop, int num, boolean endpoint, int axis) {
    return Composed.of(
        start,
        stop,
        (a, b) -> {
          DType dtype = Promotion.inexact(Dims.promoted(a, b));
          Tensor[] v = Dims.align("linspace", dtype, a, b);
          int steps = endpoint ? num - 1 : num;
          double[] weights = new double[num];
          Arrays.setAll(weights, i -> steps == 0 ? 0 : (double) i / steps);
          long[] dims = Dims.filled(v[0].rank() + 1, 1);
          dims[0] = num;
          Tensor t = Lax.reshape(host(dtype, weights, num), dims);
          // Weighted mean of both ends, so that the last point is exactly the end.
          Tensor one = Dims.constant(t, 1);
          Tensor out =
              add(multiply(expandDims(v[0], 0), Lax.sub(one, t)), multiply(expandDims(v[1], 0), t));
          return moveaxis(out, 0, axis);
        });
  }

  /** {@code base} to the power of evenly spaced exponents. */
  public static Tensor logspace(
      DType dtype, double start, double stop, int num, boolean endpoint, double base) {
    double step = (stop - start) / (endpoint ? num - 1 : num);
    double[] values = new double[num];
    Arrays.setAll(
        values,
        i ->
            Math.pow(
                base,
                endpoint && num > 1 && i == num - 1 ? stop : start + (i == 0 ? 0 : i * step)));
    return host(dtype, values, num);
  }

  /**
   * Numbers with a constant ratio between the elements of two tensors, which have one sign at each
   * place; a new axis counts them.
   *
   * @param axis where the new axis of {@code num} numbers stands in the result
   */
  public static Tensor geomspace(Tensor start, Tensor stop, int num, boolean endpoint, int axis) {
    return Composed.of(
        start,
        stop,
        (a, b) -> {
          Tensor[] ends = Dims.cast(Promotion.inexact(Dims.promoted(a, b)), a, b);
          Tensor exponents =
              linspace(
                  NpElementwise.log(NpElementwise.abs(ends[0])),
                  NpElementwise.log(NpElementwise.abs(ends[1])),
                  num,
                  endpoint,
                  axis);
          Tensor sign = Lax.sign(ends[0]);
          return Np.multiply(Lax.exp(exponents), Np.expandDims(sign, axis));
        });
  }

  /** Numbers with a constant ratio from {@code start} to {@code stop}, of one sign. */
  public static Tensor geomspace(
      DType dtype, double start, double stop, int num, boolean endpoint) {
    if (start == 0 || stop == 0 || (start < 0) != (stop < 0)) {
      throw new OpException(
          "geomspace: both ends must have one sign and differ from 0: got " + start + ", " + stop);
    }
    int steps = endpoint ? num - 1 : num;
    double ratio = Math.log(stop / start) / steps;
    double[] values = new double[num];
    Arrays.setAll(
        values,
        i -> i == 0 ? start : endpoint && i == num - 1 ? stop : start * Math.exp(i * ratio));
    return host(dtype, values, num);
  }

  /** The identity matrix in f32. */
  public static Tensor eye(int n) {
    return eye(DType.F32, n, n, 0);
  }

  /** A {@code [rows, columns]} matrix with ones on diagonal {@code k}. */
  public static Tensor eye(DType dtype, int rows, int columns, int k) {
    return compareIndices(dtype, rows, columns, k, false);
  }

  /** A {@code [rows, columns]} matrix with ones on and below diagonal {@code k}. */
  public static Tensor tri(DType dtype, int rows, int columns, int k) {
    return compareIndices(dtype, rows, columns, k, true);
  }

  private static Tensor compareIndices(DType dtype, int rows, int columns, int k, boolean below) {
    return Composed.many(
            none -> {
              Tensor row = Lax.iota(DType.I32, 0, rows, columns);
              Tensor column = Lax.iota(DType.I32, 1, rows, columns);
              Tensor shifted = Lax.add(row, Dims.constant(row, k));
              Tensor mask = below ? Lax.ge(shifted, column) : Lax.eq(shifted, column);
              return List.of(Lax.convertElementType(mask, dtype));
            },
            List.of())
        .get(0);
  }

  /**
   * Coordinate grids of vectors.
   *
   * @param xy whether the first two axes are exchanged, as for images ({@code [y, x]})
   */
  public static List<Tensor> meshgrid(List<Tensor> xs, boolean xy) {
    return Composed.many(
        v -> {
          int n = v.size();
          long[] dims = new long[n];
          for (int i = 0; i < n; i++) {
            dims[place(i, n, xy)] = v.get(i).count();
          }
          List<Tensor> out = new ArrayList<>();
          for (int i = 0; i < n; i++) {
            out.add(Lax.broadcastInDim(ravel(v.get(i)), Shape.of(dims), place(i, n, xy)));
          }
          return out;
        },
        xs);
  }

  private static int place(int i, int n, boolean xy) {
    return xy && n > 1 && i < 2 ? 1 - i : i;
  }

  /** Powers of a vector as columns, the highest first unless increasing. */
  public static Tensor vander(Tensor x, int columns, boolean increasing) {
    return Composed.of(
        x,
        v -> {
          if (v.rank() != 1) {
            throw new OpException("vander: a vector is needed: got " + v.type().brief());
          }
          List<Tensor> powers = new ArrayList<>();
          Tensor power = Dims.constant(v, 1);
          for (int i = 0; i < columns; i++) {
            powers.add(power);
            power = Lax.mul(power, v);
          }
          if (columns == 0) {
            return Lax.full(v.dtype(), 0, v.shape().dim(0), 0);
          }
          Tensor out = stack(powers, 1);
          return increasing ? out : flip(out, 1);
        });
  }

  /** Bartlett (triangular) window of {@code n} points, f32. */
  public static Tensor bartlett(int n) {
    return window(n, i -> 1 - Math.abs(2.0 * i / (n - 1) - 1));
  }

  /** Blackman window of {@code n} points, f32. */
  public static Tensor blackman(int n) {
    return window(
        n,
        i -> {
          double a = 2 * Math.PI * i / (n - 1);
          return 0.42 - 0.5 * Math.cos(a) + 0.08 * Math.cos(2 * a);
        });
  }

  /** Hamming window of {@code n} points, f32. */
  public static Tensor hamming(int n) {
    return window(n, i -> 0.54 - 0.46 * Math.cos(2 * Math.PI * i / (n - 1)));
  }

  /** Hann window of {@code n} points, f32. */
  public static Tensor hanning(int n) {
    return window(n, i -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (n - 1)));
  }

  /** Kaiser window of {@code n} points, f32. */
  public static Tensor kaiser(int n, double beta) {
    return window(
        n,
        i -> {
          double a = 2.0 * i / (n - 1) - 1;
          return bessel0(beta * Math.sqrt(Math.max(0, 1 - a * a))) / bessel0(beta);
        });
  }

  private static Tensor window(int n, java.util.function.DoubleUnaryOperator f) {
    double[] values = new double[Math.max(0, n)];
    Arrays.setAll(values, i -> n == 1 ? 1 : f.applyAsDouble(i));
    return host(DType.F32, values, values.length);
  }

  /** Modified Bessel function of order 0 by its power series, which has no cancellation. */
  private static double bessel0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
