package org.cornu.tracer.runtime;

import java.util.Locale;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;

/** Elements as NumPy prints them: nested brackets, long dimensions cut in the middle. */
public final class LiteralPrinter {
  private static final int EDGE = 3;
  private static final int THRESHOLD = 1000;

  private LiteralPrinter() {}

  /** The elements of an array, cut where there are more than a thousand. */
  public static String print(Literal literal) {
    StringBuilder out = new StringBuilder();
    boolean cut = literal.type().shape().count() > THRESHOLD;
    append(out, literal, 0, 0, cut, 1);
    return out.toString();
  }

  private static void append(
      StringBuilder out, Literal literal, int axis, int offset, boolean cut, int indent) {
    Shape shape = literal.type().shape();
    if (axis == shape.rank()) {
      out.append(element(literal, offset));
      return;
    }
    int size = shape.size(axis);
    int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).count());
    boolean last = axis == shape.rank() - 1;
    out.append('[');
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.append(last ? ", " : ",\n" + " ".repeat(indent));
      }
      if (cut && size > 2 * EDGE && i == EDGE) {
        out.append("...");
        i = size - EDGE - 1;
        continue;
      }
      append(out, literal, axis + 1, offset + i * inner, cut, indent + 1);
    }
    out.append(']');
  }

  private static String element(Literal literal, int i) {
    DType dtype = literal.type().dtype();
    if (dtype.isBool()) {
      return Boolean.toString(literal.longAt(i) != 0);
    } else if (dtype.isInteger()) {
      return dtype == DType.U64
          ? Long.toUnsignedString(literal.longAt(i))
          : Long.toString(literal.longAt(i));
    } else if (dtype.isComplex()) {
      return "(" + real(literal.doubleAt(i)) + ", " + real(literal.imagAt(i)) + ")";
    }
    return real(literal.doubleAt(i));
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double a = Math.abs(value);
    if (value == Math.rint(value) && a < 1e8) {
      return (Double.doubleToRawLongBits(value) == Long.MIN_VALUE
              ? "-0"
              : Long.toString((long) value))
          + ".0";
    }
    String format = a >= 1e-4 && a < 1e8 ? "%.8g" : "%.8e";
    String text = String.format(Locale.ROOT, format, value);
    int exponent = text.indexOf('e');
    String head = exponent < 0 ? text : text.substring(0, exponent);
    String trimmed =
        head.indexOf('.') < 0 ? head : head.replaceAll("0+$", "").replaceAll("\\.$", ".0");
    return trimmed + (exponent < 0 ? "" : text.substring(exponent));
  }
}
