package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.F2;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} that compares, combines truth values, and chooses. */
abstract sealed class NpLogic extends NpArithmetic permits NpScalars {

  /** True where equal; NaN equals nothing. */
  public static Tensor equal(Tensor x, Tensor y) {
    return binary("equal", x, y, Lax::eq);
  }

  /** True where equal; NaN equals nothing. */
  public static Tensor equal(Tensor x, double y) {
    return Scalars.beside(x, y, NpLogic::equal);
  }

  /** True where equal. */
  public static Tensor equal(Tensor x, long y) {
    return Scalars.beside(x, y, NpLogic::equal);
  }

  /** True where not equal. */
  public static Tensor notEqual(Tensor x, Tensor y) {
    return binary("notEqual", x, y, Lax::ne);
  }

  /** True where not equal. */
  public static Tensor notEqual(Tensor x, double y) {
    return Scalars.beside(x, y, NpLogic::notEqual);
  }

  /** True where not equal. */
  public static Tensor notEqual(Tensor x, long y) {
    return Scalars.beside(x, y, NpLogic::notEqual);
  }

  /** {@code x < y}. */
  public static Tensor less(Tensor x, Tensor y) {
    return ordered("less", x, y, Lax::lt);
  }

  /** {@code x < y}. */
  public static Tensor less(Tensor x, double y) {
    return Scalars.beside(x, y, NpLogic::less);
  }

  /** {@code x < y}. */
  public static Tensor less(Tensor x, long y) {
    return Scalars.beside(x, y, NpLogic::less);
  }

  /** {@code x <= y}. */
  public static Tensor lessEqual(Tensor x, Tensor y) {
    return ordered("lessEqual", x, y, Lax::le);
  }

  /** {@code x <= y}. */
  public static Tensor lessEqual(Tensor x, double y) {
    return Scalars.beside(x, y, NpLogic::lessEqual);
  }

  /** {@code x <= y}. */
  public static Tensor lessEqual(Tensor x, long y) {
    return Scalars.beside(x, y, NpLogic::lessEqual);
  }

  /** {@code x > y}. */
  public static Tensor greater(Tensor x, Tensor y) {
    return ordered("greater", x, y, Lax::gt);
  }

  /** {@code x > y}. */
  public static Tensor greater(Tensor x, double y) {
    return Scalars.beside(x, y, NpLogic::greater);
  }

  /** {@code x > y}. */
  public static Tensor greater(Tensor x, long y) {
    return Scalars.beside(x, y, NpLogic::greater);
  }

  /** {@code x >= y}. */
  public static Tensor greaterEqual(Tensor x, Tensor y) {
    return ordered("greaterEqual", x, y, Lax::ge);
  }

  /** {@code x >= y}. */
  public static Tensor greaterEqual(Tensor x, double y) {
    return Scalars.beside(x, y, NpLogic::greaterEqual);
  }

  /** {@code x >= y}. */
  public static Tensor greaterEqual(Tensor x, long y) {
    return Scalars.beside(x, y, NpLogic::greaterEqual);
  }

  private static Tensor ordered(String op, Tensor x, Tensor y, F2<Tensor, Tensor, Tensor> f) {
    if (x.dtype().isComplex() || y.dtype().isComplex()) {
      throw new OpException(
          op
              + ": complex numbers have no order: got "
              + x.type().brief()
              + ", "
              + y.type().brief());
    }
    return binary(op, x, y, f);
  }

  /** True where both are true or not zero. */
  public static Tensor logicalAnd(Tensor x, Tensor y) {
    return logical("logicalAnd", x, y, Lax::bitwiseAnd);
  }

  /** True where at least one is true or not zero. */
  public static Tensor logicalOr(Tensor x, Tensor y) {
    return logical("logicalOr", x, y, Lax::bitwiseOr);
  }

  /** True where exactly one is true or not zero. */
  public static Tensor logicalXor(Tensor x, Tensor y) {
    return logical("logicalXor", x, y, Lax::bitwiseXor);
  }

  private static Tensor logical(String op, Tensor x, Tensor y, F2<Tensor, Tensor, Tensor> f) {
    if (x.dtype().isBool() && x.type().equals(y.type())) {
      return f.apply(x, y);
    }
    return Composed.of(
        x,
        y,
        (a, b) -> {
          Tensor[] v = Dims.align(op, DType.BOOL, nonzeroMask(a), nonzeroMask(b));
          return f.apply(v[0], v[1]);
        });
  }

  /** True where {@code |x - y| <= atol + rtol * |y|}, or both are the same infinity. */
  public static Tensor isclose(Tensor x, Tensor y, double rtol, double atol, boolean equalNan) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          DType dtype = Promotion.inexact(Dims.promoted(a, b));
          Tensor[] v = Dims.align("isclose", dtype, a, b);
          Tensor distance = Lax.abs(Lax.sub(v[0], v[1]));
          Tensor size = Lax.abs(v[1]);
          Tensor bound =
              Lax.add(Dims.constant(size, atol), Lax.mul(Dims.constant(size, rtol), size));
          Tensor finite = Lax.bitwiseAnd(isfinite(v[0]), isfinite(v[1]));
          Tensor close = Lax.bitwiseAnd(finite, Lax.le(distance, bound));
          Tensor out = Lax.bitwiseOr(close, Lax.eq(v[0], v[1]));
          return equalNan ? Lax.bitwiseOr(out, Lax.bitwiseAnd(isnan(v[0]), isnan(v[1]))) : out;
        });
  }

  /** Like {@link #isclose(Tensor, Tensor, double, double, boolean)} with 1e-5 and 1e-8. */
  public static Tensor isclose(Tensor x, Tensor y) {
    return isclose(x, y, 1e-5, 1e-8, false);
  }

  /** True when all elements are close; a scalar bool. */
  public static Tensor allclose(Tensor x, Tensor y, double rtol, double atol, boolean equalNan) {
    return Composed.of(x, y, (a, b) -> Np.all(isclose(a, b, rtol, atol, equalNan)));
  }

  /** True when all elements are close within 1e-5 relative and 1e-8 absolute. */
  public static Tensor allclose(Tensor x, Tensor y) {
    return allclose(x, y, 1e-5, 1e-8, false);
  }

  /** {@code x} where {@code condition} holds, else {@code y}; all three broadcast. */
  public static Tensor where(Tensor condition, Tensor x, Tensor y) {
    return Composed.of(
        condition,
        x,
        y,
        (c, a, b) -> {
          Shape shape = Dims.broadcast("where", List.of(c, a, b));
          Tensor[] v = Dims.cast(Dims.promoted(a, b), a, b);
          return Lax.select(
              Dims.broadcastTo(nonzeroMask(c), shape),
              Dims.broadcastTo(v[0], shape),
              Dims.broadcastTo(v[1], shape));
        });
  }

  /** {@code x} where {@code condition} holds, else a number. */
  public static Tensor where(Tensor condition, Tensor x, double y) {
    return where(condition, x, Scalars.beside(x, y));
  }

  /** A number where {@code condition} holds, else {@code y}. */
  public static Tensor where(Tensor condition, double x, Tensor y) {
    return where(condition, Scalars.beside(y, x), y);
  }

  /** {@code x} where {@code condition} holds, else a number. */
  public static Tensor where(Tensor condition, Tensor x, long y) {
    return where(condition, x, Scalars.beside(x, y));
  }

  /** A number where {@code condition} holds, else {@code y}. */
  public static Tensor where(Tensor condition, long x, Tensor y) {
    return where(condition, Scalars.beside(y, x), y);
  }

  /** Of each element the choice at the first condition that holds, or {@code otherwise}. */
  public static Tensor select(List<Tensor> conditions, List<Tensor> choices, Tensor otherwise) {
    if (conditions.size() != choices.size() || conditions.isEmpty()) {
      throw new OpException(
          "select: one choice for each condition is needed: got "
              + conditions.size()
              + " conditions and "
              + choices.size()
              + " choices");
    }
    int n = conditions.size();
    List<Tensor> operands = new ArrayList<>(conditions);
    operands.addAll(choices);
    operands.add(otherwise);
    return Composed.one(
        operands,
        v -> {
          Tensor[] values =
              Dims.cast(
                  Dims.promoted(v.subList(n, 2 * n + 1).toArray(new Tensor[0])),
                  v.subList(n, 2 * n + 1).toArray(new Tensor[0]));
          Tensor out = values[n];
          for (int i = n - 1; i >= 0; i--) {
            out = where(v.get(i), values[i], out);
          }
          return out;
        });
  }

  /**
   * {@code x} limited to {@code [min, max]}; where equal to a bound, half the derivative passes.
   */
  public static Tensor clip(Tensor x, Tensor min, Tensor max) {
    return Composed.of(x, min, max, (v, low, high) -> minimum(maximum(notBool(v), low), high));
  }

  /**
   * {@code x} limited to {@code [min, max]}; where equal to a bound, half the derivative passes.
   */
  public static Tensor clip(Tensor x, double min, double max) {
    Tensor v = notBool(x);
    return clip(v, Scalars.beside(v, min), Scalars.beside(v, max));
  }

  /** {@code x} limited to {@code [min, max]}. */
  public static Tensor clip(Tensor x, long min, long max) {
    Tensor v = notBool(x);
    return clip(v, Scalars.beside(v, min), Scalars.beside(v, max));
  }

  private static Tensor notBool(Tensor x) {
    return x.dtype().isBool() ? Lax.convertElementType(x, DType.I32) : x;
  }

  /** True where an element of {@code x} occurs in {@code elements}. */
  public static Tensor isin(Tensor x, Tensor elements, boolean invert) {
    return Composed.of(
        x,
        elements,
        (a, b) -> {
          Tensor flat = Lax.reshape(b, 1, b.count());
          Tensor column = Lax.reshape(a, a.count(), 1);
          Tensor found = Np.any(equal(column, flat), 1);
          Tensor out = Lax.reshape(found, a.shape().dims());
          return invert ? Lax.bitwiseNot(out) : out;
        });
  }

  /** True where an element of {@code x} occurs in {@code elements}. */
  public static Tensor isin(Tensor x, Tensor elements) {
    return isin(x, elements, false);
  }
}
