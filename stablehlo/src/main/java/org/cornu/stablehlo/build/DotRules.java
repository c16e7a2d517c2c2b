package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.ANY_OR_AXIS;

import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of contractions. */
final class DotRules {
  /** Types of operands and sum, and number of products, that some device computes. */
  private static final Set<String> ALGORITHMS =
      Set.of(
          "f16 f16 f16 1",
          "f16 f16 f32 1",
          "bf16 bf16 bf16 1",
          "bf16 bf16 f32 1",
          "bf16 bf16 f32 3",
          "bf16 bf16 f32 6",
          "bf16 bf16 f32 9",
          "tf32 tf32 f32 1",
          "tf32 tf32 f32 3",
          "f32 f32 f32 1",
          "f64 f64 f64 1");

  private static final List<String> PRECISIONS = List.of("DEFAULT", "HIGH", "HIGHEST");

  private DotRules() {}

  /** A contraction with batch dimensions. */
  static List<Type> dotGeneral(Adaptor a) {
    a.arity(2);
    TensorType lhs = a.tensor(0, ANY);
    TensorType rhs = a.tensor(1, ANY_OR_AXIS);
    DimensionNumbers.Dot dims = a.attribute("dot_dimension_numbers", DimensionNumbers.Dot.class);
    long[] lhsBatch = Adaptor.array(dims.lhsBatching());
    long[] rhsBatch = Adaptor.array(dims.rhsBatching());
    long[] lhsContract = Adaptor.array(dims.lhsContracting());
    long[] rhsContract = Adaptor.array(dims.rhsContracting());
    if (lhsBatch.length != rhsBatch.length) {
      throw a.fail(
          "C1",
          "lhs and rhs must have as many batching dimensions: lhs "
              + dims.lhsBatching()
              + ", rhs "
              + dims.rhsBatching()); // (C1)
    }
    if (lhsContract.length != rhsContract.length) {
      throw a.fail(
          "C2",
          "lhs and rhs must have as many contracting dimensions: lhs "
              + dims.lhsContracting()
              + ", rhs "
              + dims.rhsContracting()); // (C2)
    }
    long[] lhsUsed = Adaptor.concat(lhsBatch, lhsContract);
    long[] rhsUsed = Adaptor.concat(rhsBatch, rhsContract);
    a.unique("C3", "batching and contracting dimensions of lhs", lhsUsed); // (C3)
    a.unique("C4", "batching and contracting dimensions of rhs", rhsUsed); // (C4)
    a.inRange("C5", "batching dimensions of lhs " + lhs.brief(), lhsBatch, lhs.rank()); // (C5)
    a.inRange(
        "C6", "contracting dimensions of lhs " + lhs.brief(), lhsContract, lhs.rank()); // (C6)
    a.inRange("C7", "batching dimensions of rhs " + rhs.brief(), rhsBatch, rhs.rank()); // (C7)
    a.inRange(
        "C8", "contracting dimensions of rhs " + rhs.brief(), rhsContract, rhs.rank()); // (C8)
    matching(a, "C9", "batching", lhs, lhsBatch, rhs, rhsBatch); // (C9)
    matching(a, "C10", "contracted", lhs, lhsContract, rhs, rhsContract); // (C10)
    boolean precise = checkPrecision(a, "C11"); // (C11)
    checkAlgorithm(a, precise);
    Shape shape = resultShape(lhs, lhsBatch, lhsUsed, rhs, rhsUsed);
    if (Adaptor.isQuantized(lhs) || Adaptor.isQuantized(rhs)) {
      return quantized(a, lhs, rhs, rhsContract, shape);
    }
    checkElements(a, "C13", lhs, rhs); // (C13)
    // The specification leaves the element type of the result to the program: bf16 operands may
    // sum up in f32.
    ElementType element = lhs.element();
    if (!a.given.isEmpty()) {
      TensorType declared = a.givenTensor();
      element = declared.element();
      if (Adaptor.isQuantized(declared)) {
        throw a.fail(
            "C14",
            "the result must be quantized exactly when lhs and rhs are: lhs "
                + lhs.brief()
                + ", rhs "
                + rhs.brief()
                + ", result "
                + declared.brief()); // (C14)
      }
    }
    return a.result("C12", TensorType.of(element, shape)); // (C12)
  }

  /**
   * Operands have one element type. Two kinds of 8-bit floats may meet, as in XLA, where training
   * in f8 multiplies e4m3 weights by e5m2 gradients.
   */
  static void checkElements(Adaptor a, String label, TensorType lhs, TensorType rhs) {
    if (lhs.element().equals(rhs.element())) {
      return;
    }
    DType x = lhs.dtype();
    DType y = rhs.dtype();
    if (!(x.isFloat() && y.isFloat() && x.bits() <= 8 && y.bits() <= 8)) {
      throw a.fail(label, "element types differ: lhs " + lhs.brief() + ", rhs " + rhs.brief());
    }
  }

  private static void matching(
      Adaptor a,
      String label,
      String what,
      TensorType lhs,
      long[] lhsDims,
      TensorType rhs,
      long[] rhsDims) {
    for (int i = 0; i < lhsDims.length; i++) {
      long x = lhs.dim((int) lhsDims[i]);
      long y = rhs.dim((int) rhsDims[i]);
      if (!Compatibility.sameDim(x, y)) {
        throw a.fail(
            label,
            what
                + " dimensions differ: lhs "
                + lhs.brief()
                + " axis "
                + lhsDims[i]
                + " is "
                + x
                + ", rhs "
                + rhs.brief()
                + " axis "
                + rhsDims[i]
                + " is "
                + y);
      }
    }
  }

  private static Shape resultShape(
      TensorType lhs, long[] lhsBatch, long[] lhsUsed, TensorType rhs, long[] rhsUsed) {
    long[] out =
        new long[lhsBatch.length + lhs.rank() - lhsUsed.length + rhs.rank() - rhsUsed.length];
    int next = 0;
    for (long dim : lhsBatch) {
      out[next++] = lhs.dim((int) dim);
    }
    for (int i = 0; i < lhs.rank(); i++) {
      if (!Adaptor.contains(lhsUsed, i)) {
        out[next++] = lhs.dim(i);
      }
    }
    for (int i = 0; i < rhs.rank(); i++) {
      if (!Adaptor.contains(rhsUsed, i)) {
        out[next++] = rhs.dim(i);
      }
    }
    return Shape.of(out);
  }

  /** Whether a precision other than DEFAULT is asked for. */
  static boolean checkPrecision(Adaptor a, String label) {
    Attribute.Array config = a.optional("precision_config", Attribute.Array.class);
    if (config == null || config.elements().isEmpty()) {
      return false;
    }
    // The specification asks for 2; StableHLO's verifier takes one for both operands, too.
    if (config.elements().size() > 2) {
      throw a.fail(label, "precision_config must have 2 entries, got " + config.elements().size());
    }
    boolean precise = false;
    for (Attribute entry : config.elements()) {
      String word = entry instanceof Attribute.Keyword keyword ? keyword.word() : "";
      if (!PRECISIONS.contains(word) && !(entry instanceof Attribute.Opaque)) {
        throw a.fail("", "precision_config must contain " + PRECISIONS + ", got " + entry);
      }
      precise |= !word.equals("DEFAULT");
    }
    return precise;
  }

  private static void checkAlgorithm(Adaptor a, boolean precise) {
    Attribute algorithm = a.attributes.get("algorithm");
    if (algorithm == null) {
      return;
    }
    if (precise) {
      throw a.fail(
          "C21", "precision_config must be DEFAULT beside an algorithm, got " + algorithm); // (C21)
    }
    StructText fields = new StructText(algorithm);
    positive(a, "C22", fields, "lhs_component_count"); // (C22)
    positive(a, "C23", fields, "rhs_component_count"); // (C23)
    positive(a, "C24", fields, "num_primitive_operations"); // (C24)
    String lhs = fields.word("lhs_precision_type");
    String rhs = fields.word("rhs_precision_type");
    String sum = fields.word("accumulation_type");
    String key = lhs + " " + rhs + " " + sum + " " + fields.word("num_primitive_operations");
    boolean imprecise = fields.word("allow_imprecise_accumulation").equals("true");
    boolean small = lhs.startsWith("f8") && rhs.startsWith("f8") && sum.equals("f32");
    boolean known =
        fields.integer("lhs_component_count", 1) == 1
            && fields.integer("rhs_component_count", 1) == 1
            && (small
                ? fields.integer("num_primitive_operations", 1) == 1
                : !imprecise && ALGORITHMS.contains(key));
    if (!known) {
      throw a.fail("", "no device is known to support the algorithm " + algorithm);
    }
  }

  private static void positive(Adaptor a, String label, StructText fields, String key) {
    long value = fields.integer(key, 1);
    if (value <= 0) {
      throw a.fail(label, key + " must be positive, got " + value);
    }
  }

  private static List<Type> quantized(
      Adaptor a, TensorType lhs, TensorType rhs, long[] rhsContract, Shape shape) {
    TensorType result = a.givenTensor();
    String got = "lhs " + lhs.brief() + ", rhs " + rhs.brief() + ", result " + result.brief();
    if (Adaptor.isQuantized(lhs) != Adaptor.isQuantized(result)
        || !(rhs.element() instanceof QuantizedType weights)) {
      throw a.fail(
          "C14", "rhs must be quantized, and the result exactly when lhs is: " + got); // (C14)
    }
    for (long zero : weights.zeroPoints()) {
      if (zero != 0) {
        throw a.fail("C15", "zero points of rhs must be 0: " + got); // (C15)
      }
    }
    if (weights.isPerAxis() && Adaptor.contains(rhsContract, weights.axis())) {
      throw a.fail("C16", "the quantized dimension of rhs must not be contracted: " + got); // (C16)
    }
    checkQuantization(a, lhs, weights, result, got, List.of("C17", "C18", "C19", "C20"));
    return a.result("C12", TensorType.of(result.element(), shape)); // (C12)
  }

  /** What dot and convolution demand alike of quantized operands; labels in their order. */
  static void checkQuantization(
      Adaptor a,
      TensorType lhs,
      QuantizedType weights,
      TensorType result,
      String got,
      List<String> labels) {
    if (lhs.element() instanceof QuantizedType x && result.element() instanceof QuantizedType z) {
      if (x.storage() != weights.storage()) {
        throw a.fail(labels.get(0), "storage types of lhs and rhs differ: " + got);
      }
      if (x.expressed() != weights.expressed() || x.expressed() != z.expressed()) {
        throw a.fail(labels.get(1), "expressed types differ: " + got);
      }
      if (!weights.isPerAxis() && z.isPerAxis()) {
        throw a.fail(
            labels.get(2), "the result may be quantized per axis only when rhs is: " + got);
      }
    } else if (lhs.element() != weights.expressed() || result.element() != weights.expressed()) {
      throw a.fail(labels.get(3), "lhs and result must have the expressed type of rhs: " + got);
    }
  }

  /** The old product of vectors and matrices. */
  static List<Type> dot(Adaptor a) {
    a.arity(2);
    TensorType lhs = a.tensor(0, ANY);
    TensorType rhs = a.tensor(1, ANY_OR_AXIS);
    if (lhs.rank() < 1 || lhs.rank() > 2 || rhs.rank() < 1 || rhs.rank() > 2) {
      throw a.fail(
          "", "operands must be vectors or matrices: lhs " + lhs.brief() + ", rhs " + rhs.brief());
    }
    checkPrecision(a, "");
    long[] left = {lhs.rank() - 1};
    long[] right = {0};
    matching(a, "", "contracted", lhs, left, rhs, right);
    Shape shape = resultShape(lhs, new long[0], left, rhs, right);
    ElementType element = a.given.isEmpty() ? lhs.element() : a.givenTensor().element();
    return a.result("", TensorType.of(element, shape));
  }
}
