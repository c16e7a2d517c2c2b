package org.cornu.stablehlo.build;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** The part of {@link Builder} that appends any op. */
abstract class BlockBuilder {
  private final Block block;
  private Location location = Location.UNKNOWN;

  BlockBuilder(Block block) {
    this.block = block;
  }

  /** The block that ops are appended to. */
  public final Block block() {
    return block;
  }

  /** The location given to the ops that follow. */
  public final Location location() {
    return location;
  }

  /** Sets the location given to the ops that follow. */
  public final void location(Location next) {
    location = next;
  }

  /**
   * Appends an op.
   *
   * @param resultTypes declared result types; empty where they are to be inferred
   * @throws VerifyException when the op breaks a rule of StableHLO
   */
  public final Op create(
      OpCode code,
      List<Value> operands,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<? extends Type> resultTypes) {
    List<Type> types = infer(code, operands, attributes, regions, resultTypes);
    return append(code, operands, attributes, regions, types);
  }

  /** Appends an op whose result types are inferred. */
  public final Op create(
      OpCode code, List<Value> operands, Map<String, Attribute> attributes, List<Block> regions) {
    return create(code, operands, attributes, regions, List.of());
  }

  final List<Type> infer(
      OpCode code,
      List<Value> operands,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<? extends Type> resultTypes) {
    try {
      return TypeRules.infer(code, operands, attributes, regions, resultTypes);
    } catch (VerifyException e) {
      throw e.at(location);
    }
  }

  /** Appends an op whose types are known to be right. */
  final Op append(
      OpCode code,
      List<Value> operands,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<? extends Type> types) {
    return block.append(new Op(code, operands, attributes, regions, types, location));
  }

  final Value one(OpCode code, List<Value> operands, Map<String, Attribute> attributes) {
    return create(code, operands, attributes, List.of(), List.of()).results().get(0);
  }

  final Value one(
      OpCode code, List<Value> operands, Map<String, Attribute> attributes, Type result) {
    return create(code, operands, attributes, List.of(), List.of(result)).results().get(0);
  }

  final VerifyException fail(OpCode code, String reason) {
    return new VerifyException(code.shortName(), "", reason, location);
  }

  static Attribute i64(long value) {
    return Attribute.Int.i64(value);
  }

  static Attribute longs(long[] values) {
    return new Attribute.Longs(values);
  }

  static Attribute bool(boolean value) {
    return new Attribute.Bool(value);
  }

  static Attribute keyword(String kind, String word) {
    return new Attribute.Keyword(kind, word);
  }
}
