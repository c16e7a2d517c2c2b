package org.cornu.pjrt;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cornu.pjrt.proto.hlo.LiteralProto;
import org.cornu.pjrt.proto.hlo.ShapeProto;

/** Constants in HLO's text form; long ones are cut short. */
final class HloLiterals {
  /** More elements than this are not written out. */
  private static final int MAX_ELEMENTS = 16;

  private HloLiterals() {}

  static String text(LiteralProto literal) {
    ShapeProto shape = literal.getShape();
    if (literal.getTupleLiteralsCount() > 0) {
      return literal.getTupleLiteralsList().stream()
          .map(HloLiterals::text)
          .collect(Collectors.joining(", ", "(", ")"));
    }
    long count = 1;
    for (long dim : shape.getDimensionsList()) {
      count *= dim;
    }
    if (count > MAX_ELEMENTS) {
      return "{...}";
    }
    List<String> elements = elements(literal, (int) count);
    if (elements.size() < count) {
      return "...";
    }
    if (shape.getDimensionsCount() == 0) {
      return elements.isEmpty() ? "" : elements.get(0);
    }
    int[] position = {0};
    return nested(shape.getDimensionsList(), 0, elements, position);
  }

  private static String nested(List<Long> dims, int axis, List<String> elements, int[] position) {
    if (axis == dims.size()) {
      return elements.get(position[0]++);
    }
    List<String> parts = new ArrayList<>();
    for (long i = 0; i < dims.get(axis); i++) {
      parts.add(nested(dims, axis + 1, elements, position));
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static List<String> elements(LiteralProto literal, int count) {
    BufferType type = PrimitiveTypes.of(literal.getShape().getElementType());
    return switch (type) {
      case PRED -> strings(literal.getPredsList());
      case S32 -> strings(literal.getS32SList());
      case S64 -> strings(literal.getS64SList());
      case U32 -> literal.getU32SList().stream().map(Integer::toUnsignedString).toList();
      case U64 -> literal.getU64SList().stream().map(Long::toUnsignedString).toList();
      case F32 -> strings(literal.getF32SList());
      case F64 -> strings(literal.getF64SList());
      case C64 -> complex(strings(literal.getC64SList()));
      case C128 -> complex(strings(literal.getC128SList()));
      case S8 -> bytes(literal.getS8S(), count, false);
      case U8 -> bytes(literal.getU8S(), count, true);
      case S4 -> bytes(literal.getS4S(), count, false);
      case U4 -> bytes(literal.getU4S(), count, true);
      case S16 -> shorts(literal.getS16S(), count, type);
      case U16 -> shorts(literal.getU16S(), count, type);
      case BF16 -> shorts(literal.getBf16S(), count, type);
      case F16 -> shorts(literal.getF16S(), count, type);
      case INVALID,
          TOKEN,
          S1,
          U1,
          S2,
          U2,
          F8E5M2,
          F8E4M3FN,
          F8E4M3B11FNUZ,
          F8E5M2FNUZ,
          F8E4M3FNUZ,
          F8E4M3,
          F8E3M4,
          F8E8M0FNU,
          F4E2M1FN ->
          List.of();
    };
  }

  private static List<String> strings(List<?> values) {
    return values.stream().map(String::valueOf).toList();
  }

  private static List<String> complex(List<String> parts) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      pairs.add("(" + parts.get(i) + ", " + parts.get(i + 1) + ")");
    }
    return pairs;
  }

  private static List<String> bytes(ByteString data, int count, boolean unsigned) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < Math.min(count, data.size()); i++) {
      values.add(Integer.toString(unsigned ? data.byteAt(i) & 0xFF : data.byteAt(i)));
    }
    return values;
  }

  private static List<String> shorts(ByteString data, int count, BufferType type) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < Math.min(count, data.size() / 2); i++) {
      int bits = (data.byteAt(2 * i) & 0xFF) | (data.byteAt(2 * i + 1) & 0xFF) << 8;
      values.add(
          switch (type) {
            case S16 -> Short.toString((short) bits);
            case BF16 -> Float.toString(Float.intBitsToFloat(bits << 16));
            case F16 -> Float.toString(half(bits));
            default -> Integer.toString(bits);
          });
    }
    return values;
  }

  /** IEEE 754 half precision to float; Java 17 has no such conversion. */
  static float half(int bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 31) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    }
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }
}
