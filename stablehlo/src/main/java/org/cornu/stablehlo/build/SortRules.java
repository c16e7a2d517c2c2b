package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;

import java.util.List;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of sort. */
final class SortRules {
  private SortRules() {}

  /** Tensors sorted together along one dimension. */
  static List<Type> sort(Adaptor a) {
    a.regionCount(1);
    if (a.count() == 0) {
      throw a.fail("C1", "expected at least one operand"); // (C1)
    }
    TensorType first = a.tensor(0, ANY);
    for (int i = 1; i < a.count(); i++) {
      if (!Compatibility.sameShape(first.shape(), a.tensor(i, ANY).shape())) {
        throw a.fail(
            "C3",
            "shapes differ: operand 0 "
                + first.brief()
                + ", operand "
                + i
                + " "
                + a.tensor(i).brief()); // (C3)
      }
    }
    long dimension = a.integer("dimension", -1);
    if (dimension < -first.rank() || dimension >= Math.max(first.rank(), 1)) {
      throw a.fail(
          "C4",
          "dimension must be in ["
              + -first.rank()
              + ", "
              + first.rank()
              + ") for "
              + first.brief()
              + ", got "
              + dimension); // (C4)
    }
    RegionRules.comparator(a, "C5", a.region(0), ReductionRules.elements(a, a.count())); // (C5)
    return a.results("C2", RegionRules.types(a.operands)); // (C2)
  }
}
