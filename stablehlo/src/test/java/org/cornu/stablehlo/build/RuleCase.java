package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/**
 * An op written down for a test of its type rule: a row that is right, from which rows with one
 * violation are derived. Types are spelled as messages spell them ({@code f32[2,?]}), further
 * {@code token}, {@code tuple(f32[],i32[])}, {@code future(f32[2])}; quantized elements are {@code
 * q8} (i8:f32, 0.5:0), {@code q8b} (i8:f32, 0.25:3), {@code q16} (i16:f32), {@code q8h} (i8:f16),
 * each per axis with {@code @1} behind.
 */
final class RuleCase {
  final OpCode code;
  final List<Object> operands;
  final Map<String, Attribute> attributes;
  final List<Object> regions;
  final List<Type> results;

  private RuleCase(
      OpCode code,
      List<Object> operands,
      Map<String, Attribute> attributes,
      List<Object> regions,
      List<Type> results) {
    this.code = code;
    this.operands = operands;
    this.attributes = attributes;
    this.regions = regions;
    this.results = results;
  }

  /** An op on operands of these types, separated by spaces. */
  static RuleCase op(OpCode code, String operands) {
    return new RuleCase(code, new ArrayList<>(types(operands)), Map.of(), List.of(), List.of());
  }

  RuleCase attr(String key, Attribute value) {
    Map<String, Attribute> out = new TreeMap<>(attributes);
    out.put(key, value);
    return new RuleCase(code, operands, out, regions, results);
  }

  RuleCase attr(String key, long... values) {
    return attr(key, new Attribute.Longs(values));
  }

  RuleCase integer(String key, long value) {
    return attr(key, Attribute.Int.i64(value));
  }

  RuleCase flag(String key) {
    return attr(key, new Attribute.Bool(true));
  }

  RuleCase word(String key, String word) {
    return attr(key, new Attribute.Keyword(key, word));
  }

  /** A dense matrix of i64 with this many columns. */
  RuleCase matrix(String key, int columns, long... values) {
    TensorType type = TensorType.of(DType.I64, values.length / columns, columns);
    return attr(key, new Attribute.Elements(Literal.ofLongs(type, values)));
  }

  RuleCase without(String key) {
    Map<String, Attribute> out = new TreeMap<>(attributes);
    out.remove(key);
    return new RuleCase(code, operands, out, regions, results);
  }

  /** The same with operand {@code i} of another type. */
  RuleCase operand(int i, String type) {
    List<Object> out = new ArrayList<>(operands);
    out.set(i, type(type));
    return new RuleCase(code, out, attributes, regions, results);
  }

  /** The same with a constant i64 vector as operand {@code i}. */
  RuleCase constant(int i, long... values) {
    List<Object> out = new ArrayList<>(operands);
    out.set(i, Literal.ofLongs(TensorType.of(DType.I64, values.length), values));
    return new RuleCase(code, out, attributes, regions, results);
  }

  RuleCase operands(String types) {
    return new RuleCase(code, new ArrayList<>(types(types)), attributes, regions, results);
  }

  /** The same with one more region, {@code f32[] f32[] -> f32[]}. */
  RuleCase region(String signature) {
    List<Object> out = new ArrayList<>(regions);
    out.add(signature);
    return new RuleCase(code, operands, attributes, out, results);
  }

  /** The same with region {@code i} replaced. */
  RuleCase region(int i, String signature) {
    List<Object> out = new ArrayList<>(regions);
    out.set(i, signature);
    return new RuleCase(code, operands, attributes, out, results);
  }

  /** The same with this one region, built anew for each use. */
  RuleCase body(Supplier<Block> block) {
    return new RuleCase(code, operands, attributes, List.of(block), results);
  }

  RuleCase noRegions() {
    return new RuleCase(code, operands, attributes, List.of(), results);
  }

  /** The same with declared result types. */
  RuleCase results(String types) {
    return new RuleCase(code, operands, attributes, regions, types(types));
  }

  /** Runs the type rule; the answer in the spelling of {@link #types}. */
  String infer() {
    List<Value> values = new ArrayList<>();
    Block outer = new Block(List.of());
    for (Object operand : operands) {
      values.add(
          operand instanceof Literal literal
              ? new Builder(outer).constant(literal)
              : outer.addArgument((Type) operand));
    }
    List<Block> blocks = new ArrayList<>();
    for (Object region : regions) {
      blocks.add(region instanceof Supplier<?> made ? (Block) made.get() : block((String) region));
    }
    return Adaptor.text(TypeRules.infer(code, values, attributes, blocks, results));
  }

  /** A block of this signature, whose results are those of one op on its arguments. */
  static Block block(String signature) {
    int arrow = signature.indexOf("->");
    Block block = new Block(types(signature.substring(0, arrow)));
    Op op =
        new Op(
            OpCode.CUSTOM_CALL,
            block.arguments(),
            Map.of("call_target_name", new Attribute.Str("body")),
            List.of(),
            types(signature.substring(arrow + 2)),
            Location.UNKNOWN);
    return block.append(op).results().isEmpty() ? block : block.returns(op.results());
  }

  static List<Type> types(String text) {
    return Arrays.stream(text.trim().split(" +"))
        .filter(word -> !word.isEmpty())
        .map(RuleCase::type)
        .toList();
  }

  static Type type(String text) {
    if (text.equals("token")) {
      return new Type.Token();
    }
    if (text.endsWith(")")) {
      String inner = text.substring(text.indexOf('(') + 1, text.length() - 1);
      List<Type> parts = types(inner.replace("],", "] "));
      return text.startsWith("tuple") ? new Type.Tuple(parts) : new Type.Future(parts);
    }
    int open = text.indexOf('[');
    String inner = text.substring(open + 1, text.length() - 1);
    long[] dims = new long[0];
    if (!inner.isEmpty()) {
      dims =
          Arrays.stream(inner.split(","))
              .mapToLong(d -> d.equals("?") ? Shape.DYNAMIC : Long.parseLong(d))
              .toArray();
    }
    return TensorType.of(element(text.substring(0, open), dims), dims);
  }

  private static ElementType element(String name, long[] dims) {
    DType dtype = DType.byName(name);
    if (dtype != null) {
      return dtype;
    }
    int at = name.indexOf('@');
    String base = at < 0 ? name : name.substring(0, at);
    int axis = at < 0 ? -1 : Integer.parseInt(name.substring(at + 1));
    int n = axis < 0 || axis >= dims.length ? 1 : (int) dims[axis];
    boolean other = base.equals("q8b");
    DType storage = base.equals("q16") ? DType.I16 : DType.I8;
    DType expressed = base.equals("q8h") ? DType.F16 : DType.F32;
    long max = (1L << (storage.bits() - 1)) - 1;
    return new QuantizedType(
        storage,
        -max - 1,
        max,
        expressed,
        axis,
        Collections.nCopies(n, other ? 0.25 : 0.5),
        Collections.nCopies(n, other ? 3L : 0L));
  }

  @Override
  public String toString() {
    return code.shortName() + " " + operands + " " + attributes + " " + regions + " " + results;
  }
}
