package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.Value;

/** Ops between devices and the layout on them: the batch dimension passes through. */
final class CollectiveBatching {
  private CollectiveBatching() {}

  /** The attributes {@code keys} count dimensions. */
  static List<BatchedValue> shifted(OpContext c, String... keys) {
    Map<String, Attribute> attributes = c.attributes();
    for (String key : keys) {
      attributes.put(key, c.shiftedDim(key, c.shape(0).rank()));
    }
    return c.emit(c.fullOperands(), attributes);
  }

  /** Collectives whose last operand may say which device is the root. */
  static List<BatchedValue> rooted(OpContext c) {
    int last = c.operands.size() - 1;
    if (!c.op.boolAttribute("has_dynamic_root", false)) {
      return c.emit(c.fullOperands(), c.attributes());
    }
    if (c.batched(last)) {
      throw c.missing("its root differs within the batch, but one transfer has one root");
    }
    List<Value> operands = c.fullOperands(0, last);
    operands.add(c.raw(last));
    return c.emit(operands, c.attributes());
  }

  static List<BatchedValue> shardingConstraint(OpContext c) {
    Sharding sharding = c.op.attribute("sharding", Sharding.class);
    return c.emit(c.fullOperands(), c.attributes("sharding", Shardings.open(sharding)));
  }

  /** Every device has the whole batch of its part. */
  static List<BatchedValue> manualComputation(OpContext c) {
    String axis = c.batcher.axisName();
    if (axis != null
        && c.op.attribute("manual_axes") instanceof Attribute.Array axes
        && axes.elements().contains(new Attribute.Str(axis))) {
      throw c.missing("axis '" + axis + "' is bound both here and by vmap; give one another name");
    }
    boolean[] mask = c.mask();
    Block body = c.op.region(0);
    boolean[] results = c.batcher.propagation().block(body, mask, v -> false);
    Map<String, Attribute> attributes = c.attributes();
    attributes.put("in_shardings", shardings(c, "in_shardings", mask));
    attributes.put("out_shardings", shardings(c, "out_shardings", results));
    List<Block> regions = List.of(c.batcher.region(body, null, mask, results));
    OpContext form = c.withAttributes(attributes);
    return LoopBatching.masked(
        form, c.op.code(), c.rawOperands(0, mask.length), results, c.op.results(), regions);
  }

  private static Attribute shardings(OpContext c, String key, boolean[] mask) {
    List<Sharding> out = new ArrayList<>();
    List<Sharding> given = c.op.attribute(key, Sharding.PerValue.class).shardings();
    for (int i = 0; i < given.size(); i++) {
      out.add(mask[i] ? Shardings.manual(given.get(i)) : given.get(i));
    }
    return new Sharding.PerValue(out);
  }
}
