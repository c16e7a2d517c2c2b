package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.interpreter.Process.Strategy;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;

/** Ops in which processes meet: collectives, channels, infeed and outfeed. */
final class Collectives {
  private Collectives() {}

  private static long channel(Call c) {
    return c.op.attribute("channel_handle") instanceof Attribute.ChannelHandle handle
        ? handle.handle()
        : 0;
  }

  private static long[][] rows(Call c, String key) {
    return ReplicaGroups.rows(key, c.op.attribute(key), c.evaluator.process.grid().module());
  }

  /** The group of an op whose ids mean replicas, replicas with partitions, or processes. */
  private static int[] reducingGroup(Call c) {
    boolean global = c.op.boolAttribute("use_global_device_ids", false);
    Strategy strategy =
        global
            ? Strategy.FLATTENED_IDS
            : channel(c) > 0 ? Strategy.CROSS_REPLICA_AND_PARTITION : Strategy.CROSS_REPLICA;
    return group(c, strategy);
  }

  /** The group of an op whose ids mean replicas or partitions. */
  private static int[] movingGroup(Call c) {
    return group(c, channel(c) > 0 ? Strategy.CROSS_PARTITION : Strategy.CROSS_REPLICA);
  }

  private static int[] group(Call c, Strategy strategy) {
    long[][] rows = rows(c, "replica_groups");
    Process process = c.evaluator.process;
    if (rows.length == 0) {
      // No groups means one of all.
      return strategy == Strategy.CROSS_REPLICA
          ? strategy.processes(numbers(process.grid().replicas()), process)
          : strategy == Strategy.CROSS_PARTITION
              ? strategy.processes(numbers(process.grid().partitions()), process)
              : process.everyone();
    }
    return process.group(rows, strategy);
  }

  private static int[] numbers(int n) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      out[i] = i;
    }
    return out;
  }

  private static int[] required(Call c, int[] group) {
    if (group.length == 0) {
      throw new InterpreterException(
          "process ("
              + c.evaluator.process.replica()
              + ", "
              + c.evaluator.process.partition()
              + ") must be in one of the groups of a grid of "
              + c.evaluator.process.grid().replicas()
              + " x "
              + c.evaluator.process.grid().partitions());
    }
    return group;
  }

  private static List<List<Array>> exchange(Call c, int[] group, List<Array> values) {
    return c.evaluator.process.exchange(group, channel(c), values);
  }

  static List<Array> allGather(Call c) {
    int axis = c.axis("all_gather_dim");
    List<List<Array>> all = exchange(c, required(c, reducingGroup(c)), c.arrays());
    List<Array> out = new ArrayList<>();
    for (int i = 0; i < c.operands.length; i++) {
      out.add(ShapeKernels.concatenate(column(all, i), axis));
    }
    return out;
  }

  private static List<Array> column(List<List<Array>> rows, int i) {
    List<Array> out = new ArrayList<>();
    for (List<Array> row : rows) {
      out.add(row.get(i));
    }
    return out;
  }

  static List<Array> allReduce(Call c) {
    return reduced(c, required(c, reducingGroup(c)), c.arrays());
  }

  /** Sums, or what the body says, in the order of the process numbers. */
  private static List<Array> reduced(Call c, int[] group, List<Array> values) {
    int[] order = group.clone();
    java.util.Arrays.sort(order);
    List<List<Array>> all = exchange(c, group, values);
    List<Array> out = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      List<Array> inOrder = new ArrayList<>();
      for (int id : order) {
        inOrder.add(all.get(Indexing.indexOf(group, id)).get(i));
      }
      out.add(fold(inOrder, c.region(0)));
    }
    return out;
  }

  private static Array fold(List<Array> values, Region body) {
    OpCode op = body.binaryOp();
    Array sum = Conversions.promote(values.get(0), body.argumentElement(0));
    for (Array next : values.subList(1, values.size())) {
      Array y = Conversions.promote(next, body.argumentElement(1));
      if (op != null) {
        sum = ElementwiseKernels.binary(op, sum, y);
        continue;
      }
      Array combined = Array.zeros(sum.element, sum.dims);
      for (int i = 0; i < combined.count; i++) {
        combined.set(i, (Array) body.call(sum.at(i), y.at(i))[0], 0);
      }
      sum = combined;
    }
    return sum;
  }

  static List<Array> reduceScatter(Call c) {
    int[] group = required(c, reducingGroup(c));
    Array sum = reduced(c, group, c.arrays()).get(0);
    int me = Indexing.indexOf(group, c.evaluator.process.id());
    return List.of(ShapeKernels.part(sum, c.axis("scatter_dimension"), group.length, me));
  }

  static List<Array> crossReplicaSum(Call c) {
    int[] group = required(c, group(c, Strategy.CROSS_REPLICA));
    List<Array> all = column(exchange(c, group, c.arrays()), 0);
    Array sum = all.get(0);
    for (Array next : all.subList(1, all.size())) {
      sum = ElementwiseKernels.binary(OpCode.ADD, sum, next);
    }
    return List.of(sum);
  }

  static List<Array> allToAll(Call c) {
    int[] group = required(c, movingGroup(c));
    int split = c.axis("split_dimension");
    int concat = c.axis("concat_dimension");
    int parts = c.axis("split_count");
    int me = Indexing.indexOf(group, c.evaluator.process.id());
    List<List<Array>> all = exchange(c, group, c.arrays());
    List<Array> out = new ArrayList<>();
    for (int i = 0; i < c.operands.length; i++) {
      List<Array> mine = new ArrayList<>();
      for (Array sent : column(all, i)) {
        mine.add(ShapeKernels.part(sent, split, parts, me));
      }
      out.add(ShapeKernels.concatenate(mine, concat));
    }
    return out;
  }

  /** The data operands of an op whose last operand may name the root of each. */
  private static List<Array> data(Call c) {
    boolean dynamicRoot = c.op.boolAttribute("has_dynamic_root", false);
    return c.arrays(0, c.operands.length - (dynamicRoot ? 1 : 0));
  }

  private static int root(Call c, int i, int size) {
    if (!c.op.boolAttribute("has_dynamic_root", false)) {
      return 0;
    }
    int root = ShapeKernels.index(c.x(c.operands.length - 1), i);
    if (root < 0 || root >= size) {
      throw new InterpreterException("root " + root + " must be a place in a group of " + size);
    }
    return root;
  }

  static List<Array> broadcast(Call c) {
    int[] group = movingGroup(c);
    List<Array> values = data(c);
    if (group.length == 0) {
      return zerosLike(values);
    }
    List<List<Array>> all = exchange(c, group, values);
    List<Array> out = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      out.add(all.get(root(c, i, group.length)).get(i));
    }
    return out;
  }

  private static List<Array> zerosLike(List<Array> values) {
    List<Array> out = new ArrayList<>();
    for (Array value : values) {
      out.add(Array.zeros(value.element, value.dims));
    }
    return out;
  }

  /** Like {@code all_reduce}, but only the root of each operand keeps the result. */
  static List<Array> reduce(Call c) {
    int[] group = reducingGroup(c);
    List<Array> values = data(c);
    if (group.length == 0) {
      return zerosLike(values);
    }
    List<Array> out = new ArrayList<>(reduced(c, group, values));
    for (int i = 0; i < out.size(); i++) {
      if (group[root(c, i, group.length)] != c.evaluator.process.id()) {
        out.set(i, Array.zeros(out.get(i).element, out.get(i).dims));
      }
    }
    return out;
  }

  static List<Array> permute(Call c) {
    Process process = c.evaluator.process;
    Strategy strategy = channel(c) > 0 ? Strategy.CROSS_PARTITION : Strategy.CROSS_REPLICA;
    List<Array> values = c.arrays();
    List<Array> out = zerosLike(values);
    // One pair after the other in the order that is written, so that all meet in the same order.
    for (long[] pair : rows(c, "source_target_pairs")) {
      int[] ids = strategy.processes(Indexing.ints(pair), process);
      int me = process.id();
      if (ids[0] == me && ids[1] == me) {
        out = values;
      } else if (ids[0] == me) {
        exchange(c, ids, values);
      } else if (ids[1] == me) {
        out = exchange(c, ids, values).get(0);
      }
    }
    return out;
  }

  private static List<Object> channelKey(Call c, boolean sending) {
    if (c.op.attribute("source_target_pairs") instanceof Attribute.Elements
        && rows(c, "source_target_pairs").length > 0) {
      Process process = c.evaluator.process;
      Strategy strategy = Strategy.CROSS_PARTITION;
      for (long[] pair : rows(c, "source_target_pairs")) {
        int[] ids = strategy.processes(Indexing.ints(pair), process);
        if (ids[sending ? 0 : 1] == process.id()) {
          return List.of(channel(c), ids[0], ids[1]);
        }
      }
    }
    return List.of(channel(c));
  }

  static Datum send(Call c) {
    int last = c.operands.length - 1;
    c.evaluator.process.grid().send(channelKey(c, true), List.of(c.operands).subList(0, last));
    return c.operands[last];
  }

  static Datum[] receive(Call c) {
    List<Datum> out = new ArrayList<>(c.evaluator.process.grid().receive(channelKey(c, false)));
    out.add(Datum.TOKEN);
    return out.toArray(new Datum[0]);
  }

  static Datum[] infeed(Call c) {
    List<Datum> out = new ArrayList<>();
    for (Literal literal : c.evaluator.process.grid().nextInfeed()) {
      out.add(Array.of(literal));
    }
    out.add(Datum.TOKEN);
    return out.toArray(new Datum[0]);
  }

  static Datum outfeed(Call c) {
    int last = c.operands.length - 1;
    List<Literal> out = new ArrayList<>();
    for (Array array : c.arrays(0, last)) {
      out.add(array.toLiteral());
    }
    c.evaluator.process.grid().putOut(out);
    return c.operands[last];
  }
}
