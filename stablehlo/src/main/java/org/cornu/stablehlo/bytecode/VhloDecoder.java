package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Decodes VHLO's attributes and types (StableHLO's {@code VhloBytecode.cpp}) into the IR's. */
final class VhloDecoder {
  private final Decoder decoder;

  VhloDecoder(Decoder decoder) {
    this.decoder = decoder;
  }

  Attribute attribute(ByteInput in) {
    int code = in.count();
    VhloEnum kind = VhloEnum.byCode(code);
    if (kind != null) {
      return kind.attribute(in);
    }
    return switch (code) {
      case 1 -> new Attribute.Array(decoder.attributeList(in));
      case 2 -> new Attribute.Bool(in.count() != 0);
      case 6 -> dictionary(in);
      case 8 -> real(in);
      case 9 -> integer(in);
      case 10 -> alias(in);
      case 14 -> new Attribute.Str(decoder.string(in));
      case 15 -> tensor(in);
      case 17 -> new Attribute.OfType(decoder.type(in));
      case 18 -> new Attribute.Opaque("#stablehlo.bounds<" + bounds(in.signedVarints()) + ">");
      case 20 -> accuracy(in);
      case 21 -> new Attribute.Opaque("(" + in.signedVarint() + ")" + in.signedVarint());
      case 22 -> axisReference(in);
      case 23 -> meshAxes(in);
      case 24 -> {
        Attribute name = decoder.attribute(in);
        yield new Attribute.Opaque(
            "#stablehlo.mesh_axis<name = " + name + ", size = " + in.signedVarint() + ">");
      }
      case 25 -> mesh(in);
      default -> throw in.error("vhlo attribute of code " + code + " is not known");
    };
  }

  private Attribute dictionary(ByteInput in) {
    int size = in.size();
    Map<String, Attribute> entries = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      String key = BuiltinDecoder.text(decoder.attribute(in));
      entries.put(key, decoder.attribute(in));
    }
    return new Attribute.Dict(entries);
  }

  private Attribute real(ByteInput in) {
    Type type = decoder.type(in);
    DType dtype = DType.byName(type.toString());
    if (dtype == null || !dtype.isFloat()) {
      throw in.error("float of type " + type);
    }
    double value = FloatFormat.decode(dtype, in.integer(dtype.bits()));
    return new Attribute.Real(value, type.toString());
  }

  private Attribute integer(ByteInput in) {
    Type type = decoder.type(in);
    DType dtype = DType.byName(type.toString());
    if (dtype == null || dtype.isInexact()) {
      throw in.error("integer of type " + type);
    }
    return BuiltinDecoder.integer(type.toString(), in.integer(dtype.bits()));
  }

  private static Attribute alias(ByteInput in) {
    String outputs = java.util.Arrays.toString(in.signedVarints());
    long operand = in.signedVarint();
    String operands = java.util.Arrays.toString(in.signedVarints());
    return new Attribute.Opaque(
        "#stablehlo.output_operand_alias<output_tuple_indices = "
            + outputs
            + ", operand_index = "
            + operand
            + ", operand_tuple_indices = "
            + operands
            + ">");
  }

  private Attribute tensor(ByteInput in) {
    Type type = decoder.type(in);
    byte[] blob = in.blob();
    if (!(type instanceof TensorType tensor)) {
      throw in.error("dense elements of type " + type);
    }
    return new Attribute.Elements(literal(tensor, blob));
  }

  /**
   * The literal whose elements are these bytes: all, one for all, or booleans packed into bits; of
   * the latter a single byte 0xFF is a splat.
   */
  static Literal literal(TensorType type, byte[] blob) {
    long count;
    try {
      count = type.shape().count();
    } catch (ArithmeticException | IllegalStateException e) {
      throw new BytecodeException("literal of type " + type + " cannot be counted");
    }
    int size = type.dtype().bytes();
    if (type.dtype().isBool()) {
      if (blob.length == 1 && (blob[0] & 0xFF) == 0xFF) {
        blob = new byte[] {1};
      } else if (blob.length == (count + 7) / 8 && blob.length != count) {
        byte[] bits = new byte[(int) count];
        for (int i = 0; i < bits.length; i++) {
          bits[i] = (byte) (blob[i / 8] >> (i % 8) & 1);
        }
        blob = bits;
      }
    }
    if (blob.length != size && (count > Integer.MAX_VALUE || blob.length != count * size)) {
      throw new BytecodeException(
          "literal of type " + type + " takes " + count * size + " bytes, got " + blob.length);
    }
    return Literal.ofBytes(type, blob);
  }

  static String bounds(long[] values) {
    List<String> words = new ArrayList<>();
    for (long value : values) {
      words.add(value == Shape.DYNAMIC ? "?" : Long.toString(value));
    }
    return String.join(", ", words);
  }

  private Attribute accuracy(ByteInput in) {
    double absolute = Double.longBitsToDouble(in.integer(64));
    double relative = Double.longBitsToDouble(in.integer(64));
    long ulps = in.signedVarint();
    Attribute mode = decoder.attribute(in);
    String word = mode instanceof Attribute.Keyword keyword ? keyword.word() : mode.toString();
    return accuracy(absolute, relative, ulps, word);
  }

  static Attribute accuracy(double absolute, double relative, long ulps, String mode) {
    StringBuilder out = new StringBuilder("#stablehlo.result_accuracy<");
    if (absolute != 0) {
      out.append("atol = ").append(Literal.floatText(absolute, DType.F64)).append(", ");
    }
    if (relative != 0) {
      out.append("rtol = ").append(Literal.floatText(relative, DType.F64)).append(", ");
    }
    if (ulps != 0) {
      out.append("ulps = ").append(ulps).append(", ");
    }
    out.append("mode = #stablehlo.result_accuracy_mode<").append(mode).append(">>");
    return new Attribute.Opaque(out.toString());
  }

  private Attribute axisReference(ByteInput in) {
    Attribute name = decoder.attribute(in);
    String sub = in.count() != 0 ? ", sub_axis_info = " + decoder.attribute(in) : "";
    return new Attribute.Opaque("#stablehlo.axis_ref<name = " + name + sub + ">");
  }

  private Attribute meshAxes(ByteInput in) {
    Attribute mesh = decoder.attribute(in);
    Attribute axes = decoder.attribute(in);
    String text =
        mesh instanceof Attribute.Str symbol
            ? Attribute.symbolText(symbol.value())
            : mesh.toString();
    return new Attribute.Opaque(
        "#stablehlo.replica_group_mesh_axes<mesh = " + text + ", axes = " + axes + ">");
  }

  private Attribute mesh(ByteInput in) {
    Attribute axes = decoder.attribute(in);
    Attribute devices = decoder.optionalAttribute(in);
    return new Attribute.Opaque(
        "#stablehlo.mesh<axes = "
            + axes
            + (devices == null ? "" : ", device_ids = " + devices)
            + ">");
  }

  Object type(ByteInput in) {
    int code = in.count();
    DType plain = VhloTypes.plain(code);
    if (plain != null) {
      return plain;
    }
    return switch (code) {
      case 1 -> complex(in);
      case 8 -> new Type.Function(decoder.typeList(in), decoder.typeList(in));
      case 20 -> tensorType(in, null);
      case 21 -> {
        String encoding = decoder.attribute(in).toString();
        yield tensorType(in, encoding);
      }
      case 22 -> new Type.Token();
      case 23 -> new Type.Tuple(decoder.typeList(in));
      case 24 -> quantized(in);
      case 25 -> new Type.Opaque("tensor<*x" + decoder.type(in) + ">");
      case 30 -> quantizedPerAxis(in);
      case 33 -> new Type.Opaque("none");
      case 34 -> new Type.Opaque("tf32");
      case 41 -> buffer(in);
      case 42 -> new Type.Future(decoder.typeList(in));
      default -> throw in.error("vhlo type of code " + code + " is not known");
    };
  }

  private Object complex(ByteInput in) {
    ElementType part = decoder.element(in);
    if (part == DType.F32 || part == DType.F64) {
      return ((DType) part).complex();
    }
    throw in.error("complex type of parts " + part);
  }

  private Object tensorType(ByteInput in, @org.jspecify.annotations.Nullable String encoding) {
    Shape shape = BuiltinDecoder.shape(in);
    ElementType element = decoder.element(in);
    if (element == null) {
      throw in.error("tensor of an unknown element type");
    }
    return new TensorType(shape, element, encoding);
  }

  private Object buffer(ByteInput in) {
    StringBuilder out = new StringBuilder("memref<");
    for (long dim : in.signedVarints()) {
      out.append(dim == Shape.DYNAMIC ? "?" : Long.toString(dim)).append('x');
    }
    return new Type.Opaque(out.append(decoder.type(in)).append('>').toString());
  }

  private Object quantized(ByteInput in) {
    boolean signed = in.count() != 0;
    DType storage = storage(in, signed);
    DType expressed = expressed(in);
    double scale = Double.longBitsToDouble(in.integer(64));
    long zeroPoint = in.signedVarint();
    long min = in.signedVarint();
    long max = in.signedVarint();
    return new QuantizedType(storage, min, max, expressed, -1, List.of(scale), List.of(zeroPoint));
  }

  private Object quantizedPerAxis(ByteInput in) {
    boolean signed = in.count() != 0;
    DType storage = storage(in, signed);
    DType expressed = expressed(in);
    int axis = in.count();
    long min = in.signedVarint();
    long max = in.signedVarint();
    List<Double> scales = new ArrayList<>();
    int count = in.size();
    for (int i = 0; i < count; i++) {
      scales.add(Double.longBitsToDouble(in.integer(64)));
    }
    List<Long> zeroPoints = new ArrayList<>();
    for (long zeroPoint : in.signedVarints()) {
      zeroPoints.add(zeroPoint);
    }
    if (zeroPoints.size() != scales.size()) {
      throw in.error(scales.size() + " scales, " + zeroPoints.size() + " zero points");
    }
    return new QuantizedType(storage, min, max, expressed, axis, scales, zeroPoints);
  }

  // The storage type itself carries no sign; the flag of the quantized type does.
  private DType storage(ByteInput in, boolean signed) {
    ElementType element = decoder.element(in);
    if (!(element instanceof DType dtype) || !dtype.isInteger()) {
      throw in.error("quantized storage of type " + element);
    }
    DType other = DType.byName((signed ? "i" : "u") + dtype.bits());
    return other == null ? dtype : other;
  }

  private DType expressed(ByteInput in) {
    ElementType element = decoder.element(in);
    if (element instanceof DType dtype && dtype.isFloat()) {
      return dtype;
    }
    throw in.error("quantized values of type " + element);
  }
}
