package org.cornu.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The codecs behind the factories of {@link Option}. */
final class Codecs {
  static final Codec<Integer> INT = simple("an integer", Codecs::asInt);
  static final Codec<Long> LONG = simple("an integer", Codecs::asLong);
  static final Codec<Double> REAL = simple("a number", Codecs::asDouble);
  static final Codec<Boolean> BOOL =
      simple("true or false", t -> t instanceof Boolean b ? b : null);
  static final Codec<String> STRING = simple("a string", t -> t instanceof String s ? s : null);
  static final Codec<Object> TREE =
      of("a config tree", (value, writer) -> writer.write(value), (tree, reader) -> tree);

  /** Keras keeps some numbers as float32 tensors and writes them widened to double. */
  static final Codec<Double> REAL32 =
      of(
          "a number",
          (value, writer) -> (double) (float) (double) value,
          (tree, reader) -> asDouble(tree));

  private Codecs() {}

  static <T> Codec<T> of(
      String expects,
      BiFunction<T, ObjectWriter, @Nullable Object> encode,
      BiFunction<Object, ObjectReader, @Nullable T> decode) {
    return new Codec<>() {
      @Override
      public String expects() {
        return expects;
      }

      @Override
      public @Nullable Object encode(T value, ObjectWriter writer) {
        return encode.apply(value, writer);
      }

      @Override
      public @Nullable T decode(Object tree, ObjectReader reader) {
        return decode.apply(tree, reader);
      }
    };
  }

  private interface Parser<T> {
    @Nullable T parse(Object tree);
  }

  private static <T> Codec<T> simple(String expects, Parser<T> parser) {
    return of(expects, (value, writer) -> value, (tree, reader) -> parser.parse(tree));
  }

  static Codec<String> choice(List<String> allowed) {
    return named(
        allowed,
        simple("one of " + allowed, t -> t instanceof String s && allowed.contains(s) ? s : null));
  }

  /** The same codec, which says what names it knows. */
  private static <T> Codec<T> named(List<String> names, Codec<T> codec) {
    return new Codec<>() {
      @Override
      public String expects() {
        return codec.expects();
      }

      @Override
      public List<String> names() {
        return names;
      }

      @Override
      public @Nullable Object encode(T value, ObjectWriter writer) {
        return codec.encode(value, writer);
      }

      @Override
      public @Nullable T decode(Object tree, ObjectReader reader) {
        return codec.decode(tree, reader);
      }
    };
  }

  static <E extends Enum<E>> Codec<E> choice(Class<E> type) {
    E[] constants = type.getEnumConstants();
    List<String> names = Arrays.stream(constants).map(Codecs::text).toList();
    return named(
        names,
        of(
            "one of " + names,
            (value, writer) -> text(value),
            (tree, reader) -> {
              int index = tree instanceof String s ? names.indexOf(s.toLowerCase(Locale.ROOT)) : -1;
              return index < 0 ? null : constants[index];
            }));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A list; where {@code length} is positive, a single element stands for that many of it. */
  static <T> Codec<List<T>> list(Codec<T> element, int length) {
    String expects = "a list of " + (length > 0 ? length + ", each " : "items, each ");
    return of(
        expects + element.expects(),
        (value, writer) -> {
          List<@Nullable Object> out = new ArrayList<>();
          for (T item : value) {
            out.add(element.encode(item, writer));
          }
          return out;
        },
        (tree, reader) -> {
          List<T> out = new ArrayList<>();
          Object items = withoutTensor(tree);
          for (Object item : items instanceof List<?> list ? list : List.of(items)) {
            T value = item == null ? null : element.decode(item, reader);
            if (value == null) {
              return null;
            }
            out.add(value);
          }
          if (length > 0 && out.size() != length) {
            return items instanceof List<?>
                ? null
                : Collections.nCopies(length, out.get(0)); // 2 stands for [2, 2]
          }
          return Collections.unmodifiableList(out);
        });
  }

  /**
   * The values of a list that Keras wrote as a tensor or an array, as it does with weights of
   * labels.
   */
  private static Object withoutTensor(Object tree) {
    if (tree instanceof Map<?, ?> map
        && ("__tensor__".equals(map.get("class_name")) || "__numpy__".equals(map.get("class_name")))
        && map.get("config") instanceof Map<?, ?> config
        && config.get("value") != null) {
      return config.get("value");
    }
    return tree;
  }

  /** One or several axes; a single one is written without brackets, as Keras does. */
  static Codec<List<Integer>> axes() {
    Codec<List<Integer>> list = list(INT, 0);
    return of(
        "an axis or a list of axes",
        (value, writer) -> value.size() == 1 ? value.get(0) : value,
        list::decode);
  }

  /** A shape in which {@code null} stands for an unknown size. */
  static Codec<List<@Nullable Integer>> dims() {
    return of(
        "a list of sizes, null where unknown",
        (value, writer) -> new ArrayList<>(value),
        (tree, reader) -> {
          if (!(tree instanceof List<?> list)) {
            return null;
          }
          List<@Nullable Integer> out = new ArrayList<>();
          for (Object item : list) {
            Integer size = item == null ? null : asInt(item);
            if (item != null && size == null) {
              return null;
            }
            out.add(size);
          }
          return Collections.unmodifiableList(out);
        });
  }

  static <T> Codec<T> object(Family<T> family) {
    return of(
        "a " + family.name() + ": a name or {class_name, config}",
        (value, writer) -> writer.write(value),
        (tree, reader) -> reader.read(tree, family));
  }

  static @Nullable Integer asInt(Object tree) {
    Long value = asLong(tree);
    return value == null || value != (int) (long) value ? null : (Integer) (int) (long) value;
  }

  static @Nullable Long asLong(Object tree) {
    if (tree instanceof Integer || tree instanceof Long || tree instanceof Short) {
      return ((Number) tree).longValue();
    }
    if (tree instanceof BigInteger big && big.bitLength() < 64) {
      return big.longValue();
    }
    if (tree instanceof Double || tree instanceof Float) {
      double value = ((Number) tree).doubleValue();
      return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Long) (long) value : null;
    }
    return null;
  }

  static @Nullable Double asDouble(Object tree) {
    if (tree instanceof Float f) {
      return Double.valueOf(f.toString()); // 0.1f means 0.1, not 0.10000000149
    }
    return tree instanceof Number number
            && !(tree instanceof BigDecimal big && Double.isInfinite(big.doubleValue()))
        ? (Double) number.doubleValue()
        : null;
  }
}
