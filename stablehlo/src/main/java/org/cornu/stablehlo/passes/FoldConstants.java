package org.cornu.stablehlo.passes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.interpreter.InterpreterException;
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
 * Computes at compile time what depends on constants alone, with the reference interpreter.
 * Bounded: only results of few elements, or of one repeated element, and only from few elements, so
 * that neither the program nor the compile time grows.
 */
public final class FoldConstants extends Rewrite {
  /** The most elements of a result that is folded, unless they are all the same. */
  public static final int DEFAULT_LIMIT = 1024;

  /** The most elements that are computed to find out that they are all the same. */
  private static final int MAX_WORK = 1 << 16;

  private final Effects effects = new Effects();
  private final Interpreter interpreter = new Interpreter();
  private final int limit;

  FoldConstants(int limit) {
    this.limit = limit;
  }

  /** The function with constants folded; itself when there are none. */
  public static Func run(Func func) {
    return run(func, DEFAULT_LIMIT);
  }

  /** The function with constants folded into results of at most {@code limit} elements. */
  public static Func run(Func func, int limit) {
    return new FoldConstants(limit).function(func);
  }

  /** The module with constants folded; itself when there are none. */
  public static Module run(Module module) {
    return new FoldConstants(DEFAULT_LIMIT).module(module);
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    List<Literal> folded = fold(op, scope.get(op.operands()));
    if (folded == null) {
      return null;
    }
    List<Value> out = new ArrayList<>();
    for (Literal literal : folded) {
      out.add(scope.builder().constant(literal));
    }
    return out;
  }

  /** The results of {@code op} on these operands, or null. */
  @Nullable List<Literal> fold(Op op, List<Value> operands) {
    if (operands.isEmpty() || op.results().isEmpty() || !op.regions().isEmpty()) {
      return null;
    }
    List<Literal> inputs = new ArrayList<>();
    long work = 0;
    for (Value operand : operands) {
      Literal literal = constant(operand);
      if (literal == null) {
        return null;
      }
      work += literal.count();
      inputs.add(literal);
    }
    for (Value result : op.results()) {
      if (!(result.type() instanceof TensorType type) || !type.shape().isStatic()) {
        return null;
      }
      work += type.shape().count();
    }
    if (work > MAX_WORK || !effects.isPure(op) || heavy(op)) {
      return null;
    }
    List<Literal> results = new ArrayList<>();
    try {
      for (Literal literal : interpreter.run(alone(op, inputs), inputs)) {
        results.add(splatted(literal));
      }
    } catch (InterpreterException e) {
      // What cannot be run now is left to fail, or not, where it stands.
      return null;
    }
    boolean small = results.stream().allMatch(r -> r.isSplat() || r.count() <= limit);
    return small ? results : null;
  }

  /** Ops whose work is not bounded by their operands and results. */
  private static boolean heavy(Op op) {
    return switch (op.code()) {
      case CALL, COMPOSITE, CUSTOM_DERIVATIVE, REMAT, DOT, DOT_GENERAL, CONVOLUTION, EINSUM -> true;
      default -> false;
    };
  }

  private static Func alone(Op op, List<Literal> inputs) {
    Block body = new Block(inputs.stream().map(Literal::type).toList());
    Op copy =
        body.append(
            new Op(
                op.code(),
                body.arguments(),
                op.attributes(),
                List.of(),
                op.resultTypes(),
                op.location()));
    body.returns(copy.results());
    return new Func("fold", body);
  }

  /** The literal of a constant value, or null. */
  static @Nullable Literal constant(Value value) {
    Op op = value.op();
    if (op == null || op.code() != OpCode.CONSTANT) {
      return null;
    }
    Type type = value.type();
    Literal literal = op.attribute("value", Attribute.Elements.class).literal();
    return literal.type().equals(type) ? literal : null;
  }

  private static Literal splatted(Literal literal) {
    int size = literal.type().dtype().bytes();
    if (literal.count() < 2 || literal.isSplat()) {
      return literal;
    }
    byte[] bytes = literal.expandedBytes();
    for (int i = size; i < bytes.length; i++) {
      if (bytes[i] != bytes[i - size]) {
        return literal;
      }
    }
    return Literal.ofBytes(literal.type(), Arrays.copyOf(bytes, size));
  }
}
