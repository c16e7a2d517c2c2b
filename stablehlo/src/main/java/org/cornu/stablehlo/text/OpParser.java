package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads blocks, regions and ops: the generic form of any op here, the pretty forms through {@link
 * PrettyForms}.
 */
final class OpParser {
  final Lexer lexer;
  final TypeParser types;
  final AttributeParser attributes;
  private final LocationParser locations;
  private final PrettyForms pretty;
  private final Scope scope = new Scope();
  // Names the text in the locations of ops that have none; null to leave these unknown.
  private final @Nullable String positions;
  // The block that is being read, and the depth of the innermost region that may capture nothing.
  private Block current = new Block(List.of());
  private int sealedDepth;

  OpParser(
      Lexer lexer,
      TypeParser types,
      AttributeParser attributes,
      LocationParser locations,
      @Nullable String positions) {
    this.lexer = lexer;
    this.types = types;
    this.attributes = attributes;
    this.locations = locations;
    this.positions = positions;
    this.pretty = new PrettyForms(this);
  }

  /**
   * Reads the body of a function from its {@code '{'} into {@code block}.
   *
   * @param names names of the arguments; null when a label in the body names them
   */
  void function(Block block, @Nullable List<String> names) {
    scope.clear();
    sealedDepth = 0;
    lexer.enter();
    lexer.expect('{');
    if (names == null) {
      argumentNames(block);
    } else {
      int at = lexer.position();
      for (int i = 0; i < names.size(); i++) {
        define(names.get(i), List.of(block.argument(i)), at);
      }
    }
    body(block, "func.return");
    if (block.returnAttributes().get(Printer.TERMINATOR) instanceof Attribute.Str terminator
        && terminator.value().isEmpty()) {
      throw lexer.error(lexer.cursor() - 1, "expected func.return at the end of a function");
    }
    lexer.leave();
  }

  // The label of a function in generic form; the types are known from its attribute.
  private void argumentNames(Block block) {
    if (!lexer.at('^')) {
      if (!block.arguments().isEmpty()) {
        throw lexer.unexpected("a label that names the arguments");
      }
      return;
    }
    int at = lexer.position();
    Block named = new Block(List.of());
    List<String> names = new ArrayList<>();
    label(named, names);
    if (!named.argumentTypes().equals(block.argumentTypes())) {
      throw lexer.error(at, "arguments do not have the types of the function");
    }
    for (int i = 0; i < names.size(); i++) {
      define(names.get(i), List.of(block.argument(i)), at);
    }
  }

  /** A region; {@code names} and {@code argumentTypes} are given where it has no label. */
  Block region(PendingOp owner, List<String> names, List<? extends Type> argumentTypes) {
    lexer.enter();
    int at = lexer.position();
    lexer.expect('{');
    scope.push(
        owner.code == OpCode.ASYNC_START
            || owner.code == OpCode.CHLO_SCAN
            || owner.code == OpCode.OPAQUE);
    int outerSealed = sealedDepth;
    if (owner.code.hasIsolatedRegions()) {
      sealedDepth = scope.depth();
    }
    Block block = new Block(argumentTypes);
    List<String> all = new ArrayList<>(names);
    if (lexer.at('^')) {
      label(block, all);
    }
    for (int i = 0; i < all.size(); i++) {
      define(all.get(i), List.of(block.argument(i)), at);
    }
    body(block, Printer.terminator(owner.code, owner.name));
    scope.pop();
    sealedDepth = outerSealed;
    lexer.leave();
    return block;
  }

  // ^bb0(%a: T, %b: T loc(..)):
  private void label(Block block, List<String> names) {
    lexer.expect('^');
    lexer.suffixId("a block name after '^'");
    if (lexer.accept('(') && !lexer.accept(')')) {
      do {
        names.add(valueName());
        lexer.expect(':');
        block.addArgument(types.type());
        locations.skipOptional();
      } while (lexer.accept(','));
      lexer.expect(')');
    }
    lexer.expect(':');
  }

  private void body(Block block, String usualTerminator) {
    Block outer = current;
    current = block;
    ops(block, usualTerminator);
    current = outer;
  }

  private void ops(Block block, String usualTerminator) {
    while (!lexer.accept('}')) {
      int c = lexer.peek();
      if (c == '^') {
        throw lexer.error("regions of several blocks are not part of StableHLO");
      }
      if (c < 0) {
        throw lexer.unexpected("an operation or '}'");
      }
      if (statement(block, usualTerminator)) {
        lexer.expect('}');
        return;
      }
    }
    block.returnAttributes(Map.of(Printer.TERMINATOR, new Attribute.Str("")));
  }

  private record Binding(String name, int count, int at) {}

  /** Reads one op; true if it was the terminator. */
  private boolean statement(Block block, String usualTerminator) {
    List<Binding> bindings = lexer.at('%') ? bindings() : List.of();
    int at = lexer.position();
    boolean generic = lexer.at('"');
    String name = generic ? lexer.string() : fullName(lexer.word("an operation"));
    if (name.endsWith(".return") || name.endsWith(".yield")) {
      if (!bindings.isEmpty()) {
        throw lexer.error(at, name + " has no results");
      }
      terminator(block, name, generic, usualTerminator);
      return true;
    }
    OpCode code = OpCode.byName(name);
    PendingOp op = new PendingOp(code == null ? OpCode.OPAQUE : code, name);
    if (generic) {
      generic(op);
    } else {
      pretty.read(op, at);
    }
    Location location = locations.optional();
    if (location == null) {
      location = place(at);
    }
    Op built = new Op(op.code, name, op.operands, op.attributes, op.regions, op.results, location);
    block.append(built);
    bind(bindings, built, at);
    return false;
  }

  /** The place in the file, of what has no location of its own. */
  Location place(int at) {
    return positions == null
        ? Location.UNKNOWN
        : new Location.Line(positions, lexer.line(at), lexer.column(at));
  }

  // Inside a function the dialect func may be left out.
  private static String fullName(String word) {
    return word.equals("return") || word.equals("call") ? "func." + word : word;
  }

  private List<Binding> bindings() {
    List<Binding> bindings = new ArrayList<>();
    do {
      int at = lexer.position();
      String name = valueName();
      int count = 1;
      if (lexer.accept(':')) {
        count = (int) Math.min(Integer.MAX_VALUE, lexer.integer());
        if (count < 1) {
          throw lexer.error(at, "a group of results has at least one value");
        }
      }
      bindings.add(new Binding(name, count, at));
    } while (lexer.accept(','));
    lexer.expect('=');
    return bindings;
  }

  private void bind(List<Binding> bindings, Op op, int at) {
    if (bindings.isEmpty()) {
      return;
    }
    long names = 0;
    for (Binding binding : bindings) {
      names += binding.count();
    }
    if (names != op.results().size()) {
      throw lexer.error(
          at, op.name() + " has " + op.results().size() + " results, " + names + " are named");
    }
    int next = 0;
    for (Binding binding : bindings) {
      define(binding.name(), op.results().subList(next, next + binding.count()), binding.at());
      next += binding.count();
    }
  }

  private void define(String name, List<Value> values, int at) {
    if (!scope.define(name, values)) {
      throw lexer.error(at, "value %" + name + " is defined twice");
    }
  }

  private void terminator(Block block, String name, boolean generic, String usual) {
    PendingOp op = new PendingOp(OpCode.OPAQUE, name);
    if (generic) {
      generic(op);
      if (!op.results.isEmpty() || !op.regions.isEmpty()) {
        throw lexer.error(name + " has neither results nor regions");
      }
    } else {
      if (lexer.at('%')) {
        operandList(op.operands);
      }
      attributes.optionalDict(op.attributes);
      if (lexer.accept(':')) {
        List<Type> written = new ArrayList<>();
        int at = lexer.position();
        do {
          written.add(types.type());
        } while (lexer.accept(','));
        checkOperands(op, written, at);
      } else if (!op.operands.isEmpty()) {
        throw lexer.unexpected("':'");
      }
    }
    locations.skipOptional();
    block.returns(op.operands);
    if (!name.equals(usual)) {
      op.set(Printer.TERMINATOR, new Attribute.Str(name));
    }
    if (!op.attributes.isEmpty()) {
      block.returnAttributes(op.attributes);
    }
  }

  /** {@code (operands) <{properties}> ({regions}) {attributes} : type}. */
  void generic(PendingOp op) {
    operandsInParentheses(op.operands);
    if (lexer.at('[')) {
      throw lexer.error("ops with successor blocks are not part of StableHLO");
    }
    if (lexer.accept('<')) {
      attributes.dict(op.attributes);
      lexer.expect('>');
    }
    if (lexer.at('(')) {
      regions(op);
    }
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    functionType(op);
    canonicalize(op);
  }

  /** {@code ({..}, {..})}. */
  void regions(PendingOp op) {
    lexer.expect('(');
    do {
      op.regions.add(region(op, List.of(), List.of()));
    } while (lexer.accept(','));
    lexer.expect(')');
  }

  /** {@code (T, ...) -> R}, which must agree with the operands. */
  void functionType(PendingOp op) {
    int at = lexer.position();
    Type.Function function = types.function();
    checkOperands(op, function.inputs(), at);
    op.results = function.results();
  }

  /** Checks the operands of an op against the types written for them. */
  void checkOperands(PendingOp op, List<? extends Type> written, int at) {
    if (written.size() != op.operands.size()) {
      throw lexer.error(
          at, op.name + " has " + op.operands.size() + " operands, " + written.size() + " types");
    }
    for (int i = 0; i < written.size(); i++) {
      checkOperand(op, i, written.get(i), at);
    }
  }

  /** Checks operand {@code i} of an op against the type written for it. */
  void checkOperand(PendingOp op, int i, Type written, int at) {
    if (!op.operands.get(i).type().equals(written)) {
      throw lexer.error(
          at,
          op.name
              + ": operand "
              + i
              + " has type "
              + op.operands.get(i).type()
              + ", the text says "
              + written);
    }
  }

  void operandsInParentheses(List<Value> into) {
    lexer.expect('(');
    if (!lexer.accept(')')) {
      operandList(into);
      lexer.expect(')');
    }
  }

  private void operandList(List<Value> into) {
    do {
      into.add(operand());
    } while (lexer.accept(','));
  }

  /** {@code %name} without the sign, where a value is defined. */
  String valueName() {
    lexer.expect('%');
    return lexer.suffixId("a value name after '%'");
  }

  /** {@code %name} or {@code %name#1}. */
  Value operand() {
    int at = lexer.position();
    String name = valueName();
    Scope.Group found = scope.get(name);
    if (found == null) {
      throw lexer.error(at, "value %" + name + " is not defined here");
    }
    List<Value> group = found.depth() < sealedDepth ? inside(name, found) : found.values();
    long index = 0;
    if (lexer.raw() == '#') {
      lexer.step();
      index = lexer.integer();
      if (index < 0 || index >= group.size()) {
        throw lexer.error(at, "%" + name + " has " + group.size() + " values, no #" + index);
      }
    }
    return group.get((int) index);
  }

  /**
   * Repeats a constant within a region that may use nothing from outside: exporters hoist constants
   * out of the bodies of sorts and reductions, and XLA puts them back.
   */
  private List<Value> inside(String name, Scope.Group outer) {
    Op constant = outer.values().get(0).op();
    if (constant == null || constant.code() != OpCode.CONSTANT) {
      return outer.values();
    }
    Op copy =
        current.append(
            new Op(
                OpCode.CONSTANT,
                List.of(),
                constant.attributes(),
                List.of(),
                List.of(constant.result().type()),
                constant.location()));
    scope.shadow(name, copy.results());
    return copy.results();
  }

  private static final Set<String> INDEX_LISTS =
      Set.of(
          "base_dilations",
          "broadcast_dimensions",
          "broadcast_sizes",
          "dimensions",
          "edge_padding_high",
          "edge_padding_low",
          "fft_length",
          "interior_padding",
          "known_expanding_dimensions",
          "known_nonexpanding_dimensions",
          "lhs_dilation",
          "limit_indices",
          "permutation",
          "rhs_dilation",
          "slice_sizes",
          "start_indices",
          "strides",
          "window_dilations",
          "window_dimensions",
          "window_strides");

  // Before array<i64: ..> existed, lists of indices were spelled dense<..> : tensor<..xi64>.
  private static void canonicalize(PendingOp op) {
    for (Map.Entry<String, Attribute> entry : op.attributes.entrySet()) {
      if (entry.getValue() instanceof Attribute.Elements elements
          && op.code.properties().contains(entry.getKey())
          && elements.literal().type().rank() == 1
          && elements.literal().type().shape().count() < 1 << 16) {
        Literal literal = elements.literal();
        DType dtype = literal.type().dtype();
        if (dtype == DType.I64 && INDEX_LISTS.contains(entry.getKey())) {
          long[] values = new long[literal.count()];
          for (int i = 0; i < values.length; i++) {
            values[i] = literal.longAt(i);
          }
          entry.setValue(new Attribute.Longs(values));
        } else if (dtype.isBool() && entry.getKey().equals("window_reversal")) {
          boolean[] values = new boolean[literal.count()];
          for (int i = 0; i < values.length; i++) {
            values[i] = literal.longAt(i) != 0;
          }
          entry.setValue(new Attribute.Bools(values));
        }
      }
    }
  }

  /** Steps over a location that is not kept. */
  void skipLocation() {
    locations.skipOptional();
  }
}
