package org.cornu.tests.gradients;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitrary expressions. */
final class Expressions {
  private Expressions() {}

  /** Up to a depth, of this many arguments; they shrink to arguments. */
  static Arbitrary<Expr> of(int depth, int arguments) {
    Arbitrary<Expr> leaf = Arbitraries.integers().between(0, arguments - 1).map(Expr.Argument::new);
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Expr> inner = of(depth - 1, arguments);
    Arbitrary<Expr> unary =
        Combinators.combine(Arbitraries.of(Expr.Step.values()), inner).as(Expr.Unary::new);
    Arbitrary<Expr> binary =
        Combinators.combine(Arbitraries.of(Expr.Join.values()), inner, inner).as(Expr.Binary::new);
    return Arbitraries.frequencyOf(Tuple.of(1, leaf), Tuple.of(3, unary), Tuple.of(2, binary));
  }
}
