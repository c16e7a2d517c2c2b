package org.cornu.stablehlo.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.OpCode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every op's type rule, by tables: right rows, and one wrong row per constraint of the spec. */
class TypeRulesTest {
  private static final RuleTable TABLE = table();

  /** Constraints of all ops of the specification together. */
  private static final int LABELS = 453;

  /** Ops for which the specification lists no constraint, or which it has given up. */
  private static final Set<String> UNLABELLED =
      Set.of(
          "stablehlo.after_all",
          "stablehlo.broadcast",
          "stablehlo.create_token",
          "stablehlo.cross-replica-sum",
          "stablehlo.custom_call",
          "stablehlo.dot",
          "stablehlo.einsum",
          "stablehlo.outfeed",
          "stablehlo.partition_id",
          "stablehlo.real_dynamic_slice",
          "stablehlo.replica_id",
          "stablehlo.set_dimension_size",
          "stablehlo.torch_index_select",
          "stablehlo.unary_einsum");

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

  /** A label belongs to a line of the table, and each line to rows above: none can be left out. */
  @Test
  void everyLabelIsOneOfTheSpecification() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : constraints()) {
      String[] cells = line.split("\t", -1);
      counts.put(cells[0], Integer.parseInt(cells[1]));
    }
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(LABELS);
    Set<String> ops = new TreeSet<>();
    for (OpCode code : OpCode.values()) {
      if (code.dialect().equals("stablehlo")) {
        ops.add(code.mlirName());
      }
    }
    ops.removeAll(counts.keySet());
    assertThat(ops).isEqualTo(UNLABELLED);
    for (RuleTable.Bad bad : TABLE.bad) {
      Integer most = counts.get(bad.row().code.mlirName());
      if (most != null && bad.label().startsWith("C")) {
        int number = Integer.parseInt(bad.label().substring(1));
        assertThat(number).as("%s %s", bad.row(), bad.label()).isBetween(1, most);
      }
    }
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
