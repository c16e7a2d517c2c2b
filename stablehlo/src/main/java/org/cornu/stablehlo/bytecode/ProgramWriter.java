package org.cornu.stablehlo.bytecode;

import org.cornu.stablehlo.bytecode.Encoder.Flavor;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/** Writes the tree of ops of an artifact, and the file around it. */
final class ProgramWriter {
  /** The format since StableHLO 0.15. */
  private static final int FORMAT = 6;

  private final Encoder encoder;

  ProgramWriter(Encoder encoder) {
    this.encoder = encoder;
  }

  byte[] file(RawOp root) {
    collect(root);
    encoder.freeze();
    ByteOutput program = new ByteOutput();
    // One op, no arguments.
    program.varint(2);
    op(program, root);
    ByteOutput offsets = new ByteOutput();
    ByteOutput entries = encoder.entriesSection(offsets);
    ByteOutput file = new ByteOutput();
    file.octets(Container.MAGIC);
    file.varint(FORMAT);
    file.terminated("StableHLO_v" + encoder.target);
    file.section(Container.DIALECTS, encoder.dialectSection());
    file.section(Container.ENTRY_OFFSETS, offsets);
    file.section(Container.ENTRIES, entries);
    file.section(Container.PROGRAM, program);
    file.section(Container.STRINGS, encoder.stringSection());
    file.section(Container.PROPERTIES, encoder.propertySection());
    return file.toBytes();
  }

  /** What the values of an op's attributes are encoded as. */
  private static Flavor flavor(RawOp op) {
    return op.name.startsWith("vhlo.") ? Flavor.VHLO : Flavor.TEXT;
  }

  private static Flavor propertyFlavor(RawOp op, Attribute value) {
    return flavor(op) == Flavor.TEXT && value instanceof Attribute.Str ? Flavor.STRING : flavor(op);
  }

  private static Object propertyValue(RawOp op, Attribute value) {
    return flavor(op) == Flavor.TEXT && value instanceof Attribute.Str text ? text.value() : value;
  }

  private static @Nullable Flavor dictionaryFlavor(RawOp op) {
    if (op.discardable.isEmpty()) {
      return null;
    }
    return flavor(op) == Flavor.VHLO ? Flavor.DISCARDABLE : Flavor.MODULE;
  }

  private void collect(RawOp op) {
    encoder.collectOpName(op.name);
    encoder.collect(Flavor.LOCATION, op.location);
    Flavor dictionary = dictionaryFlavor(op);
    if (dictionary != null) {
      encoder.collect(dictionary, new Attribute.Dict(op.discardable));
    }
    for (Attribute value : op.attributes.values()) {
      encoder.collect(propertyFlavor(op, value), propertyValue(op, value));
    }
    for (Type type : op.results) {
      encoder.collectType(ArtifactWriter.types(op.foreign), type);
    }
    for (RawOp.Region region : op.regions) {
      for (Type type : region.arguments) {
        encoder.collectType(ArtifactWriter.types(region.foreign), type);
      }
      for (RawOp inner : region.ops) {
        collect(inner);
      }
    }
  }

  private void op(ByteOutput out, RawOp op) {
    boolean hasProperties = !VhloOps.properties(op.name).isEmpty();
    Flavor dictionary = dictionaryFlavor(op);
    out.varint(encoder.opName(op.name));
    out.octet(
        (dictionary != null ? 0x01 : 0)
            | (op.results.isEmpty() ? 0 : 0x02)
            | (op.operands.length == 0 ? 0 : 0x04)
            | (op.regions.isEmpty() ? 0 : 0x10)
            | (hasProperties ? 0x40 : 0));
    out.varint(encoder.number(Flavor.LOCATION, op.location));
    if (dictionary != null) {
      out.varint(encoder.number(dictionary, new Attribute.Dict(op.discardable)));
    }
    if (hasProperties) {
      out.varint(encoder.properties(properties(op)));
    }
    if (!op.results.isEmpty()) {
      out.varint(op.results.size());
      for (Type type : op.results) {
        out.varint(encoder.typeNumber(ArtifactWriter.types(op.foreign), type));
      }
    }
    if (op.operands.length > 0) {
      out.varint(op.operands.length);
      for (int operand : op.operands) {
        out.varint(operand);
      }
    }
    if (!op.regions.isEmpty()) {
      boolean isolated = op.regions.get(0).isolated;
      out.flagged(op.regions.size(), isolated);
      ByteOutput regions = isolated ? new ByteOutput() : out;
      for (RawOp.Region region : op.regions) {
        region(regions, region);
      }
      if (isolated) {
        out.section(Container.PROGRAM, regions);
      }
    }
  }

  private ByteOutput properties(RawOp op) {
    ByteOutput out = new ByteOutput();
    for (VhloOps.Property property : VhloOps.properties(op.name)) {
      Attribute value = op.attributes.get(property.name());
      if (value == null) {
        if (!property.optional()) {
          throw new BytecodeException(op.name + ": attribute " + property.name() + " is missing");
        }
        out.flagged(0, false);
        continue;
      }
      int number = encoder.number(propertyFlavor(op, value), propertyValue(op, value));
      if (property.optional()) {
        out.flagged(number, true);
      } else {
        out.varint(number);
      }
    }
    return out;
  }

  private void region(ByteOutput out, RawOp.Region region) {
    if (!region.hasBlock) {
      out.varint(0);
      return;
    }
    out.varint(1);
    out.varint(region.values());
    out.flagged(region.ops.size(), !region.arguments.isEmpty());
    if (!region.arguments.isEmpty()) {
      out.varint(region.arguments.size());
      for (Type type : region.arguments) {
        out.flagged(encoder.typeNumber(ArtifactWriter.types(region.foreign), type), false);
      }
      // Uses are in no order of their own.
      out.octet(0);
    }
    for (RawOp op : region.ops) {
      op(out, op);
    }
  }
}
