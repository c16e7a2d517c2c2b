package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.text.Parser;
import org.jspecify.annotations.Nullable;

/** Turns the ops of a file into a module: VHLO ops into StableHLO's, numbers into values. */
final class ProgramBuilder {
  private final RawOp root;
  private final Map<String, Func> functions = new HashMap<>();

  ProgramBuilder(RawOp root) {
    this.root = root;
  }

  Module module() {
    if (!root.name.equals("builtin.module") || root.regions.size() != 1) {
      throw new BytecodeException("expected a module at the top, got " + root.name);
    }
    Map<String, Attribute> attributes = new TreeMap<>(root.attributes);
    Attribute name = attributes.remove("sym_name");
    attributes.remove("sym_visibility");
    Module module =
        new Module(name instanceof Attribute.Str text ? text.value() : null, attributes);
    List<RawOp> bodies = new ArrayList<>();
    for (RawOp op : root.regions.get(0).ops) {
      switch (op.name) {
        case "vhlo.func_v1", "func.func" -> {
          module.add(header(op));
          bodies.add(op);
        }
        case "sdy.mesh" -> module.add(mesh(op));
        default -> throw new BytecodeException("a module has functions, got " + op.name);
      }
    }
    for (int i = 0; i < bodies.size(); i++) {
      Func func = module.functions().get(i);
      if (!func.isDeclaration()) {
        RawOp.Region region = bodies.get(i).regions.get(0);
        body(region, func.body(), new Values(), "func", new Seal(0));
        if (!func.body().resultTypes().equals(func.type().results())) {
          throw new BytecodeException("function @" + func.name() + " does not return its type");
        }
      }
    }
    return module;
  }

  private Func header(RawOp op) {
    String name = text(op, "sym_name");
    if (!(op.attributes.get("function_type") instanceof Attribute.OfType ofType)
        || !(ofType.type() instanceof Type.Function type)) {
      throw new BytecodeException("function @" + name + " has no type");
    }
    boolean isPublic =
        !(op.attributes.get("sym_visibility") instanceof Attribute.Str visibility)
            || visibility.value().isEmpty()
            || visibility.value().equals("public");
    Map<String, Attribute> extra = new TreeMap<>(op.attributes);
    for (VhloOps.Property property : VhloOps.properties("vhlo.func_v1")) {
      extra.remove(property.name());
    }
    boolean declared = op.regions.isEmpty() || !op.regions.get(0).hasBlock;
    if (!declared && !op.regions.get(0).arguments.equals(type.inputs())) {
      throw new BytecodeException("function @" + name + " does not take its type");
    }
    Func func =
        declared
            ? Func.declaration(name, type, isPublic, extra)
            : Func.ahead(
                name, new Block(type.inputs()), type.results(), isPublic, extra, op.location);
    for (int i = 0; i < type.inputs().size(); i++) {
      for (var entry : dictionary(op, "arg_attrs", i).entrySet()) {
        func.argumentAttribute(i, entry.getKey(), entry.getValue());
      }
    }
    for (int i = 0; i < type.results().size(); i++) {
      for (var entry : dictionary(op, "res_attrs", i).entrySet()) {
        func.resultAttribute(i, entry.getKey(), entry.getValue());
      }
    }
    if (functions.put(name, func) != null) {
      throw new BytecodeException("function @" + name + " is defined twice");
    }
    return func;
  }

  private static Map<String, Attribute> dictionary(RawOp op, String key, int i) {
    return op.attributes.get(key) instanceof Attribute.Array array
            && i < array.elements().size()
            && array.elements().get(i) instanceof Attribute.Dict dict
        ? dict.entries()
        : Map.of();
  }

  private static String text(RawOp op, String key) {
    if (op.attributes.get(key) instanceof Attribute.Str text) {
      return text.value();
    }
    throw new BytecodeException(op.name + " has no " + key);
  }

  // The text parser knows how a mesh reads.
  private static Module.Mesh mesh(RawOp op) {
    Map<String, Attribute> extra = new TreeMap<>(op.attributes);
    Attribute mesh = extra.remove("mesh");
    extra.remove("sym_name");
    if (!(mesh instanceof Attribute.Opaque text) || !text.text().startsWith("#sdy.mesh")) {
      throw new BytecodeException("sdy.mesh has no mesh");
    }
    Module.Mesh parsed =
        Parser.parse(
                "sdy.mesh "
                    + Attribute.symbolText(text(op, "sym_name"))
                    + " = "
                    + text.text().substring("#sdy.mesh".length()))
            .meshes()
            .get(0);
    return new Module.Mesh(parsed.name(), parsed.axes(), parsed.deviceIds(), extra);
  }

  /** Values by number. A region's numbers are free again when it ends. */
  private static final class Values {
    private final List<@Nullable Value> list = new ArrayList<>();

    void open(RawOp.Region region) {
      int end = region.firstValue + region.values();
      for (int i = region.firstValue; i < Math.min(end, list.size()); i++) {
        list.set(i, null);
      }
      while (list.size() < end) {
        list.add(null);
      }
    }

    void set(int number, Value value) {
      list.set(number, value);
    }

    Value get(int number, String op) {
      Value value = number < list.size() ? list.get(number) : null;
      if (value == null) {
        throw new BytecodeException(op + ": value " + number + " is used before it is defined");
      }
      return value;
    }
  }

  /**
   * Fills {@code block}.
   *
   * @param seal what is outside of a region that may capture nothing
   */
  private void body(RawOp.Region region, Block block, Values values, String owner, Seal seal) {
    values.open(region);
    int next = region.firstValue;
    for (Value argument : block.arguments()) {
      values.set(next++, argument);
    }
    for (int i = 0; i < region.ops.size(); i++) {
      RawOp raw = region.ops.get(i);
      List<Value> operands = new ArrayList<>(raw.operands.length);
      for (int number : raw.operands) {
        Value value = values.get(number, raw.name);
        operands.add(number < seal.below ? seal.inside(value, block) : value);
      }
      if (i == region.ops.size() - 1 && raw.name.matches(".*\\.return(_v1)?")) {
        block.returns(operands);
        if (!raw.attributes.isEmpty()) {
          block.returnAttributes(raw.attributes);
        }
        return;
      }
      if (raw.name.equals("builtin.unrealized_conversion_cast")
          && operands.size() == raw.results.size()) {
        // Between VHLO's types and those of other dialects, which are the same here.
        for (Value operand : operands) {
          values.set(next++, operand);
        }
        continue;
      }
      List<Block> nested = new ArrayList<>(raw.regions.size());
      for (RawOp.Region inner : raw.regions) {
        Block innerBlock = new Block(inner.arguments);
        OpCode code = raw.name.startsWith("vhlo.") ? code(raw.name) : null;
        if (inner.isolated) {
          body(inner, innerBlock, new Values(), raw.name, new Seal(0));
        } else {
          boolean seals = code != null && code.hasIsolatedRegions();
          Seal innerSeal = seals ? new Seal(inner.firstValue) : new Seal(seal);
          body(inner, innerBlock, values, raw.name, innerSeal);
        }
        nested.add(innerBlock);
      }
      Op op = op(raw, operands, nested);
      block.append(op);
      for (Value result : op.results()) {
        values.set(next++, result);
      }
    }
    throw new BytecodeException("a region of " + owner + " does not end with a return");
  }

  /**
   * Repeats constants within a region that may use nothing from outside: exporters hoist them out
   * of the bodies of sorts and reductions, and XLA puts them back.
   */
  private static final class Seal {
    /** Values below this number are outside. */
    final int below;

    private final IdentityHashMap<Value, Value> copies = new IdentityHashMap<>();

    Seal(int below) {
      this.below = below;
    }

    /** The seal of a region within the sealed one. */
    Seal(Seal outer) {
      this(outer.below);
      copies.putAll(outer.copies);
    }

    Value inside(Value value, Block block) {
      Op constant = value.op();
      if (constant == null || constant.code() != OpCode.CONSTANT) {
        return value;
      }
      Value copy = copies.get(value);
      if (copy == null) {
        Op repeated =
            new Op(
                OpCode.CONSTANT,
                List.of(),
                constant.attributes(),
                List.of(),
                List.of(value.type()),
                constant.location());
        copy = block.append(repeated).result();
        copies.put(value, copy);
      }
      return copy;
    }
  }

  private Op op(RawOp raw, List<Value> operands, List<Block> regions) {
    OpCode code = code(raw.name);
    Map<String, Attribute> attributes =
        raw.name.startsWith("vhlo.")
            ? new FromVhlo(raw, functions).attributes()
            : resolved(raw.attributes);
    if (code == null) {
      return new Op(
          OpCode.OPAQUE, raw.name, operands, attributes, regions, raw.results, raw.location);
    }
    return new Op(code, operands, attributes, regions, raw.results, raw.location);
  }

  private static @Nullable OpCode code(String name) {
    if (!name.startsWith("vhlo.")) {
      return OpCode.byName(name);
    }
    String base = FromVhlo.base(name);
    OpCode code = base.equals("call") ? OpCode.CALL : OpCode.byName("stablehlo." + base);
    if (code == null) {
      throw new BytecodeException("op " + name + " is not known");
    }
    return code;
  }

  private Map<String, Attribute> resolved(Map<String, Attribute> attributes) {
    Map<String, Attribute> out = new TreeMap<>(attributes);
    out.replaceAll(
        (key, value) -> {
          Func func =
              value instanceof Attribute.Symbol symbol ? functions.get(symbol.name()) : null;
          return func == null ? value : new Attribute.Callee(func);
        });
    return out;
  }
}
