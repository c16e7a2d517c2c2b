package org.cornu.stablehlo.bytecode;

import java.util.HashMap;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;

/** Reads the tree of ops of a bytecode file. */
final class ProgramReader {
  private static final int HAS_ATTRIBUTES = 0x01;
  private static final int HAS_RESULTS = 0x02;
  private static final int HAS_OPERANDS = 0x04;
  private static final int HAS_SUCCESSORS = 0x08;
  private static final int HAS_REGIONS = 0x10;
  private static final int HAS_USE_ORDERS = 0x20;
  private static final int HAS_PROPERTIES = 0x40;
  private static final int MAX_DEPTH = 200;

  private final Container container;
  private final Decoder decoder;
  private int depth;

  ProgramReader(Container container, Decoder decoder) {
    this.container = container;
    this.decoder = decoder;
  }

  /** The module, the one op at the top. */
  RawOp module() {
    ByteInput in = container.program;
    int ops = in.count();
    if (ops != 2) {
      throw in.error("expected one op at the top");
    }
    return op(in, 0);
  }

  /** An op in a region whose values end at {@code nextValue}. */
  private RawOp op(ByteInput in, int nextValue) {
    Container.OpName name = container.opName(in);
    int mask = in.octet();
    RawOp op = new RawOp(name.name(), decoder.location(in));
    if ((mask & HAS_ATTRIBUTES) != 0 && decoder.attribute(in) instanceof Attribute.Dict dict) {
      op.attributes.putAll(dict.entries());
    }
    if ((mask & HAS_PROPERTIES) != 0) {
      properties(op, name, in);
    }
    if ((mask & HAS_RESULTS) != 0) {
      op.results.addAll(decoder.typeList(in));
    }
    if ((mask & HAS_OPERANDS) != 0) {
      op.operands = new int[in.size()];
      for (int i = 0; i < op.operands.length; i++) {
        op.operands[i] = in.count();
      }
    }
    if ((mask & HAS_SUCCESSORS) != 0) {
      throw in.error(op.name + " has successor blocks, which are not part of StableHLO");
    }
    if ((mask & HAS_USE_ORDERS) != 0 && container.version >= 3) {
      skipUseOrders(in, op.results.size());
    }
    if ((mask & HAS_REGIONS) != 0) {
      regions(op, in, nextValue);
    }
    return op;
  }

  private void properties(RawOp op, Container.OpName name, ByteInput in) {
    if (!name.registered()) {
      if (decoder.attribute(in) instanceof Attribute.Dict dict) {
        op.attributes.putAll(dict.entries());
      }
      return;
    }
    // Several ops may share one entry.
    ByteInput own = container.properties(in).copy();
    for (VhloOps.Property property : VhloOps.properties(op.name)) {
      Attribute value =
          property.optional() ? decoder.optionalAttribute(own) : decoder.attribute(own);
      if (value != null) {
        op.attributes.put(property.name(), value);
      }
    }
    if (!own.isEmpty()) {
      throw own.error("properties of " + op.name + " have more parts than are known");
    }
  }

  private void regions(RawOp op, ByteInput in, int nextValue) {
    if (++depth > MAX_DEPTH) {
      throw in.error("regions nested too deeply: at most " + MAX_DEPTH + " levels are read");
    }
    int head = in.count();
    boolean isolated = (head & 1) != 0;
    int count = head >> 1;
    int first = isolated ? 0 : nextValue;
    ByteInput source = in;
    if (isolated && container.version >= 2) {
      Map<Integer, ByteInput> section = new HashMap<>();
      if (Container.section(in, section) != Container.PROGRAM) {
        throw in.error("expected a section with the regions of " + op.name);
      }
      source = section.values().iterator().next();
    }
    for (int i = 0; i < count; i++) {
      op.regions.add(region(source, first, isolated));
    }
    depth--;
  }

  private RawOp.Region region(ByteInput in, int firstValue, boolean isolated) {
    RawOp.Region region = new RawOp.Region(firstValue, isolated);
    int blocks = in.count();
    if (blocks == 0) {
      return region;
    }
    if (blocks > 1) {
      throw in.error("regions of several blocks are not part of StableHLO");
    }
    region.hasBlock = true;
    int values = in.count();
    int head = in.count();
    if ((head & 1) != 0) {
      arguments(region, in);
    }
    int ops = head >> 1;
    int next = firstValue + values;
    if (next < 0) {
      throw in.error("too many values");
    }
    for (int i = 0; i < ops; i++) {
      region.ops.add(op(in, next));
    }
    if (region.values() != values) {
      throw in.error("region says it has " + values + " values, it has " + region.values());
    }
    return region;
  }

  private void arguments(RawOp.Region region, ByteInput in) {
    int count = in.size();
    for (int i = 0; i < count; i++) {
      if (container.version >= 4) {
        int type = in.count();
        region.arguments.add(decoder.type(type >> 1));
        if ((type & 1) != 0) {
          in.count();
        }
      } else {
        region.arguments.add(decoder.type(in));
        in.count();
      }
    }
    if (container.version >= 3 && in.octet() != 0) {
      skipUseOrders(in, count);
    }
  }

  // In which order uses are listed in memory has no meaning.
  private static void skipUseOrders(ByteInput in, int values) {
    int listed = values > 1 ? in.size() : 1;
    for (int i = 0; i < listed; i++) {
      if (values > 1) {
        in.count();
      }
      int count = in.count() >> 1;
      for (int k = 0; k < count; k++) {
        in.count();
      }
    }
  }
}
