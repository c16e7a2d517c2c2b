package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.BOOL;
import static org.cornu.stablehlo.build.Adaptor.FLOAT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of those CHLO ops that are not plain elementwise ones. */
final class ChloRules {
  private ChloRules() {}

  /** A binary op whose operands are broadcast to one shape, as in NumPy. */
  static List<Type> broadcastBinary(Adaptor a, int kinds) {
    return a.result("", broadcastOperands(a, kinds));
  }

  private static TensorType broadcastOperands(Adaptor a, int kinds) {
    a.arity(2);
    TensorType lhs = a.tensor(0, kinds);
    TensorType rhs = a.tensor(1, kinds);
    if (!Compatibility.sameElement(lhs.element(), rhs.element())) {
      throw a.fail("", "element types differ: lhs " + lhs.brief() + ", rhs " + rhs.brief());
    }
    long[] dims = a.longsOrNull("broadcast_dimensions");
    Shape x = lhs.shape();
    Shape y = rhs.shape();
    if (dims != null) {
      boolean left = x.rank() < y.rank();
      Shape small = left ? x : y;
      Shape large = left ? y : x;
      a.size("", "broadcast_dimensions of " + small, dims, small.rank());
      a.inRange("", "broadcast_dimensions", dims, large.rank());
      a.unique("", "broadcast_dimensions", dims);
      long[] spread = new long[large.rank()];
      Arrays.fill(spread, 1);
      for (int i = 0; i < dims.length; i++) {
        spread[(int) dims[i]] = small.dim(i);
      }
      x = left ? Shape.of(spread) : x;
      y = left ? y : Shape.of(spread);
    }
    return lhs.withShape(broadcast(a, x, y));
  }

  /** The shape both can be broadcast to; an open size stays open where the other is 1. */
  private static Shape broadcast(Adaptor a, Shape x, Shape y) {
    long[] out = new long[Math.max(x.rank(), y.rank())];
    for (int i = 1; i <= out.length; i++) {
      long p = i <= x.rank() ? x.dim(-i) : 1;
      long q = i <= y.rank() ? y.dim(-i) : 1;
      long size;
      if (p == q || q == 1) {
        size = p;
      } else if (p == 1 || p == Shape.DYNAMIC) {
        size = q;
      } else if (q == Shape.DYNAMIC) {
        size = p;
      } else {
        throw a.fail("", "shapes cannot be broadcast to one: " + x + " and " + y);
      }
      out[out.length - i] = size;
    }
    return Shape.of(out);
  }

  /** Comparison after broadcasting. */
  static List<Type> broadcastCompare(Adaptor a) {
    return a.result("", broadcastOperands(a, ANY).withElement(DType.BOOL));
  }

  /** A complex number from broadcast parts. */
  static List<Type> broadcastComplex(Adaptor a) {
    TensorType parts = broadcastOperands(a, FLOAT);
    if (parts.dtype() != DType.F32 && parts.dtype() != DType.F64) {
      throw a.fail("I1", "operands must have elements of type f32 or f64, got " + parts.brief());
    }
    return a.result("", parts.withElement(parts.dtype().complex()));
  }

  /** Choice after broadcasting of all three. */
  static List<Type> broadcastSelect(Adaptor a) {
    a.arity(3);
    TensorType pred = a.tensor(0, BOOL);
    TensorType onTrue = a.tensor(1, ANY);
    TensorType onFalse = a.tensor(2, ANY);
    if (!Compatibility.sameElement(onTrue.element(), onFalse.element())) {
      throw a.fail(
          "", "element types differ: on_true " + onTrue.brief() + ", on_false " + onFalse.brief());
    }
    Shape shape = broadcast(a, onTrue.shape(), onFalse.shape());
    return a.result("", onTrue.withShape(broadcast(a, pred.shape(), shape)));
  }

  /** A constant in the shape of the operand. */
  static List<Type> constantLike(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0);
    Attribute value = a.attributes.get("value");
    if (value == null) {
      throw a.fail("", "attribute 'value' is missing");
    }
    DType dtype = null;
    if (value instanceof Attribute.Real real) {
      dtype = DType.byName(real.type());
    } else if (value instanceof Attribute.Int integer) {
      dtype = DType.byName(integer.type());
    } else if (value instanceof Attribute.Bool) {
      dtype = DType.BOOL;
    }
    ElementType element = dtype != null ? dtype : a.givenTensor().element();
    return a.result("", x.withElement(element));
  }

  /** The largest elements along the last dimension and their positions. */
  static List<Type> topK(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY);
    long k = a.integer("k");
    if (x.rank() < 1) {
      throw a.fail("", "operand must have a dimension, got " + x.brief());
    }
    long size = x.dim(-1);
    if (k < 0 || (size != Shape.DYNAMIC && k > size)) {
      throw a.fail("", "k must be at most the last size of " + x.brief() + ", got " + k);
    }
    long[] dims = x.shape().dims();
    long[] bounds = Bounds.filled(x);
    dims[dims.length - 1] = k;
    bounds[dims.length - 1] = Shape.DYNAMIC;
    TensorType values = Bounds.tensor(x, dims, bounds);
    return a.results("", List.of(values, values.withElement(DType.I32)));
  }

  /**
   * A loop over one dimension of its inputs: the body takes (slices of inputs, carries) and returns
   * (slices of outputs, carries).
   */
  static List<Type> scan(Adaptor a) {
    a.regionCount(1);
    Block body = a.region(0);
    int dim = Math.toIntExact(a.integer("dimension"));
    if (body.arguments().size() != a.count()) {
      throw a.fail(
          "",
          "its body must take one argument per operand, "
              + a.count()
              + ", got "
              + RegionRules.signature(body));
    }
    // An input loses its scanned dimension in the body, an initial carry does not.
    long[] segments = segments(a);
    int inputs = segments.length == 2 ? (int) segments[0] : 0;
    while (segments.length != 2
        && inputs < a.count()
        && body.argument(inputs).type() instanceof TensorType slice
        && slice.rank() == a.tensor(inputs).rank() - 1) {
      inputs++;
    }
    long length = a.integer("scan_dim_size", Shape.DYNAMIC);
    List<Type> arguments = new ArrayList<>(a.count());
    for (int i = 0; i < a.count(); i++) {
      TensorType x = a.tensor(i);
      if (i >= inputs) {
        arguments.add(x);
        continue;
      }
      a.inRange("", "dimension of " + x.brief(), dim, x.rank());
      if (!Compatibility.sameDim(length, x.dim(dim))) {
        throw a.fail(
            "",
            "dimension " + dim + " of input " + i + " must be " + length + ", got " + x.brief());
      }
      length = length == Shape.DYNAMIC ? x.dim(dim) : length;
      arguments.add(x.withShape(x.shape().remove(dim)));
    }
    RegionRules.arguments(a, "", "its body", body, arguments);
    int outputs = body.results().size() - (a.count() - inputs);
    if (outputs < 0) {
      throw a.fail(
          "",
          "its body must return "
              + (a.count() - inputs)
              + " carries at least, got "
              + RegionRules.signature(body));
    }
    if (inputs == 0 && outputs == 0) {
      throw a.fail("", "expected an input or an output");
    }
    RegionRules.isolated(a, body);
    List<Type> results = new ArrayList<>(body.results().size());
    for (int i = 0; i < body.results().size(); i++) {
      if (!(body.results().get(i).type() instanceof TensorType y)) {
        throw a.fail("", "its body must return tensors, got " + RegionRules.signature(body));
      }
      if (i >= outputs) {
        results.add(y);
        continue;
      }
      a.inRange("", "dimension of an output " + y.brief(), dim, y.rank() + 1);
      results.add(y.withShape(y.shape().insert(dim, length)));
    }
    return a.results("", results);
  }

  /** Numbers of inputs and initial carries, where the text of the program gave them. */
  private static long[] segments(Adaptor a) {
    Attribute attribute = a.attributes.get("operandSegmentSizes");
    if (attribute == null) {
      return new long[0];
    }
    String text = attribute.toString();
    int colon = text.indexOf(':');
    int end = text.lastIndexOf('>');
    return colon < 0 || end < colon
        ? new long[0]
        : StructText.numbers(text.substring(colon + 1, end));
  }

  /** A product whose rows, sums or batches are split in groups of given sizes. */
  static List<Type> raggedDot(Adaptor a) {
    a.arity(3);
    TensorType lhs = a.tensor(0, ANY);
    TensorType rhs = a.tensor(1, ANY);
    TensorType sizes = a.tensor(2, Adaptor.INT);
    Attribute attribute = a.attributes.get("ragged_dot_dimension_numbers");
    if (attribute == null) {
      throw a.fail("", "attribute 'ragged_dot_dimension_numbers' is missing");
    }
    return new RaggedDot(a, lhs, rhs, sizes, new StructText(attribute)).infer();
  }
}
