package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.autodiff.GradientCheck.f64;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.MissingRuleException;
import org.junit.jupiter.api.Test;

/** What holds for derivatives of programs, beyond the rules of single ops. */
class DifferentiationTest {
  private static final boolean[] YES = {true};

  private static Literal vector(double... values) {
    return Literal.ofDoubles(f64(values.length), values);
  }

  /** The functions reachable from {@code func}, itself included. */
  private static Set<Func> functions(Func func) {
    Set<Func> out = new HashSet<>();
    reach(func, out);
    return out;
  }

  private static void reach(Func func, Set<Func> out) {
    if (!func.isDeclaration() && out.add(func)) {
      reach(func.body(), out);
    }
  }

  private static void reach(Block block, Set<Func> out) {
    for (Op op : block.ops()) {
      op.regions().forEach(region -> reach(region, out));
      for (Attribute attribute : op.attributes().values()) {
        if (attribute instanceof Attribute.Callee callee) {
          reach(callee.func(), out);
        }
      }
    }
  }

  /** All ops of {@code block} and its regions. */
  private static List<Op> ops(Block block) {
    List<Op> out = new ArrayList<>();
    for (Op op : block.ops()) {
      out.add(op);
      op.regions().forEach(region -> out.addAll(ops(region)));
    }
    return out;
  }

  private static Op only(Func func, OpCode code) {
    List<Op> found = ops(func.body()).stream().filter(op -> op.code() == code).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void longChainsAreDifferentiatedInLinearSizeWithoutDeepRecursion() {
    int n = 50_000;
    Func chain = chain(n);
    Func vjp = Differentiation.vjp(chain, YES).func();
    assertThat(vjp.body().ops()).hasSizeLessThan(4 * n);
    Func jvp = Differentiation.jvp(chain, YES).func();
    assertThat(jvp.body().ops()).hasSizeLessThan(4 * n);
    int m = 5_000;
    Func second =
        Differentiation.jvp(Differentiation.vjp(chain(m), YES).func(), new boolean[] {true, false})
            .func();
    assertThat(second.body().ops()).hasSizeLessThan(10 * m);
  }

  private static Func chain(int n) {
    return GradientCheck.func(
        List.of(f64()),
        (b, x) -> {
          Value y = x.get(0);
          for (int i = 0; i < n; i++) {
            y = i % 2 == 0 ? b.sine(y) : b.add(y, y);
          }
          return List.of(y);
        });
  }

  @Test
  void aSharedFunctionIsDifferentiatedOnce() {
    Func leaf =
        GradientCheck.func(
            List.of(f64(2)), (b, x) -> List.of(b.sine(b.multiply(x.get(0), x.get(0)))));
    Func middle =
        GradientCheck.func(
            List.of(f64(2)),
            (b, x) -> {
              Value y = x.get(0);
              for (int i = 0; i < 5; i++) {
                y = b.call(leaf, List.of(y)).get(0);
              }
              return List.of(y);
            });
    Func top =
        GradientCheck.func(
            List.of(f64(2)),
            (b, x) -> {
              Value y = x.get(0);
              for (int i = 0; i < 5; i++) {
                y = b.call(middle, List.of(y)).get(0);
              }
              return List.of(y);
            });
    Func vjp = Differentiation.vjp(top, YES).func();
    // per function below the top: its known part and its transpose
    assertThat(functions(vjp)).hasSize(5);
    GradientCheck.check(top, List.of(vector(0.7, 0.4)), 2, 1e-6);
  }

  @Test
  void everyOpOfTheDerivativeCarriesALineOfTheSource() {
    Func func =
        GradientCheck.func(
            List.of(f64(3)),
            (b, x) -> {
              b.location(new Location.Line("Model.java", 10, 1));
              Value y = b.sine(x.get(0));
              b.location(new Location.Line("Model.java", 11, 1));
              Value z = b.reduce(b.multiply(y, y), b.constant(DType.F64, 0), OpCode.ADD, 0);
              b.location(new Location.Line("Model.java", 12, 1));
              return List.of(b.logistic(z));
            });
    Func vjp = Differentiation.vjp(func, YES).func();
    for (Op op : ops(vjp.body())) {
      if (!op.location().equals(Location.UNKNOWN)) {
        assertThat(op.location()).isInstanceOf(Location.Line.class);
      } else {
        // only the ops inside of reduction regions have no line of their own
        assertThat(vjp.body().ops()).doesNotContain(op);
      }
    }
  }

  @Test
  void onlyFloatingPointArgumentsCanBeDifferentiated() {
    Func func =
        GradientCheck.func(List.of(GradientCheck.i32(2)), (b, x) -> List.of(b.negate(x.get(0))));
    assertThatThrownBy(() -> Differentiation.vjp(func, YES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vjp: argument 0 of @f is tensor<2xi32>, which has no derivative: only floating-point "
                + "and complex tensors do; pass it as an argument that is not differentiated");
    assertThatThrownBy(() -> Differentiation.jvp(func, new boolean[2]))
        .hasMessage("jvp: one entry per argument expected: @f takes 1, got 2");
  }

  @Test
  void anOpWithoutDerivativeIsNamedWithItsLine() {
    Func func =
        GradientCheck.func(
            List.of(f64(2)),
            (b, x) -> {
              b.location(new Location.Line("Model.java", 42, 7));
              return b.customCall("secret", x, List.of(f64(2)), Map.of());
            });
    assertThatThrownBy(() -> Differentiation.jvp(func, YES))
        .isInstanceOf(MissingRuleException.class)
        .hasMessageContaining("custom_call: has no jvp rule: the custom call @secret is opaque")
        .hasMessageContaining("Model.java:42");
  }

  /** {@code while (x < 10) { x = x * c; n = n + 1 }}, where c is captured. */
  private static Func whileLoop() {
    return GradientCheck.func(
        List.of(f64(), f64()),
        (b, x) -> {
          Value factor = b.exponential(x.get(1));
          List<Type> types = List.of(f64(), TensorType.of(DType.I32), f64());
          Block cond = new Block(types);
          cond.returns(
              List.of(
                  new Builder(cond)
                      .compare(
                          cond.argument(0),
                          new Builder(cond).constant(DType.F64, 10),
                          Comparison.LT)));
          Block body = new Block(types);
          Builder c = new Builder(body);
          body.returns(
              List.of(
                  c.multiply(body.argument(0), factor),
                  c.add(body.argument(1), c.constant(DType.I32, 1)),
                  c.add(body.argument(2), c.sine(body.argument(0)))));
          return b.whileLoop(
              List.of(x.get(0), b.constant(DType.I32, 0), b.constant(DType.F64, 0)), cond, body);
        });
  }

  @Test
  void whileLoopsHaveForwardMode() {
    Func func = whileLoop();
    JvpResult jvp = Differentiation.jvp(func, new boolean[] {true, true});
    assertThat(jvp.activeResults()).containsExactly(true, false, true);
    List<Literal> inputs = List.of(vector1(1.3), vector1(0.2), vector1(0.7), vector1(-0.4));
    List<Literal> out = GradientCheck.run(jvp.func(), inputs);
    double step = 1e-6;
    List<Literal> above =
        GradientCheck.run(func, List.of(vector1(1.3 + 0.7 * step), vector1(0.2 - 0.4 * step)));
    List<Literal> below =
        GradientCheck.run(func, List.of(vector1(1.3 - 0.7 * step), vector1(0.2 + 0.4 * step)));
    assertThat(out.get(3).doubleAt(0))
        .isCloseTo(
            (above.get(0).doubleAt(0) - below.get(0).doubleAt(0)) / (2 * step),
            org.assertj.core.data.Offset.offset(1e-6));
    assertThat(out.get(4).doubleAt(0))
        .isCloseTo(
            (above.get(2).doubleAt(0) - below.get(2).doubleAt(0)) / (2 * step),
            org.assertj.core.data.Offset.offset(1e-6));
    // linearize computes the known loop first and runs the tangents forward
    Differentiation.Linearized parts = Differentiation.linearize(func, new boolean[] {true, true});
    List<Literal> known = GradientCheck.run(parts.known(), inputs.subList(0, 2));
    List<Literal> linear = new ArrayList<>(known.subList(3, known.size()));
    linear.addAll(inputs.subList(2, 4));
    List<Literal> tangents = GradientCheck.run(parts.linear(), linear);
    assertThat(tangents).containsExactly(out.get(3), out.get(4));
  }

  private static Literal vector1(double value) {
    return Literal.ofDoubles(f64(), value);
  }

  @Test
  void whileLoopsHaveNoReverseModeAndSayWhatToDo() {
    assertThatThrownBy(() -> Differentiation.vjp(whileLoop(), new boolean[] {true, true}))
        .isInstanceOf(MissingRuleException.class)
        .hasMessageContaining("while: has no transpose rule")
        .hasMessageContaining("use scan or foriLoop with a known trip count");
  }

  @Test
  void aLoopThatOnlyCountsDoesNotPreventReverseMode() {
    Func func =
        GradientCheck.func(
            List.of(f64(2)),
            (b, x) -> {
              Block cond = new Block(List.of(TensorType.of(DType.I32)));
              Builder c = new Builder(cond);
              cond.returns(
                  List.of(c.compare(cond.argument(0), c.constant(DType.I32, 5), Comparison.LT)));
              Block body = new Block(List.of(TensorType.of(DType.I32)));
              Builder d = new Builder(body);
              body.returns(List.of(d.add(body.argument(0), d.constant(DType.I32, 2))));
              Value count = b.whileLoop(List.of(b.constant(DType.I32, 0)), cond, body).get(0);
              Value scale =
                  b.broadcastInDim(b.convert(count, DType.F64), org.cornu.stablehlo.ir.Shape.of(2));
              return List.of(b.multiply(b.sine(x.get(0)), scale));
            });
    GradientCheck.check(func, List.of(vector(0.3, 2)), 2, 1e-7);
  }

  @Test
  void aCustomBackwardFunctionReplacesTheDerivative() {
    Func func =
        GradientCheck.func(
            List.of(f64(2)), (b, x) -> ProgramRows.customSquare(b, b.sine(x.get(0)), 10));
    Func vjp = Differentiation.vjp(func, YES).func();
    List<Literal> out = GradientCheck.run(vjp, List.of(vector(0.5, 2), vector(1, 1)));
    // 10 sin(x) cos(x), not 2 sin(x) cos(x)
    assertThat(out.get(1).doubleAt(0))
        .isCloseTo(10 * Math.sin(0.5) * Math.cos(0.5), org.assertj.core.data.Offset.offset(1e-12));
    // the derivative of that derivative is that of the backward function
    GradientCheck.check(vjp, List.of(vector(0.5, 2), vector(1, 1)), 1, 1e-6);
    assertThatThrownBy(() -> Differentiation.jvp(func, YES))
        .isInstanceOf(MissingRuleException.class)
        .hasMessageContaining("custom vjp");
  }

  @Test
  void linearizeThenTransposeIsTheVjp() {
    Func func =
        GradientCheck.func(
            List.of(f64(3, 3), f64(3), f64(4, 3)),
            (b, x) -> ProgramRows.rnn(b, x.get(0), b.sine(x.get(1)), x.get(2), false));
    java.util.Random random = new java.util.Random(3);
    List<Literal> inputs = new ArrayList<>();
    List<Literal> directions = new ArrayList<>();
    for (Type type : func.type().inputs()) {
      inputs.add(GradientCheck.normal((TensorType) type, random));
      directions.add(GradientCheck.normal((TensorType) type, random));
    }
    boolean[] active = {true, true, true};
    Differentiation.Linearized parts = Differentiation.linearize(func, active);
    List<Literal> known = GradientCheck.run(parts.known(), inputs);
    int results = func.type().results().size();
    List<Literal> residuals = known.subList(results, known.size());
    assertThat(residuals).hasSize(parts.residualCount());
    List<Literal> linearInputs = new ArrayList<>(residuals);
    linearInputs.addAll(directions);
    List<Literal> tangents = GradientCheck.run(parts.linear(), linearInputs);
    List<Literal> jvpInputs = new ArrayList<>(inputs);
    jvpInputs.addAll(directions);
    List<Literal> jvp = GradientCheck.run(Differentiation.jvp(func, active).func(), jvpInputs);
    for (int i = 0; i < tangents.size(); i++) {
      GradientCheck.close("tangent " + i, tangents.get(i), jvp.get(results + i), 1e-12);
    }
    boolean[] linear = new boolean[residuals.size() + 3];
    java.util.Arrays.fill(linear, residuals.size(), linear.length, true);
    Func transposed = Differentiation.transpose(parts.linear(), linear).func();
    List<Literal> backInputs = new ArrayList<>(residuals);
    List<Literal> vjpInputs = new ArrayList<>(inputs);
    for (Literal tangent : tangents) {
      Literal u = GradientCheck.normal(tangent.type(), random);
      backInputs.add(u);
      vjpInputs.add(u);
    }
    List<Literal> back = GradientCheck.run(transposed, backInputs);
    List<Literal> vjp = GradientCheck.run(Differentiation.vjp(func, active).func(), vjpInputs);
    for (int i = 0; i < 3; i++) {
      GradientCheck.close("cotangent " + i, back.get(i), vjp.get(results + i), 1e-12);
    }
  }

  @Test
  void transposeComputesForwardWhatIsNotLinear() {
    // (x, w) -> (sin(x) . w, sin(x)), linear in w
    Func func =
        GradientCheck.func(
            List.of(f64(2, 3), f64(3)),
            (b, x) -> {
              Value y = b.sine(x.get(0));
              return List.of(ProgramRows.dot(b, y, x.get(1)), y);
            });
    Differentiation.TransposeResult out =
        Differentiation.transpose(func, new boolean[] {false, true});
    assertThat(out.linearResults()).containsExactly(true, false);
    Literal x = Literal.ofDoubles(f64(2, 3), 1, 2, 3, 4, 5, 6);
    List<Literal> got = GradientCheck.run(out.func(), List.of(x, vector(1, -1)));
    assertThat(got.get(0).doubleAt(5)).isEqualTo(Math.sin(6));
    assertThat(got.get(1).doubleAt(0))
        .isCloseTo(Math.sin(1) - Math.sin(4), org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void transposeOfWhatIsNotLinearIsRefused() {
    Func func = GradientCheck.func(List.of(f64(2)), (b, x) -> List.of(b.sine(x.get(0))));
    assertThatThrownBy(() -> Differentiation.transpose(func, YES))
        .isInstanceOf(MissingRuleException.class)
        .hasMessageContaining("sine: has no transpose rule: it is not linear");
    Func square =
        GradientCheck.func(List.of(f64(2)), (b, x) -> List.of(b.multiply(x.get(0), x.get(0))));
    assertThatThrownBy(() -> Differentiation.transpose(square, YES))
        .hasMessageContaining("more than one operand depends on the linear arguments");
  }

  @Test
  void weightGradientsLeaveTheBackwardLoop() {
    Func func =
        GradientCheck.func(
            List.of(f64(3, 3), f64(3), f64(4, 3)),
            (b, x) -> ProgramRows.rnn(b, x.get(0), x.get(1), x.get(2), false));
    Func vjp = Differentiation.vjp(func, new boolean[] {true, true, true}).func();
    List<Op> scans = vjp.body().ops().stream().filter(op -> op.code() == OpCode.SCAN).toList();
    assertThat(scans).hasSize(2);
    Op backward = scans.get(1);
    long carries = backward.intAttribute("num_carry", -1);
    for (int i = 0; i < carries; i++) {
      assertThat(backward.result(i).type()).isNotEqualTo(f64(3, 3));
    }
    Op dot =
        vjp.body().ops().stream()
            .filter(op -> op.code() == OpCode.DOT_GENERAL)
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(dot.operand(0).shape().dim(0)).isEqualTo(4);
  }

  @Test
  void scansKeepOnlyWhatChanges() {
    // y = sum over steps of sin(exp(w)) x_t: nothing but x is needed in the backward pass, and
    // that is an input already
    Func func =
        GradientCheck.func(
            List.of(f64(2), f64(5, 2)),
            (b, x) -> {
              Block body = new Block(List.of(f64(2), f64(2), f64(2)));
              Builder c = new Builder(body);
              Value weight = c.sine(c.exponential(body.argument(0)));
              body.returns(List.of(c.add(body.argument(1), c.multiply(weight, body.argument(2)))));
              return b.scan(
                  List.of(x.get(0)),
                  List.of(b.constant(f64(2), 0)),
                  List.of(x.get(1)),
                  5,
                  false,
                  1,
                  body);
            });
    Func vjp = Differentiation.vjp(func, new boolean[] {true, true}).func();
    List<Op> scans = vjp.body().ops().stream().filter(op -> op.code() == OpCode.SCAN).toList();
    // the forward scan stacks nothing: it has its carry only
    assertThat(scans.get(0).results()).hasSize(1);
    GradientCheck.check(
        func,
        List.of(vector(0.3, -0.2), Literal.ofDoubles(f64(5, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        2,
        1e-6);
  }

  @Test
  void checkpointsRecomputeBehindABarrier() {
    Func layer =
        GradientCheck.func(
            List.of(f64(3)), (b, x) -> List.of(b.tanh(b.sine(b.exponential(x.get(0))))));
    Func func = GradientCheck.func(List.of(f64(3)), (b, x) -> b.remat(x, layer, Map.of()));
    Func vjp = Differentiation.vjp(func, YES).func();
    Op barrier = only(vjp, OpCode.OPTIMIZATION_BARRIER);
    assertThat(barrier.operands()).contains(vjp.body().argument(0));
    List<Op> remats = vjp.body().ops().stream().filter(op -> op.code() == OpCode.REMAT).toList();
    assertThat(remats).hasSize(2);
    // the forward checkpoint hands nothing over
    assertThat(remats.get(0).results()).hasSize(1);
    Func without =
        GradientCheck.func(
            List.of(f64(3)),
            (b, x) -> b.remat(x, layer, Map.of("prevent_cse", new Attribute.Bool(false))));
    assertThat(ops(Differentiation.vjp(without, YES).func().body()))
        .noneMatch(op -> op.code() == OpCode.OPTIMIZATION_BARRIER);
  }

  @Test
  void unknownCheckpointPoliciesAreRefused() {
    Func layer = GradientCheck.func(List.of(f64(3)), (b, x) -> List.of(b.sine(x.get(0))));
    Func func =
        GradientCheck.func(
            List.of(f64(3)),
            (b, x) -> b.remat(x, layer, Map.of("policy", new Attribute.Str("some"))));
    assertThatThrownBy(() -> Differentiation.vjp(func, YES))
        .hasMessageContaining("remat: unknown policy 'some'; known: nothing_saveable");
  }

  @Test
  void resultsThatDoNotDependHaveNoTangentAndUnreachedArgumentsGetZeros() {
    Func func =
        GradientCheck.func(
            List.of(f64(2), f64(3)), (b, x) -> List.of(b.sine(x.get(0)), b.constant(f64(2), 1)));
    Differentiation.VjpResult vjp = Differentiation.vjp(func, new boolean[] {true, true});
    assertThat(vjp.activeResults()).containsExactly(true, false);
    List<Literal> out =
        GradientCheck.run(vjp.func(), List.of(vector(1, 2), vector(1, 2, 3), vector(1, 1)));
    assertThat(out.get(3)).isEqualTo(Literal.ofDoubles(f64(3), 0.0));
  }
}
