package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.ANY_OR_AXIS;
import static org.cornu.stablehlo.build.Adaptor.BOOL;
import static org.cornu.stablehlo.build.Adaptor.COMPLEX;
import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.PLAIN;
import static org.cornu.stablehlo.build.Adaptor.QUANT;
import static org.cornu.stablehlo.build.Adaptor.SIGNED;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of ops that treat every element alike. */
final class ElementwiseRules {
  private static final List<String> DIRECTIONS = List.of("EQ", "NE", "GE", "GT", "LE", "LT");
  private static final List<String> COMPARE_TYPES =
      List.of("NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED");

  private ElementwiseRules() {}

  /** One operand, a result of the same type. */
  static List<Type> unary(Adaptor a, int kinds) {
    a.arity(1);
    if (!a.attributes.isEmpty()) {
      checkAccuracy(a);
    }
    return a.result("C1", a.tensor(0, kinds)); // (C1)
  }

  private static void checkAccuracy(Adaptor a) {
    Attribute attribute = a.attributes.get("result_accuracy");
    if (attribute == null) {
      return;
    }
    StructText fields = new StructText(attribute);
    double atol = fields.real("atol");
    double rtol = fields.real("rtol");
    long ulps = fields.integer("ulps", 0);
    if (atol < 0 || rtol < 0 || ulps < 0) {
      throw a.fail("", "tolerances must be at least 0, got " + attribute);
    }
    boolean zero = atol == 0 && rtol == 0 && ulps == 0;
    if (!zero && !fields.word("mode").contains("TOLERANCE")) {
      throw a.fail("", "tolerances need mode TOLERANCE, got " + attribute);
    }
  }

  /** Two operands of one type, a result of the same type. */
  static List<Type> binary(Adaptor a, int kinds) {
    a.arity(2);
    return a.result("C1", sameTypes(a, "C1", a.tensor(0, kinds), a.tensor(1, kinds))); // (C1)
  }

  private static TensorType sameTypes(Adaptor a, String label, TensorType lhs, TensorType rhs) {
    if (lhs.equals(rhs)) {
      return lhs;
    }
    sameElements(a, label, lhs, rhs);
    sameShapes(a, label, lhs, rhs);
    return Compatibility.meet(lhs, rhs);
  }

  private static void sameElements(Adaptor a, String label, TensorType lhs, TensorType rhs) {
    if (!Compatibility.sameElement(lhs.element(), rhs.element())) {
      throw a.fail(
          label,
          "element types differ: lhs " + lhs.brief() + ", rhs " + rhs.brief() + "; convert one");
    }
  }

  private static void sameShapes(Adaptor a, String label, TensorType lhs, TensorType rhs) {
    if (!Compatibility.compatible(lhs.withElement(rhs.element()), rhs)) {
      throw a.fail(
          label,
          "shapes differ: lhs "
              + lhs.brief()
              + ", rhs "
              + rhs.brief()
              + "; broadcast them to one shape");
    }
  }

  /** Addition, the one binary op that also takes tensors quantized per axis. */
  static List<Type> add(Adaptor a) {
    a.arity(2);
    TensorType lhs = a.tensor(0, ANY_OR_AXIS);
    TensorType rhs = a.tensor(1, ANY_OR_AXIS);
    if (!Adaptor.isQuantized(lhs) && !Adaptor.isQuantized(rhs)) {
      TensorType inferred = sameTypes(a, "C1", lhs, rhs); // (C1)
      if (a.given.size() == 1
          && a.given.get(0) instanceof TensorType declared
          && Adaptor.isQuantized(declared)) {
        throw mixed(a, lhs, rhs, declared); // (C2)
      }
      return a.result("C1", inferred);
    }
    TensorType result =
        a.given.isEmpty() ? (axis(lhs) >= 0 || axis(rhs) < 0 ? lhs : rhs) : a.givenTensor();
    if (!(lhs.element() instanceof QuantizedType x)
        || !(rhs.element() instanceof QuantizedType y)
        || !(result.element() instanceof QuantizedType z)) {
      throw mixed(a, lhs, rhs, result); // (C2)
    }
    String got = "lhs " + x + ", rhs " + y + ", result " + z;
    if (x.storage() != y.storage() || x.storage() != z.storage()) {
      throw a.fail("C3", "storage types differ: " + got); // (C3)
    }
    if (x.expressed() != y.expressed() || x.expressed() != z.expressed()) {
      throw a.fail("C4", "expressed types differ: " + got); // (C4)
    }
    if ((x.isPerAxis() || y.isPerAxis()) != z.isPerAxis()) {
      throw a.fail(
          "C5", "the result is quantized per axis exactly when an operand is: " + got); // (C5)
    }
    if (x.isPerAxis() && x.axis() != z.axis()) {
      throw a.fail("C6", "quantized dimensions of lhs and result differ: " + got); // (C6)
    }
    if (y.isPerAxis() && y.axis() != z.axis()) {
      throw a.fail("C7", "quantized dimensions of rhs and result differ: " + got); // (C7)
    }
    sameShapes(a, "C1", lhs, rhs);
    TensorType shaped = Compatibility.meet(lhs, rhs.withElement(lhs.element()));
    return a.result("C1", shaped.withElement(z));
  }

  private static VerifyException mixed(Adaptor a, TensorType x, TensorType y, TensorType z) {
    return a.fail(
        "C2",
        "operands and result must all be quantized or none: lhs "
            + x.brief()
            + ", rhs "
            + y.brief()
            + ", result "
            + z.brief());
  }

  private static int axis(TensorType type) {
    return type.element() instanceof QuantizedType q ? q.axis() : -1;
  }

  /** Absolute value, whose result is real for complex operands. */
  static List<Type> abs(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, SIGNED | FLOAT | COMPLEX | QUANT);
    return a.result("C2", "C1", realPart(x)); // (C1), (C2)
  }

  /** Real or imaginary part. */
  static List<Type> part(Adaptor a) {
    a.arity(1);
    return a.result("C2", "C1", realPart(a.tensor(0, FLOAT | COMPLEX))); // (C1), (C2)
  }

  private static TensorType realPart(TensorType x) {
    return x.element() instanceof DType dtype && dtype.isComplex()
        ? x.withElement(dtype.real())
        : x;
  }

  /** A complex number from its parts. */
  static List<Type> complex(Adaptor a) {
    a.arity(2);
    TensorType lhs = a.tensor(0, FLOAT);
    TensorType rhs = a.tensor(1, FLOAT);
    TensorType both = sameTypes(a, "C1", lhs, rhs); // (C1)
    if (both.dtype() != DType.F32 && both.dtype() != DType.F64) {
      throw a.fail("I1", "operands must have elements of type f32 or f64, got " + both.brief());
    }
    return a.result("C3", "C2", both.withElement(both.dtype().complex())); // (C2), (C3)
  }

  /** A question about each element. */
  static List<Type> predicate(Adaptor a, int kinds) {
    a.arity(1);
    return a.result("C1", a.tensor(0, kinds).withElement(DType.BOOL)); // (C1)
  }

  /** Comparison. */
  static List<Type> compare(Adaptor a) {
    a.arity(2);
    TensorType lhs = a.tensor(0, ANY);
    TensorType rhs = a.tensor(1, ANY);
    sameElements(a, "C1", lhs, rhs); // (C1)
    sameShapes(a, "C2", lhs, rhs); // (C2)
    a.keyword("comparison_direction", DIRECTIONS);
    checkCompareType(a, lhs);
    TensorType shaped = Compatibility.meet(lhs, rhs.withElement(lhs.element()));
    return a.result("C2", shaped.withElement(DType.BOOL));
  }

  static void checkCompareType(Adaptor a, TensorType lhs) {
    if (!a.attributes.containsKey("compare_type")) {
      return;
    }
    String word = a.keyword("compare_type", COMPARE_TYPES);
    if (word.equals("NOTYPE") || !(lhs.element() instanceof DType dtype)) {
      return;
    }
    boolean right =
        switch (word) {
          case "SIGNED" -> dtype.isSigned();
          case "UNSIGNED" -> dtype.isUnsigned() || dtype.isBool();
          case "TOTALORDER" -> dtype.isFloat();
          default -> dtype.isInexact();
        };
    if (!right) {
      throw a.fail("C3", "compare_type " + word + " does not fit " + lhs.brief()); // (C3)
    }
  }

  /** Choice by element, or as a whole by a scalar. */
  static List<Type> select(Adaptor a) {
    a.arity(3);
    TensorType pred = a.tensor(0, BOOL);
    TensorType onTrue = a.tensor(1, ANY);
    TensorType onFalse = a.tensor(2, ANY);
    if (pred.rank() != 0 && !Compatibility.sameShape(pred.shape(), onTrue.shape())) {
      throw a.fail(
          "C1",
          "pred must be a scalar or have the shape of its choices: pred "
              + pred.brief()
              + ", on_true "
              + onTrue.brief()); // (C1)
    }
    if (!Compatibility.compatible(onTrue, onFalse)) {
      throw a.fail(
          "C2",
          "choices differ: on_true " + onTrue.brief() + ", on_false " + onFalse.brief()); // (C2)
    }
    return a.result("C2", Compatibility.meet(onTrue, onFalse));
  }

  /** Limits each element to a range. */
  static List<Type> clamp(Adaptor a) {
    a.arity(3);
    TensorType min = a.tensor(0, ANY);
    TensorType x = a.tensor(1, ANY);
    TensorType max = a.tensor(2, ANY);
    limit(a, "C1", "min", min, x); // (C1)
    limit(a, "C2", "max", max, x); // (C2)
    if (!Compatibility.sameElement(min.element(), x.element())
        || !Compatibility.sameElement(max.element(), x.element())) {
      throw a.fail(
          "C3",
          "element types differ: min "
              + min.brief()
              + ", operand "
              + x.brief()
              + ", max "
              + max.brief()); // (C3)
    }
    return a.result("C4", x); // (C4)
  }

  private static void limit(Adaptor a, String label, String what, TensorType type, TensorType x) {
    if (type.rank() != 0 && !Compatibility.sameShape(type.shape(), x.shape())) {
      throw a.fail(
          label,
          what
              + " must be a scalar or have the shape of the operand: "
              + what
              + " "
              + type.brief()
              + ", operand "
              + x.brief());
    }
  }

  /** Conversion of values to another element type. */
  static List<Type> convert(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, PLAIN);
    TensorType result = a.givenTensor();
    if ((Adaptor.kind(result.element()) & PLAIN) == 0) {
      throw a.fail("", "result must not be quantized, got " + result.brief());
    }
    return a.result("C1", x.withElement(result.element())); // (C1)
  }

  /** Rounding to fewer bits. */
  static List<Type> reducePrecision(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, FLOAT | QUANT);
    long exponent = a.integer("exponent_bits");
    long mantissa = a.integer("mantissa_bits");
    if (exponent < 1) {
      throw a.fail("C2", "exponent_bits must be at least 1, got " + exponent); // (C2)
    }
    if (mantissa < 0) {
      throw a.fail("C3", "mantissa_bits must be at least 0, got " + mantissa); // (C3)
    }
    return a.result("C1", x); // (C1)
  }

  /** A reinterpretation of bits, which may split or join elements of the last dimension. */
  static List<Type> bitcastConvert(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY_OR_AXIS);
    TensorType result = a.givenTensor();
    ElementType from = x.element();
    ElementType to = result.element();
    boolean complex = from.storage().isComplex();
    if (complex != to.storage().isComplex()) {
      throw a.fail(
          "C2",
          "complex and real types cannot be converted bit by bit: operand "
              + x.brief()
              + ", result "
              + result.brief()); // (C2)
    }
    TensorType inferred = ShapeRules.bitcast(x, to);
    if (inferred == null || !Compatibility.compatible(inferred, result)) {
      throw a.fail(
          "C1",
          "sizes do not hold the same bits: operand "
              + x.brief()
              + ", result "
              + result.brief()
              + (inferred == null ? "" : ", expected " + inferred.brief())); // (C1)
    }
    return a.result("C1", inferred);
  }
}
