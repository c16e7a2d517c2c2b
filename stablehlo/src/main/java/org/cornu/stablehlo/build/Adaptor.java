package org.cornu.stablehlo.build;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * An op that does not exist yet (MLIR's term): what its type rule looks at, with checked access.
 * Given result types are empty where they are to be inferred.
 */
final class Adaptor {
  // Kinds of element types, as bits, so that an operand's accepted kinds are one int.
  static final int BOOL = 1;
  static final int SIGNED = 2;
  static final int UNSIGNED = 4;
  static final int INT = SIGNED | UNSIGNED;
  static final int FLOAT = 8;
  static final int COMPLEX = 16;

  /** Quantized with one scale. */
  static final int QUANT = 32;

  /** Quantized with one scale per index of a dimension. */
  static final int QAXIS = 64;

  static final int INDEX = 128;

  static final int PLAIN = BOOL | INT | FLOAT | COMPLEX;

  /** What the specification calls a tensor or per-tensor quantized tensor. */
  static final int ANY = PLAIN | QUANT;

  static final int ANY_OR_AXIS = ANY | QAXIS;

  final OpCode code;
  final List<Value> operands;
  final Map<String, Attribute> attributes;
  final List<Block> regions;
  final List<? extends Type> given;

  Adaptor(
      OpCode code,
      List<Value> operands,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<? extends Type> given) {
    this.code = code;
    this.operands = operands;
    this.attributes = attributes;
    this.regions = regions;
    this.given = given;
  }

  VerifyException fail(String label, String reason) {
    return new VerifyException(code.shortName(), label, reason, Location.UNKNOWN);
  }

  // ---- operands ----

  int count() {
    return operands.size();
  }

  void arity(int expected) {
    if (operands.size() != expected) {
      throw fail("", "expected " + expected + " operands, got " + operands.size());
    }
  }

  void atLeast(int expected) {
    if (operands.size() < expected) {
      throw fail("", "expected at least " + expected + " operands, got " + operands.size());
    }
  }

  void regionCount(int expected) {
    if (regions.size() != expected) {
      throw fail("", "expected " + expected + " regions, got " + regions.size());
    }
  }

  Type type(int i) {
    return operands.get(i).type();
  }

  TensorType tensor(int i) {
    if (operands.get(i).type() instanceof TensorType tensor) {
      return tensor;
    }
    throw fail("I" + (i + 1), "operand " + i + " must be a tensor, got " + type(i));
  }

  /** Operand {@code i}, whose elements must be of one of these kinds. */
  TensorType tensor(int i, int kinds) {
    TensorType type = tensor(i);
    if ((kind(type.element()) & kinds) == 0) {
      throw fail(
          "I" + (i + 1),
          "operand "
              + i
              + " must have elements of type "
              + kindText(kinds)
              + ", got "
              + type.brief());
    }
    return type;
  }

  /** Operand {@code i}, a scalar of one of these kinds. */
  TensorType scalar(int i, int kinds) {
    TensorType type = tensor(i, kinds);
    if (type.rank() != 0) {
      throw fail("I" + (i + 1), "operand " + i + " must be a scalar, got " + type.brief());
    }
    return type;
  }

  /** Operand {@code i}, a vector of a known length and of one of these kinds. */
  TensorType vector(int i, int kinds) {
    TensorType type = tensor(i, kinds);
    if (type.rank() != 1) {
      throw fail("I" + (i + 1), "operand " + i + " must be a vector, got " + type.brief());
    }
    return type;
  }

  void token(int i) {
    if (!(type(i) instanceof Type.Token)) {
      throw fail("I" + (i + 1), "operand " + i + " must be a token, got " + type(i));
    }
  }

  /** The elements of integer operand {@code i} when it is a constant, else null. */
  long @Nullable [] constant(int i) {
    Op op = operands.get(i).op();
    if (op == null
        || op.code() != OpCode.CONSTANT
        || !(op.attribute("value") instanceof Attribute.Elements elements)) {
      return null;
    }
    Literal literal = elements.literal();
    long[] out = new long[literal.count()];
    for (int j = 0; j < out.length; j++) {
      out[j] = literal.longAt(j);
    }
    return out;
  }

  static int kind(ElementType element) {
    if (element instanceof QuantizedType q) {
      return q.isPerAxis() ? QAXIS : QUANT;
    }
    DType dtype = element.storage();
    if (dtype == DType.INDEX) {
      return INDEX;
    }
    if (dtype.isFloat()) {
      return FLOAT;
    }
    if (dtype.isSigned()) {
      return SIGNED;
    }
    if (dtype.isBool()) {
      return BOOL;
    }
    return dtype.isUnsigned() ? UNSIGNED : COMPLEX;
  }

  static boolean isQuantized(TensorType type) {
    return type.element() instanceof QuantizedType;
  }

  static String kindText(int kinds) {
    StringBuilder out = new StringBuilder();
    name(out, kinds, BOOL, "bool");
    if ((kinds & INT) == INT) {
      name(out, kinds, INT, "integer");
    } else {
      name(out, kinds, SIGNED, "signed integer");
      name(out, kinds, UNSIGNED, "unsigned integer");
    }
    name(out, kinds, FLOAT, "float");
    name(out, kinds, COMPLEX, "complex");
    name(out, kinds, QUANT, "quantized");
    name(out, kinds, QAXIS, "quantized per axis");
    name(out, kinds, INDEX, "index");
    return out.toString();
  }

  private static void name(StringBuilder out, int kinds, int bits, String text) {
    if ((kinds & bits) != 0) {
      out.append(out.length() == 0 ? "" : " or ").append(text);
    }
  }

  // ---- attributes ----

  <A extends Attribute> A attribute(String key, Class<A> kind) {
    A found = optional(key, kind);
    if (found == null) {
      throw fail("", "attribute '" + key + "' is missing");
    }
    return found;
  }

  <A extends Attribute> @Nullable A optional(String key, Class<A> kind) {
    Attribute found = attributes.get(key);
    if (found == null) {
      return null;
    }
    if (!kind.isInstance(found)) {
      throw fail("", "attribute '" + key + "' must be " + kind.getSimpleName() + ", got " + found);
    }
    return kind.cast(found);
  }

  long integer(String key) {
    return attribute(key, Attribute.Int.class).asLong();
  }

  long integer(String key, long absent) {
    return attributes.containsKey(key) ? integer(key) : absent;
  }

  boolean flag(String key, boolean absent) {
    Attribute found = attributes.get(key);
    if (found == null) {
      return absent;
    }
    return found instanceof Attribute.Unit || attribute(key, Attribute.Bool.class).value();
  }

  long[] longs(String key) {
    return attribute(key, Attribute.Longs.class).values();
  }

  long @Nullable [] longsOrNull(String key) {
    Attribute.Longs found = optional(key, Attribute.Longs.class);
    return found == null ? null : found.values();
  }

  /** An index list with {@code n} entries that are {@code absent} where the list is absent. */
  long[] longs(String key, int n, long absent) {
    Attribute.Longs found = optional(key, Attribute.Longs.class);
    if (found != null) {
      return found.values();
    }
    long[] out = new long[n];
    if (absent != 0) {
      Arrays.fill(out, absent);
    }
    return out;
  }

  /** The word of an enum attribute; the empty string when it is absent. */
  String keyword(String key) {
    Attribute.Keyword found = optional(key, Attribute.Keyword.class);
    return found == null ? "" : found.word();
  }

  /** The word of a required enum attribute, which must be one of {@code words}. */
  String keyword(String key, List<String> words) {
    String word = attribute(key, Attribute.Keyword.class).word();
    if (!words.contains(word)) {
      throw fail("", key + " must be one of " + words + ", got " + word);
    }
    return word;
  }

  /** A dense integer attribute, or null. */
  @Nullable Literal literal(String key) {
    Attribute.Elements found = optional(key, Attribute.Elements.class);
    return found == null ? null : found.literal();
  }

  // ---- regions ----

  Block region(int i) {
    return regions.get(i);
  }

  // ---- results ----

  /** The given type of result {@code i}, which must be a tensor. */
  TensorType givenTensor(int i) {
    if (given.size() <= i) {
      throw fail("", "the type of result " + i + " cannot be inferred and must be given");
    }
    if (given.get(i) instanceof TensorType tensor) {
      return tensor;
    }
    throw fail("", "result " + i + " must be a tensor, got " + given.get(i));
  }

  /** The only result type, which cannot be inferred. */
  TensorType givenTensor() {
    if (given.size() != 1) {
      throw fail(
          "", "the type of its one result must be given, got " + given.size() + " result types");
    }
    return givenTensor(0);
  }

  /** The result types: those given when they agree with what was inferred, else the inferred. */
  List<Type> results(String label, List<Type> inferred) {
    if (given.isEmpty()) {
      return inferred;
    }
    if (given.size() != inferred.size()) {
      throw fail(
          label, "expected " + inferred.size() + " results, got " + given.size() + " result types");
    }
    for (int i = 0; i < given.size(); i++) {
      if (!Compatibility.compatible(given.get(i), inferred.get(i))) {
        throw fail(
            label,
            "result "
                + i
                + " must have type "
                + text(inferred.get(i))
                + ", got "
                + text(given.get(i)));
      }
    }
    return List.copyOf(given);
  }

  /** The type of the one result. */
  List<Type> result(String label, Type inferred) {
    if (given.isEmpty()) {
      return List.of(inferred);
    }
    return results(label, List.of(inferred));
  }

  /** {@link #result} where element type and shape answer to two constraints. */
  List<Type> result(String elementLabel, String shapeLabel, TensorType inferred) {
    if (given.size() == 1
        && given.get(0) instanceof TensorType declared
        && !Compatibility.sameElement(declared.element(), inferred.element())) {
      throw fail(
          elementLabel,
          "result must have elements of type " + inferred.element() + ", got " + declared.brief());
    }
    return result(shapeLabel, inferred);
  }

  /** {@link #result} where quantized elements must agree in scales and zero points, too. */
  List<Type> exactResult(String elementLabel, String shapeLabel, TensorType inferred) {
    if (given.size() == 1
        && given.get(0) instanceof TensorType declared
        && declared.element() instanceof QuantizedType
        && !declared.element().equals(inferred.element())) {
      throw fail(
          elementLabel,
          "result must have elements of type " + inferred.element() + ", got " + declared.brief());
    }
    return result(elementLabel, shapeLabel, inferred);
  }

  static String text(Type type) {
    return type instanceof TensorType tensor ? tensor.brief() : type.toString();
  }

  static String text(List<? extends Type> types) {
    StringBuilder out = new StringBuilder("(");
    for (Type type : types) {
      out.append(out.length() == 1 ? "" : ", ").append(text(type));
    }
    return out.append(')').toString();
  }

  // ---- index lists ----

  /** Fails unless {@code 0 <= dims[i] < rank} for all i. */
  void inRange(String label, String what, long[] dims, int rank) {
    for (long dim : dims) {
      inRange(label, what, dim, rank);
    }
  }

  void inRange(String label, String what, long dim, int rank) {
    if (dim < 0 || dim >= rank) {
      throw fail(label, what + " must be in [0, " + rank + "), got " + dim);
    }
  }

  void unique(String label, String what, long[] dims) {
    for (int i = 0; i < dims.length; i++) {
      for (int j = 0; j < i; j++) {
        if (dims[i] == dims[j]) {
          throw fail(label, what + " must be unique, got " + Arrays.toString(dims));
        }
      }
    }
  }

  void sorted(String label, String what, long[] dims) {
    for (int i = 1; i < dims.length; i++) {
      if (dims[i - 1] > dims[i]) {
        throw fail(label, what + " must be sorted, got " + Arrays.toString(dims));
      }
    }
  }

  void size(String label, String what, long[] list, int expected) {
    if (list.length != expected) {
      throw fail(label, what + " must have " + expected + " entries, got " + Arrays.toString(list));
    }
  }

  void positive(String label, String what, long[] list) {
    for (long value : list) {
      if (value <= 0) {
        throw fail(label, what + " must be positive, got " + Arrays.toString(list));
      }
    }
  }

  static long[] array(List<Long> list) {
    long[] out = new long[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i);
    }
    return out;
  }

  static long[] concat(long[] a, long[] b) {
    long[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }

  static boolean contains(long[] list, long value) {
    for (long item : list) {
      if (item == value) {
        return true;
      }
    }
    return false;
  }

  /** {@code a * b} of a size, which stays open when it is open. */
  static long times(long size, long factor) {
    return size == Shape.DYNAMIC ? Shape.DYNAMIC : Math.multiplyExact(size, factor);
  }
}
