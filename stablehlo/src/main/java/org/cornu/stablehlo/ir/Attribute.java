package org.cornu.stablehlo.ir;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A constant that belongs to an op, a function or a module. {@link #toString} is MLIR's text,
 * except for {@link Callee}, whose symbol the printer chooses.
 */
public sealed interface Attribute
    permits Attribute.Bool,
        Attribute.Int,
        Attribute.Real,
        Attribute.Str,
        Attribute.Array,
        Attribute.Dict,
        Attribute.Longs,
        Attribute.Bools,
        Attribute.Elements,
        Attribute.OfType,
        Attribute.Symbol,
        Attribute.Unit,
        Attribute.Keyword,
        Attribute.Callee,
        Attribute.Opaque,
        DimensionNumbers.Dot,
        DimensionNumbers.Convolution,
        DimensionNumbers.Gather,
        DimensionNumbers.Scatter,
        Attribute.ChannelHandle,
        Sharding,
        Sharding.PerValue {

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Attribute {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** {@code 3 : i64}; {@code type} is MLIR's spelling of the integer type. */
  record Int(BigInteger value, String type) implements Attribute {
    /** An {@code i64}. */
    public static Int i64(long value) {
      return new Int(BigInteger.valueOf(value), "i64");
    }

    /** An {@code i32}. */
    public static Int i32(long value) {
      return new Int(BigInteger.valueOf(value), "i32");
    }

    /** The value as a long; an error beyond 64 bits. */
    public long asLong() {
      return value.longValueExact();
    }

    @Override
    public String toString() {
      return value + " : " + type;
    }
  }

  /** {@code 1.0 : f32}; {@code type} is MLIR's spelling of the float type. */
  record Real(double value, String type) implements Attribute {
    @Override
    public String toString() {
      DType dtype = DType.byName(type);
      String text = dtype == null ? Double.toString(value) : Literal.floatText(value, dtype);
      return text + " : " + type;
    }
  }

  /** {@code "text"}. */
  record Str(String value) implements Attribute {
    @Override
    public String toString() {
      return quote(value);
    }
  }

  /** {@code [a, b]}. */
  record Array(List<Attribute> elements) implements Attribute {
    /** Copies the list. */
    public Array {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return elements.stream().map(Attribute::toString).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** {@code {a = 1, b}}; keys are kept sorted. */
  record Dict(Map<String, Attribute> entries) implements Attribute {
    /** Copies and sorts the map. */
    public Dict {
      entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    @Override
    public String toString() {
      return entries.entrySet().stream()
          .map(e -> entryText(e.getKey(), e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /** {@code array<i64: 1, 2>}. */
  record Longs(long... values) implements Attribute {
    /** Copies the array. */
    public Longs {
      values = values.clone();
    }

    @Override
    public long[] values() {
      return values.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Longs && Arrays.equals(values, ((Longs) other).values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return LongStream.of(values)
          .mapToObj(Long::toString)
          .collect(Collectors.joining(", ", values.length == 0 ? "array<i64" : "array<i64: ", ">"));
    }
  }

  /** {@code array<i1: true, false>}. */
  record Bools(boolean... values) implements Attribute {
    /** Copies the array. */
    public Bools {
      values = values.clone();
    }

    @Override
    public boolean[] values() {
      return values.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bools && Arrays.equals(values, ((Bools) other).values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder("array<i1");
      for (int i = 0; i < values.length; i++) {
        out.append(i == 0 ? ": " : ", ").append(values[i]);
      }
      return out.append('>').toString();
    }
  }

  /** {@code dense<...> : tensor<...>}. */
  record Elements(Literal literal) implements Attribute {
    @Override
    public String toString() {
      return literal.toString();
    }
  }

  /** A type used as an attribute. */
  record OfType(Type type) implements Attribute {
    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** {@code @name}: a symbol that is not a function of this module, of a mesh for instance. */
  record Symbol(String name) implements Attribute {
    @Override
    public String toString() {
      return symbolText(name);
    }
  }

  /** Present or absent, without a value. */
  record Unit() implements Attribute {
    @Override
    public String toString() {
      return "unit";
    }
  }

  /** {@code #stablehlo<comparison_direction LT>}. */
  record Keyword(String kind, String word) implements Attribute {
    @Override
    public String toString() {
      return "#stablehlo<" + kind + " " + word + ">";
    }
  }

  /**
   * A function of the program, referred to by the node itself; compared by identity. The printer
   * gives it a symbol, the parser resolves symbols to it.
   */
  record Callee(Func func) implements Attribute {
    @Override
    public boolean equals(Object other) {
      return other instanceof Callee && ((Callee) other).func == func;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(func);
    }

    @Override
    public String toString() {
      return symbolText(func.name());
    }
  }

  /** An attribute that Cornu does not interpret: preserved as text. */
  record Opaque(String text) implements Attribute {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * {@code #stablehlo.channel_handle<handle = 1, type = 0>}; type 0 and 1 device to device, 2
   * device to host, 3 host to device.
   */
  record ChannelHandle(long handle, long type) implements Attribute {
    @Override
    public String toString() {
      return "#stablehlo.channel_handle<handle = " + handle + ", type = " + type + ">";
    }
  }

  /**
   * {@code text} as an MLIR string literal: quotes, backslashes and control bytes as hex escapes.
   */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xFF;
      if (c == '\\') {
        out.append("\\\\");
      } else if (c < 0x20 || c > 0x7E || c == '"') {
        out.append('\\')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append((char) c);
      }
    }
    return out.append('"').toString();
  }

  /** {@code @name}, quoted where the name is not a bare identifier. */
  static String symbolText(String name) {
    return "@" + (name.matches("[A-Za-z_][A-Za-z0-9_$.]*") ? name : quote(name));
  }

  /** {@code key = value}, or {@code key} alone for a {@link Unit}. */
  static String entryText(String key, Attribute value) {
    String name = key.matches("[A-Za-z_][A-Za-z0-9_$.]*") ? key : quote(key);
    return value instanceof Unit ? name : name + " = " + value;
  }
}
