package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of reduce and map. */
final class ReductionRules {
  private ReductionRules() {}

  /** Reduction over dimensions. */
  static List<Type> reduce(Adaptor a) {
    a.regionCount(1);
    int n = inputsAndInits(a, "C3", "C1", "C2"); // (C1), (C2), (C3)
    TensorType first = a.tensor(0);
    long[] dimensions = a.longs("dimensions");
    a.inRange("C4", "dimensions of " + first.brief(), dimensions, first.rank()); // (C4)
    a.unique("C5", "dimensions", dimensions); // (C5)
    List<ElementType> elements = RegionRules.reducer(a, "C6", a.region(0), elements(a, n)); // (C6)
    List<Type> results = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      results.add(without(a.tensor(i), dimensions).withElement(elements.get(i)));
    }
    checkElements(a, "C8", elements); // (C8)
    return a.results("C7", results); // (C7)
  }

  /** Fails with its own label when a given result has other elements than the body computes. */
  static void checkElements(Adaptor a, String label, List<ElementType> elements) {
    for (int i = 0; i < elements.size() && i < a.given.size(); i++) {
      if (a.given.get(i) instanceof TensorType declared
          && !Compatibility.sameElement(declared.element(), elements.get(i))) {
        throw a.fail(
            label,
            "result "
                + i
                + " must have elements of type "
                + elements.get(i)
                + ", which its body computes, got "
                + declared.brief());
      }
    }
  }

  private static TensorType without(TensorType type, long[] removed) {
    long[] dims = new long[type.rank() - removed.length];
    long[] bounds = new long[dims.length];
    long[] all = Bounds.filled(type);
    int next = 0;
    for (int i = 0; i < type.rank(); i++) {
      if (!Adaptor.contains(removed, i)) {
        bounds[next] = all[i];
        dims[next++] = type.dim(i);
      }
    }
    return new TensorType(
        Shape.of(dims), type.element(), type.encoding() == null ? null : Bounds.encoding(bounds));
  }

  /** The number of inputs, followed by as many scalar initial values of the same element types. */
  static int inputsAndInits(Adaptor a, String countLabel, String shapeLabel, String elementLabel) {
    int n = a.count() / 2;
    if (n == 0 || a.count() != 2 * n) {
      throw a.fail(
          countLabel,
          "expected as many initial values as inputs and at least one, got "
              + a.count()
              + " operands");
    }
    TensorType first = a.tensor(0, ANY);
    for (int i = 1; i < n; i++) {
      if (!Compatibility.sameShape(first.shape(), a.tensor(i, ANY).shape())) {
        throw a.fail(
            shapeLabel,
            "shapes of inputs differ: input 0 "
                + first.brief()
                + ", input "
                + i
                + " "
                + a.tensor(i).brief());
      }
    }
    for (int i = 0; i < n; i++) {
      TensorType input = a.tensor(i);
      TensorType init = a.tensor(n + i, ANY);
      if (init.rank() != 0) {
        throw a.fail("I2", "initial value " + i + " must be a scalar, got " + init.brief());
      }
      if (!Compatibility.sameElement(input.element(), init.element())) {
        throw a.fail(
            elementLabel,
            "element types differ: input "
                + i
                + " "
                + input.brief()
                + ", initial value "
                + init.brief());
      }
    }
    return n;
  }

  static List<ElementType> elements(Adaptor a, int n) {
    if (n == 1) {
      return List.of(a.tensor(0).element());
    }
    List<ElementType> out = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      out.add(a.tensor(i).element());
    }
    return out;
  }

  /** A body applied element by element. */
  static List<Type> map(Adaptor a) {
    a.regionCount(1);
    if (a.count() == 0) {
      throw a.fail("C2", "expected at least one operand"); // (C2)
    }
    TensorType first = a.tensor(0, ANY);
    for (int i = 1; i < a.count(); i++) {
      if (!Compatibility.sameShape(first.shape(), a.tensor(i, ANY).shape())) {
        throw a.fail(
            "C1",
            "shapes differ: operand 0 "
                + first.brief()
                + ", operand "
                + i
                + " "
                + a.tensor(i).brief()); // (C1)
      }
    }
    long[] dimensions = a.longs("dimensions");
    boolean range = dimensions.length == first.rank();
    for (int i = 0; range && i < dimensions.length; i++) {
      range = dimensions[i] == i;
    }
    if (!range) {
      throw a.fail(
          "C3",
          "dimensions must be all of "
              + first.brief()
              + " in order, got "
              + java.util.Arrays.toString(dimensions)); // (C3)
    }
    Block body = a.region(0);
    if (body.arguments().size() != a.count() || body.results().size() != 1) {
      throw a.fail(
          "C4",
          "its body must take "
              + a.count()
              + " scalars and return one, got "
              + RegionRules.signature(body)); // (C4)
    }
    for (int i = 0; i < a.count(); i++) {
      ElementType element = RegionRules.scalar(a, "C4", body, body.argument(i).type());
      if (!Compatibility.sameElement(element, a.tensor(i).element())) {
        throw a.fail(
            "C4",
            "argument "
                + i
                + " of its body must have elements of type "
                + a.tensor(i).element()
                + ", got "
                + RegionRules.signature(body)); // (C4)
      }
    }
    ElementType out = RegionRules.scalar(a, "C4", body, body.results().get(0).type());
    RegionRules.isolated(a, body);
    return a.result("C4", "C1", TensorType.of(out, first.shape())); // (C1), (C4)
  }
}
