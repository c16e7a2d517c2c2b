package org.cornu.tests.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.assertj.core.data.Offset;
import org.cornu.ops.Np;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Gradients of random small functions. */
final class GradientPropertyTest {
  private static final TensorType MATRIX = TensorType.of(DType.F64, 3, 3);
  private static final int ARGUMENTS = 2;
  private static final double STEP = 1e-5;
  private static final Interpreter INTERPRETER = new Interpreter();

  @Provide
  Arbitrary<Expr> functions() {
    return functions(4);
  }

  private static Arbitrary<Expr> functions(int depth) {
    Arbitrary<Expr> leaf = Arbitraries.integers().between(0, ARGUMENTS - 1).map(Expr.Argument::new);
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Expr> inner = functions(depth - 1);
    Arbitrary<Expr> unary =
        Combinators.combine(Arbitraries.of(Expr.Step.values()), inner).as(Expr.Unary::new);
    Arbitrary<Expr> binary =
        Combinators.combine(Arbitraries.of(Expr.Join.values()), inner, inner).as(Expr.Binary::new);
    return Arbitraries.frequencyOf(Tuple.of(1, leaf), Tuple.of(3, unary), Tuple.of(2, binary));
  }

  record Question(List<Tensor> x, List<Tensor> direction) {}

  record Answer(Tensor value, List<Tensor> gradient, Tensor slope) {}

  @Property(tries = 50, seed = "20260101", shrinking = ShrinkingMode.FULL)
  void bothModesAgreeWithDifferences(@ForAll("functions") Expr expr, @ForAll long seed) {
    F1<List<Tensor>, Tensor> f = x -> Np.mean(Np.sin(expr.at(x)));
    Random random = new Random(seed);
    List<Literal> x = draw(random);
    List<Literal> v = draw(random);
    Answer answer =
        Transforms.jit(
                (Question q) ->
                    new Answer(
                        f.apply(q.x()),
                        Transforms.grad(f).apply(q.x()),
                        Transforms.jvp(f, q.x(), q.direction()).tangent()))
            .apply(new Question(tensors(x), tensors(v)));

    List<Tensor> types = List.of(Tensor.spec(MATRIX, null), Tensor.spec(MATRIX, null));
    Func graph = Transforms.makeGraph(f, types);
    double slope = (at(graph, x, v, STEP) - at(graph, x, v, -STEP)) / (2 * STEP);
    double product = 0;
    for (int i = 0; i < ARGUMENTS; i++) {
      double[] gradient = answer.gradient().get(i).toDoubleArray();
      for (int k = 0; k < gradient.length; k++) {
        product += gradient[k] * v.get(i).doubleAt(k);
      }
    }
    assertThat(answer.value().item()).as("value").isCloseTo(at(graph, x, v, 0), within(1e-11));
    assertThat(answer.slope().item()).as("jvp").isCloseTo(slope, within(1e-7));
    assertThat(product).as("<grad, v>").isCloseTo(answer.slope().item(), within(1e-11));
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }

  private static List<Literal> draw(Random random) {
    List<Literal> out = new ArrayList<>();
    for (int i = 0; i < ARGUMENTS; i++) {
      out.add(Literal.ofDoubles(MATRIX, random.doubles(9, -1, 1).toArray()));
    }
    return out;
  }

  private static List<Tensor> tensors(List<Literal> literals) {
    return literals.stream().map(Tensor::of).toList();
  }

  private static double at(Func graph, List<Literal> x, List<Literal> v, double step) {
    List<Literal> moved = new ArrayList<>();
    for (int i = 0; i < ARGUMENTS; i++) {
      double[] values = new double[9];
      for (int k = 0; k < 9; k++) {
        values[k] = x.get(i).doubleAt(k) + step * v.get(i).doubleAt(k);
      }
      moved.add(Literal.ofDoubles(MATRIX, values));
    }
    return INTERPRETER.run(graph, moved).get(0).doubleAt(0);
  }
}
