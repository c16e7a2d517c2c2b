package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tracer.autodiff.GradientCheck.f64;

import java.util.List;
import java.util.Random;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** While loops that count have the reverse derivative of the scan that they are. */
class CountedLoopTest {
  private static final Type INDEX = TensorType.of(DType.I32);

  /** The first dimension's slice at {@code i}, which JAX wraps when negative. */
  private static Value at(Builder b, Value xs, Value i) {
    Value size = b.constant(DType.I32, xs.shape().dim(0));
    Value negative = b.compare(i, b.constant(DType.I32, 0), Comparison.LT);
    Value index = b.select(negative, b.add(i, size), i);
    Value slice =
        b.dynamicSlice(xs, List.of(index, b.constant(DType.I32, 0)), 1, xs.shape().dim(1));
    return b.reshape(slice, Shape.of(xs.shape().dim(1)));
  }

  /**
   * {@code for (i = start; i direction bound; i += step)}: h = sin(w h + xs[i + shift]), ys[i] = h;
   * xs is a carry that never changes, w is captured.
   */
  private static Func loop(Comparison direction, long start, long bound, long step, long shift) {
    return GradientCheck.func(
        List.of(f64(2), f64(6, 2), f64(2), f64(6, 2)),
        (b, x) -> {
          Value w = b.tanh(x.get(0));
          List<Type> types = List.of(INDEX, f64(6, 2), f64(2), f64(6, 2));
          Block cond = new Block(types);
          Builder c = new Builder(cond);
          cond.returns(
              List.of(c.compare(cond.argument(0), c.constant(DType.I32, bound), direction)));
          Block body = new Block(types);
          Builder d = new Builder(body);
          Value i = body.argument(0);
          Value read = at(d, body.argument(1), d.add(i, d.constant(DType.I32, shift)));
          Value h = d.sine(d.add(d.multiply(w, body.argument(2)), read));
          Value written =
              d.dynamicUpdateSlice(
                  body.argument(3),
                  d.reshape(h, Shape.of(1, 2)),
                  List.of(i, d.constant(DType.I32, 0)));
          Value next = d.add(i, d.constant(DType.I32, step));
          body.returns(List.of(next, body.argument(1), h, written));
          List<Value> out =
              b.whileLoop(
                  List.of(b.constant(DType.I32, start), x.get(1), x.get(2), x.get(3)), cond, body);
          return List.of(out.get(0), out.get(2), out.get(3));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "LT, 0, 6, 1, 0",
    "LE, 1, 4, 1, 1",
    "GT, 5, -1, -1, 0",
    "GE, 4, 2, -1, -1",
    "NE, 0, 6, 1, 0",
    "LT, 0, 6, 2, 0",
    "LT, 3, 2, 1, 0",
    "LT, 0, 6, 1, 3",
  })
  void countingLoopsAreScans(Comparison direction, long start, long bound, long step, long shift) {
    Func func = loop(direction, start, bound, step, shift);
    Func vjp = Differentiation.vjp(func, GradientCheck.active(func)).func();
    assertThat(vjp.body().ops()).noneMatch(op -> op.code() == OpCode.WHILE);
    Random random = new Random(4);
    List<Literal> inputs =
        func.type().inputs().stream()
            .map(type -> GradientCheck.normal((TensorType) type, random))
            .toList();
    GradientCheck.check(func, inputs, 2, 1e-6);
  }

  @Test
  void slicesAtTheCounterAreSequencesAndWritesAreStacked() {
    Func func = loop(Comparison.LT, 0, 6, 1, 0);
    Func jvp = Differentiation.jvp(func, GradientCheck.active(func)).func();
    Op scan =
        jvp.body().ops().stream().filter(op -> op.code() == OpCode.SCAN).findFirst().orElseThrow();
    // the counter, the state and its tangent; the arrays are read and written slice by slice
    assertThat(scan.intAttribute("num_carry", -1)).isEqualTo(3);
    assertThat(scan.region(0).argumentTypes()).doesNotContain(f64(6, 2));
  }

  @Test
  void countingBackwardsScansInReverse() {
    Func func = loop(Comparison.GT, 5, -1, -1, 0);
    Func jvp = Differentiation.jvp(func, GradientCheck.active(func)).func();
    Op scan =
        jvp.body().ops().stream().filter(op -> op.code() == OpCode.SCAN).findFirst().orElseThrow();
    assertThat(scan.boolAttribute("reverse", false)).isTrue();
    assertThat(jvp.body().ops()).noneMatch(op -> op.code() == OpCode.REVERSE);
  }
}
