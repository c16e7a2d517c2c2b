package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.QUANT;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of batch normalization, forward and backward. */
final class NormalizationRules {
  private NormalizationRules() {}

  /** Normalization by given statistics. */
  static List<Type> inference(Adaptor a) {
    a.arity(5);
    TensorType x = operand(a);
    checkElements(a, List.of(1, 2, 3, 4)); // (C2)
    for (int i = 1; i < 5; i++) {
      checkSize(a, "C" + (i + 2), i, x); // (C3), (C4), (C5), (C6)
    }
    return a.result("C7", x); // (C7)
  }

  /** Normalization by the statistics of the batch, which are results too. */
  static List<Type> training(Adaptor a) {
    a.arity(3);
    TensorType x = operand(a);
    checkElements(a, List.of(1, 2)); // (C2)
    checkSize(a, "C3", 1, x); // (C3)
    checkSize(a, "C4", 2, x); // (C4)
    return results(a, x, "C7", "C5", "C6"); // (C5), (C6), (C7)
  }

  /** Gradients of operand, scale and offset. */
  static List<Type> grad(Adaptor a) {
    a.arity(5);
    TensorType x = operand(a);
    checkElements(a, List.of(1, 2, 3, 4)); // (C2)
    TensorType grad = a.tensor(4);
    if (!Compatibility.sameShape(x.shape(), grad.shape())) {
      throw a.fail(
          "C3", "shapes differ: operand " + x.brief() + ", grad_output " + grad.brief()); // (C3)
    }
    TensorType scale = feature(a, 1);
    for (int i = 2; i < 4; i++) {
      if (!Compatibility.sameShape(scale.shape(), feature(a, i).shape())) {
        throw a.fail(
            "C4",
            "shapes of scale, mean and variance differ: "
                + scale.brief()
                + ", "
                + a.tensor(i).brief()); // (C4)
      }
    }
    checkSize(a, "C5", 1, x); // (C5)
    return results(a, x, "C3", "C4", "C4"); // (C3), (C4)
  }

  private static TensorType operand(Adaptor a) {
    TensorType x = a.tensor(0, FLOAT | QUANT);
    a.attribute("epsilon", Attribute.Real.class);
    a.inRange("C1", "feature_index of " + x.brief(), a.integer("feature_index"), x.rank()); // (C1)
    return x;
  }

  private static void checkElements(Adaptor a, List<Integer> others) {
    TensorType x = a.tensor(0);
    for (int i : others) {
      if (!Compatibility.sameElement(x.element(), a.tensor(i, FLOAT | QUANT).element())) {
        throw a.fail(
            "C2",
            "element types differ: operand 0 "
                + x.brief()
                + ", operand "
                + i
                + " "
                + a.tensor(i).brief()); // (C2)
      }
    }
  }

  private static TensorType feature(Adaptor a, int i) {
    return a.vector(i, FLOAT | QUANT);
  }

  private static void checkSize(Adaptor a, String label, int i, TensorType x) {
    long features = x.dim((int) a.integer("feature_index"));
    TensorType type = feature(a, i);
    if (!Compatibility.sameDim(type.dim(0), features)) {
      throw a.fail(
          label,
          "operand "
              + i
              + " must have one element per feature of "
              + x.brief()
              + ", "
              + features
              + ", got "
              + type.brief());
    }
  }

  /** The type of the operand, and twice that of a vector with one element per feature. */
  private static List<Type> results(
      Adaptor a, TensorType x, String firstLabel, String secondLabel, String thirdLabel) {
    int axis = (int) a.integer("feature_index");
    long[] bound = {Bounds.filled(x)[axis]};
    TensorType vector = new TensorType(Shape.of(x.dim(axis)), x.element(), Bounds.encoding(bound));
    List<Type> inferred = new ArrayList<>(List.of(x, vector, vector));
    List<String> labels = List.of(firstLabel, secondLabel, thirdLabel);
    for (int i = 0; i < 3 && i < a.given.size(); i++) {
      if (!Compatibility.compatible(a.given.get(i), inferred.get(i))) {
        throw a.fail(
            labels.get(i),
            "result "
                + i
                + " must have type "
                + Adaptor.text(inferred.get(i))
                + ", got "
                + Adaptor.text(a.given.get(i)));
      }
    }
    return a.results("", inferred);
  }
}
