package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.cornu.stablehlo.ir.OpCode;
import org.junit.jupiter.api.Test;

/** Every op code has a row in the table of ops or stands here with its reason. */
class CompletenessTest {
  /** Tested elsewhere in this package. */
  private static final Set<OpCode> ELSEWHERE =
      EnumSet.of(
          OpCode.ALL_GATHER, // CollectiveTest
          OpCode.ALL_REDUCE,
          OpCode.ALL_TO_ALL,
          OpCode.COLLECTIVE_BROADCAST,
          OpCode.COLLECTIVE_PERMUTE,
          OpCode.REDUCE_SCATTER,
          OpCode.SDY_MANUAL_COMPUTATION,
          OpCode.WHILE, // DifferentiationTest, CountedLoopTest
          OpCode.GET_TUPLE_ELEMENT, // in the row of tuple
          OpCode.DYNAMIC_CONV, // LinearOpTest, with the other ops that no interpreter runs
          OpCode.CUSTOM_CALL,
          OpCode.SDY_SHARDING_CONSTRAINT,
          OpCode.SET_DIMENSION_SIZE,
          OpCode.AXIS_ALL_TO_ALL,
          OpCode.AXIS_GATHER,
          OpCode.AXIS_PERMUTE,
          OpCode.AXIS_REDUCE,
          OpCode.AXIS_SCATTER,
          OpCode.COLLECTIVE_REDUCE, // CollectiveTest
          OpCode.CROSS_REPLICA_SUM);

  /** Without operands or results of floating-point type that could have a derivative. */
  private static final Set<OpCode> NO_TANGENT =
      EnumSet.of(
          OpCode.AFTER_ALL,
          OpCode.AND,
          OpCode.AXIS_INDEX,
          OpCode.CHLO_BROADCAST_AND,
          OpCode.CHLO_BROADCAST_COMPARE,
          OpCode.CHLO_BROADCAST_NEXT_AFTER,
          OpCode.CHLO_BROADCAST_OR,
          OpCode.CHLO_BROADCAST_SHIFT_LEFT,
          OpCode.CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC,
          OpCode.CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL,
          OpCode.CHLO_BROADCAST_XOR,
          OpCode.CHLO_CONSTANT,
          OpCode.CHLO_CONSTANT_LIKE,
          OpCode.CHLO_IS_INF,
          OpCode.CHLO_IS_NEG_INF,
          OpCode.CHLO_IS_POS_INF,
          OpCode.CHLO_MULHI,
          OpCode.CONSTANT,
          OpCode.COUNT_LEADING_ZEROS,
          OpCode.CREATE_TOKEN,
          OpCode.DYNAMIC_IOTA,
          OpCode.GET_DIMENSION_SIZE,
          OpCode.IOTA,
          OpCode.NOT,
          OpCode.OR,
          OpCode.PARTITION_ID,
          OpCode.POPCNT,
          OpCode.REPLICA_ID,
          OpCode.RNG_BIT_GENERATOR,
          OpCode.SHIFT_LEFT,
          OpCode.SHIFT_RIGHT_ARITHMETIC,
          OpCode.SHIFT_RIGHT_LOGICAL,
          OpCode.XOR);

  /** Answered with a {@code MissingRuleException}: RefusedTest. */
  static final Set<OpCode> REFUSED =
      EnumSet.of(
          OpCode.ASYNC_DONE,
          OpCode.ASYNC_START,
          OpCode.CHLO_ASIN_ACOS_KERNEL,
          OpCode.INFEED,
          OpCode.OPAQUE,
          OpCode.OUTFEED,
          OpCode.RECV,
          OpCode.RNG,
          OpCode.SEND,
          OpCode.UNIFORM_DEQUANTIZE,
          OpCode.UNIFORM_QUANTIZE);

  @Test
  void everyOpCodeIsTested() {
    Set<OpCode> seen = EnumSet.noneOf(OpCode.class);
    OpTable.rows().forEach(row -> seen.add(row.code));
    seen.addAll(ELSEWHERE);
    seen.addAll(NO_TANGENT);
    seen.addAll(REFUSED);
    assertThat(EnumSet.complementOf(EnumSet.copyOf(seen))).isEmpty();
  }
}
