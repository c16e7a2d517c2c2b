package org.cornu.tests.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.OpCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table, and that the table is complete. */
class OpSpecsTest {
  static List<OpSpec> rows() {
    return OpSpecs.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void typeValuesDerivativesAndBatchesAgree(OpSpec row) {
    OpCheck.check(row);
  }

  @Test
  void everyOpHasARowOrAReasonWhyNot() {
    Set<OpCode> covered = EnumSet.noneOf(OpCode.class);
    OpSpecs.rows().forEach(row -> covered.addAll(row.covers()));
    Set<OpCode> exempt = OpSpecs.exemptions().keySet();
    assertThat(covered).as("ops with a row and an excuse").doesNotContainAnyElementsOf(exempt);
    assertThat(Arrays.stream(OpCode.values()))
        .as("ops with neither a row nor a reason")
        .allMatch(code -> covered.contains(code) || exempt.contains(code));
  }

  @Test
  void rowsHaveNamesOfTheirOwn() {
    assertThat(OpSpecs.rows().stream().map(OpSpec::toString)).doesNotHaveDuplicates();
  }
}
