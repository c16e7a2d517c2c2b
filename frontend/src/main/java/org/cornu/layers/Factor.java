package org.cornu.layers;

import java.util.List;
import org.cornu.config.Codec;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A range of numbers: of which one is drawn at random, or that pixels lie in. Configs give two
 * numbers, or one that stands for a range around or above zero.
 */
record Factor(double low, double high) {
  /** What a single number stands for. */
  private enum Single {
    SYMMETRIC,
    SYMMETRIC_BEYOND,
    FROM_ZERO,
    REFUSED
  }

  private record FactorCodec(double min, double max, Single single) implements Codec<Factor> {
    @Override
    public String expects() {
      String bounds = max < 1e9 ? ", in [" + number(min) + ", " + number(max) + "]" : "";
      return (single == Single.REFUSED ? "a list of two numbers" : "a number or a list of two")
          + bounds;
    }

    @Override
    public Object encode(Factor value, ObjectWriter writer) {
      return List.of(number(value.low), number(value.high));
    }

    @Override
    public @Nullable Factor decode(Object tree, ObjectReader reader) {
      if (tree instanceof Number one) {
        double f = one.doubleValue();
        if (f < min || f > max) {
          return null;
        }
        return switch (single) {
          case SYMMETRIC -> new Factor(Math.max(-Math.abs(f), min), Math.abs(f));
          case SYMMETRIC_BEYOND -> new Factor(-f, f);
          case FROM_ZERO -> new Factor(0, f);
          case REFUSED -> null;
        };
      }
      if (tree instanceof List<?> two
          && two.size() == 2
          && two.get(0) instanceof Number a
          && two.get(1) instanceof Number b) {
        // Keras refuses only a range that lies outside altogether.
        boolean outside = a.doubleValue() > max || b.doubleValue() < min;
        return outside
            ? null
            : new Factor(
                Math.min(a.doubleValue(), b.doubleValue()),
                Math.max(a.doubleValue(), b.doubleValue()));
      }
      return null;
    }
  }

  /** An option whose single number stands for {@code [-x, x]}, cut to the bounds. */
  static Option<Factor> option(String key, double min, double max) {
    return Option.of(key, new FactorCodec(min, max, Single.SYMMETRIC));
  }

  /** An option between 0 and 1 whose single number stands for {@code [-x, x]}. */
  static Option<Factor> symmetricOfShare(String key) {
    return Option.of(key, new FactorCodec(0, 1, Single.SYMMETRIC_BEYOND));
  }

  /** An option between 0 and 1 whose single number stands for {@code [0, x]}. */
  static Option<Factor> fromZero(String key) {
    return Option.of(key, new FactorCodec(0, 1, Single.FROM_ZERO));
  }

  /** The range of the values of pixels; default 0 to 255. */
  static Option<Factor> valueRange() {
    return Option.of("value_range", new FactorCodec(-1e300, 1e300, Single.REFUSED))
        .defaultTo(List.of(0, 255));
  }

  /** The range that a single number or two of them stand for, as Keras' translations take them. */
  static Factor of(List<Double> numbers) {
    if (numbers.size() == 1) {
      double f = Math.abs(numbers.get(0));
      return new Factor(-f, f);
    }
    return new Factor(
        Math.min(numbers.get(0), numbers.get(1)), Math.max(numbers.get(0), numbers.get(1)));
  }

  /** A number as Keras writes it: an integer without a point. */
  static Number number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return (int) value;
    }
    return value;
  }

  /** The length of the range. */
  double span() {
    return high - low;
  }

  /** Random numbers of the range. */
  Tensor draw(Keys keys, DType dtype, long... dims) {
    return Random.uniform(keys.next(), low, high, dtype, dims);
  }

  /** This range widened by a factor. */
  Factor times(double factor) {
    return new Factor(low * factor, high * factor);
  }

  /** Values of this range moved to another one. */
  Tensor map(Tensor x, Factor target, DType dtype) {
    if (low == target.low && high == target.high) {
      return x;
    }
    Tensor y = Np.cast(x, dtype);
    Tensor unit = Np.divide(Np.subtract(y, low), span());
    return Np.add(Np.multiply(unit, target.span()), target.low);
  }
}
