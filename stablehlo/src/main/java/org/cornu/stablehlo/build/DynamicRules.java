package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.ANY_OR_AXIS;
import static org.cornu.stablehlo.build.Adaptor.COMPLEX;
import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.INDEX;
import static org.cornu.stablehlo.build.Adaptor.INT;
import static org.cornu.stablehlo.build.Adaptor.QUANT;
import static org.cornu.stablehlo.build.Adaptor.SIGNED;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/**
 * Types of ops whose shapes are operands. Where such an operand is a constant, the result is
 * checked against its values.
 */
final class DynamicRules {
  private DynamicRules() {}

  /** A shape operand, which must have one entry per dimension of the result. */
  private static void checkShape(Adaptor a, String label, int i, TensorType result) {
    TensorType shape = a.vector(i, INT | INDEX);
    if (shape.dim(0) == Shape.DYNAMIC) {
      throw a.fail("I" + (i + 1), "shape must have a known length, got " + shape.brief());
    }
    if (!Compatibility.sameDim(shape.dim(0), result.rank())) {
      throw a.fail(
          label,
          "shape operand "
              + shape.brief()
              + " must have one entry per dimension of result "
              + result.brief());
    }
    long[] dims = a.constant(i);
    for (int d = 0; dims != null && d < dims.length; d++) {
      if (!Compatibility.sameDim(dims[d], result.dim(d))) {
        throw a.fail(
            label,
            "result "
                + result.brief()
                + " must have the shape of the operand, "
                + Arrays.toString(dims));
      }
    }
  }

  /** Repetition to a shape that is an operand. */
  static List<Type> broadcastInDim(Adaptor a) {
    a.arity(2);
    TensorType x = a.tensor(0, ANY_OR_AXIS);
    TensorType result = a.givenTensor();
    ShapeRules.checkBroadcast(a, x, result); // (C1) to (C6)
    checkShape(a, "C7", 1, result); // (C7)
    checkSizes(a, x);
    long[] expanding = a.longs("known_expanding_dimensions", 0, 0);
    long[] nonexpanding = a.longs("known_nonexpanding_dimensions", 0, 0);
    a.unique(
        "C8",
        "known expanding and nonexpanding dimensions",
        Adaptor.concat(expanding, nonexpanding)); // (C8)
    a.inRange("C9", "known_expanding_dimensions", expanding, x.rank()); // (C9)
    a.inRange("C10", "known_nonexpanding_dimensions", nonexpanding, x.rank()); // (C10)
    return List.of(result);
  }

  private static void checkSizes(Adaptor a, TensorType x) {
    long[] shape = a.constant(1);
    if (shape == null) {
      return;
    }
    long[] dims = a.longs("broadcast_dimensions");
    for (int i = 0; i < dims.length; i++) {
      long size = x.dim(i);
      if (size != 1 && size != Shape.DYNAMIC && size != shape[(int) dims[i]]) {
        throw a.fail(
            "C5",
            "dimension "
                + i
                + " of operand "
                + x.brief()
                + " must be 1 or have the size of dimension "
                + dims[i]
                + " of the output, "
                + Arrays.toString(shape)); // (C5)
      }
    }
  }

  /** Indices in a shape that is an operand. */
  static List<Type> iota(Adaptor a) {
    a.arity(1);
    TensorType result = a.givenTensor();
    if ((Adaptor.kind(result.element()) & (INT | FLOAT | COMPLEX | QUANT)) == 0) {
      throw a.fail("", "result must have elements of a number type, got " + result.brief());
    }
    checkShape(a, "C2", 0, result); // (C2)
    a.inRange("C1", "iota_dimension", a.integer("iota_dimension"), result.rank()); // (C1)
    return List.of(result);
  }

  /** The same elements in a shape that is an operand. */
  static List<Type> reshape(Adaptor a) {
    a.arity(2);
    TensorType x = a.tensor(0, ANY_OR_AXIS);
    TensorType result = a.givenTensor();
    ShapeRules.sameElementButAxis(a, "C1", x, result); // (C1)
    ShapeRules.checkReshape(a, x, result); // (C2), (C3)
    checkShape(a, "C4", 1, result); // (C4)
    long[] dims = a.constant(1);
    if (dims != null && x.shape().isStatic()) {
      long count = 1;
      for (long dim : dims) {
        count *= dim;
      }
      if (count != x.shape().count()) {
        throw a.fail(
            "C2",
            "element counts differ: operand "
                + x.brief()
                + ", output shape "
                + Arrays.toString(dims)); // (C2)
      }
    }
    return List.of(result);
  }

  /** Padding by operands. */
  static List<Type> pad(Adaptor a) {
    a.arity(5);
    TensorType x = a.tensor(0, ANY);
    TensorType value = a.scalar(1, ANY);
    TensorType result = a.givenTensor();
    if (!Compatibility.sameElement(x.element(), value.element())
        || !Compatibility.sameElement(x.element(), result.element())) {
      throw a.fail(
          "C1",
          "element types differ: operand "
              + x.brief()
              + ", padding value "
              + value.brief()
              + ", result "
              + result.brief()); // (C1)
    }
    for (int i = 2; i < 5; i++) {
      TensorType amounts = a.vector(i, INT | INDEX);
      if (!Compatibility.sameDim(amounts.dim(0), x.rank())) {
        throw a.fail(
            "C2",
            "operand "
                + i
                + " must have one entry per dimension of "
                + x.brief()
                + ", got "
                + amounts.brief()); // (C2)
      }
    }
    long[] low = a.constant(2);
    long[] high = a.constant(3);
    long[] interior = a.constant(4);
    for (int d = 0; interior != null && d < interior.length; d++) {
      if (interior[d] < 0) {
        throw a.fail(
            "C3", "interior padding must be at least 0, got " + Arrays.toString(interior)); // (C3)
      }
    }
    long[] dims = new long[x.rank()];
    for (int d = 0; d < dims.length; d++) {
      if (low == null || high == null || interior == null) {
        dims[d] = Shape.DYNAMIC;
        continue;
      }
      dims[d] = ShapeRules.padded(x.dim(d), low[d], high[d], interior[d]);
      if (dims[d] < 0 && dims[d] != Shape.DYNAMIC) {
        throw a.fail("C4", "padding cuts more than dimension " + d + " of " + x.brief()); // (C4)
      }
    }
    return a.result("C1", "C4", x.withShape(Shape.of(dims))); // (C4)
  }

  /** A strided part with limits that are operands. */
  static List<Type> slice(Adaptor a) {
    a.arity(4);
    TensorType x = a.tensor(0, ANY);
    for (int i = 1; i < 4; i++) {
      TensorType limits = a.vector(i, INT | INDEX);
      if (!Compatibility.sameDim(limits.dim(0), x.rank())) {
        throw a.fail(
            "",
            "operand "
                + i
                + " must have one entry per dimension of "
                + x.brief()
                + ", got "
                + limits.brief());
      }
    }
    TensorType result = a.givenTensor();
    long[] dims = new long[x.rank()];
    Arrays.fill(dims, Shape.DYNAMIC);
    long[] starts = a.constant(1);
    long[] limits = a.constant(2);
    long[] strides = a.constant(3);
    for (int d = 0; d < dims.length && starts != null && limits != null && strides != null; d++) {
      if (strides[d] > 0 && limits[d] >= starts[d]) {
        dims[d] = (limits[d] - starts[d] + strides[d] - 1) / strides[d];
      }
    }
    return a.result("", TensorType.of(x.element(), dims).withElement(result.element()));
  }

  /** A gather whose slice sizes are an operand. */
  static List<Type> gather(Adaptor a) {
    a.arity(3);
    TensorType x = a.tensor(0, ANY);
    TensorType indices = a.tensor(1, INT);
    TensorType sizesType = a.vector(2, INT);
    DimensionNumbers.Gather dims = a.attribute("dimension_numbers", DimensionNumbers.Gather.class);
    IndexingRules.checkGather(
        a, x, indices, dims, sizesType.dim(0), IndexingRules.DYNAMIC_GATHER); // (C1) to (C11)
    long[] sizes = a.constant(2);
    if (sizes == null) {
      sizes = new long[x.rank()];
      Arrays.fill(sizes, Shape.DYNAMIC);
    } else {
      checkSizes(a, x, dims, sizes);
    }
    Shape shape = IndexingRules.gatherShape(a, indices, dims, sizes, IndexingRules.DYNAMIC_GATHER);
    return a.exactResult("C14", "C13", x.withShape(shape)); // (C13), (C14)
  }

  private static void checkSizes(
      Adaptor a, TensorType x, DimensionNumbers.Gather dims, long[] sizes) {
    for (int d = 0; d < sizes.length; d++) {
      boolean dropped =
          dims.collapsedSliceDims().contains((long) d)
              || dims.operandBatchingDims().contains((long) d);
      if (dropped && sizes[d] > 1) {
        throw a.fail(
            "C8",
            "slice sizes must be at most 1 in collapsed and batching dimensions, got "
                + Arrays.toString(sizes)); // (C8)
      }
      if (sizes[d] < 0 || (x.dim(d) != Shape.DYNAMIC && sizes[d] > x.dim(d))) {
        throw a.fail(
            "C12",
            "slice sizes must be between 0 and the sizes of "
                + x.brief()
                + ", got "
                + Arrays.toString(sizes)); // (C12)
      }
    }
  }

  /** The operand with one size replaced by a computed one, bounded by the old. */
  static List<Type> setDimensionSize(Adaptor a) {
    a.arity(2);
    TensorType x = a.tensor(0, ANY);
    TensorType size = a.scalar(1, SIGNED);
    if (size.dtype() != DType.I32) {
      throw a.fail("I2", "size must be a scalar of type i32, got " + size.brief());
    }
    long dimension = a.integer("dimension");
    a.inRange("", "dimension of " + x.brief(), dimension, x.rank());
    int axis = (int) dimension;
    long[] dims = x.shape().dims();
    long[] bounds = Bounds.filled(x);
    if (dims[axis] != Shape.DYNAMIC) {
      bounds[axis] = dims[axis];
    }
    dims[axis] = Shape.DYNAMIC;
    long[] constant = a.constant(1);
    if (constant != null && constant[0] == bounds[axis]) {
      dims[axis] = constant[0];
      bounds[axis] = Shape.DYNAMIC;
    }
    return a.result("", Bounds.tensor(x, dims, bounds));
  }
}
