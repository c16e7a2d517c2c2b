package org.cornu.stablehlo.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.VerifyException;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Makes a program with open sizes ({@code ?}) one for given input types: sizes are carried forward
 * through the type rules, computations of sizes are folded, ops whose sizes are operands become
 * static, and called functions are copied for the types they are called with. Shape assertions that
 * hold are dropped, those that do not are errors.
 */
public final class RefineShapes extends Rewrite {
  private final FoldConstants folding = new FoldConstants(FoldConstants.DEFAULT_LIMIT);
  private final Map<Func, Map<List<Object>, Func>> specialised = new IdentityHashMap<>();
  private final Map<Func, Boolean> closed = new IdentityHashMap<>();

  private RefineShapes() {}

  /**
   * The function for inputs of these types.
   *
   * @throws IllegalArgumentException when a type does not fit the argument, or a shape assertion of
   *     the program fails
   */
  public static Func run(Func func, List<? extends Type> inputs) {
    return run(func, inputs, Map.of());
  }

  /**
   * The function for inputs of these types, of which some are known: an export with symbolic sizes
   * takes the sizes as inputs too. They stay arguments, which then nothing reads.
   */
  public static Func run(Func func, List<? extends Type> inputs, Map<Integer, Literal> known) {
    RefineShapes pass = new RefineShapes();
    boolean done = known.isEmpty() && func.type().inputs().equals(inputs) && pass.isClosed(func);
    return done ? func : pass.specialise(func, inputs, known);
  }

  /**
   * The module whose entry point is for inputs of these types; other functions as it needs them.
   */
  public static Module run(Module module, List<? extends Type> inputs) {
    Func main = module.main();
    Func refined = run(main, inputs);
    if (refined == main) {
      return module;
    }
    Module out = new Module(module.name(), module.attributes());
    module.meshes().forEach(out::add);
    return out.add(refined);
  }

  private Func specialise(Func func, List<? extends Type> inputs, Map<Integer, Literal> constants) {
    List<Type> declared = func.type().inputs();
    if (declared.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "refine shapes: " + func + " takes " + declared.size() + " inputs, got " + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!fits(declared.get(i), inputs.get(i))) {
        throw new IllegalArgumentException(
            "refine shapes: argument " + i + " of " + func + " does not take " + inputs.get(i));
      }
    }
    Map<List<Object>, Func> variants = specialised.computeIfAbsent(func, k -> new HashMap<>());
    List<Object> key = List.of(inputs, constants);
    Func known = variants.get(key);
    if (known == null) {
      Block body = new Block(inputs);
      Scope scope = new Scope(body, null, true);
      List<Value> arguments = new ArrayList<>(body.arguments());
      constants.forEach((i, value) -> arguments.set(i, scope.builder().constant(value)));
      scope.inline(func.body(), arguments);
      boolean same =
          constants.isEmpty()
              && declared.equals(inputs)
              && body.resultTypes().equals(func.type().results());
      known = same && isClosed(func) ? func : withBody(func, body);
      variants.put(key, known);
    }
    return known;
  }

  /** True for a function in which there is nothing to refine, nor in what it calls. */
  private boolean isClosed(Func func) {
    if (func.isDeclaration()) {
      return true;
    }
    Boolean known = closed.get(func);
    if (known == null) {
      closed.put(func, true);
      known = isClosed(func.body());
      closed.put(func, known);
    }
    return known;
  }

  private boolean isClosed(Block block) {
    for (Op op : block.ops()) {
      if (takesSizes(op) || hasOpenResult(op) || !op.isLeaf() && !isClosedWithin(op)) {
        return false;
      }
    }
    return true;
  }

  private boolean isClosedWithin(Op op) {
    return op.regions().stream().allMatch(this::isClosed)
        && op.callees().stream().allMatch(this::isClosed);
  }

  private static boolean hasOpenResult(Op op) {
    List<Value> results = op.results();
    for (int i = 0; i < results.size(); i++) {
      if (isOpen(results.get(i).type())) {
        return true;
      }
    }
    return false;
  }

  /** An op whose sizes are operands, which compilers take only in its static form. */
  private static boolean takesSizes(Op op) {
    return switch (op.code()) {
      case DYNAMIC_BROADCAST_IN_DIM,
          DYNAMIC_CONV,
          DYNAMIC_GATHER,
          DYNAMIC_IOTA,
          DYNAMIC_PAD,
          DYNAMIC_RESHAPE,
          REAL_DYNAMIC_SLICE ->
          true;
      default -> false;
    };
  }

  private static boolean isOpen(Type type) {
    return type instanceof TensorType tensor
        && !tensor.shape().isStatic()
        && tensor.encoding() == null;
  }

  private static boolean fits(Type declared, Type given) {
    if (!(declared instanceof TensorType want) || !(given instanceof TensorType got)) {
      return declared.equals(given);
    }
    boolean out = want.element().equals(got.element()) && want.rank() == got.rank();
    for (int i = 0; out && i < want.rank(); i++) {
      out = want.dim(i) == got.dim(i) || want.dim(i) == org.cornu.stablehlo.ir.Shape.DYNAMIC;
    }
    return out;
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    List<Value> operands = scope.get(op.operands());
    List<Literal> folded = isSizeLike(op) ? folding.fold(op, operands) : null;
    if (folded != null) {
      return folded.stream().map(scope.builder()::constant).toList();
    }
    if (op.code() == OpCode.CALL) {
      Func callee = op.callee("callee");
      List<Type> types = Value.types(operands);
      return callee.isDeclaration()
          ? null
          : scope.builder().call(specialise(callee, types, sizes(operands)), operands);
    }
    if (op.code() == OpCode.CUSTOM_CALL
        && op.string("call_target_name", "").equals("shape_assertion")) {
      return assertion(op, operands);
    }
    if (op.results().size() == 1) {
      Value fixed = StaticForms.of(scope.builder(), op, operands);
      if (fixed != null) {
        return List.of(fixed);
      }
    }
    boolean refined = false;
    for (int i = 0; i < operands.size(); i++) {
      refined |= !operands.get(i).type().equals(op.operand(i).type());
    }
    return refined ? infer(op, operands, scope) : null;
  }

  /** The operands that are constant integers of few elements, and so may be sizes. */
  private static Map<Integer, Literal> sizes(List<Value> operands) {
    Map<Integer, Literal> out = new HashMap<>();
    for (int i = 0; i < operands.size(); i++) {
      Literal literal = FoldConstants.constant(operands.get(i));
      if (literal != null && literal.type().dtype().isInteger() && literal.count() <= 16) {
        out.put(i, literal);
      }
    }
    return out;
  }

  /** Integer ops on few elements: what sizes are computed with. */
  private static boolean isSizeLike(Op op) {
    return op.results().stream()
        .allMatch(
            result ->
                result.type() instanceof TensorType type
                    && !type.dtype().isInexact()
                    && (!type.shape().isStatic() || type.shape().count() <= 64));
  }

  private static @Nullable List<Value> assertion(Op op, List<Value> operands) {
    Literal holds = FoldConstants.constant(operands.get(0));
    if (holds == null) {
      return null;
    }
    if (holds.longAt(0) == 0) {
      throw new IllegalArgumentException(
          "refine shapes: an assertion of the program fails: "
              + op.string("error_message", "")
              + op.attributes());
    }
    return List.of();
  }

  /** The op on operands of other types: its results by the type rules, as far as they say. */
  private @Nullable List<Value> infer(Op op, List<Value> operands, Scope scope) {
    Builder b = scope.builder();
    if (op.code() == OpCode.CONVERT) {
      return List.of(b.convert(operands.get(0), op.result().dtype()));
    }
    if (op.code() == OpCode.BITCAST_CONVERT
        && op.operand(0).tensorType().rank() == op.result().tensorType().rank()) {
      return List.of(b.bitcastConvert(operands.get(0), op.result().dtype()));
    }
    if (op.code() == OpCode.CUSTOM_CALL || op.code() == OpCode.COMPOSITE) {
      return null;
    }
    List<Block> regions = new ArrayList<>();
    for (Block region : op.regions()) {
      List<Type> types = region.argumentTypes();
      if (op.code() == OpCode.WHILE) {
        types = Value.types(operands);
      }
      regions.add(scope.region(op, region, types));
    }
    Map<String, Attribute> attributes = new TreeMap<>(op.attributes());
    List<Type> types = op.results().stream().map(Value::type).collect(Collectors.toList());
    try {
      Builder scratch = new Builder(new Block(List.of()));
      List<Value> inferred =
          scratch.create(op.code(), operands, attributes, regions, List.of()).results();
      for (int i = 0; i < types.size(); i++) {
        // The rules know the shape; of the element type the program may know more.
        if (types.get(i) instanceof TensorType declared
            && inferred.get(i).type() instanceof TensorType type) {
          types.set(i, type.withElement(declared.element()));
        }
      }
    } catch (VerifyException e) {
      // Where nothing can be inferred, what is declared holds as well as it did.
    }
    return b.create(op.code(), operands, attributes, regions, types).results();
  }
}
