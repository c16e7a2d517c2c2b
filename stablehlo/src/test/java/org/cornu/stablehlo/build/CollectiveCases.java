package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of ops that devices execute together, and of communication with the host. */
final class CollectiveCases {
  private static final String BODY = "f32[] f32[] -> f32[]";
  private static final String RUNTIME =
      "the number of replicas and partitions is not part of the program";

  private CollectiveCases() {}

  static void add(RuleTable t) {
    gathers(t);
    reductions(t);
    exchanges(t);
    tokens(t);
    t.ok(op(OpCode.PARTITION_ID, ""), "u32[]");
    t.ok(op(OpCode.REPLICA_ID, ""), "u32[]");
  }

  private static RuleCase channel(RuleCase row, long handle, long type) {
    return row.attr("channel_handle", new Attribute.ChannelHandle(handle, type));
  }

  private static void gathers(RuleTable t) {
    RuleCase gather =
        t.ok(
            op(OpCode.ALL_GATHER, "f32[8,2] i32[4,3]")
                .integer("all_gather_dim", 1)
                .matrix("replica_groups", 4, 0, 2, 4, 6, 1, 3, 5, 7),
            "f32[8,8] i32[4,12]");
    RuleCase partitioned = channel(gather, 1, 0).results("f32[8,16] i32[4,24]");
    t.ok(partitioned, "f32[8,16] i32[4,24]");
    t.bad("C1", gather.integer("all_gather_dim", 2));
    t.bad("C2", gather.matrix("replica_groups", 2, 0, 1, 1, 2));
    t.exempt(OpCode.ALL_GATHER, "C3", RUNTIME);
    t.bad("C4", gather.matrix("replica_groups", 2, 0, 1, 2, 4));
    t.bad("C4", gather.matrix("replica_groups", 2, 0, 1, 2, -1));
    t.bad("C5", gather.flag("use_global_device_ids"));
    t.bad("C6", gather.results("f32[8,16] i32[4,12]"));
    t.bad("C6", partitioned.results("f32[8,15] i32[4,24]"));
    t.refused("must be given", channel(gather, 1, 0));
  }

  private static void reductions(RuleTable t) {
    RuleCase all =
        t.ok(
            op(OpCode.ALL_REDUCE, "f32[4] f32[5]")
                .matrix("replica_groups", 2, 0, 2, 1, -1)
                .region(BODY),
            "f32[4] f32[5]");
    t.ok(all.region(0, "f64[] f64[] -> f64[]"), "f64[4] f64[5]");
    t.bad("C1", all.matrix("replica_groups", 2, 0, 1, 1, 2));
    t.exempt(OpCode.ALL_REDUCE, "C2", RUNTIME);
    t.bad("C3", all.matrix("replica_groups", 2, 0, 1, 2, 4));
    t.bad("C4", channel(all, 0, 0).flag("use_global_device_ids"));
    t.bad("C5", all.region(0, "f32[] f32[] -> i32[]"));
    t.bad("C6", all.results("f32[4] f32[4]"));
    t.bad("C7", all.results("f64[4] f32[5]"));

    RuleCase scatter =
        t.ok(
            op(OpCode.REDUCE_SCATTER, "f32[4,6]")
                .integer("scatter_dimension", 1)
                .matrix("replica_groups", 3, 0, 1, 2)
                .region(BODY),
            "f32[4,2]");
    t.bad("C1", scatter.operand(0, "f32[4,7]"));
    t.bad("C2", scatter.integer("scatter_dimension", 2));
    t.bad("C3", scatter.matrix("replica_groups", 3, 0, 1, 1));
    t.exempt(OpCode.REDUCE_SCATTER, "C4", RUNTIME);
    t.bad("C5", scatter.matrix("replica_groups", 3, 0, 1, 3));
    t.bad("C6", scatter.flag("use_global_device_ids"));
    t.bad("C7", scatter.region(0, "f16[] f16[] -> f16[]"));
    t.bad("C8", scatter.results("f32[4,3]"));
    t.bad("C8", channel(scatter, 1, 0).results("f32[4,4]"));
    t.bad("C9", scatter.results("f64[4,2]"));

    RuleCase one =
        t.ok(
            op(OpCode.COLLECTIVE_REDUCE, "f32[4]").matrix("replica_groups", 2, 0, 1).region(BODY),
            "f32[4]");
    t.ok(one.operands("f32[4] f32[5] i32[2]").flag("has_dynamic_root"), "f32[4] f32[5]");
    t.bad("C1", one.matrix("replica_groups", 2, 0, 0));
    t.bad("C2", one.matrix("replica_groups", 2, 0, 2));
    t.bad("C3", one.results("f32[5]"));
    t.bad("C3", one.operands("f32[4] f32[5] i32[3]").flag("has_dynamic_root"));
    t.bad("C4", one.region(0, "f32[] -> f32[]"));

    RuleCase sum =
        t.ok(op(OpCode.CROSS_REPLICA_SUM, "f32[4]").matrix("replica_groups", 2, 0, 1), "f32[4]");
    t.refused("unique", sum.matrix("replica_groups", 2, 0, 0));
  }

  private static void exchanges(RuleTable t) {
    RuleCase all =
        t.ok(
            op(OpCode.ALL_TO_ALL, "f32[4,6]")
                .integer("split_dimension", 1)
                .integer("concat_dimension", 0)
                .integer("split_count", 3)
                .matrix("replica_groups", 3, 0, 1, 2),
            "f32[12,2]");
    t.ok(all.integer("concat_dimension", 1), "f32[4,6]");
    t.bad("C1", all.integer("split_dimension", 2));
    t.bad("C2", all.operand(0, "f32[4,7]"));
    t.bad("C3", all.integer("concat_dimension", -1));
    t.bad("C4", all.integer("split_count", 0));
    t.bad("C5", all.matrix("replica_groups", 3, 0, 1, 1));
    t.exempt(OpCode.ALL_TO_ALL, "C6", RUNTIME);
    t.bad("C7", all.matrix("replica_groups", 3, 0, 1, 3));
    t.bad("C8", all.matrix("replica_groups", 2, 0, 1));
    t.bad("C9", all.results("f32[12,3]"));

    RuleCase broadcast =
        t.ok(op(OpCode.COLLECTIVE_BROADCAST, "f32[4]").matrix("replica_groups", 2, 3, 1), "f32[4]");
    RuleCase rooted =
        t.ok(broadcast.operands("f32[4] f32[5] i32[2]").flag("has_dynamic_root"), "f32[4] f32[5]");
    t.bad("C1", broadcast.matrix("replica_groups", 2, 1, 1));
    t.bad("C2", broadcast.matrix("replica_groups", 2, 1, -1));
    t.bad("C3", broadcast.operands(""));
    t.bad("C3", broadcast.results("f32[5]"));
    t.bad("C4", rooted.operand(2, "i32[3]"));
    t.bad("C4", rooted.operands("i32[0]"));
    t.bad("C5", rooted.results("f32[4] f32[5] i32[2]"));
    t.exempt(OpCode.COLLECTIVE_BROADCAST, "C6", "the values of roots are known at run time");

    RuleCase permute =
        t.ok(
            op(OpCode.COLLECTIVE_PERMUTE, "f32[4]").matrix("source_target_pairs", 2, 0, 1, 1, 0),
            "f32[4]");
    pairs(t, permute);
    t.bad("C5", permute.results("f32[5]"));
  }

  private static void pairs(RuleTable t, RuleCase row) {
    t.bad("C1", row.matrix("source_target_pairs", 3, 0, 1, 2));
    t.bad("C2", row.matrix("source_target_pairs", 2, 0, 1, 0, 2));
    t.bad("C3", row.matrix("source_target_pairs", 2, 0, 1, 2, 1));
    t.bad("C4", row.matrix("source_target_pairs", 2, 0, -1));
  }

  private static void tokens(RuleTable t) {
    t.ok(op(OpCode.CREATE_TOKEN, ""), "token");
    t.bad("I2", t.ok(op(OpCode.AFTER_ALL, "token token"), "token").operand(1, "f32[2]"));
    RuleCase infeed = t.ok(op(OpCode.INFEED, "token").results("f32[2] token"), "f32[2] token");
    t.bad("C1", op(OpCode.INFEED, "token"));
    t.bad("C2", infeed.results("token token"));
    t.bad("C3", infeed.results("f32[2]"));
    t.bad("I2", t.ok(op(OpCode.OUTFEED, "f32[2] token"), "token").operand(1, "f32[2]"));

    RuleCase send = t.ok(channel(op(OpCode.SEND, "f32[2] token"), 1, 1), "token");
    t.ok(channel(send.flag("is_host_transfer"), 1, 2), "token");
    pairs(t, send);
    t.bad("C5", channel(send, 1, 2));
    t.bad("C5", send.flag("is_host_transfer"));
    RuleCase recv =
        t.ok(channel(op(OpCode.RECV, "token"), 1, 1).results("f32[2] token"), "f32[2] token");
    t.ok(channel(recv.flag("is_host_transfer"), 1, 3), "f32[2] token");
    pairs(t, recv);
    t.bad("C5", channel(recv, 1, 3));
    t.refused("must be a token", recv.results("f32[2]"));
  }
}
