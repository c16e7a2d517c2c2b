package org.cornu.stablehlo.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads attributes. Those that Cornu interprets become themselves; every other one is kept as its
 * text. A symbol of a function becomes a reference to that function.
 */
final class AttributeParser {
  private final Lexer lexer;
  private final Aliases aliases;
  private final TypeParser types;
  private final DimensionNumbersParser dimensions;
  private final ShardyParser shardy;
  private Function<String, @Nullable Func> functions = name -> null;

  AttributeParser(Lexer lexer, Aliases aliases, TypeParser types) {
    this.lexer = lexer;
    this.aliases = aliases;
    this.types = types;
    this.dimensions = new DimensionNumbersParser(lexer);
    this.shardy = new ShardyParser(lexer, aliases);
  }

  /** Symbols that stand for functions, once these are known. */
  void resolve(Function<String, @Nullable Func> known) {
    functions = known;
  }

  DimensionNumbersParser dimensions() {
    return dimensions;
  }

  ShardyParser shardy() {
    return shardy;
  }

  /** {@code {key = value, unit}} into {@code into}, if one stands here. */
  void optionalDict(Map<String, Attribute> into) {
    if (lexer.at('{')) {
      dict(into);
    }
  }

  /** {@code {key = value, unit}} into {@code into}. */
  void dict(Map<String, Attribute> into) {
    lexer.enter();
    lexer.expect('{');
    if (!lexer.accept('}')) {
      do {
        int at = lexer.position();
        String key = lexer.at('"') ? lexer.string() : lexer.word("an attribute name");
        Attribute value = lexer.accept('=') ? attribute() : new Attribute.Unit();
        if (into.put(key, value) != null) {
          throw lexer.error(at, "attribute '" + key + "' is given twice");
        }
      } while (lexer.accept(','));
      lexer.expect('}');
    }
    lexer.leave();
  }

  /** Any attribute. */
  Attribute attribute() {
    lexer.enter();
    Attribute attribute = nested();
    lexer.leave();
    return attribute;
  }

  private Attribute nested() {
    int from = lexer.position();
    int c = lexer.peek();
    switch (c) {
      case '"' -> {
        String text = lexer.string();
        if (lexer.at(':') && !lexer.at("::")) {
          lexer.expect(':');
          types.type();
          return new Attribute.Opaque(aliases.normal(from, lexer));
        }
        return new Attribute.Str(text);
      }
      case '@' -> {
        return symbol(from);
      }
      case '[' -> {
        return new Attribute.Array(list());
      }
      case '{' -> {
        Map<String, Attribute> entries = new TreeMap<>();
        dict(entries);
        return new Attribute.Dict(entries);
      }
      case '#' -> {
        return hash(from);
      }
      case '!', '(' -> {
        return new Attribute.OfType(types.type());
      }
      default -> {
        return c == '-' || Lexer.isDigit(c) ? number() : word(from);
      }
    }
  }

  private Attribute symbol(int from) {
    String name = lexer.symbol();
    if (!lexer.at("::")) {
      return resolved(name);
    }
    while (lexer.accept("::")) {
      lexer.symbol();
    }
    return new Attribute.Opaque(aliases.normal(from, lexer));
  }

  /** A reference to the function {@code name}, or to something else of that name. */
  Attribute resolved(String name) {
    Func func = functions.apply(name);
    return func == null ? new Attribute.Symbol(name) : new Attribute.Callee(func);
  }

  /** {@code [a, b]}. */
  private List<Attribute> list() {
    lexer.expect('[');
    List<Attribute> elements = new ArrayList<>();
    if (!lexer.accept(']')) {
      do {
        elements.add(attribute());
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    return elements;
  }

  private Attribute number() {
    Lexer.Number number = lexer.number();
    String type = number.real() ? "f64" : "i64";
    if (lexer.accept(':')) {
      type = types.type().toString();
    }
    return number(number, type);
  }

  /** A number as an attribute of this type. */
  Attribute number(Lexer.Number number, String type) {
    DType dtype = DType.byName(type);
    boolean isFloat = dtype != null && dtype.isFloat() && dtype.mlir().equals(type);
    if (number.real()) {
      if (dtype != null && !isFloat) {
        throw lexer.error(number.from(), "a number with a decimal point cannot be of type " + type);
      }
      double value = number.asDouble();
      return new Attribute.Real(
          isFloat && dtype != null ? FloatFormat.round(dtype, value) : value, type);
    }
    BigInteger value = number.asBig();
    if (isFloat && dtype != null) {
      if (!number.hex() || value.bitLength() > dtype.bits()) {
        throw lexer.error(
            number.from(), "expected a float with a decimal point, or hex bits, for " + type);
      }
      return new Attribute.Real(FloatFormat.decode(dtype, value.longValue()), type);
    }
    if (type.equals("i1")) {
      return new Attribute.Bool(value.signum() != 0);
    }
    return new Attribute.Int(value, type);
  }

  private Attribute word(int from) {
    String word = lexer.plainWord("an attribute");
    switch (word) {
      case "true" -> {
        return new Attribute.Bool(true);
      }
      case "false" -> {
        return new Attribute.Bool(false);
      }
      case "unit" -> {
        return new Attribute.Unit();
      }
      case "array" -> {
        return array(from);
      }
      case "dense" -> {
        return dense(from);
      }
      case "dense_resource" -> {
        return resource(from);
      }
      case "sparse", "opaque" -> {
        lexer.skipGroup();
        lexer.expect(':');
        types.type();
        return new Attribute.Opaque(aliases.normal(from, lexer));
      }
      case "affine_map", "affine_set", "strided", "loc" -> {
        lexer.skipGroup();
        return new Attribute.Opaque(aliases.normal(from, lexer));
      }
      case "distinct" -> {
        lexer.skipGroup();
        lexer.skipGroup();
        return new Attribute.Opaque(aliases.normal(from, lexer));
      }
      default -> {
        lexer.moveTo(from);
        return new Attribute.OfType(types.type());
      }
    }
  }

  // array<i64: 1, 2>, array<i1: true>, array<f32>
  private Attribute array(int from) {
    lexer.expect('<');
    String type = lexer.plainWord("an element type");
    boolean any = lexer.accept(':');
    if (type.equals("i64")) {
      return new Attribute.Longs(any ? longs('>') : closed());
    }
    if (type.equals("i1")) {
      List<Boolean> values = new ArrayList<>();
      if (any) {
        do {
          values.add(bool());
        } while (lexer.accept(','));
      }
      lexer.expect('>');
      boolean[] out = new boolean[values.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = values.get(i);
      }
      return new Attribute.Bools(out);
    }
    lexer.moveTo(from);
    lexer.plainWord("array");
    lexer.skipGroup();
    return new Attribute.Opaque(aliases.normal(from, lexer));
  }

  private long[] closed() {
    lexer.expect('>');
    return new long[0];
  }

  /** Comma-separated integers up to {@code close}, which is read too. */
  long[] longs(char close) {
    long[] values = new long[8];
    int count = 0;
    if (!lexer.accept(close)) {
      do {
        if (count == values.length) {
          values = java.util.Arrays.copyOf(values, 2 * count);
        }
        values[count++] = lexer.integer();
      } while (lexer.accept(','));
      lexer.expect(close);
    }
    return java.util.Arrays.copyOf(values, count);
  }

  /** {@code true}, {@code false}, 1 or 0. */
  boolean bool() {
    if (lexer.acceptWord("true")) {
      return true;
    }
    return !lexer.acceptWord("false") && lexer.integer() != 0;
  }

  // The type stands behind the elements, and says how to read them.
  private Attribute dense(int from) {
    int open = lexer.position();
    if (!lexer.at('<')) {
      throw lexer.unexpected("'<'");
    }
    lexer.skipGroup();
    lexer.expect(':');
    Type type = types.type();
    int end = lexer.cursor();
    if (!(type instanceof TensorType tensor) || !(tensor.element() instanceof DType)) {
      return new Attribute.Opaque(aliases.normal(from, lexer));
    }
    lexer.moveTo(open + 1);
    Literal literal = new LiteralParser(lexer, tensor).elements();
    lexer.expect('>');
    lexer.moveTo(end);
    return new Attribute.Elements(literal);
  }

  private Attribute resource(int from) {
    lexer.expect('<');
    int at = lexer.position();
    String name = lexer.at('"') ? lexer.string() : lexer.suffixId("a resource name");
    lexer.expect('>');
    lexer.expect(':');
    Type type = types.type();
    int end = lexer.cursor();
    int[] span = aliases.resource(name);
    if (span == null) {
      throw lexer.error(at, "resource '" + name + "' is not in the file's dialect_resources");
    }
    if (!(type instanceof TensorType tensor) || !(tensor.element() instanceof DType)) {
      throw lexer.error(from, "a resource needs a tensor type, got " + type);
    }
    // Four bytes of alignment come first.
    if (span[1] - span[0] < 8) {
      throw lexer.error(
          span[0], "resource '" + name + "' is shorter than its 4 bytes of alignment");
    }
    byte[] blob = lexer.hexBytes(span[0] + 8, span[1]);
    Literal literal = new LiteralParser(lexer, tensor).ofBlob(blob, from);
    lexer.moveTo(end);
    return new Attribute.Elements(literal);
  }

  private Attribute hash(int from) {
    lexer.expect('#');
    String name = lexer.suffixId("an attribute name after '#'");
    Attribute alias = aliases.attribute(name);
    if (alias != null) {
      return alias;
    }
    if (lexer.raw() != '<') {
      if (name.indexOf('.') < 0) {
        throw lexer.error(from, "attribute alias #" + name + " is not defined");
      }
      return new Attribute.Opaque("#" + name);
    }
    Attribute known =
        switch (name) {
          case "stablehlo" -> keyword();
          case "stablehlo.dot" -> dimensions.dot();
          case "stablehlo.conv" -> dimensions.convolution();
          case "stablehlo.gather" -> dimensions.gather();
          case "stablehlo.scatter" -> dimensions.scatter();
          case "stablehlo.channel_handle" -> dimensions.channelHandle();
          case "sdy.sharding" -> shardy.optionalSharding();
          case "sdy.sharding_per_value" -> shardy.perValue();
          case "sdy" -> shardy.manualAxes();
          default -> null;
        };
    if (known == null) {
      lexer.moveTo(from + 1 + name.length());
      lexer.skipGroup();
      known = new Attribute.Opaque(aliases.normal(from, lexer));
    }
    return known;
  }

  // #stablehlo<comparison_direction LT>
  private @Nullable Attribute keyword() {
    lexer.expect('<');
    String kind = lexer.word("an attribute kind");
    if (!lexer.atWord()) {
      return null;
    }
    String word = lexer.word("a keyword");
    return lexer.accept('>') ? new Attribute.Keyword(kind, word) : null;
  }

  /** {@code <...>} as the body of an attribute that is kept as text. */
  Attribute.Opaque body(String name) {
    int from = lexer.position();
    if (!lexer.at('<')) {
      throw lexer.unexpected("'<'");
    }
    lexer.skipGroup();
    return new Attribute.Opaque(name + aliases.normal(from, lexer));
  }
}
