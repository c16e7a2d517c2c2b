package org.cornu.stablehlo.text;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Writes types and attributes; texts of types are remembered, since few types make a program. */
final class AttributePrinter {
  private final StringBuilder out;
  private final Symbols symbols;
  private final LiteralPrinter literals;
  private final Map<Type, String> typeTexts = new HashMap<>();

  AttributePrinter(StringBuilder out, Symbols symbols) {
    this.out = out;
    this.symbols = symbols;
    this.literals = new LiteralPrinter(out);
  }

  void type(Type type) {
    out.append(typeText(type));
  }

  String typeText(Type type) {
    String text = typeTexts.get(type);
    if (text == null) {
      text = text(type);
      typeTexts.put(type, text);
    }
    return text;
  }

  private static String text(Type type) {
    if (type instanceof TensorType tensor) {
      StringBuilder text = new StringBuilder("tensor<");
      for (int i = 0; i < tensor.rank(); i++) {
        long size = tensor.dim(i);
        if (size == Shape.DYNAMIC) {
          text.append('?');
        } else {
          text.append(size);
        }
        text.append('x');
      }
      text.append(tensor.element().mlir());
      if (tensor.encoding() != null) {
        text.append(", ").append(tensor.encoding());
      }
      return text.append('>').toString();
    }
    return type.toString();
  }

  void types(List<? extends Type> types) {
    for (int i = 0; i < types.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      type(types.get(i));
    }
  }

  void attribute(Attribute attribute) {
    if (attribute instanceof Attribute.Longs longs) {
      longs(longs.values());
    } else if (attribute instanceof Attribute.Elements elements) {
      dense(elements.literal());
    } else if (attribute instanceof Attribute.Int integer) {
      out.append(integer.value()).append(" : ").append(integer.type());
    } else if (attribute instanceof Attribute.Real real) {
      real(real);
    } else if (attribute instanceof Attribute.Array array) {
      out.append('[');
      for (int i = 0; i < array.elements().size(); i++) {
        if (i > 0) {
          out.append(", ");
        }
        attribute(array.elements().get(i));
      }
      out.append(']');
    } else if (attribute instanceof Attribute.Dict dict) {
      dict(dict.entries());
    } else if (attribute instanceof Attribute.OfType ofType) {
      type(ofType.type());
    } else if (attribute instanceof Attribute.Callee callee) {
      out.append(symbols.text(callee.func()));
    } else {
      out.append(attribute);
    }
  }

  private void real(Attribute.Real real) {
    DType dtype = DType.byName(real.type());
    if (dtype == null) {
      out.append(real.value());
    } else {
      literals.real(real.value(), dtype);
    }
    out.append(" : ").append(real.type());
  }

  private void longs(long[] values) {
    out.append("array<i64");
    for (int i = 0; i < values.length; i++) {
      out.append(i == 0 ? ": " : ", ").append(values[i]);
    }
    out.append('>');
  }

  private void dense(Literal literal) {
    out.append("dense<");
    literals.elements(literal);
    out.append("> : ");
    TensorType type = literal.type();
    ElementType element = type.element();
    // A constant of a quantized type holds its storage values.
    type(element instanceof DType ? type : type.withElement(element.storage()));
  }

  /** {@code {a = 1, b}}. */
  void dict(Map<String, Attribute> entries) {
    out.append('{');
    Iterator<Map.Entry<String, Attribute>> each = entries.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Attribute> entry = each.next();
      entry(entry.getKey(), entry.getValue());
      if (each.hasNext()) {
        out.append(", ");
      }
    }
    out.append('}');
  }

  /** {@code key = value}, or the key alone for a unit. */
  void entry(String key, Attribute value) {
    property(Symbols.isBare(key) ? key : Attribute.quote(key), value);
  }

  /** As {@link #entry} for a key that needs no quotes. */
  void property(String key, Attribute value) {
    out.append(key);
    if (!(value instanceof Attribute.Unit)) {
      out.append(" = ");
      attribute(value);
    }
  }
}
