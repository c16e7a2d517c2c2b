package org.cornu.stablehlo.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.OpCode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every op's type rule, by tables: right rows, and one wrong row per constraint of the spec. */
class TypeRulesTest {
  private static final RuleTable TABLE = table();

  private static RuleTable table() {
    RuleTable table = new RuleTable();
    ElementwiseCases.add(table);
    ShapeCases.add(table);
    ContractionCases.add(table);
    ReductionCases.add(table);
    IndexingCases.add(table);
    ControlFlowCases.add(table);
    CollectiveCases.add(table);
    LinalgCases.add(table);
    DynamicCases.add(table);
    ChloAndOwnCases.add(table);
    return table;
  }

  @TestFactory
  Stream<DynamicTest> infersResultTypes() {
    return TABLE.good.stream()
        .map(
            good ->
                dynamicTest(
                    good.row().toString(),
                    () ->
                        assertThat(good.row().infer())
                            .isEqualTo(Adaptor.text(RuleCase.types(good.results())))));
  }

  @TestFactory
  Stream<DynamicTest> refusesEachViolation() {
    return TABLE.bad.stream()
        .map(bad -> dynamicTest(bad.label() + " " + bad.row(), () -> assertRefused(bad)));
  }

  private static void assertRefused(RuleTable.Bad bad) {
    VerifyException refused = catchThrowableOfType(VerifyException.class, () -> bad.row().infer());
    assertThat(refused).as("%s must be refused", bad.row()).isNotNull();
    assertThat(refused.opName()).isEqualTo(bad.row().code.shortName());
    assertThat(refused.label()).as(refused.getMessage()).isEqualTo(bad.label());
    assertThat(refused).hasMessageContaining(bad.words());
    if (!bad.label().isEmpty()) {
      assertThat(refused).hasMessageEndingWith("(" + bad.label() + ")");
    }
  }

  @Test
  void everyConstraintOfTheSpecificationHasAViolation() throws IOException {
    Set<String> covered = new TreeSet<>();
    TABLE.bad.forEach(bad -> covered.add(bad.row().code.mlirName() + " " + bad.label()));
    TABLE.exempt.forEach(e -> covered.add(e.code().mlirName() + " " + e.label()));
    List<String> missing = new ArrayList<>();
    for (String line : constraints()) {
      String[] cells = line.split("\t", -1);
      for (int i = 1; i <= Integer.parseInt(cells[1]); i++) {
        if (!covered.contains(cells[0] + " C" + i)) {
          missing.add(cells[0] + " C" + i);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyOpHasARightRow() {
    Set<OpCode> missing = new TreeSet<>(Set.of(OpCode.values()));
    TABLE.good.forEach(good -> missing.remove(good.row().code));
    missing.remove(OpCode.OPAQUE); // has no rule
    assertThat(missing).isEmpty();
  }

  private static List<String> constraints() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TypeRulesTest.class.getResourceAsStream("constraints.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
