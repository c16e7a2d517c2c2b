package org.cornu.tracer.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every op, over every combination of batched operands: {@code vmap} computes what a loop does. */
class BatchingTableTest {
  /** Ops whose rules other tests cover, or that have no answer to compare. */
  private static final Set<OpCode> ELSEWHERE =
      EnumSet.of(
          // without operands, never batched
          OpCode.CONSTANT,
          OpCode.CHLO_CONSTANT,
          OpCode.IOTA,
          OpCode.CREATE_TOKEN,
          OpCode.PARTITION_ID,
          OpCode.REPLICA_ID,
          // refused: MissingRuleTest
          OpCode.AFTER_ALL,
          OpCode.ASYNC_DONE,
          OpCode.ASYNC_START,
          OpCode.DYNAMIC_IOTA,
          OpCode.INFEED,
          OpCode.OPAQUE,
          OpCode.OUTFEED,
          OpCode.RECV,
          OpCode.SEND,
          // NamedAxisTest
          OpCode.AXIS_ALL_TO_ALL,
          OpCode.AXIS_GATHER,
          OpCode.AXIS_INDEX,
          OpCode.AXIS_PERMUTE,
          OpCode.AXIS_REDUCE,
          OpCode.AXIS_SCATTER,
          // structure only: BatchingTest
          OpCode.COLLECTIVE_REDUCE,
          OpCode.CUSTOM_CALL,
          OpCode.CUSTOM_DERIVATIVE,
          OpCode.RNG,
          OpCode.SDY_MANUAL_COMPUTATION,
          OpCode.SDY_SHARDING_CONSTRAINT,
          // no arithmetic of its own in the interpreter
          OpCode.CHLO_ASIN_ACOS_KERNEL);

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(ElementwiseRows.rows());
    rows.addAll(ShapeRows.rows());
    rows.addAll(ReductionRows.rows());
    rows.addAll(ProgramRows.rows());
    return rows;
  }

  @Test
  void everyOpHasARow() {
    Set<OpCode> missing = EnumSet.allOf(OpCode.class);
    missing.removeAll(ELSEWHERE);
    rows().forEach(row -> missing.remove(row.code()));
    assertThat(missing).isEmpty();
  }

  /** The nonempty sets of arguments that may be batched. */
  private static Stream<boolean[]> masks(Row row) {
    int n = row.args().size();
    return Stream.iterate(1, bits -> bits < 1 << n, bits -> bits + 1)
        .map(
            bits -> {
              boolean[] mask = new boolean[n];
              for (int i = 0; i < n; i++) {
                mask[i] = (bits >> i & 1) == 1;
              }
              return mask;
            })
        .filter(
            mask -> {
              for (int i = 0; i < n; i++) {
                if (mask[i] && !row.args().get(i).batchable()) {
                  return false;
                }
              }
              return true;
            });
  }

  @ParameterizedTest
  @MethodSource("rows")
  void vmapEqualsLoop(Row row) {
    Func f = Programs.func(row.args(), row.body());
    Random random = new Random(row.toString().hashCode());
    masks(row)
        .forEach(
            mask ->
                Loops.check(row + " " + Propagation.list(mask), f, row.args(), mask, 3, random));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void nestedVmapEqualsLoops(Row row) {
    Func f = Programs.func(row.args(), row.body());
    Random random = new Random(row.toString().hashCode());
    List<boolean[]> masks = masks(row).toList();
    for (int i = 0; i < masks.size(); i++) {
      // Each inner mask with one outer mask: all pairs would add little.
      boolean[] outer = masks.get((2 * i + 1) % masks.size());
      Loops.checkTwice(
          row + " " + Propagation.list(masks.get(i)) + " in " + Propagation.list(outer),
          f,
          row.args(),
          masks.get(i),
          outer,
          2,
          3,
          random);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aBatchOfNoneAndOfOneHasTheSameForm(Row row) {
    Func f = Programs.func(row.args(), row.body());
    List<boolean[]> masks = masks(row).toList();
    boolean[] all = masks.get(masks.size() - 1);
    boolean[] results = Batching.batch(f, all, 3, null).batchedResults();
    for (int size : new int[] {0, 1}) {
      Batching.Batched g = Batching.batch(f, all, size, null);
      assertThat(g.batchedResults()).isEqualTo(results);
      for (int i = 0; i < results.length; i++) {
        assertThat(g.func().type().results().get(i))
            .isEqualTo(
                results[i]
                    ? BatchTypes.batched(f.type().results().get(i), size)
                    : f.type().results().get(i));
      }
    }
    Loops.check(row + " of one", f, row.args(), all, 1, new Random(1));
  }
}
