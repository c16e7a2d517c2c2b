package org.cornu.stablehlo.bytecode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/** Decodes attributes, locations and types of MLIR's builtin dialect. */
final class BuiltinDecoder {
  private final Decoder decoder;

  BuiltinDecoder(Decoder decoder) {
    this.decoder = decoder;
  }

  /** An attribute or location, by the codes of MLIR's {@code BuiltinDialectBytecode}. */
  Object attribute(ByteInput in) {
    int code = in.count();
    return switch (code) {
      case 0 -> new Attribute.Array(decoder.attributeList(in));
      case 1 -> dictionary(in);
      case 2 -> new Attribute.Str(decoder.string(in));
      case 3 -> {
        String text = decoder.string(in);
        yield new Attribute.Opaque(Attribute.quote(text) + " : " + decoder.type(in));
      }
      case 4 -> new Attribute.Symbol(text(decoder.attribute(in)));
      case 5 -> nestedSymbol(in);
      case 6 -> new Attribute.OfType(decoder.type(in));
      case 7 -> new Attribute.Unit();
      case 8 -> integer(in);
      case 9 -> real(in);
      case 10 -> new Location.CallSite(decoder.location(in), decoder.location(in));
      case 11 -> new Location.Line(text(decoder.attribute(in)), in.count(), in.count());
      case 12 -> new Location.Fused(null, locations(in));
      case 13 -> {
        List<Location> parts = locations(in);
        yield new Location.Fused(decoder.attribute(in).toString(), parts);
      }
      case 14 -> {
        String name = text(decoder.attribute(in));
        Location child = decoder.location(in);
        yield new Location.Named(name, child instanceof Location.Unknown ? null : child);
      }
      case 15 -> Location.UNKNOWN;
      case 17 -> denseArray(in);
      case 18 -> dense(in);
      case 22 -> lineRange(in);
      default -> throw in.error("builtin attribute of code " + code + " is not known");
    };
  }

  private Attribute dictionary(ByteInput in) {
    int size = in.size();
    Map<String, Attribute> entries = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      String key = text(decoder.attribute(in));
      entries.put(key, decoder.attribute(in));
    }
    return new Attribute.Dict(entries);
  }

  static String text(Attribute attribute) {
    if (attribute instanceof Attribute.Str text) {
      return text.value();
    }
    throw new BytecodeException("expected a string, got " + attribute);
  }

  private Attribute nestedSymbol(ByteInput in) {
    StringBuilder out = new StringBuilder();
    out.append(Attribute.symbolText(text(decoder.attribute(in))));
    for (Attribute leaf : decoder.attributeList(in)) {
      out.append("::").append(leaf);
    }
    return new Attribute.Opaque(out.toString());
  }

  private Attribute integer(ByteInput in) {
    String type = decoder.type(in).toString();
    return integer(type, in.integer(bits(type, in)));
  }

  /** The integer with these bits; {@code i1} makes a boolean. */
  static Attribute integer(String type, long bits) {
    DType dtype = DType.byName(type);
    if (dtype == null || dtype == DType.INDEX) {
      return new Attribute.Int(BigInteger.valueOf(bits), type);
    }
    if (dtype.isBool()) {
      return new Attribute.Bool((bits & 1) != 0);
    }
    int unused = 64 - dtype.bits();
    BigInteger value =
        dtype.isUnsigned()
            ? new BigInteger(Long.toUnsignedString(bits << unused >>> unused))
            : BigInteger.valueOf(bits << unused >> unused);
    return new Attribute.Int(value, type);
  }

  private static int bits(String type, ByteInput in) {
    DType dtype = DType.byName(type);
    if (dtype != null) {
      return dtype.bits();
    }
    if (type.matches("[su]?i[0-9]{1,3}")) {
      return Integer.parseInt(type.replaceAll("[a-z]", ""));
    }
    throw in.error("number of type " + type);
  }

  private Attribute real(ByteInput in) {
    String type = decoder.type(in).toString();
    DType dtype = DType.byName(type);
    if (dtype == null || !dtype.isFloat()) {
      throw in.error("float of type " + type);
    }
    return new Attribute.Real(FloatFormat.decode(dtype, in.integer(dtype.bits())), type);
  }

  private List<Location> locations(ByteInput in) {
    int size = in.size();
    List<Location> parts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      parts.add(decoder.location(in));
    }
    return parts;
  }

  // Line, column, end column, end line: as many as differ from what follows from the others.
  private Object lineRange(ByteInput in) {
    String file = text(decoder.attribute(in));
    int count = in.size();
    int[] numbers = new int[Math.max(2, count)];
    for (int i = 0; i < count; i++) {
      numbers[i] = in.count();
    }
    return new Location.Line(file, numbers[0], numbers[1]);
  }

  private Attribute denseArray(ByteInput in) {
    Type type = decoder.type(in);
    int size = in.count();
    byte[] blob = in.blob();
    DType dtype = DType.byName(type.toString());
    if (dtype == null || (long) size * dtype.bytes() != blob.length) {
      throw in.error("array of " + size + " " + type + " in " + blob.length + " bytes");
    }
    Literal literal = Literal.ofBytes(TensorType.of(dtype, size), blob);
    if (dtype == DType.I64) {
      long[] values = new long[size];
      for (int i = 0; i < size; i++) {
        values[i] = literal.longAt(i);
      }
      return new Attribute.Longs(values);
    }
    if (dtype.isBool()) {
      boolean[] values = new boolean[size];
      for (int i = 0; i < size; i++) {
        values[i] = literal.longAt(i) != 0;
      }
      return new Attribute.Bools(values);
    }
    StringBuilder out = new StringBuilder("array<").append(type);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? ": " : ", ");
      out.append(
          dtype.isFloat() ? Literal.floatText(literal.doubleAt(i), dtype) : literal.longAt(i));
    }
    return new Attribute.Opaque(out.append('>').toString());
  }

  private Attribute dense(ByteInput in) {
    Type type = decoder.type(in);
    byte[] blob = in.blob();
    if (!(type instanceof TensorType tensor)) {
      throw in.error("dense elements of type " + type);
    }
    return new Attribute.Elements(VhloDecoder.literal(tensor, blob));
  }

  /** A type, by the codes of MLIR's {@code BuiltinDialectBytecode}. */
  Object type(ByteInput in) {
    int code = in.count();
    return switch (code) {
      case 0 -> integerType(in.count());
      case 1 -> DType.INDEX;
      case 2 -> new Type.Function(decoder.typeList(in), decoder.typeList(in));
      case 3 -> DType.BF16;
      case 4 -> DType.F16;
      case 5 -> DType.F32;
      case 6 -> DType.F64;
      case 9 -> complex(in);
      case 12 -> new Type.Opaque("none");
      case 13 -> tensor(in, null);
      case 14 -> tensor(in, decoder.attribute(in).toString());
      case 15 -> new Type.Tuple(decoder.typeList(in));
      case 18 -> new Type.Opaque("tensor<*x" + decoder.type(in) + ">");
      default -> throw in.error("builtin type of code " + code + " is not known");
    };
  }

  private static Object integerType(int widthAndSign) {
    String name =
        switch (widthAndSign & 3) {
              case 1 -> "si";
              case 2 -> "ui";
              default -> "i";
            }
            + (widthAndSign >> 2);
    DType dtype = DType.byName(name);
    return dtype == null ? new Type.Opaque(name) : dtype;
  }

  private Object complex(ByteInput in) {
    ElementType part = decoder.element(in);
    if (part == DType.F32 || part == DType.F64) {
      return ((DType) part).complex();
    }
    throw in.error("complex type of parts " + part);
  }

  private Object tensor(ByteInput in, @Nullable String encoding) {
    Shape shape = shape(in);
    ElementType element = decoder.element(in);
    if (element == null) {
      throw in.error("tensor of an unknown element type");
    }
    return new TensorType(shape, element, encoding);
  }

  static Shape shape(ByteInput in) {
    try {
      return Shape.of(in.signedVarints());
    } catch (IllegalArgumentException e) {
      throw in.error(String.valueOf(e.getMessage()));
    }
  }
}
