package org.cornu.stablehlo.bytecode;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.bytecode.Encoder.Flavor;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.text.Parser;
import org.jspecify.annotations.Nullable;

/** Encodes attributes and types as VHLO's: the reverse of {@link VhloDecoder}. */
final class VhloEncoder {
  private final Encoder encoder;

  VhloEncoder(Encoder encoder) {
    this.encoder = encoder;
  }

  /** Dialect of an attribute that VHLO has no encoding for; null when it has one. */
  static @Nullable String foreignDialect(Attribute attribute) {
    if (attribute instanceof Sharding || attribute instanceof Sharding.PerValue) {
      return "sdy";
    }
    if (attribute instanceof Attribute.Unit) {
      return "builtin";
    }
    if (attribute instanceof Attribute.Opaque opaque) {
      String dialect = Encoder.dialectOf(opaque.text());
      return dialect.equals("stablehlo") ? null : dialect;
    }
    return null;
  }

  /** Collects what the encoding of {@code attribute} refers to. */
  void collect(Attribute attribute) {
    Literal literal = tensor(attribute);
    if (attribute instanceof Attribute.Array array) {
      array.elements().forEach(element -> encoder.collect(Flavor.VHLO, element));
    } else if (attribute instanceof Attribute.Dict dict) {
      for (Map.Entry<String, Attribute> entry : dict.entries().entrySet()) {
        encoder.collect(Flavor.VHLO, new Attribute.Str(entry.getKey()));
        encoder.collect(Flavor.VHLO, entry.getValue());
      }
    } else if (attribute instanceof Attribute.Int number) {
      encoder.collectType(Flavor.VHLO, element(number.type()));
    } else if (attribute instanceof Attribute.Real number) {
      encoder.collectType(Flavor.VHLO, element(number.type()));
    } else if (attribute instanceof Attribute.OfType ofType) {
      encoder.collectType(Flavor.VHLO, ofType.type());
    } else if (literal != null) {
      encoder.collectType(Flavor.VHLO, literal.type());
    } else if (attribute instanceof Attribute.Opaque opaque) {
      collectParts(opaque.text());
    }
  }

  private static DType element(String type) {
    DType dtype = DType.byName(type);
    if (dtype == null || !dtype.mlir().equals(type)) {
      throw new BytecodeException("numbers of type " + type + " have no counterpart in VHLO");
    }
    return dtype;
  }

  /** The literal that a list or tensor attribute is encoded as; null for another attribute. */
  private static @Nullable Literal tensor(Attribute attribute) {
    if (attribute instanceof Attribute.Elements elements) {
      Literal literal = elements.literal();
      ElementType element = literal.type().element();
      return element instanceof DType
          ? literal
          : literal.withType(literal.type().withElement(element.storage()));
    }
    if (attribute instanceof Attribute.Longs longs) {
      long[] values = longs.values();
      return Literal.ofLongs(TensorType.of(DType.I64, values.length), values);
    }
    if (attribute instanceof Attribute.Bools bools) {
      boolean[] values = bools.values();
      return Literal.ofBooleans(TensorType.of(DType.BOOL, values.length), values);
    }
    return null;
  }

  // Attributes that the IR keeps as text, part by part.

  private void collectParts(String text) {
    switch (name(text)) {
      case "output_operand_alias", "bounds", "type_extensions", "result_accuracy_mode" -> {}
      case "result_accuracy" -> {
        since(1, 9, text);
        encoder.collect(Flavor.VHLO, mode(Fields.of(text)));
      }
      case "axis_ref" -> {
        Map<String, String> fields = Fields.of(text);
        encoder.collect(Flavor.VHLO, string(fields, "name"));
        if (fields.containsKey("sub_axis_info")) {
          encoder.collect(Flavor.VHLO, subAxis(fields));
        }
      }
      case "sub_axis_info" -> {}
      case "mesh_axis" -> encoder.collect(Flavor.VHLO, string(Fields.of(text), "name"));
      case "mesh" -> {
        Map<String, String> fields = Fields.of(text);
        encoder.collect(Flavor.VHLO, parsed(fields, "axes"));
        if (fields.containsKey("device_ids")) {
          encoder.collect(Flavor.VHLO, parsed(fields, "device_ids"));
        }
      }
      case "replica_group_mesh_axes" -> {
        since(1, 16, text);
        Map<String, String> fields = Fields.of(text);
        encoder.collect(Flavor.VHLO, mesh(fields));
        encoder.collect(Flavor.VHLO, parsed(fields, "axes"));
      }
      default -> throw new BytecodeException("attribute has no counterpart in VHLO: " + text);
    }
  }

  private static String name(String text) {
    int end = text.indexOf('<');
    return text.substring("#stablehlo.".length(), end < 0 ? text.length() : end);
  }

  private void since(int major, int minor, String text) {
    Version first = new Version(major, minor, 0);
    if (encoder.target.compareTo(first) < 0) {
      throw new BytecodeException(
          "attribute needs StableHLO " + first + ", target is " + encoder.target + ": " + text);
    }
  }

  private static Attribute mode(Map<String, String> fields) {
    String mode = fields.getOrDefault("mode", "<DEFAULT>");
    return new Attribute.Keyword("result_accuracy_mode", Fields.body(mode));
  }

  private static Attribute parsed(Map<String, String> fields, String key) {
    return Parser.attribute(fields.getOrDefault(key, "[]"));
  }

  private static Attribute string(Map<String, String> fields, String key) {
    Attribute value = parsed(fields, key);
    if (value instanceof Attribute.Str) {
      return value;
    }
    throw new BytecodeException("expected a string as " + key + ", got " + value);
  }

  private static Attribute mesh(Map<String, String> fields) {
    Attribute mesh = parsed(fields, "mesh");
    return mesh instanceof Attribute.Symbol symbol ? new Attribute.Str(symbol.name()) : mesh;
  }

  // (1)2 as an attribute of a name of its own.
  private static Attribute subAxis(Map<String, String> fields) {
    String text = fields.getOrDefault("sub_axis_info", "");
    return new Attribute.Opaque("#stablehlo.sub_axis_info<" + text + ">");
  }

  /** Encodes {@code attribute}. */
  void attribute(ByteOutput out, Attribute attribute) {
    Literal literal = tensor(attribute);
    if (attribute instanceof Attribute.Array array) {
      out.varint(1);
      out.varint(array.elements().size());
      array.elements().forEach(element -> out.varint(encoder.number(Flavor.VHLO, element)));
    } else if (attribute instanceof Attribute.Bool bool) {
      out.varint(2);
      out.varint(bool.value() ? 1 : 0);
    } else if (attribute instanceof Attribute.Dict dict) {
      out.varint(6);
      out.varint(dict.entries().size());
      for (Map.Entry<String, Attribute> entry : dict.entries().entrySet()) {
        out.varint(encoder.number(Flavor.VHLO, new Attribute.Str(entry.getKey())));
        out.varint(encoder.number(Flavor.VHLO, entry.getValue()));
      }
    } else if (attribute instanceof Attribute.Real number) {
      DType dtype = element(number.type());
      out.varint(8);
      out.varint(encoder.typeNumber(Flavor.VHLO, dtype));
      out.integer(FloatFormat.encode(dtype, number.value()), dtype.bits());
    } else if (attribute instanceof Attribute.Int number) {
      DType dtype = element(number.type());
      out.varint(9);
      out.varint(encoder.typeNumber(Flavor.VHLO, dtype));
      out.integer(number.value().longValue(), dtype.bits());
    } else if (attribute instanceof Attribute.Str text) {
      string(out, text.value());
    } else if (attribute instanceof Attribute.Symbol symbol) {
      string(out, symbol.name());
    } else if (attribute instanceof Attribute.OfType ofType) {
      out.varint(17);
      out.varint(encoder.typeNumber(Flavor.VHLO, ofType.type()));
    } else if (attribute instanceof Attribute.Keyword word) {
      keyword(out, word);
    } else if (literal != null) {
      out.varint(15);
      out.varint(encoder.typeNumber(Flavor.VHLO, literal.type()));
      out.blob(bytes(literal));
    } else if (attribute instanceof Attribute.Opaque opaque) {
      opaque(out, opaque.text());
    } else {
      throw new BytecodeException("attribute has no counterpart in VHLO: " + attribute);
    }
  }

  private void string(ByteOutput out, String text) {
    out.varint(14);
    out.varint(encoder.string(text));
  }

  private static void keyword(ByteOutput out, Attribute.Keyword word) {
    VhloEnum kind = VhloEnum.byKind(word.kind());
    int value = kind == null ? -1 : kind.words.indexOf(word.word());
    if (kind == null || value < 0) {
      throw new BytecodeException("attribute has no counterpart in VHLO: " + word);
    }
    out.varint(kind.code);
    out.varint(value);
  }

  // Booleans are packed into bits, and 0xFF tells a splat from eight of them.
  private static byte[] bytes(Literal literal) {
    if (!literal.type().dtype().isBool()) {
      byte[] bytes = new byte[literal.data().remaining()];
      literal.data().get(bytes);
      return bytes;
    }
    if (literal.isSplat()) {
      return new byte[] {(byte) (literal.longAt(0) != 0 ? 0xFF : 0)};
    }
    byte[] bits = new byte[(literal.count() + 7) / 8];
    for (int i = 0; i < literal.count(); i++) {
      bits[i / 8] |= (byte) (literal.longAt(i) << i % 8);
    }
    return bits;
  }

  private void opaque(ByteOutput out, String text) {
    switch (name(text)) {
      case "output_operand_alias" -> {
        Map<String, String> fields = Fields.of(text);
        out.varint(10);
        out.signedVarints(Fields.longs(fields.getOrDefault("output_tuple_indices", "[]"), 0));
        out.signedVarint(Fields.integer(fields.getOrDefault("operand_index", "0")));
        out.signedVarints(Fields.longs(fields.getOrDefault("operand_tuple_indices", "[]"), 0));
      }
      case "bounds" -> {
        out.varint(18);
        out.signedVarints(Fields.longs(Fields.body(text), Shape.DYNAMIC));
      }
      case "type_extensions" -> {
        out.varint(18);
        String bounds = Fields.of(text).getOrDefault("bounds", "[]");
        out.signedVarints(Fields.longs(bounds, Shape.DYNAMIC));
      }
      case "result_accuracy_mode" ->
          keyword(out, new Attribute.Keyword("result_accuracy_mode", Fields.body(text)));
      case "result_accuracy" -> {
        Map<String, String> fields = Fields.of(text);
        out.varint(20);
        out.integer(bits(fields.getOrDefault("atol", "0.0")), 64);
        out.integer(bits(fields.getOrDefault("rtol", "0.0")), 64);
        out.signedVarint(Fields.integer(fields.getOrDefault("ulps", "0")));
        out.varint(encoder.number(Flavor.VHLO, mode(fields)));
      }
      case "sub_axis_info" -> {
        String[] sizes = Fields.body(text).split("[()]", -1);
        out.varint(21);
        out.signedVarint(Fields.integer(sizes[1].strip()));
        out.signedVarint(Fields.integer(sizes[2].strip()));
      }
      case "axis_ref" -> {
        Map<String, String> fields = Fields.of(text);
        out.varint(22);
        out.varint(encoder.number(Flavor.VHLO, string(fields, "name")));
        boolean part = fields.containsKey("sub_axis_info");
        out.varint(part ? 1 : 0);
        if (part) {
          out.varint(encoder.number(Flavor.VHLO, subAxis(fields)));
        }
      }
      case "replica_group_mesh_axes" -> {
        Map<String, String> fields = Fields.of(text);
        out.varint(23);
        out.varint(encoder.number(Flavor.VHLO, mesh(fields)));
        out.varint(encoder.number(Flavor.VHLO, parsed(fields, "axes")));
      }
      case "mesh_axis" -> {
        Map<String, String> fields = Fields.of(text);
        out.varint(24);
        out.varint(encoder.number(Flavor.VHLO, string(fields, "name")));
        out.signedVarint(Fields.integer(fields.getOrDefault("size", "")));
      }
      case "mesh" -> {
        Map<String, String> fields = Fields.of(text);
        out.varint(25);
        out.varint(encoder.number(Flavor.VHLO, parsed(fields, "axes")));
        if (fields.containsKey("device_ids")) {
          out.flagged(encoder.number(Flavor.VHLO, parsed(fields, "device_ids")), true);
        } else {
          out.flagged(0, false);
        }
      }
      default -> throw new BytecodeException("attribute has no counterpart in VHLO: " + text);
    }
  }

  private static long bits(String number) {
    Attribute value = Parser.attribute(number + (number.startsWith("0x") ? " : f64" : ""));
    if (value instanceof Attribute.Real real) {
      return Double.doubleToRawLongBits(real.value());
    }
    throw new BytecodeException("expected a float, got " + number);
  }

  // Types.

  /** Collects what the encoding of a type or element type refers to. */
  void collectType(Object type) {
    if (type instanceof TensorType tensor) {
      if (tensor.encoding() != null) {
        encoder.collect(Flavor.VHLO, new Attribute.Opaque(tensor.encoding()));
      }
      encoder.collectType(Flavor.VHLO, tensor.element());
    } else if (type instanceof Type.Tuple tuple) {
      tuple.elements().forEach(element -> encoder.collectType(Flavor.VHLO, element));
    } else if (type instanceof Type.Future future) {
      future.elements().forEach(element -> encoder.collectType(Flavor.VHLO, element));
    } else if (type instanceof Type.Function function) {
      function.inputs().forEach(input -> encoder.collectType(Flavor.VHLO, input));
      function.results().forEach(result -> encoder.collectType(Flavor.VHLO, result));
    } else if (type instanceof DType dtype && dtype.isComplex()) {
      encoder.collectType(Flavor.VHLO, dtype.real());
    } else if (type instanceof Type.Opaque opaque) {
      TensorType buffer = buffer(opaque);
      if (buffer != null) {
        encoder.collectType(Flavor.VHLO, buffer.element());
      }
    } else if (type instanceof QuantizedType quantized) {
      encoder.collectType(Flavor.VHLO, signless(quantized.storage()));
      encoder.collectType(Flavor.VHLO, quantized.expressed());
    }
  }

  // The sign of a storage type stands in the quantized type.
  private static DType signless(DType storage) {
    DType signed = DType.byName("i" + storage.bits());
    return signed == null ? storage : signed;
  }

  /** Encodes a type or element type. */
  void type(ByteOutput out, Object type) {
    if (type instanceof TensorType tensor) {
      if (tensor.encoding() == null) {
        out.varint(20);
      } else {
        out.varint(21);
        out.varint(encoder.number(Flavor.VHLO, new Attribute.Opaque(tensor.encoding())));
      }
      out.signedVarints(tensor.shape().dims());
      out.varint(encoder.typeNumber(Flavor.VHLO, tensor.element()));
    } else if (type instanceof DType dtype) {
      if (dtype.isComplex()) {
        out.varint(1);
        out.varint(encoder.typeNumber(Flavor.VHLO, dtype.real()));
      } else {
        out.varint(VhloTypes.code(dtype, encoder.target));
      }
    } else if (type instanceof QuantizedType quantized) {
      quantized(out, quantized);
    } else if (type instanceof Type.Function function) {
      out.varint(8);
      types(out, function.inputs());
      types(out, function.results());
    } else if (type instanceof Type.Token) {
      out.varint(22);
    } else if (type instanceof Type.Tuple tuple) {
      out.varint(23);
      types(out, tuple.elements());
    } else if (type instanceof Type.Future future) {
      sinceType(15, type);
      out.varint(42);
      types(out, future.elements());
    } else if (type instanceof Type.Opaque opaque) {
      named(out, opaque);
    } else {
      throw new BytecodeException("type has no counterpart in VHLO: " + type);
    }
  }

  private void named(ByteOutput out, Type.Opaque type) {
    DType dtype = DType.byName(type.text());
    if (dtype != null && dtype.mlir().equals(type.text()) && !dtype.isComplex()) {
      out.varint(VhloTypes.code(dtype, encoder.target));
    } else if (type.text().equals("none")) {
      sinceType(6, type);
      out.varint(33);
    } else if (type.text().equals("tf32")) {
      sinceType(6, type);
      out.varint(34);
    } else {
      TensorType buffer = buffer(type);
      if (buffer == null) {
        throw new BytecodeException("type has no counterpart in VHLO: " + type);
      }
      sinceType(13, type);
      out.varint(41);
      out.signedVarints(buffer.shape().dims());
      out.varint(encoder.typeNumber(Flavor.VHLO, buffer.element()));
    }
  }

  /** The tensor that {@code memref<2xf32>} is like; null for another type. */
  private static @Nullable TensorType buffer(Type.Opaque type) {
    return type.text().startsWith("memref<")
            && Parser.type(type.text().replaceFirst("memref", "tensor")) instanceof TensorType like
            && like.encoding() == null
        ? like
        : null;
  }

  private void sinceType(int minor, Object type) {
    Version first = new Version(1, minor, 0);
    if (encoder.target.compareTo(first) < 0) {
      throw new BytecodeException(
          "type " + type + " needs StableHLO " + first + ", target is " + encoder.target);
    }
  }

  private void types(ByteOutput out, List<Type> types) {
    out.varint(types.size());
    types.forEach(type -> out.varint(encoder.typeNumber(Flavor.VHLO, type)));
  }

  private void quantized(ByteOutput out, QuantizedType type) {
    out.varint(type.isPerAxis() ? 30 : 24);
    out.varint(type.storage().isSigned() ? 1 : 0);
    out.varint(encoder.typeNumber(Flavor.VHLO, signless(type.storage())));
    out.varint(encoder.typeNumber(Flavor.VHLO, type.expressed()));
    if (!type.isPerAxis()) {
      out.integer(Double.doubleToRawLongBits(type.scales().get(0)), 64);
      out.signedVarint(type.zeroPoints().get(0));
      out.signedVarint(type.storageMin());
      out.signedVarint(type.storageMax());
      return;
    }
    out.varint(type.axis());
    out.signedVarint(type.storageMin());
    out.signedVarint(type.storageMax());
    out.varint(type.scales().size());
    for (double scale : type.scales()) {
      out.integer(Double.doubleToRawLongBits(scale), 64);
    }
    out.varint(type.zeroPoints().size());
    type.zeroPoints().forEach(out::signedVarint);
  }
}
