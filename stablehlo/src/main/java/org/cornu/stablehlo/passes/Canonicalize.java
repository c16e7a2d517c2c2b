package org.cornu.stablehlo.passes;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Brings ops into plainer forms of equal bits: drops what does nothing, merges movements of
 * elements, takes the branch that a constant chooses, makes constant sizes attributes. A sum with
 * 0.0 stays, since it changes -0.0.
 */
public final class Canonicalize extends Rewrite {
  private Canonicalize() {}

  /** The function in canonical form; itself when it already is. */
  public static Func run(Func func) {
    return new Canonicalize().function(func);
  }

  /** The module in canonical form; itself when it already is. */
  public static Module run(Module module) {
    return new Canonicalize().module(module);
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    if (op.code() == OpCode.IF || op.code() == OpCode.CASE) {
      return branch(op, scope);
    }
    List<Value> operands = scope.get(op.operands());
    if (op.code() == OpCode.SORT) {
      long axis = op.intAttribute("dimension", -1);
      return operands.get(0).shape().dim((int) axis) <= 1 && operands.get(0).shape().isStatic()
          ? operands
          : null;
    }
    if (op.results().size() != 1) {
      return null;
    }
    Value plain = simpler(op, operands, scope.builder());
    return plain != null && plain.type().equals(op.result().type()) ? List.of(plain) : null;
  }

  /** The branch that a constant chooses, in the place of the op. */
  private static @Nullable List<Value> branch(Op op, Scope scope) {
    Literal index = FoldConstants.constant(scope.get(op.operand(0)));
    if (index == null) {
      return null;
    }
    int branches = op.regions().size();
    long chosen = index.longAt(0);
    if (op.code() == OpCode.IF) {
      chosen = chosen != 0 ? 0 : 1;
    }
    Block taken = op.region(chosen < 0 || chosen >= branches ? branches - 1 : (int) chosen);
    return scope.splice(taken, List.of());
  }

  private static @Nullable Value simpler(Op op, List<Value> in, Builder b) {
    return switch (op.code()) {
      case ADD, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC, SUBTRACT -> {
        if (op.code() == OpCode.OR && in.get(0) == in.get(1)) {
          yield in.get(0);
        }
        yield isNeutral(op.code(), in.get(1))
            ? in.get(0)
            : commutes(op.code()) && isNeutral(op.code(), in.get(0)) ? in.get(1) : null;
      }
      case MULTIPLY, DIVIDE, POWER, AND -> {
        if (op.code() == OpCode.AND && in.get(0) == in.get(1)) {
          yield in.get(0);
        }
        yield isNeutral(op.code(), in.get(1))
            ? in.get(0)
            : commutes(op.code()) && isNeutral(op.code(), in.get(0)) ? in.get(1) : null;
      }
      case MAXIMUM, MINIMUM -> in.get(0) == in.get(1) ? in.get(0) : null;
      case NEGATE, NOT -> undone(op, in.get(0));
      case CONVERT -> same(op, in.get(0));
      case RESHAPE -> {
        Op inner = definedBy(in.get(0), OpCode.RESHAPE);
        yield inner == null
            ? same(op, in.get(0))
            : isStatic(op) ? b.reshape(inner.operand(0), op.result().shape()) : null;
      }
      case TRANSPOSE -> transpose(op, in.get(0), b);
      case BROADCAST_IN_DIM -> broadcast(op, in.get(0), b);
      case SLICE -> {
        boolean unit = Arrays.stream(op.longs("strides")).allMatch(step -> step == 1);
        yield unit ? same(op, in.get(0)) : null;
      }
      case PAD -> {
        boolean none =
            isZero(op.longs("edge_padding_low"))
                && isZero(op.longs("edge_padding_high"))
                && isZero(op.longs("interior_padding"));
        yield none ? in.get(0) : null;
      }
      case CONCATENATE -> concatenate(op, in, b);
      case REVERSE -> {
        boolean nothing = true;
        for (long axis : op.longs("dimensions")) {
          long size = in.get(0).shape().dim((int) axis);
          nothing &= size == 0 || size == 1;
        }
        yield nothing ? in.get(0) : null;
      }
      case SELECT -> select(in);
      case REAL -> part(in.get(0), 0);
      case IMAG -> part(in.get(0), 1);
      case COMPLEX -> {
        Op re = definedBy(in.get(0), OpCode.REAL);
        Op im = definedBy(in.get(1), OpCode.IMAG);
        if (re == null || im == null || re.operand(0) != im.operand(0)) {
          yield null;
        }
        yield re.operand(0).dtype().isComplex() ? re.operand(0) : null;
      }
      case GET_TUPLE_ELEMENT -> {
        Op tuple = definedBy(in.get(0), OpCode.TUPLE);
        yield tuple == null ? null : tuple.operand((int) op.intAttribute("index", 0));
      }
      default -> StaticForms.of(b, op, in);
    };
  }

  private static boolean commutes(OpCode code) {
    return switch (code) {
      case ADD, MULTIPLY, AND, OR, XOR -> true;
      default -> false;
    };
  }

  /** True for a constant on the right that leaves the left as it is. */
  private static boolean isNeutral(OpCode code, Value value) {
    if (!(value.type() instanceof TensorType type) || type.element() != type.dtype()) {
      return false;
    }
    Literal literal = FoldConstants.constant(value);
    if (literal == null || literal.count() == 0 || !(literal.isSplat() || literal.count() == 1)) {
      return false;
    }
    DType dtype = type.dtype();
    double re = literal.doubleAt(0);
    double im = literal.imagAt(0);
    return switch (code) {
      case ADD ->
          dtype.isInexact()
              ? isNegativeZero(re) && (!dtype.isComplex() || isNegativeZero(im))
              : literal.longAt(0) == 0;
      case SUBTRACT -> re == 0 && im == 0 && !isNegativeZero(re) && !isNegativeZero(im);
      case OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC ->
          literal.longAt(0) == 0;
      case AND -> dtype.isBool() ? literal.longAt(0) == 1 : literal.bitsAt(0) == ones(dtype.bits());
      // A complex product with 1 computes infinity times 0.
      case MULTIPLY, POWER -> !dtype.isComplex() && re == 1;
      case DIVIDE -> !dtype.isComplex() && re == 1;
      default -> false;
    };
  }

  private static long ones(int bits) {
    return bits == 64 ? -1L : (1L << bits) - 1;
  }

  private static boolean isNegativeZero(double x) {
    return Double.doubleToRawLongBits(x) == Long.MIN_VALUE;
  }

  private static boolean isZero(long[] values) {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }

  private static @Nullable Op definedBy(Value value, OpCode code) {
    Op op = value.op();
    return op != null && op.code() == code ? op : null;
  }

  private static boolean isStatic(Op op) {
    return op.result().type() instanceof TensorType type
        && type.shape().isStatic()
        && type.encoding() == null;
  }

  private static @Nullable Value same(Op op, Value x) {
    return isStatic(op) && x.type().equals(op.result().type()) ? x : null;
  }

  private static @Nullable Value undone(Op op, Value x) {
    Op inner = definedBy(x, op.code());
    return inner == null || !(inner.result().tensorType().element() instanceof DType)
        ? null
        : inner.operand(0);
  }

  private static @Nullable Value transpose(Op op, Value x, Builder b) {
    long[] permutation = op.longs("permutation");
    Op inner = definedBy(x, OpCode.TRANSPOSE);
    if (inner != null && inner.operand(0).tensorType().element() instanceof DType) {
      long[] first = inner.longs("permutation");
      long[] both = new long[permutation.length];
      for (int i = 0; i < both.length; i++) {
        both[i] = first[(int) permutation[i]];
      }
      return isIdentity(both) ? inner.operand(0) : b.transpose(inner.operand(0), both);
    }
    return isIdentity(permutation) ? x : null;
  }

  private static boolean isIdentity(long[] permutation) {
    for (int i = 0; i < permutation.length; i++) {
      if (permutation[i] != i) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Value broadcast(Op op, Value x, Builder b) {
    long[] dims = op.longs("broadcast_dimensions");
    if (isIdentity(dims) && same(op, x) != null) {
      return x;
    }
    Op inner = definedBy(x, OpCode.BROADCAST_IN_DIM);
    if (inner == null || !isStatic(op) || !(x.tensorType().element() instanceof DType)) {
      return null;
    }
    long[] first = inner.longs("broadcast_dimensions");
    long[] both = new long[first.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = dims[(int) first[i]];
    }
    return b.broadcastInDim(inner.operand(0), op.result().shape(), both);
  }

  private static @Nullable Value concatenate(Op op, List<Value> in, Builder b) {
    int axis = (int) op.intAttribute("dimension", 0);
    List<Value> full = in.stream().filter(x -> x.shape().dim(axis) != 0).toList();
    if (full.size() == in.size() && in.size() > 1) {
      return null;
    }
    return full.isEmpty() ? in.get(0) : full.size() == 1 ? full.get(0) : b.concatenate(full, axis);
  }

  private static @Nullable Value select(List<Value> in) {
    if (in.get(1) == in.get(2)) {
      return in.get(1);
    }
    Literal predicate = FoldConstants.constant(in.get(0));
    if (predicate == null || predicate.count() == 0) {
      return null;
    }
    boolean one = predicate.isSplat() || predicate.type().shape().equals(Shape.SCALAR);
    return one ? in.get(predicate.longAt(0) != 0 ? 1 : 2) : null;
  }

  private static @Nullable Value part(Value x, int which) {
    Op complex = definedBy(x, OpCode.COMPLEX);
    return complex == null ? null : complex.operand(which);
  }
}
