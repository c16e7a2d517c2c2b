package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/**
 * Compares derivatives with central differences in one random direction, and reverse with forward
 * mode through the inner product, all in f64 or c128 on the interpreter.
 */
final class GradientCheck {
  static final Interpreter INTERPRETER = new Interpreter();
  private static final double STEP = 1e-5;

  private GradientCheck() {}

  /** A function of arguments of these types. */
  static Func func(List<? extends Type> types, BiFunction<Builder, List<Value>, List<Value>> body) {
    Block block = new Block(types);
    block.returns(body.apply(new Builder(block), block.arguments()));
    return new Func("f", block);
  }

  static List<Literal> run(Func func, List<Literal> inputs) {
    Module module = Module.of(func);
    Verifier.verify(module);
    return INTERPRETER.run(func, inputs);
  }

  /** All arguments of floating-point type. */
  static boolean[] active(Func func) {
    boolean[] out = new boolean[func.type().inputs().size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Masks.isInexact(func.type().inputs().get(i));
    }
    return out;
  }

  /** Checks both modes at {@code inputs}, then, to {@code order} 2, the derivative of the vjp. */
  static void check(Func func, List<Literal> inputs, int order, double tolerance) {
    check(func, inputs, active(func), order, tolerance, new Random(7));
  }

  static void check(
      Func func,
      List<Literal> inputs,
      boolean[] active,
      int order,
      double tolerance,
      Random random) {
    List<Literal> direction = new ArrayList<>();
    List<Literal> plus = new ArrayList<>();
    List<Literal> minus = new ArrayList<>();
    for (int i = 0; i < active.length; i++) {
      if (active[i]) {
        Literal v = normal(inputs.get(i).type(), random);
        direction.add(v);
        plus.add(moved(inputs.get(i), v, STEP));
        minus.add(moved(inputs.get(i), v, -STEP));
      } else {
        plus.add(inputs.get(i));
        minus.add(inputs.get(i));
      }
    }
    List<Literal> values = run(func, inputs);
    List<Literal> above = run(func, plus);
    List<Literal> below = run(func, minus);

    JvpResult jvp = Differentiation.jvp(func, active);
    List<Literal> forwardInputs = new ArrayList<>(inputs);
    forwardInputs.addAll(direction);
    List<Literal> forward = run(jvp.func(), forwardInputs);
    int n = values.size();
    List<Literal> tangents = new ArrayList<>();
    int next = n;
    for (int i = 0; i < n; i++) {
      close("value " + i, forward.get(i), values.get(i), 1e-9);
      if (!Masks.isInexact(values.get(i).type())) {
        continue;
      }
      Literal numeric = difference(above.get(i), below.get(i));
      if (jvp.activeResults()[i]) {
        Literal tangent = forward.get(next++);
        tangents.add(tangent);
        if (hasNaN(values.get(i))) {
          continue; // a tangent may be finite where its value is not
        }
        close("jvp of result " + i, tangent, numeric, tolerance);
      } else {
        close("zero jvp of result " + i, zero(numeric.type()), numeric, tolerance);
      }
    }

    Differentiation.VjpResult vjp = Differentiation.vjp(func, active);
    assertThat(vjp.activeResults()).isEqualTo(jvp.activeResults());
    List<Literal> backwardInputs = new ArrayList<>(inputs);
    double outer = 0;
    for (Literal tangent : tangents) {
      Literal u = normal(tangent.type(), random);
      backwardInputs.add(u);
      outer += pairing(u, tangent);
    }
    List<Literal> backward = run(vjp.func(), backwardInputs);
    double inner = 0;
    for (int i = 0; i < direction.size(); i++) {
      inner += pairing(backward.get(n + i), direction.get(i));
    }
    for (int i = 0; i < n; i++) {
      close("value " + i + " of vjp", backward.get(i), values.get(i), 1e-9);
    }
    assertThat(inner)
        .as("<vjp(u), v> against <u, jvp(v)>")
        .isCloseTo(outer, org.assertj.core.data.Offset.offset(1e-8 * (1 + Math.abs(outer))));
    if (order > 1) {
      check(vjp.func(), backwardInputs, active(vjp.func()), order - 1, tolerance * 10, random);
    }
  }

  /** {@code Re sum u v}: the pairing under which JAX's vjp is the transpose of the jvp. */
  static double pairing(Literal u, Literal v) {
    double sum = 0;
    for (int i = 0; i < u.count(); i++) {
      sum += u.doubleAt(i) * v.doubleAt(i) - u.imagAt(i) * v.imagAt(i);
    }
    return sum;
  }

  private static boolean hasNaN(Literal literal) {
    for (int i = 0; i < literal.count(); i++) {
      if (Double.isNaN(literal.doubleAt(i))) {
        return true;
      }
    }
    return false;
  }

  static Literal zero(TensorType type) {
    return Literal.ofDoubles(type, 0.0);
  }

  static Literal normal(TensorType type, Random random) {
    int n = Math.toIntExact(type.shape().count()) * (type.dtype().isComplex() ? 2 : 1);
    double[] parts = new double[n];
    for (int i = 0; i < n; i++) {
      parts[i] = random.nextGaussian();
    }
    return real(type, parts);
  }

  static Literal real(TensorType type, double... parts) {
    return type.dtype().isComplex()
        ? Literal.ofComplex(type, parts)
        : Literal.ofDoubles(type, parts);
  }

  private static Literal moved(Literal x, Literal v, double step) {
    return combine(x, v, (a, b) -> a + step * b);
  }

  private static Literal difference(Literal above, Literal below) {
    return combine(
        above,
        below,
        (a, b) -> a == b || Double.isNaN(a) && Double.isNaN(b) ? 0 : (a - b) / (2 * STEP));
  }

  private static Literal combine(Literal x, Literal y, java.util.function.DoubleBinaryOperator op) {
    boolean complex = x.type().dtype().isComplex();
    double[] out = new double[x.count() * (complex ? 2 : 1)];
    for (int i = 0; i < x.count(); i++) {
      int at = complex ? 2 * i : i;
      out[at] = op.applyAsDouble(x.doubleAt(i), y.doubleAt(i));
      if (complex) {
        out[at + 1] = op.applyAsDouble(x.imagAt(i), y.imagAt(i));
      }
    }
    return real(x.type(), out);
  }

  static void close(String what, Literal got, Literal expected, double tolerance) {
    assertThat(got.type()).as(what).isEqualTo(expected.type());
    double scale = 1;
    for (int i = 0; i < expected.count(); i++) {
      double size = Math.hypot(expected.doubleAt(i), expected.imagAt(i));
      if (Double.isFinite(size)) {
        scale = Math.max(scale, size);
      }
    }
    for (int i = 0; i < expected.count(); i++) {
      double re = got.doubleAt(i) - expected.doubleAt(i);
      double im = got.imagAt(i) - expected.imagAt(i);
      boolean same =
          Double.compare(got.doubleAt(i), expected.doubleAt(i)) == 0
              && Double.compare(got.imagAt(i), expected.imagAt(i)) == 0;
      assertThat(same || Math.hypot(re, im) <= tolerance * scale)
          .as(
              "%s: element %d is %s, expected %s (got %s, expected %s)",
              what, i, got.doubleAt(i), expected.doubleAt(i), text(got), text(expected))
          .isTrue();
    }
  }

  private static String text(Literal literal) {
    return literal.count() > 40 ? literal.type().toString() : literal.toString();
  }

  static TensorType f64(long... dims) {
    return TensorType.of(DType.F64, dims);
  }

  static TensorType c128(long... dims) {
    return TensorType.of(DType.C128, dims);
  }

  static TensorType i32(long... dims) {
    return TensorType.of(DType.I32, dims);
  }
}
