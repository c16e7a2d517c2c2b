package org.cornu.stablehlo.build;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link Builder} for programs on several devices. Replica groups are an i64 matrix
 * with one group per row, filled up with -1; with {@code useGlobal} they hold flattened device ids,
 * for which a channel must be given.
 */
abstract class CollectiveBuilder extends ProgramBuilder {
  CollectiveBuilder(Block block) {
    super(block);
  }

  private static Map<String, Attribute> grouped(
      Literal groups, Attribute.@Nullable ChannelHandle channel, boolean useGlobal) {
    Map<String, Attribute> out = new TreeMap<>();
    out.put("replica_groups", new Attribute.Elements(groups));
    if (channel != null) {
      out.put("channel_handle", channel);
    }
    if (useGlobal) {
      out.put("use_global_device_ids", new Attribute.Unit());
    }
    return out;
  }

  /** Elements combined over the devices of each group. */
  public final List<Value> allReduce(
      List<Value> values,
      Literal replicaGroups,
      Attribute.@Nullable ChannelHandle channel,
      boolean useGlobal,
      Block body) {
    Map<String, Attribute> attributes = grouped(replicaGroups, channel, useGlobal);
    return create(OpCode.ALL_REDUCE, values, attributes, List.of(body)).results();
  }

  /** Values of the devices of each group, one behind the other along dimension {@code dim}. */
  public final List<Value> allGather(
      List<Value> values,
      long dim,
      Literal replicaGroups,
      Attribute.@Nullable ChannelHandle channel,
      boolean useGlobal) {
    Map<String, Attribute> attributes = grouped(replicaGroups, channel, useGlobal);
    attributes.put("all_gather_dim", i64(dim));
    return create(OpCode.ALL_GATHER, values, attributes, List.of()).results();
  }

  /** Elements combined over each group, of which every device keeps its part along {@code dim}. */
  public final Value reduceScatter(
      Value x,
      long dim,
      Literal replicaGroups,
      Attribute.@Nullable ChannelHandle channel,
      boolean useGlobal,
      Block body) {
    Map<String, Attribute> attributes = grouped(replicaGroups, channel, useGlobal);
    attributes.put("scatter_dimension", i64(dim));
    return create(OpCode.REDUCE_SCATTER, List.of(x), attributes, List.of(body)).result(0);
  }

  /** Parts along one dimension exchanged between devices and joined along another. */
  public final List<Value> allToAll(
      List<Value> values,
      long splitDim,
      long concatDim,
      long splitCount,
      Literal replicaGroups,
      Attribute.@Nullable ChannelHandle channel) {
    Map<String, Attribute> attributes = grouped(replicaGroups, channel, false);
    attributes.put("split_dimension", i64(splitDim));
    attributes.put("concat_dimension", i64(concatDim));
    attributes.put("split_count", i64(splitCount));
    return create(OpCode.ALL_TO_ALL, values, attributes, List.of()).results();
  }

  /** Values sent from device to device; zeros where nothing arrives. Pairs are a [n,2] matrix. */
  public final Value collectivePermute(
      Value x, Literal sourceTargetPairs, Attribute.@Nullable ChannelHandle channel) {
    Map<String, Attribute> attributes = new TreeMap<>();
    attributes.put("source_target_pairs", new Attribute.Elements(sourceTargetPairs));
    if (channel != null) {
      attributes.put("channel_handle", channel);
    }
    return one(OpCode.COLLECTIVE_PERMUTE, List.of(x), attributes);
  }

  /** The values of the first device of each group. */
  public final List<Value> collectiveBroadcast(
      List<Value> values, Literal replicaGroups, Attribute.@Nullable ChannelHandle channel) {
    Map<String, Attribute> attributes = grouped(replicaGroups, channel, false);
    return create(OpCode.COLLECTIVE_BROADCAST, values, attributes, List.of()).results();
  }

  /** Number of this device's partition, a u32 scalar. */
  public final Value partitionId() {
    return one(OpCode.PARTITION_ID, List.of(), Map.of());
  }

  /** Number of this device's replica, a u32 scalar. */
  public final Value replicaId() {
    return one(OpCode.REPLICA_ID, List.of(), Map.of());
  }

  /** The value, laid out as asked. */
  public final Value shardingConstraint(Value x, Sharding sharding) {
    return one(OpCode.SDY_SHARDING_CONSTRAINT, List.of(x), Map.of("sharding", sharding));
  }

  /**
   * A body that computes on the local parts of its operands, split over {@code manualAxes}.
   *
   * @param body captures nothing
   * @param results global types of the results
   */
  public final List<Value> manualComputation(
      List<Value> values,
      List<Sharding> in,
      List<Sharding> out,
      List<String> manualAxes,
      Block body,
      List<? extends Type> results) {
    List<Attribute> axes = new java.util.ArrayList<>();
    for (String axis : manualAxes) {
      axes.add(new Attribute.Str(axis));
    }
    Map<String, Attribute> attributes =
        Map.of(
            "in_shardings",
            new Sharding.PerValue(in),
            "out_shardings",
            new Sharding.PerValue(out),
            "manual_axes",
            new Attribute.Array(axes));
    return create(OpCode.SDY_MANUAL_COMPUTATION, values, attributes, List.of(body), results)
        .results();
  }
}
