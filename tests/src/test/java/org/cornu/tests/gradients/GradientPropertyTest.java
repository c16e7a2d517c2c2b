package org.cornu.tests.gradients;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.testing.Law;
import org.cornu.testing.Laws;
import org.cornu.tracer.Tensor;

/** Values and gradients of random small functions obey the laws. */
final class GradientPropertyTest {
  private static final TensorType MATRIX = TensorType.of(DType.F64, 3, 3);

  @Provide
  Arbitrary<Expr> functions() {
    return Expressions.of(4, 2);
  }

  @Property(tries = 50, seed = "20260101", shrinking = ShrinkingMode.FULL)
  void bothModesAgreeWithDifferences(@ForAll("functions") Expr expr, @ForAll long seed) {
    Random random = new Random(seed);
    Laws.of((List<Tensor> x) -> Np.mean(Np.sin(expr.at(x))))
        .named(expr.toString())
        .only(Law.REFERENCE, Law.FORWARD, Law.GRADIENT, Law.CONSISTENT)
        .check(List.of(matrix(random), matrix(random)));
  }

  private static Tensor matrix(Random random) {
    return Tensor.of(Literal.ofDoubles(MATRIX, random.doubles(9, -1, 1).toArray()));
  }
}
