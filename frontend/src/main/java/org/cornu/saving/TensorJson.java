package org.cornu.saving;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as JSON: {@code {"shape": [2], "dtype": "f32", "data": [1, "NaN"]}}, flat in row-major
 * order. Element types are named as in StableHLO ({@code f32}, {@code ui8}, {@code i1}) or as in
 * NumPy ({@code float32}, {@code bool}). A complex element is {@code [re, im]}, or the two numbers
 * in a row; what JSON lacks is written {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}.
 */
public final class TensorJson {
  private TensorJson() {}

  /** Numbers of an unknown type while they are read, exact both as integers and as reals. */
  private static final class Elements {
    private double[] reals = new double[16];
    private long[] integers = new long[16];
    private int count;

    void add(double real, long integer) {
      if (count == reals.length) {
        reals = Arrays.copyOf(reals, 2 * count);
        integers = Arrays.copyOf(integers, 2 * count);
      }
      reals[count] = real;
      integers[count++] = integer;
    }

    void read(JsonParser in, String where) throws IOException {
      JsonToken token = in.currentToken();
      switch (token) {
        case START_ARRAY -> {
          while (in.nextToken() != JsonToken.END_ARRAY) {
            read(in, where);
          }
        }
        case VALUE_NUMBER_INT -> {
          if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            BigInteger big = in.getBigIntegerValue();
            if (big.bitLength() > 64) {
              throw new FormatException(where + ": " + big + " has more than 64 bits");
            }
            add(big.doubleValue(), big.longValue());
          } else {
            // "-0" is an integer token, and yet a negative zero for floats
            boolean negativeZero = in.getLongValue() == 0 && in.getText().startsWith("-");
            add(negativeZero ? -0.0 : in.getLongValue(), in.getLongValue());
          }
        }
        case VALUE_NUMBER_FLOAT -> add(in.getDoubleValue(), (long) in.getDoubleValue());
        case VALUE_TRUE -> add(1, 1);
        case VALUE_FALSE -> add(0, 0);
        case VALUE_STRING -> add(special(in.getText(), where), 0);
        default -> throw new FormatException(where + ": data holds a " + token);
      }
    }

    private static double special(String text, String where) throws FormatException {
      return switch (text) {
        case "NaN", "nan" -> Double.NaN;
        case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
        case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
        default -> throw new FormatException(where + ": data holds '" + text + "', no number");
      };
    }
  }

  /**
   * Reads the array at which the parser stands.
   *
   * @param where names the array in errors, such as {@code inputs[2]}
   */
  public static Literal read(JsonParser in, String where) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new FormatException(where + ": expected {shape, dtype, data}");
    }
    long[] shape = null;
    String dtypeName = null;
    Elements data = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "shape" -> {
          Elements sizes = new Elements();
          sizes.read(in, where + ".shape");
          shape = Arrays.copyOf(sizes.integers, sizes.count);
        }
        case "dtype" -> dtypeName = in.getText();
        case "data" -> {
          data = new Elements();
          data.read(in, where + ".data");
        }
        default -> in.skipChildren();
      }
    }
    if (shape == null || dtypeName == null || data == null) {
      throw new FormatException(where + ": one of shape, dtype, data is missing");
    }
    return literal(shape, dtypeName, data, where);
  }

  private static Literal literal(long[] shape, String dtypeName, Elements data, String where)
      throws FormatException {
    DType dtype = dtype(dtypeName, where);
    TensorType type = TensorType.of(dtype, Shape.of(shape));
    long expected = type.shape().count() * (dtype.isComplex() ? 2 : 1);
    if (data.count != expected) {
      throw new FormatException(
          where + ": " + type.brief() + " needs " + expected + " numbers, got " + data.count);
    }
    double[] reals = Arrays.copyOf(data.reals, data.count);
    if (dtype.isComplex()) {
      return Literal.ofComplex(type, reals);
    }
    return dtype.isFloat()
        ? Literal.ofDoubles(type, reals)
        : Literal.ofLongs(type, Arrays.copyOf(data.integers, data.count));
  }

  private static DType dtype(String name, String where) throws FormatException {
    DType dtype = DType.byName(name);
    if (dtype != null) {
      return dtype;
    }
    try {
      return ArrayTypes.ofNumpyName(name);
    } catch (IllegalArgumentException e) {
      throw new FormatException(where + ": no element type '" + name + "'", e);
    }
  }

  /** Reads the list of arrays at which the parser stands. */
  public static List<Literal> readList(JsonParser in, String where) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new FormatException(where + ": expected a list of {shape, dtype, data}");
    }
    List<Literal> out = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      out.add(read(in, where + "[" + out.size() + "]"));
    }
    return out;
  }

  /** Opens a parser over a JSON text that may hold numbers such as {@code NaN}. */
  public static JsonParser parser(InputStream in) throws IOException {
    return Json.MAPPER.createParser(in);
  }

  /** Reads whatever stands at the parser as a tree of lists, maps and scalars. */
  public static @Nullable Object tree(JsonParser in) throws IOException {
    return in.readValueAs(Object.class);
  }

  /** Opens a generator of JSON text. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return Json.MAPPER.createGenerator(out);
  }

  /** Writes an array; every number in the shortest form that reads back as the same element. */
  public static void write(JsonGenerator out, Literal value) throws IOException {
    TensorType type = value.type();
    DType dtype = type.dtype();
    out.writeStartObject();
    out.writeArrayFieldStart("shape");
    for (long size : type.shape().dims()) {
      out.writeNumber(size);
    }
    out.writeEndArray();
    out.writeStringField("dtype", dtype.mlir());
    out.writeArrayFieldStart("data");
    for (int i = 0; i < value.count(); i++) {
      if (dtype.isComplex()) {
        out.writeStartArray();
        real(out, value.doubleAt(i), dtype == DType.C64);
        real(out, value.imagAt(i), dtype == DType.C64);
        out.writeEndArray();
      } else if (dtype.isFloat()) {
        real(out, value.doubleAt(i), dtype != DType.F64);
      } else if (dtype.isBool()) {
        out.writeBoolean(value.longAt(i) != 0);
      } else if (dtype == DType.U64) {
        out.writeNumber(Long.toUnsignedString(value.longAt(i)));
      } else {
        out.writeNumber(value.longAt(i));
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void real(JsonGenerator out, double value, boolean single) throws IOException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      out.writeString(Double.toString(value));
    } else {
      out.writeNumber(single ? Float.toString((float) value) : Double.toString(value));
    }
  }

  /** Reads a field of an object as a number; {@code otherwise} where it is null. */
  public static double number(JsonParser in, double otherwise) throws IOException {
    JsonToken token = in.currentToken();
    return token != null && token.isNumeric() ? in.getDoubleValue() : otherwise;
  }
}
