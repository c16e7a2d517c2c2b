package org.cornu.testing;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ArbitraryDecorator;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * Arbitrary tensors: of a type, with shapes and elements to choose. They shrink to fewer elements
 * and to elements near 0 (or the bound nearest to it).
 */
public final class TensorArbitrary extends ArbitraryDecorator<Tensor> {
  private final DType dtype;
  private final Arbitrary<Shape> shapes;
  private final double low;
  private final double high;
  private final double gap;
  private final boolean specials;

  private TensorArbitrary(
      DType dtype, Arbitrary<Shape> shapes, double low, double high, double gap, boolean specials) {
    this.dtype = dtype;
    this.shapes = shapes;
    this.low = low;
    this.high = high;
    this.gap = gap;
    this.specials = specials;
  }

  static TensorArbitrary of(DType dtype) {
    double low = dtype.isUnsigned() || dtype.isBool() ? 0 : -4;
    return new TensorArbitrary(dtype, Tensors.shapes(3, 4), low, dtype.isBool() ? 1 : 4, 0, false);
  }

  /** Of this shape. */
  public TensorArbitrary shape(long... dims) {
    return shapes(Arbitraries.just(Shape.of(dims)));
  }

  /** Of these shapes; default up to three axes of up to four elements. */
  public TensorArbitrary shapes(Arbitrary<Shape> some) {
    return new TensorArbitrary(dtype, some, low, high, gap, specials);
  }

  /** With elements (and real and imaginary parts) in [from, to]; default [-4, 4]. */
  public TensorArbitrary between(double from, double to) {
    if (!(from <= to)) {
      throw new OpException("between: needs from <= to: got " + from + ", " + to);
    }
    return new TensorArbitrary(dtype, shapes, from, to, gap, specials);
  }

  /** No element nearer to 0 than this: for functions with a kink or a pole there. */
  public TensorArbitrary awayFromZero(double distance) {
    return new TensorArbitrary(dtype, shapes, low, high, distance, specials);
  }

  /**
   * Now and then special elements: both zeros, infinities, NaN, the largest and the smallest normal
   * numbers; of integers the bounds of the type.
   */
  public TensorArbitrary withSpecials() {
    return new TensorArbitrary(dtype, shapes, low, high, gap, true);
  }

  @Override
  protected Arbitrary<Tensor> arbitrary() {
    return shapes.flatMap(
        shape -> {
          TensorType type = TensorType.of(dtype, shape);
          int count = Math.toIntExact(shape.count());
          if (dtype.isInexact()) {
            int parts = count * (dtype.isComplex() ? 2 : 1);
            return reals().list().ofSize(parts).map(list -> Tensor.of(floats(type, list)));
          }
          return integers().list().ofSize(count).map(list -> Tensor.of(integers(type, list)));
        });
  }

  private static Literal floats(TensorType type, List<Double> parts) {
    return Numbers.of(type, parts.stream().mapToDouble(d -> d).toArray());
  }

  private static Literal integers(TensorType type, List<Long> values) {
    return Literal.ofLongs(type, values.stream().mapToLong(v -> v).toArray());
  }

  private Arbitrary<Double> reals() {
    // an exact grid, so that elements shrink to short numbers and are values of narrow types too
    double step = Math.scalb(1.0, -8);
    long from = (long) Math.ceil(low / step);
    long to = (long) Math.floor(high / step);
    Arbitrary<Double> ordinary =
        Arbitraries.longs()
            .between(from, to)
            .shrinkTowards(Math.max(from, Math.min(to, 0)))
            .map(n -> n * step);
    if (gap > 0) {
      ordinary = ordinary.map(v -> Math.abs(v) >= gap ? v : v < 0 || gap > high ? -gap : gap);
    }
    if (!specials) {
      return ordinary;
    }
    DType real = dtype.real();
    double max = FloatFormat.max(real);
    double tiny = real == DType.F64 ? Double.MIN_NORMAL : real == DType.F16 ? 0x1p-14 : 0x1p-126;
    Arbitrary<Double> special =
        Arbitraries.of(
            0.0,
            -0.0,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            max,
            -max,
            tiny,
            -tiny);
    return Arbitraries.frequencyOf(Tuple.of(4, ordinary), Tuple.of(1, special));
  }

  private Arbitrary<Long> integers() {
    Arbitrary<Long> ordinary =
        Arbitraries.longs()
            .between((long) Math.ceil(low), (long) Math.floor(high))
            .shrinkTowards((long) Math.max(Math.ceil(low), Math.min(Math.floor(high), 0)));
    if (!specials || dtype.isBool()) {
      return ordinary;
    }
    List<Long> ends = new ArrayList<>();
    int bits = dtype.isUnsigned() ? dtype.bits() : dtype.bits() - 1;
    long max = bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    ends.add(max);
    ends.add(dtype.isUnsigned() ? 0 : -max - 1);
    return Arbitraries.frequencyOf(Tuple.of(4, ordinary), Tuple.of(1, Arbitraries.of(ends)));
  }
}
