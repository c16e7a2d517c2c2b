package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/**
 * When two types may stand for each other: equal up to sizes that are only known at run time and up
 * to the parameters of quantization ({@code baseline_type} of the specification).
 */
final class Compatibility {
  private Compatibility() {}

  /** Whether the types are equal up to open sizes and quantization parameters. */
  static boolean compatible(Type a, Type b) {
    if (a.equals(b)) {
      return true;
    }
    if (a instanceof TensorType x && b instanceof TensorType y) {
      return sameElement(x.element(), y.element())
          && sameShape(x.shape(), y.shape())
          && (x.encoding() == null || withinBounds(y.shape(), Bounds.of(x)))
          && (y.encoding() == null || withinBounds(x.shape(), Bounds.of(y)));
    }
    if (a instanceof Type.Tuple x && b instanceof Type.Tuple y) {
      return compatible(x.elements(), y.elements());
    }
    if (a instanceof Type.Future x && b instanceof Type.Future y) {
      return compatible(x.elements(), y.elements());
    }
    // A type of another dialect (an unranked tensor, a buffer) is not interpreted.
    return a instanceof Type.Opaque || b instanceof Type.Opaque;
  }

  /** Whether the lists are equally long and compatible position by position. */
  static boolean compatible(List<? extends Type> a, List<? extends Type> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!compatible(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the element types are equal up to scales, zero points and the quantized dimension. */
  static boolean sameElement(ElementType a, ElementType b) {
    if (a.equals(b)) {
      return true;
    }
    return a instanceof QuantizedType x
        && b instanceof QuantizedType y
        && x.storage() == y.storage()
        && x.storageMin() == y.storageMin()
        && x.storageMax() == y.storageMax()
        && x.expressed() == y.expressed();
  }

  /** Whether two sizes are equal, or one is open. */
  static boolean sameDim(long a, long b) {
    return a == b || a == Shape.DYNAMIC || b == Shape.DYNAMIC;
  }

  /** Whether the shapes have the same rank and all sizes are equal or open. */
  static boolean sameShape(Shape a, Shape b) {
    if (a.rank() != b.rank()) {
      return false;
    }
    for (int i = 0; i < a.rank(); i++) {
      if (!sameDim(a.dim(i), b.dim(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean withinBounds(Shape shape, long[] bounds) {
    for (int i = 0; i < shape.rank() && i < bounds.length; i++) {
      if (bounds[i] != Shape.DYNAMIC && bounds[i] < shape.dim(i)) {
        return false;
      }
    }
    return true;
  }

  /** The float type that elements stand for: a quantized type's expressed type, else itself. */
  static DType expressed(ElementType element) {
    return element instanceof QuantizedType q ? q.expressed() : element.storage();
  }

  /**
   * Whether a body may compute in {@code wide} what has elements of {@code narrow} ({@code
   * is_promotable} of the specification).
   */
  static boolean promotable(ElementType narrow, ElementType wide) {
    if (narrow instanceof QuantizedType x && wide instanceof QuantizedType y) {
      return x.expressed() == y.expressed() && x.storage().bits() <= y.storage().bits();
    }
    if (narrow instanceof DType x && wide instanceof DType y) {
      boolean sameKind =
          (x.isBool() && y.isBool())
              || (x.isInteger() && y.isInteger())
              || (x.isFloat() && y.isFloat())
              || (x.isComplex() && y.isComplex());
      return sameKind && x.bits() <= y.bits();
    }
    return false;
  }

  /**
   * The most specific type that all compatible {@code types} describe: a size known to one is known
   * to the result, and the tightest bound holds (StableHLO, "Bounded dynamism").
   */
  static TensorType meet(TensorType a, TensorType b) {
    if (a.equals(b) || (a.encoding() == null && a.shape().isStatic())) {
      return a;
    }
    long[] dims = a.shape().dims();
    long[] aBounds = Bounds.of(a);
    long[] bBounds = Bounds.of(b);
    long[] bounds = new long[dims.length];
    for (int i = 0; i < dims.length; i++) {
      long other = b.dim(i);
      dims[i] = dims[i] == Shape.DYNAMIC ? other : dims[i];
      bounds[i] =
          dims[i] != Shape.DYNAMIC ? Shape.DYNAMIC : tighter(at(aBounds, i), at(bBounds, i));
    }
    String encoding = Bounds.encoding(bounds);
    if (encoding == null && a.encoding() != null && aBounds.length == 0) {
      encoding = a.encoding();
    }
    return new TensorType(Shape.of(dims), a.element(), encoding);
  }

  private static long at(long[] bounds, int i) {
    return i < bounds.length ? bounds[i] : Shape.DYNAMIC;
  }

  private static long tighter(long a, long b) {
    if (a == Shape.DYNAMIC) {
      return b;
    }
    return b == Shape.DYNAMIC ? a : Math.min(a, b);
  }
}
