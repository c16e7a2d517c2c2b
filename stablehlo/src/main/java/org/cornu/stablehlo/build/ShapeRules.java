package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.ANY_OR_AXIS;
import static org.cornu.stablehlo.build.Adaptor.COMPLEX;
import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.INT;
import static org.cornu.stablehlo.build.Adaptor.QUANT;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/** Types of constants and of ops that move elements without computing. */
final class ShapeRules {
  private ShapeRules() {}

  /** A constant. */
  static List<Type> constant(Adaptor a) {
    a.arity(0);
    TensorType type = a.attribute("value", Attribute.Elements.class).literal().type();
    if (a.given.size() == 1
        && a.given.get(0) instanceof TensorType declared
        && declared.element() instanceof QuantizedType q
        && type.element() == q.storage()) {
      type = type.withElement(q); // the stored values of a quantized constant
    }
    return a.exactResult("C1", "C1", type); // (C1)
  }

  /** Indices along one dimension. */
  static List<Type> iota(Adaptor a) {
    a.arity(0);
    TensorType result = a.givenTensor();
    if ((Adaptor.kind(result.element()) & (INT | FLOAT | COMPLEX | QUANT)) == 0) {
      throw a.fail("", "result must have elements of a number type, got " + result.brief());
    }
    if (!result.shape().isStatic()) {
      throw a.fail("", "result must have a known shape, got " + result.brief());
    }
    a.inRange("C1", "iota_dimension", a.integer("iota_dimension"), result.rank()); // (C1)
    return List.of(result);
  }

  /** The same elements in another shape. */
  static List<Type> reshape(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY_OR_AXIS);
    TensorType result = a.givenTensor();
    sameElementButAxis(a, "C1", x, result); // (C1)
    checkReshape(a, x, result);
    atMostOneBounded(a, result);
    return List.of(result);
  }

  static void checkReshape(Adaptor a, TensorType x, TensorType result) {
    if (x.shape().isStatic()
        && result.shape().isStatic()
        && x.shape().count() != result.shape().count()) {
      throw a.fail(
          "C2",
          "element counts differ: operand "
              + x.brief()
              + " has "
              + x.shape().count()
              + ", result "
              + result.brief()
              + " has "
              + result.shape().count()); // (C2)
    }
    if (x.element() instanceof QuantizedType p
        && result.element() instanceof QuantizedType q
        && p.isPerAxis()
        && q.isPerAxis()
        && x.shape().isStatic()
        && result.shape().isStatic()) {
      boolean same =
          p.axis() < x.rank()
              && q.axis() < result.rank()
              && x.shape().slice(0, p.axis()).count() == result.shape().slice(0, q.axis()).count()
              && x.dim(p.axis()) == result.dim(q.axis());
      if (!same) {
        throw a.fail(
            "C3",
            "the quantized dimension must keep its place: operand "
                + x.brief()
                + ", result "
                + result.brief()); // (C3)
      }
    }
  }

  /** Element types are equal, except that a per-axis one may change its dimension. */
  static void sameElementButAxis(Adaptor a, String label, TensorType x, TensorType result) {
    ElementType from = x.element();
    ElementType to = result.element();
    boolean same = from.equals(to);
    if (!same && from instanceof QuantizedType p && to instanceof QuantizedType q) {
      same =
          p.isPerAxis()
              && q.isPerAxis()
              && Compatibility.sameElement(p, q)
              && p.scales().equals(q.scales())
              && p.zeroPoints().equals(q.zeroPoints());
    }
    if (!same) {
      throw elementsDiffer(a, label, x, result);
    }
  }

  static VerifyException elementsDiffer(Adaptor a, String label, TensorType x, TensorType result) {
    return a.fail(
        label, "element types differ: operand " + x.brief() + ", result " + result.brief());
  }

  /** Repetition along new or unit dimensions. */
  static List<Type> broadcastInDim(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY_OR_AXIS);
    TensorType result = a.givenTensor();
    checkBroadcast(a, x, result);
    atMostOneBounded(a, result);
    return List.of(result);
  }

  /** Ops without a shape operand have results of known sizes, of which one may be a bound. */
  private static void atMostOneBounded(Adaptor a, TensorType result) {
    if (result.shape().isStatic()) {
      return;
    }
    int open = 0;
    int bounded = 0;
    long[] bounds = Bounds.filled(result);
    for (int i = 0; i < bounds.length; i++) {
      open += result.dim(i) == Shape.DYNAMIC ? 1 : 0;
      bounded += result.dim(i) == Shape.DYNAMIC && bounds[i] != Shape.DYNAMIC ? 1 : 0;
    }
    if (open > 1 || bounded != open) {
      throw a.fail(
          "", "result must have known sizes, or one that is open and bounded, got " + result);
    }
  }

  static void checkBroadcast(Adaptor a, TensorType x, TensorType result) {
    long[] dims = a.longs("broadcast_dimensions");
    QuantizedType p = x.element() instanceof QuantizedType q ? q : null;
    boolean perAxis = p != null && p.isPerAxis();
    boolean same =
        perAxis
            ? result.element() instanceof QuantizedType q
                && q.isPerAxis()
                && Compatibility.sameElement(x.element(), q)
            : x.element().equals(result.element());
    if (!same) {
      throw elementsDiffer(a, "C1", x, result); // (C1)
    }
    a.size("C2", "broadcast_dimensions of " + x.brief(), dims, x.rank()); // (C2)
    a.inRange("C3", "broadcast_dimensions", dims, result.rank()); // (C3)
    a.unique("C4", "broadcast_dimensions", dims); // (C4)
    for (int i = 0; i < dims.length; i++) {
      long size = x.dim(i);
      if (size != 1 && !Compatibility.sameDim(size, result.dim((int) dims[i]))) {
        throw a.fail(
            "C5",
            "dimension "
                + i
                + " of operand "
                + x.brief()
                + " must be 1 or have the size of dimension "
                + dims[i]
                + " of result "
                + result.brief()); // (C5)
      }
    }
    if (perAxis && p != null && result.element() instanceof QuantizedType q) {
      checkBroadcastQuantization(a, x, p, q, dims);
    }
  }

  private static void checkBroadcastQuantization(
      Adaptor a, TensorType x, QuantizedType p, QuantizedType q, long[] dims) {
    if (p.axis() >= dims.length || q.axis() != dims[p.axis()]) {
      throw a.fail(
          "C6",
          "the quantized dimension must be the broadcast one: operand " + p + ", result " + q);
    } // (C6)
    if (x.dim(p.axis()) == 1) {
      for (int i = 0; i < q.scales().size(); i++) {
        if (!q.scales().get(i).equals(p.scales().get(0))
            || !q.zeroPoints().get(i).equals(p.zeroPoints().get(0))) {
          throw a.fail(
              "C6", "scales and zero points must be repeated: operand " + p + ", result " + q);
        } // (C6)
      }
    }
  }

  /** The old broadcast, which adds dimensions in front. */
  static List<Type> broadcast(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY);
    long[] sizes = a.longs("broadcast_sizes");
    for (long size : sizes) {
      if (size < 0) {
        throw a.fail("", "broadcast_sizes must be at least 0, got " + Arrays.toString(sizes));
      }
    }
    return a.result("", x.withShape(Shape.of(sizes).concat(x.shape())));
  }

  /** Reordering of dimensions. */
  static List<Type> transpose(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY_OR_AXIS);
    long[] permutation = a.longs("permutation");
    int rank = x.rank();
    long seen = 0;
    boolean valid = permutation.length == rank;
    for (int i = 0; valid && i < rank; i++) {
      long dim = permutation[i];
      valid = dim >= 0 && dim < rank && (seen & (1L << dim)) == 0;
      seen |= 1L << dim;
    }
    if (!valid) {
      throw a.fail(
          "C2",
          "permutation must contain each dimension of "
              + x.brief()
              + " once, got "
              + Arrays.toString(permutation)); // (C2)
    }
    long[] dims = new long[rank];
    long[] bounds = x.encoding() == null ? new long[0] : Bounds.filled(x);
    long[] moved = bounds.clone();
    for (int i = 0; i < rank; i++) {
      dims[i] = x.dim((int) permutation[i]);
      if (bounds.length > 0) {
        moved[i] = bounds[(int) permutation[i]];
      }
    }
    ElementType element = x.element();
    if (element instanceof QuantizedType p && p.isPerAxis()) {
      element = withAxis(p, position(permutation, p.axis()));
    }
    if (a.given.size() == 1
        && a.given.get(0) instanceof TensorType declared
        && declared.element() instanceof QuantizedType q
        && element instanceof QuantizedType p
        && !q.equals(p)) {
      throw a.fail(
          q.axis() == p.axis() ? "C1" : "C4",
          "quantization must move with its dimension: expected " + p + ", got " + q);
    } // (C4)
    TensorType inferred = new TensorType(Shape.of(dims), element, Bounds.encoding(moved));
    return a.result("C1", "C3", inferred); // (C1), (C3)
  }

  private static int position(long[] list, long value) {
    for (int i = 0; i < list.length; i++) {
      if (list[i] == value) {
        return i;
      }
    }
    return -1;
  }

  static QuantizedType withAxis(QuantizedType q, int axis) {
    return new QuantizedType(
        q.storage(),
        q.storageMin(),
        q.storageMax(),
        q.expressed(),
        axis,
        q.scales(),
        q.zeroPoints());
  }

  /** Reversal along some dimensions. */
  static List<Type> reverse(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY);
    long[] dims = a.longs("dimensions");
    a.unique("C2", "dimensions", dims); // (C2)
    a.inRange("C3", "dimensions", dims, x.rank()); // (C3)
    return a.exactResult("C1", "C1", x); // (C1)
  }

  /** Joining along one dimension. */
  static List<Type> concatenate(Adaptor a) {
    if (a.count() == 0) {
      throw a.fail("C3", "expected at least one operand"); // (C3)
    }
    TensorType first = a.tensor(0, ANY);
    long dimension = a.integer("dimension");
    a.inRange("C4", "dimension", dimension, first.rank()); // (C4)
    int axis = (int) dimension;
    long[] dims = first.shape().dims();
    long[] bounds = Bounds.filled(first);
    boolean bounded = first.encoding() != null;
    for (int i = 1; i < a.count(); i++) {
      TensorType next = a.tensor(i, ANY);
      if (!Compatibility.sameElement(next.element(), first.element())) {
        throw a.fail(
            "C1",
            "element types differ: operand 0 "
                + first.brief()
                + ", operand "
                + i
                + " "
                + next.brief()); // (C1)
      }
      boolean same = next.rank() == first.rank();
      for (int d = 0; same && d < dims.length; d++) {
        same = d == axis || Compatibility.sameDim(dims[d], next.dim(d));
      }
      if (!same) {
        throw a.fail(
            "C2",
            "shapes differ beside dimension "
                + axis
                + ": operand 0 "
                + first.brief()
                + ", operand "
                + i
                + " "
                + next.brief()); // (C2)
      }
      bounded |= next.encoding() != null;
      joinSizes(dims, bounds, next, axis);
    }
    // (C5), (C6)
    TensorType inferred =
        new TensorType(Shape.of(dims), first.element(), bounded ? Bounds.encoding(bounds) : null);
    return a.exactResult("C5", "C6", inferred);
  }

  private static void joinSizes(long[] dims, long[] bounds, TensorType next, int axis) {
    long[] nextBounds = Bounds.filled(next);
    for (int d = 0; d < dims.length; d++) {
      long size = next.dim(d);
      if (d != axis) {
        if (dims[d] == Shape.DYNAMIC) {
          bounds[d] =
              size != Shape.DYNAMIC
                  ? Shape.DYNAMIC
                  : bounds[d] == Shape.DYNAMIC
                      ? nextBounds[d]
                      : nextBounds[d] == Shape.DYNAMIC
                          ? bounds[d]
                          : Math.min(bounds[d], nextBounds[d]);
          dims[d] = size;
        }
        continue;
      }
      long most = dims[d] != Shape.DYNAMIC ? dims[d] : bounds[d];
      long nextMost = size != Shape.DYNAMIC ? size : nextBounds[d];
      boolean open = dims[d] == Shape.DYNAMIC || size == Shape.DYNAMIC;
      dims[d] = open ? Shape.DYNAMIC : dims[d] + size;
      bounds[d] =
          open && most != Shape.DYNAMIC && nextMost != Shape.DYNAMIC
              ? most + nextMost
              : Shape.DYNAMIC;
    }
  }

  /** A strided part with known limits. */
  static List<Type> slice(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY);
    long[] starts = a.longs("start_indices");
    long[] limits = a.longs("limit_indices");
    long[] strides = a.longs("strides");
    a.size("C2", "start_indices of " + x.brief(), starts, x.rank()); // (C2)
    a.size("C2", "limit_indices of " + x.brief(), limits, x.rank());
    a.size("C2", "strides of " + x.brief(), strides, x.rank());
    long[] dims = new long[x.rank()];
    long[] bounds = Bounds.filled(x);
    for (int i = 0; i < dims.length; i++) {
      long size = x.dim(i) == Shape.DYNAMIC ? bounds[i] : x.dim(i);
      if (starts[i] < 0 || starts[i] > limits[i] || (size != Shape.DYNAMIC && limits[i] > size)) {
        throw a.fail(
            "C3",
            "0 <= start <= limit <= size does not hold in dimension "
                + i
                + " of "
                + x.brief()
                + ": start "
                + starts[i]
                + ", limit "
                + limits[i]); // (C3)
      }
      if (strides[i] <= 0) {
        throw a.fail("C4", "strides must be positive, got " + Arrays.toString(strides)); // (C4)
      }
      dims[i] = (limits[i] - starts[i] + strides[i] - 1) / strides[i];
    }
    return a.exactResult("C1", "C5", x.withShape(Shape.of(dims))); // (C1), (C5)
  }

  /** Padding before, behind and between elements; negative edge padding cuts. */
  static List<Type> pad(Adaptor a) {
    a.arity(2);
    TensorType x = a.tensor(0, ANY);
    TensorType value = a.scalar(1, ANY);
    if (!Compatibility.sameElement(x.element(), value.element())) {
      throw a.fail(
          "C1",
          "element types differ: operand "
              + x.brief()
              + ", padding value "
              + value.brief()); // (C1)
    }
    long[] low = a.longs("edge_padding_low");
    long[] high = a.longs("edge_padding_high");
    long[] interior = a.longs("interior_padding");
    a.size("C2", "edge_padding_low of " + x.brief(), low, x.rank()); // (C2)
    a.size("C2", "edge_padding_high of " + x.brief(), high, x.rank());
    a.size("C2", "interior_padding of " + x.brief(), interior, x.rank());
    long[] dims = new long[x.rank()];
    long[] given = Bounds.filled(x);
    long[] bounds = new long[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      if (interior[i] < 0) {
        throw a.fail(
            "C3", "interior_padding must be at least 0, got " + Arrays.toString(interior)); // (C3)
      }
      dims[i] = padded(x.dim(i), low[i], high[i], interior[i]);
      bounds[i] = padded(given[i], low[i], high[i], interior[i]);
      boolean negative = dims[i] != Shape.DYNAMIC && dims[i] < 0;
      if (negative || (bounds[i] != Shape.DYNAMIC && bounds[i] < 0)) {
        throw a.fail(
            "C4",
            "padding "
                + low[i]
                + ", "
                + high[i]
                + " cuts more than dimension "
                + i
                + " of "
                + x.brief()
                + " has"); // (C4)
      }
    }
    return a.exactResult("C1", "C4", Bounds.tensor(x, dims, bounds)); // (C4)
  }

  static long padded(long size, long low, long high, long interior) {
    return size == Shape.DYNAMIC ? size : size + low + high + Math.max(size - 1, 0) * interior;
  }

  /** Type of a bitwise conversion; null when the last dimension does not fill a wider element. */
  static @Nullable TensorType bitcast(TensorType x, ElementType to) {
    int from = x.element().storage().bits();
    int bits = to.storage().bits();
    if (from == bits) {
      return x.withElement(to);
    }
    if (bits < from) {
      if (from % bits != 0) {
        return null;
      }
      return new TensorType(x.shape().insert(x.rank(), from / bits), to, null);
    }
    if (x.rank() == 0
        || bits % from != 0
        || !Compatibility.sameDim(x.dim(x.rank() - 1), bits / from)) {
      return null;
    }
    return new TensorType(x.shape().remove(x.rank() - 1), to, null);
  }

  /** The size of one dimension as an i32 scalar. */
  static List<Type> getDimensionSize(Adaptor a) {
    a.arity(1);
    a.inRange("C1", "dimension", a.integer("dimension"), a.tensor(0, ANY_OR_AXIS).rank()); // (C1)
    return a.result("", TensorType.of(DType.I32));
  }
}
