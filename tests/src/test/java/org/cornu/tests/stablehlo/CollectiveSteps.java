package org.cornu.tests.stablehlo;

import static org.cornu.stablehlo.ir.OpCode.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Steps of random programs in which several processes exchange values. */
final class CollectiveSteps {
  private CollectiveSteps() {}

  /** The processes in groups of equal size, in any order. */
  private record Groups(Literal ids, int size) {
    static Groups draw(Draft d) {
      int count = d.grid.count();
      List<Integer> sizes = new ArrayList<>();
      for (int size = 1; size <= count; size++) {
        if (count % size == 0) {
          sizes.add(size);
        }
      }
      int size = sizes.get(Math.max(d.below(sizes.size()), d.below(sizes.size())));
      List<Integer> order = shuffled(d);
      long[] ids = order.stream().mapToLong(i -> i).toArray();
      TensorType type = TensorType.of(DType.I64, count / size, size);
      return new Groups(Literal.ofLongs(type, ids), size);
    }
  }

  private static List<Integer> shuffled(Draft d) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < d.grid.count(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(d.below(1 << 20)));
    return order;
  }

  /** A channel of its own, which partitions need and replicas do not. */
  private static Attribute.@Nullable ChannelHandle channel(Draft d) {
    return d.grid.partitions() > 1 ? new Attribute.ChannelHandle(1 + d.below(1 << 30), 1) : null;
  }

  /**
   * What reductions take. Their order is open: so are maxima of NaN, and products that overflow on
   * the way or not.
   */
  private static Value operand(Draft d, OpCode op, Value x) {
    return switch (op) {
      case MAXIMUM, MINIMUM -> d.plain(x);
      case MULTIPLY -> d.tame(x);
      default -> x;
    };
  }

  static void reduce(Draft d) {
    Value x = d.wide();
    OpCode op = ReductionSteps.reducer(d, x.dtype());
    Attribute.ChannelHandle channel = channel(d);
    List<Value> operands = new ArrayList<>(List.of(operand(d, op, x)));
    // Of several operands Shardy makes a tuple that XLA's importer refuses.
    if (channel == null && d.below(3) == 0) {
      operands.add(operand(d, op, d.mate(x)));
    }
    d.b
        .allReduce(
            operands,
            Groups.draw(d).ids(),
            channel,
            channel != null,
            Builder.binaryBody(op, x.dtype()))
        .forEach(d::add);
  }

  static void reduceScatter(Draft d) {
    Groups groups = Groups.draw(d);
    Value x = divisible(d, groups.size());
    OpCode op = ReductionSteps.reducer(d, x.dtype());
    Attribute.ChannelHandle channel = channel(d);
    d.add(
        d.b.reduceScatter(
            operand(d, op, x),
            divisibleAxis(x, groups.size()),
            groups.ids(),
            channel,
            channel != null,
            Builder.binaryBody(op, x.dtype())));
  }

  static void gather(Draft d) {
    Value x = d.tensor();
    Attribute.ChannelHandle channel = channel(d);
    d.b
        .allGather(List.of(x), d.axis(x), Groups.draw(d).ids(), channel, channel != null)
        .forEach(d::add);
  }

  static void exchange(Draft d) {
    Groups groups = Groups.draw(d);
    Value x = divisible(d, groups.size());
    int split = divisibleAxis(x, groups.size());
    d.b
        .allToAll(List.of(x), split, d.axis(x), groups.size(), groups.ids(), channel(d))
        .forEach(d::add);
  }

  /** A value with an axis that can be cut into so many parts. */
  private static Value divisible(Draft d, int parts) {
    Value x = d.tensor();
    return divisibleAxis(x, parts) >= 0
        ? x
        : d.input(d.one(d.coin() ? Draft.FLOATS : Draft.INTEGERS), Shape.of(3, 2L * parts));
  }

  private static int divisibleAxis(Value x, int parts) {
    for (int i = x.shape().rank() - 1; i >= 0; i--) {
      if (x.shape().dim(i) % parts == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Some processes send, to different ones; who gets nothing has zeros. */
  static void permute(Draft d) {
    Value x = d.wide();
    List<Integer> from = shuffled(d);
    List<Integer> to = shuffled(d);
    int pairs = 1 + d.below(from.size());
    long[] ids = new long[2 * pairs];
    for (int i = 0; i < pairs; i++) {
      ids[2 * i] = from.get(i);
      ids[2 * i + 1] = to.get(i);
    }
    Literal table = Literal.ofLongs(TensorType.of(DType.I64, pairs, 2), ids);
    d.add(d.b.collectivePermute(x, table, channel(d)));
  }

  /** The oldest of them. */
  static void sum(Draft d) {
    if (d.grid.partitions() > 1) {
      return;
    }
    Value x = d.real();
    Map<String, Attribute> groups =
        Map.of("replica_groups", new Attribute.Elements(Groups.draw(d).ids()));
    d.add(d.b.create(CROSS_REPLICA_SUM, List.of(x), groups, List.of()).result());
  }

  static void process(Draft d) {
    d.add(d.coin() ? d.b.partitionId() : d.b.replicaId());
  }
}
