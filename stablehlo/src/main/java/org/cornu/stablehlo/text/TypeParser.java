package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads types. Tensors of the element types that Cornu knows, tuples, tokens, futures and functions
 * become themselves; every other type is kept as its text.
 */
final class TypeParser {
  private static final Map<String, DType> ELEMENTS = new HashMap<>();

  static {
    for (DType dtype : DType.values()) {
      if (!dtype.isComplex()) {
        ELEMENTS.put(dtype.mlir(), dtype);
      }
    }
  }

  private final Lexer lexer;
  private final Aliases aliases;

  TypeParser(Lexer lexer, Aliases aliases) {
    this.lexer = lexer;
    this.aliases = aliases;
  }

  /** Any type but a bare function type. */
  Type type() {
    lexer.enter();
    Type type = nested();
    lexer.leave();
    return type;
  }

  private Type nested() {
    if (lexer.at('!')) {
      return dialectType();
    }
    if (lexer.at('(')) {
      return function();
    }
    int from = lexer.position();
    String word = lexer.plainWord("a type");
    return switch (word) {
      case "tensor" -> tensor(from);
      case "tuple" -> tuple();
      case "complex", "memref", "vector" -> {
        lexer.skipGroup();
        yield new Type.Opaque(aliases.normal(from, lexer));
      }
      case "none", "tf32", "f80", "f128", "index" -> new Type.Opaque(word);
      default -> {
        if (!ELEMENTS.containsKey(word) && !word.matches("s?u?i[0-9]{1,8}")) {
          throw lexer.error(from, "unknown type '" + word + "'");
        }
        yield new Type.Opaque(word);
      }
    };
  }

  /** {@code (T, ...) -> R} or {@code (T, ...) -> (R, ...)}. */
  Type.Function function() {
    List<Type> inputs = parenthesized();
    lexer.expect("->");
    return new Type.Function(inputs, results());
  }

  /** One type, or several in parentheses. */
  List<Type> results() {
    return lexer.at('(') ? parenthesized() : List.of(type());
  }

  private List<Type> parenthesized() {
    lexer.expect('(');
    List<Type> types = new ArrayList<>();
    if (!lexer.accept(')')) {
      do {
        types.add(type());
      } while (lexer.accept(','));
      lexer.expect(')');
    }
    return types;
  }

  private Type dialectType() {
    int from = lexer.position();
    lexer.expect('!');
    String name = lexer.suffixId("a type name after '!'");
    Type alias = aliases.type(name);
    if (alias != null) {
      return alias;
    }
    switch (name) {
      case "stablehlo.token" -> {
        return new Type.Token();
      }
      case "stablehlo.future" -> {
        lexer.expect('<');
        List<Type> elements = new ArrayList<>();
        do {
          elements.add(type());
        } while (lexer.accept(','));
        lexer.expect('>');
        return new Type.Future(elements);
      }
      default -> {
        if (lexer.raw() == '<') {
          lexer.skipGroup();
        } else if (name.indexOf('.') < 0) {
          throw lexer.error(from, "type alias !" + name + " is not defined");
        }
        return new Type.Opaque(aliases.normal(from, lexer));
      }
    }
  }

  private Type tuple() {
    lexer.expect('<');
    List<Type> elements = new ArrayList<>();
    if (!lexer.accept('>')) {
      do {
        elements.add(type());
      } while (lexer.accept(','));
      lexer.expect('>');
    }
    return new Type.Tuple(elements);
  }

  private Type tensor(int from) {
    lexer.expect('<');
    long[] dims = new long[4];
    int rank = 0;
    while (true) {
      int c = lexer.peek();
      if (c == '*') {
        return opaqueTensor(from);
      }
      if (c != '?' && !Lexer.isDigit(c)) {
        break;
      }
      if (rank == dims.length) {
        dims = Arrays.copyOf(dims, 2 * rank);
      }
      dims[rank++] = c == '?' ? open() : size();
      if (lexer.peek() != 'x') {
        throw lexer.unexpected("'x' after a dimension");
      }
      lexer.step();
    }
    Shape shape = Shape.of(Arrays.copyOf(dims, rank));
    ElementType element = element();
    if (element == null) {
      return opaqueTensor(from);
    }
    String encoding = null;
    if (lexer.accept(',')) {
      encoding = encoding();
    }
    lexer.expect('>');
    return new TensorType(shape, element, encoding);
  }

  private long open() {
    lexer.step();
    return Shape.DYNAMIC;
  }

  // Digits alone: in 0x2xf32 the x ends a dimension, it does not begin a hex number.
  private long size() {
    int from = lexer.position();
    long value = 0;
    while (Lexer.isDigit(lexer.raw())) {
      if (value > (Long.MAX_VALUE - 9) / 10) {
        throw lexer.error(from, "dimension does not fit 64 bits");
      }
      value = value * 10 + (lexer.raw() - '0');
      lexer.step();
    }
    return value;
  }

  private Type opaqueTensor(int from) {
    lexer.moveTo(from);
    lexer.plainWord("a type");
    lexer.skipGroup();
    return new Type.Opaque(aliases.normal(from, lexer));
  }

  /** The attribute behind the comma of a tensor type, as text. */
  private String encoding() {
    int from = lexer.position();
    while (!lexer.at('>')) {
      int c = lexer.peek();
      if (c < 0) {
        throw lexer.unexpected("'>' to end a tensor type");
      } else if (c == '<' || c == '[' || c == '{' || c == '(') {
        lexer.skipGroup();
      } else if (c == '"') {
        lexer.skipString();
      } else {
        lexer.step();
      }
    }
    return aliases.normal(from, lexer);
  }

  /** Element type of a tensor; null for one that Cornu does not know. */
  private @Nullable ElementType element() {
    if (lexer.at('!')) {
      int from = lexer.position();
      lexer.step();
      String name = lexer.suffixId("a type name after '!'");
      if (name.equals("quant.uniform")) {
        return quantized();
      }
      if (aliases.type(name) instanceof Type.Opaque alias) {
        return aliasedElement(alias, from);
      }
      return null;
    }
    String word = lexer.plainWord("an element type");
    if (word.equals("complex")) {
      lexer.expect('<');
      DType part = ELEMENTS.get(lexer.plainWord("f32 or f64"));
      lexer.expect('>');
      return part == DType.F32 || part == DType.F64 ? part.complex() : null;
    }
    return ELEMENTS.get(word);
  }

  private @Nullable ElementType aliasedElement(Type.Opaque alias, int at) {
    if (ELEMENTS.get(alias.text()) != null) {
      return ELEMENTS.get(alias.text());
    }
    if (!alias.text().startsWith("!quant.uniform<")) {
      return null;
    }
    Lexer inner = Aliases.lexer(alias.text(), "alias at " + at);
    inner.moveTo("!quant.uniform".length());
    return new TypeParser(inner, aliases).quantized();
  }

  // <i8<-128:127>:f32:1, {0.5:3, 0.25}>; blocks in several dimensions stay text.
  private @Nullable QuantizedType quantized() {
    int from = lexer.position();
    lexer.expect('<');
    String word = lexer.plainWord("a storage type");
    DType storage = ELEMENTS.get(word.matches("u[0-9]+") ? "ui" + word.substring(1) : word);
    if (storage == null || !storage.isInteger()) {
      throw lexer.error(from + 1, "quantized storage must be an integer type, got " + word);
    }
    boolean unsigned = storage.isUnsigned();
    long min = unsigned ? 0 : -1L << (storage.bits() - 1);
    long max = unsigned ? (1L << storage.bits()) - 1 : ~min;
    if (lexer.accept('<')) {
      min = lexer.integer();
      lexer.expect(':');
      max = lexer.integer();
      lexer.expect('>');
    }
    lexer.expect(':');
    int expressedAt = lexer.position();
    DType expressed = ELEMENTS.get(lexer.plainWord("an expressed type"));
    if (expressed == null || !expressed.isFloat()) {
      throw lexer.error(expressedAt, "quantized expressed type must be a float type");
    }
    int axis = -1;
    if (lexer.accept(':')) {
      if (lexer.at('{')) {
        return null;
      }
      axis = (int) Math.min(Integer.MAX_VALUE, lexer.integer());
    }
    lexer.expect(',');
    List<Double> scales = new ArrayList<>();
    List<Long> zeroPoints = new ArrayList<>();
    boolean braces = lexer.accept('{');
    if (braces && lexer.at('{')) {
      return null;
    }
    do {
      scales.add(lexer.number().asDouble());
      zeroPoints.add(lexer.accept(':') ? lexer.integer() : 0L);
    } while (braces && lexer.accept(','));
    if (braces) {
      lexer.expect('}');
    }
    lexer.expect('>');
    return new QuantizedType(storage, min, max, expressed, axis, scales, zeroPoints);
  }
}
