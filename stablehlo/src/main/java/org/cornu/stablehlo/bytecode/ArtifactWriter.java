package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.bytecode.Encoder.Flavor;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.text.Symbols;

/** Turns a module into VHLO ops with numbered values. */
final class ArtifactWriter {
  private static final String CAST = "builtin.unrealized_conversion_cast";

  private final Module module;
  private final Version target;
  private final Symbols symbols;

  ArtifactWriter(Module module, Version target) {
    this.module = module;
    this.target = target;
    this.symbols = new Symbols(module);
  }

  /** The module op. */
  RawOp root() {
    RawOp root = new RawOp("builtin.module", Location.UNKNOWN);
    root.discardable.putAll(module.attributes());
    if (module.name() != null) {
      root.attributes.put("sym_name", new Attribute.Str(module.name()));
    }
    RawOp.Region region = new RawOp.Region(0, true);
    region.hasBlock = true;
    root.regions.add(region);
    for (Module.Mesh mesh : module.meshes()) {
      region.ops.add(mesh(mesh));
    }
    for (int i = 0; i < symbols.functions().size(); i++) {
      region.ops.add(function(symbols.functions().get(i), symbols.isDeclared(i)));
    }
    return root;
  }

  private void needsMixing(String what) {
    Version first = new Version(1, 11, 0);
    if (target.compareTo(first) < 0) {
      throw new BytecodeException(
          what + " of other dialects needs StableHLO " + first + ", target is " + target);
    }
  }

  private RawOp mesh(Module.Mesh mesh) {
    needsMixing("sdy.mesh");
    RawOp raw = new RawOp("sdy.mesh", Location.UNKNOWN);
    StringBuilder text = new StringBuilder("#sdy.mesh<[");
    for (int i = 0; i < mesh.axes().size(); i++) {
      Module.Mesh.Axis axis = mesh.axes().get(i);
      text.append(i == 0 ? "" : ", ").append(Attribute.quote(axis.name()));
      text.append('=').append(axis.size());
    }
    text.append(']');
    if (!mesh.deviceIds().isEmpty()) {
      text.append(", device_ids=").append(mesh.deviceIds());
    }
    raw.attributes.put("mesh", new Attribute.Opaque(text.append('>').toString()));
    raw.attributes.put("sym_name", new Attribute.Str(mesh.name()));
    raw.discardable.putAll(mesh.attributes());
    return raw;
  }

  private RawOp function(Func func, boolean declared) {
    RawOp raw = new RawOp("vhlo.func_v1", func.location());
    raw.attributes.put("sym_name", new Attribute.Str(symbols.name(func)));
    raw.attributes.put("function_type", new Attribute.OfType(func.type()));
    String visibility = declared && func.isPublic() ? "public" : "private";
    raw.attributes.put("sym_visibility", new Attribute.Str(visibility));
    List<Map<String, Attribute>> arguments = new ArrayList<>();
    for (int i = 0; i < func.type().inputs().size(); i++) {
      arguments.add(func.argumentAttributes(i));
    }
    List<Map<String, Attribute>> results = new ArrayList<>();
    for (int i = 0; i < func.type().results().size(); i++) {
      results.add(func.resultAttributes(i));
    }
    raw.attributes.put("arg_attrs", dictionaries(arguments));
    raw.attributes.put("res_attrs", dictionaries(results));
    raw.discardable.putAll(named(func.attributes()));
    RawOp.Region region = new RawOp.Region(0, true);
    if (!func.isDeclaration()) {
      new Body(region).block(func.body(), "vhlo.return_v1");
    }
    raw.regions.add(region);
    return raw;
  }

  private Attribute dictionaries(List<Map<String, Attribute>> maps) {
    if (maps.stream().allMatch(Map::isEmpty)) {
      return new Attribute.Array(List.of());
    }
    List<Attribute> list = new ArrayList<>();
    maps.forEach(map -> list.add(new Attribute.Dict(named(map))));
    return new Attribute.Array(list);
  }

  /** The attributes with functions replaced by their symbols. */
  private Map<String, Attribute> named(Map<String, Attribute> attributes) {
    Map<String, Attribute> out = new TreeMap<>();
    attributes.forEach((key, value) -> out.put(key, named(value)));
    return out;
  }

  private Attribute named(Attribute attribute) {
    if (attribute instanceof Attribute.Callee callee) {
      return new Attribute.Str(symbols.name(callee.func()));
    }
    if (attribute instanceof Attribute.Symbol symbol) {
      return new Attribute.Str(symbol.name());
    }
    if (attribute instanceof Attribute.Array array) {
      return new Attribute.Array(array.elements().stream().map(this::named).toList());
    }
    if (attribute instanceof Attribute.Dict dict) {
      return new Attribute.Dict(named(dict.entries()));
    }
    return attribute;
  }

  /** Fills one region; values of regions around it are known by number. */
  private final class Body {
    private final RawOp.Region region;
    private final IdentityHashMap<Value, Integer> numbers;
    private final List<Runnable> nested = new ArrayList<>();
    private int next;

    Body(RawOp.Region region) {
      this(region, new IdentityHashMap<>());
    }

    private Body(RawOp.Region region, IdentityHashMap<Value, Integer> numbers) {
      this.region = region;
      this.numbers = numbers;
      this.next = region.firstValue;
      region.hasBlock = true;
    }

    void block(Block block, String terminator) {
      for (Value argument : block.arguments()) {
        region.arguments.add(argument.type());
        numbers.put(argument, next++);
      }
      ops(block, terminator);
    }

    private void ops(Block block, String terminator) {
      for (Op op : block.ops()) {
        op(op);
      }
      RawOp end = new RawOp(terminator, Location.UNKNOWN);
      end.operands = operands(block.results(), terminator);
      end.discardable.putAll(named(block.returnAttributes()));
      region.ops.add(end);
      // The values of regions begin behind all of this one.
      nested.forEach(Runnable::run);
    }

    private int[] operands(List<Value> values, String op) {
      int[] out = new int[values.size()];
      for (int i = 0; i < out.length; i++) {
        Integer number = numbers.get(values.get(i));
        if (number == null) {
          throw new BytecodeException(op + ": operand is not defined before its use");
        }
        out[i] = number;
      }
      return out;
    }

    private void op(Op op) {
      if (isForeign(op)) {
        foreign(op);
        return;
      }
      if (!op.code().dialect().equals("stablehlo") && op.code() != OpCode.CALL) {
        throw new BytecodeException(
            op.name() + ": has no place in a portable artifact; lower or decompose it before");
      }
      RawOp raw = new ToVhlo(op, target).raw();
      raw.attributes.replaceAll((key, value) -> named(value));
      raw.discardable.replaceAll((key, value) -> named(value));
      raw.operands = operands(op.operands(), op.name());
      append(raw, op);
      for (Block block : op.regions()) {
        nest(raw, block, "vhlo.return_v1");
      }
    }

    private void append(RawOp raw, Op op) {
      for (Value result : op.results()) {
        raw.results.add(result.type());
        numbers.put(result, next++);
      }
      region.ops.add(raw);
    }

    private void nest(RawOp raw, Block block, String terminator) {
      nested.add(
          () -> {
            RawOp.Region inner = new RawOp.Region(next, false);
            raw.regions.add(inner);
            new Body(inner, numbers).block(block, terminator);
          });
    }

    // Attributes of CHLO are written as text, which readers take beside its own encoding.
    private static boolean isForeign(Op op) {
      return switch (op.code().dialect()) {
        case "sdy" -> true;
        case "chlo" -> VhloOps.isChlo(op.code()) && op.attribute("is_stable") == null;
        default -> false;
      };
    }

    // Ops of other dialects work on types of the builtin dialect: casts stand around them.
    private void foreign(Op op) {
      needsMixing(op.name());
      RawOp raw = new RawOp(op.name(), op.location());
      for (Map.Entry<String, Attribute> entry : op.attributes().entrySet()) {
        boolean own = op.code().properties().contains(entry.getKey());
        Attribute value = entry.getValue();
        if (entry.getKey().equals("manual_axes") && value instanceof Attribute.Array axes) {
          String names = axes.toString();
          value =
              new Attribute.Opaque(
                  "#sdy<manual_axes{" + names.substring(1, names.length() - 1) + "}>");
        }
        (own ? raw.attributes : raw.discardable).put(entry.getKey(), value);
      }
      raw.foreign = true;
      raw.operands = new int[op.operands().size()];
      for (int i = 0; i < raw.operands.length; i++) {
        Value operand = op.operand(i);
        int number = operands(List.of(operand), op.name())[0];
        raw.operands[i] = cast(number, operand.type(), true, op.location());
      }
      int first = next;
      for (Value result : op.results()) {
        raw.results.add(result.type());
        next++;
      }
      region.ops.add(raw);
      for (int i = 0; i < op.results().size(); i++) {
        Value result = op.result(i);
        numbers.put(result, cast(first + i, result.type(), false, op.location()));
      }
      for (Block block : op.regions()) {
        nested.add(
            () -> {
              RawOp.Region inner = new RawOp.Region(next, false);
              inner.foreign = true;
              raw.regions.add(inner);
              new Body(inner, numbers).manual(block);
            });
      }
    }

    private int cast(int number, Type type, boolean toBuiltin, Location location) {
      RawOp cast = new RawOp(CAST, location);
      cast.operands = new int[] {number};
      cast.results.add(type);
      cast.foreign = toBuiltin;
      region.ops.add(cast);
      return next++;
    }

    private void manual(Block block) {
      int first = next;
      for (Value argument : block.arguments()) {
        region.arguments.add(argument.type());
        next++;
      }
      for (int i = 0; i < block.arguments().size(); i++) {
        Value argument = block.argument(i);
        numbers.put(argument, cast(first + i, argument.type(), false, Location.UNKNOWN));
      }
      for (Op op : block.ops()) {
        op(op);
      }
      RawOp end = new RawOp("sdy.return", Location.UNKNOWN);
      int[] plain = operands(block.results(), "sdy.return");
      end.operands = new int[plain.length];
      for (int i = 0; i < plain.length; i++) {
        end.operands[i] = cast(plain[i], block.results().get(i).type(), true, Location.UNKNOWN);
      }
      region.ops.add(end);
      nested.forEach(Runnable::run);
    }
  }

  /** Which encoding the types that an op or region defines get. */
  static Flavor types(boolean foreign) {
    return foreign ? Flavor.TEXT : Flavor.VHLO;
  }
}
