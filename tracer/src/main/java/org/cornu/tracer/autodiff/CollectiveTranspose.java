package org.cornu.tracer.autodiff;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Transposes of ops between devices or along named axes, for cotangents that each device holds for
 * its own results: a sum of all is its own transpose.
 */
final class CollectiveTranspose {
  private CollectiveTranspose() {}

  /** The same op with these attributes on the nonzero cotangents; result i goes to operand i. */
  static List<@Nullable Value> pairwise(TransposeSite s, Map<String, Attribute> attributes) {
    boolean[] given = Masks.present(s.cts());
    List<Type> types = Masks.types(Masks.where(s.op.operands(), given, true));
    return Masks.spread(s.again(attributes, Masks.nonNull(s.cts()), types), given);
  }

  static List<@Nullable Value> barrier(TransposeSite s) {
    boolean[] given = Masks.present(s.cts());
    return Masks.spread(s.b.optimizationBarrier(Masks.nonNull(s.cts())), given);
  }

  private static Op op(
      TransposeSite s, OpCode code, Map<String, Attribute> attributes, List<Block> regions) {
    return op(s, code, attributes, regions, List.of(s.ct()), List.of(s.type(0)));
  }

  private static Op op(
      TransposeSite s,
      OpCode code,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<Value> operands,
      List<? extends Type> types) {
    Op out = new Op(code, operands, attributes, regions, types, s.op.location());
    return s.b.block().append(out);
  }

  private static Map<String, Attribute> renamed(Op op, String from, String to) {
    Map<String, Attribute> out = new TreeMap<>(op.attributes());
    Attribute dim = out.remove(from);
    if (dim != null) {
      out.put(to, dim);
    }
    return out;
  }

  static List<@Nullable Value> allGather(TransposeSite s) {
    Map<String, Attribute> attributes = renamed(s.op, "all_gather_dim", "scatter_dimension");
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < s.arity(); i++) {
      Value ct = s.ct(i);
      if (ct != null) {
        Block sum = Builder.binaryBody(OpCode.ADD, ct.dtype());
        Op op =
            op(s, OpCode.REDUCE_SCATTER, attributes, List.of(sum), List.of(ct), List.of(s.type(i)));
        out.set(i, op.result());
      }
    }
    return out;
  }

  static Value reduceScatter(TransposeSite s) {
    if (Monoid.of(s.op.region(0)) != OpCode.ADD) {
      throw s.missing("only a sum over devices is linear");
    }
    Map<String, Attribute> attributes = renamed(s.op, "scatter_dimension", "all_gather_dim");
    return op(s, OpCode.ALL_GATHER, attributes, List.of()).result();
  }

  static List<@Nullable Value> allToAll(TransposeSite s) {
    Map<String, Attribute> attributes = new TreeMap<>(s.op.attributes());
    attributes.put("split_dimension", s.op.attribute("concat_dimension", Attribute.Int.class));
    attributes.put("concat_dimension", s.op.attribute("split_dimension", Attribute.Int.class));
    return pairwise(s, attributes);
  }

  /** Sends back; who received nothing gave nothing, and who sent to nobody receives 0. */
  static List<@Nullable Value> permute(TransposeSite s, String key) {
    Map<String, Attribute> attributes = new TreeMap<>(s.op.attributes());
    if (s.op.attribute(key) instanceof Attribute.Longs pairs) {
      attributes.put(key, new Attribute.Longs(turned(pairs.values())));
    } else {
      Literal pairs = s.op.attribute(key, Attribute.Elements.class).literal();
      long[] flat = new long[pairs.count()];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = pairs.longAt(i);
      }
      attributes.put(key, new Attribute.Elements(Literal.ofLongs(pairs.type(), turned(flat))));
    }
    return pairwise(s, attributes);
  }

  private static long[] turned(long[] pairs) {
    long[] out = new long[pairs.length];
    for (int i = 0; i + 1 < out.length; i += 2) {
      out[i] = pairs[i + 1];
      out[i + 1] = pairs[i];
    }
    return out;
  }

  /** A broadcast from the first of each group: it receives the sum of the group's cotangents. */
  static List<@Nullable Value> broadcast(TransposeSite s) {
    if (s.op.boolAttribute("has_dynamic_root", false)) {
      throw s.missing("the sender of a broadcast must be known; send by all_reduce instead");
    }
    Literal groups = s.op.attribute("replica_groups", Attribute.Elements.class).literal();
    long width = groups.type().dim(1);
    boolean partitions =
        s.op.attribute("channel_handle") instanceof Attribute.ChannelHandle channel
            && channel.handle() > 0;
    Value here = partitions ? s.b.partitionId() : s.b.replicaId();
    Value sends = s.b.constant(DType.BOOL, 0);
    for (int i = 0; i < groups.count(); i += Math.toIntExact(width)) {
      Value sender = s.e.like(here, groups.longAt(i));
      sends = s.b.or(sends, s.b.compare(here, sender, Comparison.EQ));
    }
    Map<String, Attribute> attributes = new TreeMap<>(s.op.attributes());
    attributes.remove("has_dynamic_root");
    if (partitions) {
      // groups of a broadcast on a channel are of partitions, those of a sum only as device ids
      attributes.put("use_global_device_ids", new Attribute.Unit());
    }
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < s.op.results().size(); i++) {
      Value ct = s.ct(i);
      if (ct != null) {
        Block sum = Builder.binaryBody(OpCode.ADD, ct.dtype());
        Value total =
            op(s, OpCode.ALL_REDUCE, attributes, List.of(sum), List.of(ct), List.of(s.type(i)))
                .result();
        out.set(i, s.b.select(sends, total, s.e.zeros(total.type())));
      }
    }
    return out;
  }

  /** A sum that the first of each group keeps: the others receive the first's cotangent. */
  static List<@Nullable Value> reduceToOne(TransposeSite s) {
    boolean channel =
        s.op.attribute("channel_handle") instanceof Attribute.ChannelHandle handle
            && handle.handle() > 0;
    if (s.op.boolAttribute("has_dynamic_root", false) || channel) {
      throw s.missing("only among replicas, and with a receiver that is known before it runs");
    }
    Map<String, Attribute> attributes = new TreeMap<>();
    attributes.put("replica_groups", s.op.attribute("replica_groups", Attribute.Elements.class));
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < s.op.results().size(); i++) {
      Value ct = s.ct(i);
      if (ct != null) {
        Op send =
            op(
                s,
                OpCode.COLLECTIVE_BROADCAST,
                attributes,
                List.of(),
                List.of(ct),
                List.of(s.type(i)));
        out.set(i, send.result());
      }
    }
    return out;
  }

  /** Gathering along a named axis and scattering sums along it are each other's transpose. */
  static Value axis(TransposeSite s) {
    OpCode code = s.op.code() == OpCode.AXIS_GATHER ? OpCode.AXIS_SCATTER : OpCode.AXIS_GATHER;
    return op(s, code, s.op.attributes(), List.of()).result();
  }

  static List<@Nullable Value> mark(TransposeSite s) {
    if (!CustomCalls.isMark(s.op.string("call_target_name", ""))) {
      throw s.nonlinear();
    }
    return s.first(op(s, OpCode.CUSTOM_CALL, s.op.attributes(), List.of()).result());
  }
}
