package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.stablehlo.ir.OpCode.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

/** What random programs are made of: every op and every type, or a reason why not. */
class RandomProgramsTest {
  private static final int DRAWS = 300;

  /** Ops that no random program has, by the reason. */
  private static final Map<String, Set<OpCode>> LEFT_OUT =
      Map.of(
          "places values: the recorded sharded programs have them",
          EnumSet.of(SDY_MANUAL_COMPUTATION, SDY_SHARDING_CONSTRAINT),
          "talks to the host or runs beside the program",
          EnumSet.of(
              AFTER_ALL,
              ASYNC_DONE,
              ASYNC_START,
              CREATE_TOKEN,
              CUSTOM_CALL,
              INFEED,
              OUTFEED,
              RECV,
              SEND),
          "has no result that two engines share",
          EnumSet.of(RNG, OPAQUE),
          "XLA's CPU backend does not compile it",
          EnumSet.of(
              COLLECTIVE_BROADCAST,
              COLLECTIVE_REDUCE,
              UNARY_EINSUM,
              UNIFORM_DEQUANTIZE,
              UNIFORM_QUANTIZE,
              CHLO_ASIN_ACOS_KERNEL),
          "StableHLO's own suite checks it on the interpreter",
          EnumSet.of(CHLO_MULHI, CHLO_RAGGED_DOT, CHLO_SCAN),
          "Cornu's own, lowered before any engine sees it",
          EnumSet.of(
              SCAN,
              STOP_GRADIENT,
              CUSTOM_DERIVATIVE,
              REMAT,
              SELECT_AND_GATHER_ADD,
              AXIS_INDEX,
              AXIS_REDUCE,
              AXIS_GATHER,
              AXIS_SCATTER,
              AXIS_PERMUTE,
              AXIS_ALL_TO_ALL));

  private final Set<OpCode> codes = EnumSet.noneOf(OpCode.class);
  private final Set<DType> types = EnumSet.noneOf(DType.class);

  private void collect(Block block) {
    for (Op op : block.ops()) {
      codes.add(op.code());
      for (Value result : op.results()) {
        if (result.type() instanceof TensorType type) {
          types.add(type.dtype());
        }
      }
      op.regions().forEach(this::collect);
    }
  }

  private void draw(List<Consumer<Draft>> steps, Grid grid) {
    for (Consumer<Draft> step : steps) {
      for (int seed = 0; seed < DRAWS; seed++) {
        Draft draft = RandomPrograms.draft(grid);
        draft.step(seed, () -> step.accept(draft));
        collect(draft.block);
      }
    }
  }

  @Test
  void everyOpAndTypeIsDrawnOrLeftOutForAReason() {
    draw(RandomPrograms.STEPS, Grid.ONE);
    draw(RandomPrograms.COLLECTIVE_STEPS, new Grid(2, 1));
    Set<OpCode> missing = EnumSet.complementOf(EnumSet.copyOf(codes));
    LEFT_OUT.values().forEach(missing::removeAll);
    assertThat(missing).isEmpty();
    LEFT_OUT.values().forEach(left -> assertThat(codes).doesNotContainAnyElementsOf(left));
    assertThat(List.of(DType.values()))
        .filteredOn(dtype -> !types.contains(dtype))
        .containsExactly(DType.F6E2M3FN, DType.F6E3M2FN, DType.INDEX);
  }
}
