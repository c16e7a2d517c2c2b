package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.QAXIS;
import static org.cornu.stablehlo.build.Adaptor.QUANT;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of conversions to and from quantized tensors, and what a quantized type must look like. */
final class QuantizationRules {
  private QuantizationRules() {}

  /** Conversion to a quantized tensor. */
  static List<Type> quantize(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, FLOAT | QUANT | QAXIS);
    TensorType result = a.givenTensor();
    if (!(result.element() instanceof QuantizedType q)) {
      throw a.fail("", "result must be quantized, got " + result.brief());
    }
    if (q.expressed() != Compatibility.expressed(x.element())) {
      throw a.fail(
          "C2",
          "result must express elements of type "
              + Compatibility.expressed(x.element())
              + ", got "
              + result.brief()); // (C2)
    }
    return a.result("C1", x.withElement(q)); // (C1)
  }

  /** Conversion to the float type that a quantized tensor stands for. */
  static List<Type> dequantize(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, QUANT | QAXIS);
    DType expressed = Compatibility.expressed(x.element());
    return a.result("C2", "C1", x.withElement(expressed)); // (C1), (C2)
  }

  /** Checks a quantized tensor type (specification, "Quantized types", C1 to C13). */
  static void checkType(Type type, Location location) {
    if (!(type instanceof TensorType tensor) || !(tensor.element() instanceof QuantizedType q)) {
      return;
    }
    DType storage = q.storage();
    if (!storage.isInteger()) {
      throw fail("C1", "storage type must be an integer, got " + q, location); // (C1)
    }
    boolean signed = storage.isSigned();
    int bits = storage.bits();
    long min = signed ? -(1L << (bits - 1)) : 0;
    long max = signed || bits == 64 ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
    if (q.storageMin() < min || q.storageMin() >= q.storageMax() || q.storageMax() > max) {
      throw fail(
          "C3",
          "storage range must lie in ["
              + min
              + ", "
              + max
              + "], got ["
              + q.storageMin()
              + ", "
              + q.storageMax()
              + "]",
          location); // (C3)
    }
    if (!q.expressed().isFloat()) {
      throw fail("C4", "expressed type must be a float, got " + q, location); // (C4)
    }
    for (double scale : q.scales()) {
      if (!(scale > 0)) {
        throw fail("C5", "scales must be positive, got " + scale, location); // (C5)
      }
      double smallest = FloatFormat.decode(q.expressed(), 1);
      if (scale < smallest || scale > FloatFormat.max(q.expressed())) {
        throw fail(
            "C6", "scales must be finite values of the expressed type, got " + scale, location);
      } // (C6)
    }
    for (long zero : q.zeroPoints()) {
      if (zero < q.storageMin() || zero > q.storageMax()) {
        throw fail(
            "C7", "zero points must lie in the storage range, got " + zero, location); // (C7)
      }
    }
    if (q.scales().size() != q.zeroPoints().size()) {
      throw fail(
          "C9",
          "scales and zero points must be as many, got "
              + q.scales().size()
              + " and "
              + q.zeroPoints().size(),
          location); // (C9)
    }
    if (!q.isPerAxis()) {
      if (q.scales().size() != 1) {
        throw fail("C10", "one scale is needed without an axis, got " + q, location); // (C10)
      }
      return;
    }
    if (q.axis() >= tensor.rank()) {
      throw fail("C12", "quantized dimension must be one of " + tensor.brief(), location); // (C12)
    }
    long size = tensor.dim(q.axis());
    if (size != Shape.DYNAMIC && size != q.scales().size()) {
      throw fail(
          "C13",
          "dimension " + q.axis() + " must have one scale per index: " + tensor.brief(),
          location); // (C13)
    }
  }

  private static VerifyException fail(String label, String reason, Location location) {
    return new VerifyException("quantized type", label, reason, location);
  }
}
