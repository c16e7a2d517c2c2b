package org.cornu.stablehlo.text;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;

/**
 * Writes a module as MLIR text in the generic form ({@code "stablehlo.add"(%0, %1) : ...}), which
 * does not change between versions of StableHLO and which plugins and the official tools accept.
 *
 * <p>Functions that are only reached through calls are written too, each once, under a symbol of
 * its own. Ops of Cornu's own must have been lowered before, see {@link Options#allowOwn}.
 *
 * <pre>{@code
 * String text = Printer.print(module);
 * String withPlaces = Printer.print(module, Printer.Options.PROGRAM.withLocations(true));
 * }</pre>
 */
public final class Printer {
  /**
   * Attribute of a terminator under which the parser keeps its name, where that is not the usual
   * one of the op it ends; empty for a block without terminator.
   */
  static final String TERMINATOR = "cornu.terminator";

  /**
   * What to write.
   *
   * @param locations true to write where each op comes from, so that a compiler's message names the
   *     user's line
   * @param allowOwn true to write ops of Cornu's own, which no other tool reads, for debugging
   */
  public record Options(boolean locations, boolean allowOwn) {
    /** A program for a plugin, without locations. */
    public static final Options PROGRAM = new Options(false, false);

    /** Anything, for people to read. */
    public static final Options DEBUG = new Options(false, true);

    /** These options with or without locations. */
    public Options withLocations(boolean on) {
      return new Options(on, allowOwn);
    }
  }

  private static final String INDENT = "  ".repeat(16);

  /**
   * What is written for a value: its number, with its position where an op has several, and type.
   */
  private record Name(String number, String type) {}

  private final Options options;
  private final StringBuilder out = new StringBuilder(1 << 14);
  private final Symbols symbols;
  private final AttributePrinter attributes;
  private final Locations locations = new Locations();
  private final IdentityHashMap<Value, Name> names = new IdentityHashMap<>(1 << 10);
  private int nextNumber;

  private Printer(Module module, Options options) {
    this.options = options;
    symbols = new Symbols(module);
    attributes = new AttributePrinter(out, symbols);
  }

  /** The text of a module for a plugin: {@link Options#PROGRAM}. */
  public static String print(Module module) {
    return print(module, Options.PROGRAM);
  }

  /**
   * The text of a module.
   *
   * @throws IllegalArgumentException if an op of Cornu's own is left and not allowed, or an operand
   *     is not defined before its use
   */
  public static String print(Module module, Options options) {
    Printer printer = new Printer(module, options);
    printer.module(module);
    return printer.out.toString();
  }

  /** The text of a function and of those it calls, for people to read. */
  public static String print(Func func) {
    return print(Module.of(func), Options.DEBUG);
  }

  private void module(Module module) {
    out.append("module");
    String name = module.name();
    if (name != null) {
      out.append(' ').append(Symbols.symbolText(name));
    }
    if (!module.attributes().isEmpty()) {
      out.append(" attributes ");
      attributes.dict(module.attributes());
    }
    out.append(" {\n");
    for (Module.Mesh mesh : module.meshes()) {
      mesh(mesh);
    }
    for (int i = 0; i < symbols.functions().size(); i++) {
      func(symbols.functions().get(i), symbols.isDeclared(i));
    }
    out.append("}\n").append(locations.definitions());
  }

  private void mesh(Module.Mesh mesh) {
    out.append("  sdy.mesh ").append(Symbols.symbolText(mesh.name())).append(" = <[");
    for (int i = 0; i < mesh.axes().size(); i++) {
      Module.Mesh.Axis axis = mesh.axes().get(i);
      out.append(i == 0 ? "" : ", ").append(Attribute.quote(axis.name()));
      out.append('=').append(axis.size());
    }
    out.append(']');
    if (!mesh.deviceIds().isEmpty()) {
      out.append(", device_ids=").append(mesh.deviceIds());
    }
    out.append('>');
    if (!mesh.attributes().isEmpty()) {
      out.append(' ');
      attributes.dict(mesh.attributes());
    }
    out.append('\n');
  }

  private void func(Func func, boolean declared) {
    names.clear();
    nextNumber = 0;
    out.append("  func.func ").append(declared && func.isPublic() ? "public " : "private ");
    out.append(symbols.text(func)).append('(');
    List<? extends org.cornu.stablehlo.ir.Type> inputs = func.type().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      if (!func.isDeclaration()) {
        argument(func.body().argument(i));
        out.append(": ");
      }
      attributes.type(inputs.get(i));
      attributesOf(func.argumentAttributes(i));
    }
    out.append(')');
    results(func);
    if (!func.attributes().isEmpty()) {
      out.append(" attributes ");
      attributes.dict(func.attributes());
    }
    if (!func.isDeclaration()) {
      out.append(" {\n");
      body(func.body(), "func.return", 2);
      out.append("  }");
    }
    location(func.location());
    out.append('\n');
  }

  private void results(Func func) {
    int count = func.type().results().size();
    if (count == 0) {
      return;
    }
    out.append(" -> (");
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ", ");
      attributes.type(func.type().results().get(i));
      attributesOf(func.resultAttributes(i));
    }
    out.append(')');
  }

  private void attributesOf(Map<String, Attribute> map) {
    if (!map.isEmpty()) {
      out.append(' ');
      attributes.dict(map);
    }
  }

  private void body(Block block, String terminator, int depth) {
    for (Op op : block.ops()) {
      op(op, depth);
    }
    Map<String, Attribute> extra = block.returnAttributes();
    if (extra.get(TERMINATOR) instanceof Attribute.Str other) {
      terminator = other.value();
      extra = new java.util.TreeMap<>(extra);
      extra.remove(TERMINATOR);
      if (terminator.isEmpty()) {
        return;
      }
    }
    indent(depth);
    out.append('"').append(terminator).append('"');
    Name[] operands = operands(block.results());
    attributesOf(extra);
    out.append(" : ");
    signature(operands, List.of());
    out.append('\n');
  }

  private void op(Op op, int depth) {
    if (op.code().isOwn() && !options.allowOwn()) {
      Location.Line line = op.location().innermostLine();
      throw new IllegalArgumentException(
          op.name()
              + ": an op of Cornu's own must be lowered before the program is printed"
              + (line == null ? "" : ": it comes from " + line));
    }
    indent(depth);
    List<Value> results = op.results();
    if (!results.isEmpty()) {
      String number = Integer.toString(nextNumber++);
      define(results, number);
      out.append('%').append(number);
      if (results.size() > 1) {
        out.append(':').append(results.size());
      }
      out.append(" = ");
    }
    out.append('"').append(op.name()).append('"');
    Name[] operands = operands(op.operands());
    int properties = op.attributes().isEmpty() ? 0 : properties(op);
    if (!op.regions().isEmpty()) {
      regions(op, depth);
    }
    if (op.attributes().size() > properties) {
      discardable(op);
    }
    out.append(" : ");
    signature(operands, results);
    location(op.location());
    out.append('\n');
  }

  /** Writes the attributes that belong to the op; how many there are. */
  private int properties(Op op) {
    List<String> known = op.code().properties();
    int count = 0;
    for (Map.Entry<String, Attribute> entry : op.attributes().entrySet()) {
      String key = entry.getKey();
      if (known.contains(key)) {
        out.append(count++ > 0 ? ", " : " <{");
        if (op.code() == OpCode.SDY_MANUAL_COMPUTATION
            && entry.getValue() instanceof Attribute.Array axes) {
          manualAxes(key, axes);
        } else {
          attributes.property(key, inDialect(op, entry.getValue()));
        }
      }
    }
    if (count > 0) {
      out.append("}>");
    }
    return count;
  }

  // The words of CHLO's ops belong to its own dialect; read back, they stand there as text.
  private static Attribute inDialect(Op op, Attribute value) {
    return value instanceof Attribute.Keyword word && op.name().startsWith("chlo.")
        ? new Attribute.Opaque("#chlo<" + word.kind() + " " + word.word() + ">")
        : value;
  }

  // Shardy has an attribute of its own for what is a list of strings here.
  private void manualAxes(String key, Attribute.Array axes) {
    out.append(key).append(" = #sdy<manual_axes{");
    for (int i = 0; i < axes.elements().size(); i++) {
      out.append(i == 0 ? "" : ", ").append(axes.elements().get(i));
    }
    out.append("}>");
  }

  private void discardable(Op op) {
    List<String> known = op.code().properties();
    boolean any = false;
    for (Map.Entry<String, Attribute> entry : op.attributes().entrySet()) {
      if (!known.contains(entry.getKey())) {
        out.append(any ? ", " : " {");
        any = true;
        attributes.entry(entry.getKey(), entry.getValue());
      }
    }
    if (any) {
      out.append('}');
    }
  }

  private void regions(Op op, int depth) {
    String terminator = terminator(op);
    out.append(" (");
    for (int i = 0; i < op.regions().size(); i++) {
      out.append(i == 0 ? "{\n" : ", {\n");
      Block block = op.region(i);
      if (!block.arguments().isEmpty()) {
        indent(depth);
        out.append("^bb0(");
        for (int k = 0; k < block.arguments().size(); k++) {
          Value argument = block.argument(k);
          out.append(k == 0 ? "" : ", ");
          argument(argument);
          out.append(": ");
          attributes.type(argument.type());
        }
        out.append("):\n");
      }
      body(block, terminator, depth + 1);
      indent(depth);
      out.append('}');
    }
    out.append(')');
  }

  /** The usual name of the op that ends the regions of {@code op}. */
  static String terminator(Op op) {
    return terminator(op.code(), op.name());
  }

  static String terminator(OpCode code, String name) {
    return code == OpCode.SDY_MANUAL_COMPUTATION || name.startsWith("sdy.")
        ? "sdy.return"
        : "stablehlo.return";
  }

  private void argument(Value value) {
    String number = Integer.toString(nextNumber++);
    names.put(value, new Name(number, attributes.typeText(value.type())));
    out.append('%').append(number);
  }

  private void define(List<Value> results, String number) {
    for (int i = 0; i < results.size(); i++) {
      Value result = results.get(i);
      String text = results.size() == 1 ? number : number + "#" + i;
      names.put(result, new Name(text, attributes.typeText(result.type())));
    }
  }

  private Name name(Value value) {
    Name name = names.get(value);
    if (name == null) {
      throw new IllegalArgumentException(
          "print: operand is not defined before its use in the function: " + value);
    }
    return name;
  }

  private Name[] operands(List<Value> operands) {
    Name[] used = new Name[operands.size()];
    out.append('(');
    for (int i = 0; i < used.length; i++) {
      used[i] = name(operands.get(i));
      out.append(i == 0 ? "%" : ", %").append(used[i].number());
    }
    out.append(')');
    return used;
  }

  private void signature(Name[] operands, List<Value> results) {
    out.append('(');
    for (int i = 0; i < operands.length; i++) {
      out.append(i == 0 ? "" : ", ").append(operands[i].type());
    }
    out.append(") -> ");
    if (results.size() == 1) {
      out.append(name(results.get(0)).type());
      return;
    }
    out.append('(');
    for (int i = 0; i < results.size(); i++) {
      out.append(i == 0 ? "" : ", ").append(name(results.get(i)).type());
    }
    out.append(')');
  }

  private void location(Location location) {
    if (options.locations() && !(location instanceof Location.Unknown)) {
      out.append(" loc(#loc").append(locations.number(location)).append(')');
    }
  }

  private void indent(int depth) {
    out.append(INDENT.substring(0, Math.min(2 * depth, INDENT.length())));
  }
}
