package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/**
 * Reads the pretty forms of ops. Most are {@code name %a, %b, word = value {attributes} : types},
 * read by {@link #clauses}; the others have a method each. The attributes come out as the generic
 * form would give them.
 */
final class PrettyForms {
  private final OpParser ops;
  private final Lexer lexer;
  private final AttributeParser attributes;
  private final Clauses clauses;

  PrettyForms(OpParser ops) {
    this.ops = ops;
    this.lexer = ops.lexer;
    this.attributes = ops.attributes;
    this.clauses = new Clauses(ops);
  }

  /** Ops whose pretty form ends with a function type and nothing shorter. */
  private static final Set<OpCode> FUNCTION_TYPED =
      EnumSet.of(
          OpCode.BITCAST_CONVERT,
          OpCode.BROADCAST,
          OpCode.BROADCAST_IN_DIM,
          OpCode.COMPARE,
          OpCode.CONCATENATE,
          OpCode.DOT,
          OpCode.DOT_GENERAL,
          OpCode.DYNAMIC_BROADCAST_IN_DIM,
          OpCode.DYNAMIC_IOTA,
          OpCode.DYNAMIC_PAD,
          OpCode.DYNAMIC_RESHAPE,
          OpCode.DYNAMIC_SLICE,
          OpCode.DYNAMIC_UPDATE_SLICE,
          OpCode.EINSUM,
          OpCode.FFT,
          OpCode.GET_DIMENSION_SIZE,
          OpCode.GET_TUPLE_ELEMENT,
          OpCode.IS_FINITE,
          OpCode.PAD,
          OpCode.REAL_DYNAMIC_SLICE,
          OpCode.RESHAPE,
          OpCode.RNG,
          OpCode.RNG_BIT_GENERATOR,
          OpCode.SET_DIMENSION_SIZE,
          OpCode.SLICE,
          OpCode.TRANSPOSE,
          OpCode.UNARY_EINSUM);

  /** Ops that are always printed in the generic form. */
  private static final Set<OpCode> GENERIC_ONLY =
      EnumSet.of(
          OpCode.ALL_GATHER,
          OpCode.ALL_REDUCE,
          OpCode.ALL_TO_ALL,
          OpCode.ASYNC_DONE,
          OpCode.ASYNC_START,
          OpCode.BATCH_NORM_GRAD,
          OpCode.BATCH_NORM_INFERENCE,
          OpCode.BATCH_NORM_TRAINING,
          OpCode.CASE,
          OpCode.COLLECTIVE_BROADCAST,
          OpCode.COLLECTIVE_PERMUTE,
          OpCode.COLLECTIVE_REDUCE,
          OpCode.CROSS_REPLICA_SUM,
          OpCode.DYNAMIC_CONV,
          OpCode.DYNAMIC_GATHER,
          OpCode.GATHER,
          OpCode.IF,
          OpCode.INFEED,
          OpCode.MAP,
          OpCode.OUTFEED,
          OpCode.RECV,
          OpCode.REDUCE_SCATTER,
          OpCode.REDUCE_WINDOW,
          OpCode.SCATTER,
          OpCode.SELECT_AND_SCATTER,
          OpCode.SEND,
          OpCode.SORT,
          OpCode.TORCH_INDEX_SELECT,
          OpCode.TRIANGULAR_SOLVE,
          OpCode.CHLO_CONSTANT_LIKE,
          OpCode.CHLO_RAGGED_DOT);

  /** Reads what follows the name of {@code op}, which stands at {@code at}. */
  void read(PendingOp op, int at) {
    if (op.code == OpCode.OPAQUE) {
      opaque(op, at);
      return;
    }
    if (op.code.isOwn() || GENERIC_ONLY.contains(op.code)) {
      throw lexer.error(
          at, op.name + " has no pretty form: it is written \"" + op.name + "\"(...)");
    }
    switch (op.code) {
      case CONSTANT, CHLO_CONSTANT -> constant(op);
      case CALL -> call(op);
      case CUSTOM_CALL -> customCall(op);
      case COMPOSITE -> composite(op);
      case CONVOLUTION -> convolution(op);
      case REDUCE -> reduce(op);
      case WHILE -> whileLoop(op);
      case CHLO_SCAN -> scan(op);
      case CHLO_TOP_K -> {
        lexer.expect('(');
        clauses.read(op);
        lexer.expect(')');
        attributesAndTypes(op);
      }
      case OPTIMIZATION_BARRIER -> {
        attributes.optionalDict(op.attributes);
        if (lexer.accept('(')) {
          lexer.expect(')');
        } else {
          clauses.read(op);
          types(op);
        }
      }
      case SDY_SHARDING_CONSTRAINT -> {
        op.operands.add(ops.operand());
        op.set("sharding", attributes.shardy().sharding());
        attributesAndTypes(op);
      }
      case SDY_MANUAL_COMPUTATION -> manualComputation(op);
      default -> {
        if (!lexer.at(':') && !lexer.at('{')) {
          clauses.read(op);
        }
        attributesAndTypes(op);
      }
    }
  }

  private void attributesAndTypes(PendingOp op) {
    attributes.optionalDict(op.attributes);
    types(op);
  }

  /** {@code : (T, U) -> R}, or what is shorter where types repeat. */
  private void types(PendingOp op) {
    lexer.expect(':');
    int at = lexer.position();
    if (lexer.at('(')) {
      ops.functionType(op);
      return;
    }
    List<Type> written = new ArrayList<>();
    do {
      written.add(ops.types.type());
    } while (lexer.accept(','));
    if (lexer.accept("->")) {
      ops.checkOperands(op, written, at);
      op.results = ops.types.results();
      return;
    }
    if (FUNCTION_TYPED.contains(op.code)) {
      throw lexer.error(at, op.name + " needs a function type (..) -> ..");
    }
    op.results = written;
    switch (op.code) {
      case OPTIMIZATION_BARRIER -> ops.checkOperands(op, written, at);
      case SELECT -> {
        Type branch = written.get(written.size() - 1);
        ops.checkOperands(op, List.of(written.get(0), branch, branch), at);
        op.results = List.of(branch);
      }
      case COMPLEX -> {
        if (!(single(op, written, at) instanceof TensorType tensor)
            || !tensor.dtype().isComplex()) {
          throw lexer.error(at, "complex needs a complex result type, got " + written.get(0));
        }
        Type part = tensor.withElement(tensor.dtype().real());
        ops.checkOperands(op, List.of(part, part), at);
      }
      case TUPLE -> {
        if (!(single(op, written, at) instanceof Type.Tuple tuple)) {
          throw lexer.error(at, "tuple needs a tuple type, got " + written.get(0));
        }
        ops.checkOperands(op, tuple.elements(), at);
      }
      default -> {
        Type type = single(op, written, at);
        for (int i = 0; i < op.operands.size(); i++) {
          ops.checkOperand(op, i, type, at);
        }
      }
    }
  }

  private Type single(PendingOp op, List<Type> written, int at) {
    if (written.size() != 1) {
      throw lexer.error(at, op.name + " needs one type here, got " + written.size());
    }
    return written.get(0);
  }

  // stablehlo.constant {attributes} dense<..> : T
  private void constant(PendingOp op) {
    if (lexer.at('(')) {
      ops.generic(op);
      return;
    }
    attributes.optionalDict(op.attributes);
    int at = lexer.position();
    if (!(attributes.attribute() instanceof Attribute.Elements elements)) {
      throw lexer.error(at, "constant needs dense elements of a known type");
    }
    op.set("value", elements);
    op.results = List.of(elements.literal().type());
  }

  private void call(PendingOp op) {
    int at = lexer.position();
    String name = lexer.symbol();
    Attribute callee = attributes.resolved(name);
    if (!(callee instanceof Attribute.Callee)) {
      throw lexer.error(at, "function @" + name + " is not defined");
    }
    op.set("callee", callee);
    ops.operandsInParentheses(op.operands);
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    ops.functionType(op);
  }

  private void customCall(PendingOp op) {
    op.set("call_target_name", new Attribute.Str(lexer.symbol()));
    ops.operandsInParentheses(op.operands);
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    ops.functionType(op);
  }

  private void composite(PendingOp op) {
    op.set("name", new Attribute.Str(lexer.string()));
    if (lexer.at('%')) {
      do {
        op.operands.add(ops.operand());
      } while (lexer.accept(','));
    }
    if (lexer.at('(')) {
      ops.regions(op);
    }
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    ops.functionType(op);
  }

  // (%l, %r) dim_numbers = [..]x[..]->[..], window = {stride = [..], ..} {attributes} : ..
  private void convolution(PendingOp op) {
    ops.operandsInParentheses(op.operands);
    lexer.expectWord("dim_numbers");
    lexer.expect('=');
    op.set("dimension_numbers", attributes.dimensions().convolutionText());
    lexer.expect(',');
    lexer.expectWord("window");
    lexer.expect('=');
    lexer.expect('{');
    if (!lexer.accept('}')) {
      do {
        window(op);
      } while (lexer.accept(','));
      lexer.expect('}');
    }
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    ops.functionType(op);
  }

  private void window(PendingOp op) {
    int at = lexer.position();
    String word = lexer.word("stride, pad, lhs_dilate, rhs_dilate or reverse");
    lexer.expect('=');
    lexer.expect('[');
    switch (word) {
      case "stride" -> op.set("window_strides", new Attribute.Longs(attributes.longs(']')));
      case "lhs_dilate" -> op.set("lhs_dilation", new Attribute.Longs(attributes.longs(']')));
      case "rhs_dilate" -> op.set("rhs_dilation", new Attribute.Longs(attributes.longs(']')));
      case "pad" -> op.set("padding", new Attribute.Elements(padding()));
      case "reverse" -> {
        List<Boolean> values = new ArrayList<>();
        if (!lexer.accept(']')) {
          do {
            values.add(attributes.bool());
          } while (lexer.accept(','));
          lexer.expect(']');
        }
        boolean[] out = new boolean[values.size()];
        for (int i = 0; i < out.length; i++) {
          out[i] = values.get(i);
        }
        op.set("window_reversal", new Attribute.Bools(out));
      }
      default -> throw lexer.error(at, "unknown window entry '" + word + "'");
    }
  }

  private Literal padding() {
    List<Long> values = new ArrayList<>();
    if (!lexer.accept(']')) {
      do {
        lexer.expect('[');
        values.add(lexer.integer());
        lexer.expect(',');
        values.add(lexer.integer());
        lexer.expect(']');
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    TensorType type = TensorType.of(DType.I64, values.size() / 2, 2);
    return Literal.ofLongs(type, values.stream().mapToLong(Long::longValue).toArray());
  }

  private static final Set<OpCode> REDUCERS =
      EnumSet.of(
          OpCode.ADD,
          OpCode.AND,
          OpCode.MAXIMUM,
          OpCode.MINIMUM,
          OpCode.MULTIPLY,
          OpCode.OR,
          OpCode.XOR);

  // (%x init: %i), .. applies stablehlo.add across dimensions = [0] {attributes} : (..) -> ..
  // (%x init: %i), .. across dimensions = [0] {attributes} : (..) -> .. reducer(%a: T, %b: T) {..}
  private void reduce(PendingOp op) {
    List<Value> inits = new ArrayList<>();
    do {
      lexer.expect('(');
      op.operands.add(ops.operand());
      lexer.expectWord("init");
      lexer.expect(':');
      inits.add(ops.operand());
      lexer.expect(')');
    } while (lexer.accept(','));
    op.operands.addAll(inits);
    OpCode reducer = null;
    if (lexer.acceptWord("applies")) {
      int at = lexer.position();
      reducer = OpCode.byName(lexer.word("an operation"));
      if (reducer == null || !REDUCERS.contains(reducer)) {
        throw lexer.error(at, "a compact reducer is one of " + REDUCERS);
      }
    }
    lexer.expectWord("across");
    lexer.expectWord("dimensions");
    lexer.expect('=');
    lexer.expect('[');
    op.set("dimensions", new Attribute.Longs(attributes.longs(']')));
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    int at = lexer.position();
    ops.functionType(op);
    if (reducer == null) {
      op.regions.add(reducerRegion(op));
      return;
    }
    if (!(op.operands.get(0).type() instanceof TensorType input)) {
      throw lexer.error(at, "reduce needs tensors, got " + op.operands.get(0).type());
    }
    TensorType element = TensorType.of(input.element());
    Block body = new Block(List.of(element, element));
    Op inner =
        new Op(
            reducer,
            body.arguments(),
            java.util.Map.of(),
            List.of(),
            List.of(element),
            Location.UNKNOWN);
    body.append(inner);
    op.regions.add(body.returns(inner.results()));
  }

  // Each pair names an input element and its accumulator; the block takes all inputs first.
  private Block reducerRegion(PendingOp op) {
    lexer.expectWord("reducer");
    List<String> names = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    List<String> accumulatorNames = new ArrayList<>();
    List<Type> accumulatorTypes = new ArrayList<>();
    while (lexer.accept('(')) {
      argument(names, types);
      lexer.expect(',');
      argument(accumulatorNames, accumulatorTypes);
      lexer.expect(')');
    }
    names.addAll(accumulatorNames);
    types.addAll(accumulatorTypes);
    return ops.region(op, names, types);
  }

  private void argument(List<String> names, List<Type> types) {
    names.add(ops.valueName());
    lexer.expect(':');
    types.add(ops.types.type());
    ops.skipLocation();
  }

  // (%iterArg = %a, ..) : T, .. attributes {..} cond {..} do {..}
  private void whileLoop(PendingOp op) {
    List<String> names = new ArrayList<>();
    lexer.expect('(');
    if (!lexer.accept(')')) {
      do {
        names.add(ops.valueName());
        lexer.expect('=');
        op.operands.add(ops.operand());
      } while (lexer.accept(','));
      lexer.expect(')');
    }
    List<Type> types = new ArrayList<>();
    int at = lexer.position();
    if (lexer.accept(':')) {
      do {
        types.add(ops.types.type());
      } while (lexer.accept(','));
    }
    ops.checkOperands(op, types, at);
    if (lexer.acceptWord("attributes")) {
      attributes.dict(op.attributes);
    }
    lexer.expectWord("cond");
    op.regions.add(ops.region(op, names, types));
    lexer.expectWord("do");
    op.regions.add(ops.region(op, names, types));
    op.results = types;
  }

  // (%xs) inits (%c) dimension=0 attributes {..} {..} : (..) -> ..
  private void scan(PendingOp op) {
    ops.operandsInParentheses(op.operands);
    int inputs = op.operands.size();
    lexer.expectWord("inits");
    ops.operandsInParentheses(op.operands);
    int carries = op.operands.size() - inputs;
    lexer.expectWord("dimension");
    lexer.expect('=');
    op.set("dimension", Attribute.Int.i64(lexer.integer()));
    if (lexer.acceptWord("attributes")) {
      attributes.dict(op.attributes);
    }
    op.regions.add(ops.region(op, List.of(), List.of()));
    lexer.expect(':');
    int at = lexer.position();
    ops.functionType(op);
    int outputs = op.results.size() - carries;
    if (outputs < 0) {
      throw lexer.error(
          at, "scan carries " + carries + " values, has " + op.results.size() + " results");
    }
    op.set("operandSegmentSizes", segments(inputs, carries));
    op.set("resultSegmentSizes", segments(outputs, carries));
  }

  private static Attribute segments(int first, int second) {
    return new Attribute.Opaque("array<i32: " + first + ", " + second + ">");
  }

  // (%a) in_shardings=[..] out_shardings=[..] manual_axes={"x"} (%arg: T) {..} {attributes} : ..
  private void manualComputation(PendingOp op) {
    ops.operandsInParentheses(op.operands);
    op.set("in_shardings", shardings("in_shardings"));
    op.set("out_shardings", shardings("out_shardings"));
    lexer.expectWord("manual_axes");
    lexer.expect('=');
    op.set("manual_axes", ShardyParser.strings(attributes.shardy().axes()));
    List<String> names = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    arguments(names, types);
    op.regions.add(ops.region(op, names, types));
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    ops.functionType(op);
  }

  private void arguments(List<String> names, List<Type> types) {
    lexer.expect('(');
    if (!lexer.accept(')')) {
      do {
        argument(names, types);
      } while (lexer.accept(','));
      lexer.expect(')');
    }
  }

  private Sharding.PerValue shardings(String word) {
    lexer.expectWord(word);
    lexer.expect('=');
    int at = lexer.position();
    List<Sharding> shardings = attributes.shardy().shardings();
    if (shardings == null) {
      throw lexer.error(at, "sharding has parts that are not known");
    }
    return new Sharding.PerValue(shardings);
  }

  // Pretty forms of ops that are no part of StableHLO: the check and interpreter ops of its own
  // test suites, and Shardy's.
  private void opaque(PendingOp op, int at) {
    switch (op.name) {
      case "check.expect_eq_const", "check.expect_almost_eq_const" -> {
        clauses.read(op);
        attributes.optionalDict(op.attributes);
      }
      case "check.expect_close" -> {
        clauses.read(op);
        lexer.expect(':');
        attributes.optionalDict(op.attributes);
        List<Type> written = new ArrayList<>();
        int typesAt = lexer.position();
        do {
          written.add(ops.types.type());
        } while (lexer.accept(','));
        ops.checkOperands(op, written, typesAt);
      }
      case "interpreter.probe" -> {
        clauses.read(op);
        attributesAndTypes(op);
      }
      case "check.expect_eq",
          "check.expect_almost_eq",
          "check.expect_serialized_eq",
          "interpreter.print" -> {
        clauses.read(op);
        attributesAndTypes(op);
        op.results = List.of();
      }
      case "sdy.reshard" -> {
        op.operands.add(ops.operand());
        op.set("sharding", attributes.shardy().sharding());
        attributesAndTypes(op);
      }
      case "sdy.sharding_group", "sdy.propagation_barrier" -> {
        op.operands.add(ops.operand());
        clauses.read(op);
        attributesAndTypes(op);
        if (op.name.equals("sdy.sharding_group")) {
          op.results = List.of();
        }
      }
      case "sdy.named_computation" -> namedComputation(op);
      default -> {
        boolean ours =
            op.name.startsWith("stablehlo.")
                || op.name.startsWith("chlo.")
                || op.name.startsWith("func.")
                || op.name.indexOf('.') < 0;
        throw lexer.error(
            at,
            ours
                ? "unknown operation " + op.name
                : op.name
                    + ": an op of another dialect is only read in its generic form, \""
                    + op.name
                    + "\"(...)");
      }
    }
  }

  // <"name">(%a) in_shardings=[..] out_shardings=[..] (%arg: T) {..} {attributes} : ..
  private void namedComputation(PendingOp op) {
    lexer.expect('<');
    op.set("name", new Attribute.Str(lexer.string()));
    lexer.expect('>');
    ops.operandsInParentheses(op.operands);
    if (lexer.atWord("in_shardings")) {
      op.set("in_shardings", shardings("in_shardings"));
    }
    if (lexer.atWord("out_shardings")) {
      op.set("out_shardings", shardings("out_shardings"));
    }
    List<String> names = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    arguments(names, types);
    op.regions.add(ops.region(op, names, types));
    attributes.optionalDict(op.attributes);
    lexer.expect(':');
    ops.functionType(op);
  }
}
