package org.cornu.tracer.autodiff;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every differentiable op against central differences, in both modes, to second order. */
class OpTableTest {
  static List<OpRow> rows() {
    return OpTable.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void derivativesAgreeWithDifferences(OpRow row) {
    row.check();
  }
}
