package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.graph.CustomRule;

/** Rows of loops, branches, calls, and ops that transforms see whole. */
final class ControlSpecs {
  private ControlSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    loops(out);
    branches(out);
    calls(out);
    return out;
  }

  record Carry(Tensor i, Tensor x) {}

  private static void loops(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.WHILE)
            .named("number of steps depends on data")
            .domain(0.5, 1)
            .real(3)
            .ints(DType.I32, l(), 3)
            .op(
                x ->
                    Lax.whileLoop(
                            (Carry c) -> Lax.lt(c.i(), x.get(1)),
                            (Carry c) ->
                                new Carry(
                                    Lax.add(c.i(), Lax.full(DType.I32, 1)),
                                    Lax.mul(c.x(), Lax.sin(x.get(0)))),
                            new Carry(Lax.full(DType.I32, 0), x.get(0)))
                        .x())
            .means(x -> x.get(0).map(v -> v * Math.pow(Math.sin(v), 3)))
            .forwardOnly());
    out.add(
        OpSpec.of(OpCode.SCAN)
            .named("carry and outputs")
            .real(2)
            .real(4, 2)
            .ops(
                x -> {
                  Lax.Scanned<Tensor, Tensor> run =
                      Lax.scan(
                          (Tensor carry, Tensor item) -> {
                            Tensor next = Lax.add(Lax.sin(carry), item);
                            return new Lax.Step<>(next, Lax.mul(next, item));
                          },
                          x.get(0),
                          x.get(1));
                  return List.of(run.carry(), run.ys());
                })
            .meansAll(
                x -> {
                  double[] carry = x.get(0).values().clone();
                  double[] ys = new double[8];
                  for (int t = 0; t < 4; t++) {
                    for (int j = 0; j < 2; j++) {
                      double item = x.get(1).at(t, j);
                      carry[j] = Math.sin(carry[j]) + item;
                      ys[2 * t + j] = carry[j] * item;
                    }
                  }
                  return List.of(
                      new Grid(DType.F64, l(2), carry), new Grid(DType.F64, l(4, 2), ys));
                }));
    out.add(
        OpSpec.of(OpCode.SCAN)
            .named("foriLoop with a captured value")
            .real(3)
            .real(3)
            .op(
                x ->
                    Lax.foriLoop(
                        1,
                        4,
                        (i, v) ->
                            Lax.add(
                                Lax.mul(v, Lax.cos(x.get(1))),
                                Lax.broadcast(Lax.convertElementType(i, v.dtype()), 3)),
                        x.get(0)))
            .means(
                x ->
                    x.get(0)
                        .zip(
                            x.get(1),
                            (v, c) ->
                                ((v * Math.cos(c) + 1) * Math.cos(c) + 2) * Math.cos(c) + 3)));
  }

  private static void branches(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.CASE)
            .named("cond")
            .ints(DType.BOOL, l(), 1)
            .real(3)
            .op(x -> Lax.cond(x.get(0), () -> Lax.sin(x.get(1)), () -> Lax.mul(x.get(1), x.get(1))))
            .means(x -> x.get(1).map(Math::sin)));
    out.add(
        OpSpec.of(OpCode.CASE)
            .named("switchCase clamps")
            .ints(DType.I32, l(), 7)
            .real(3)
            .op(
                x ->
                    Lax.switchCase(
                        x.get(0),
                        List.of(
                            () -> Lax.sin(x.get(1)),
                            () -> Lax.neg(x.get(1)),
                            () -> Lax.exp(x.get(1)))))
            .means(x -> x.get(1).map(Math::exp)));
    out.add(
        OpSpec.of(OpCode.IF)
            .ints(DType.BOOL, l(), 0)
            .real(3)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) ->
                            b.ifOf(
                                    v[0],
                                    branch(c -> c.sine(v[1])),
                                    branch(c -> c.exponential(v[1])))
                                .get(0),
                        x.get(0),
                        x.get(1)))
            .means(x -> x.get(1).map(Math::exp)));
  }

  private static Block branch(F1<Builder, Value> body) {
    Block block = new Block(List.of());
    return block.returns(List.of(body.apply(new Builder(block))));
  }

  /** A function of arguments like those. */
  private static Func func(Value[] like, F1<FuncBody, List<Value>> body) {
    List<Type> types = Arrays.stream(like).map(Value::type).toList();
    Block block = new Block(types);
    return new Func(
        "f", block.returns(body.apply(new FuncBody(new Builder(block), block.arguments()))));
  }

  private record FuncBody(Builder b, List<Value> x) {}

  private static void calls(List<OpSpec> out) {
    F1<Tensor, Tensor> twice = x -> Lax.mul(Lax.sin(x), x);
    out.add(
        OpSpec.of(OpCode.CALL)
            .named("jit inside, called twice")
            .real(3)
            .op(
                x -> {
                  var inner = Transforms.jit(twice);
                  return inner.apply(inner.apply(x.get(0)));
                })
            .means(x -> x.get(0).map(v -> Math.sin(v) * v).map(v -> Math.sin(v) * v)));
    out.add(
        OpSpec.of(OpCode.COMPOSITE)
            .real(3)
            .real(3)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) ->
                            b.composite(
                                    "my.product",
                                    List.of(v),
                                    func(
                                        v,
                                        f ->
                                            List.of(
                                                f.b()
                                                    .multiply(
                                                        f.x().get(0), f.b().sine(f.x().get(1))))),
                                    Map.of(),
                                    1)
                                .get(0),
                        x.get(0),
                        x.get(1)))
            .means(x -> x.get(0).zip(x.get(1), (a, b) -> a * Math.sin(b))));
    out.add(
        OpSpec.of(OpCode.REMAT)
            .real(3)
            .op(
                x ->
                    Dispatch.unary(
                        x.get(0),
                        (b, v) ->
                            b.remat(
                                    List.of(v),
                                    func(
                                        new Value[] {v},
                                        f -> List.of(f.b().sine(f.b().tanh(f.x().get(0))))),
                                    Map.of("policy", new Attribute.Str("nothing_saveable")))
                                .get(0)))
            .means(x -> x.get(0).map(v -> Math.sin(Math.tanh(v)))));
    out.add(
        OpSpec.of(OpCode.CUSTOM_DERIVATIVE)
            .named("jvp")
            .real(3)
            .op(
                x ->
                    Dispatch.unary(
                        x.get(0),
                        (b, v) -> {
                          Func primal =
                              func(new Value[] {v}, f -> List.of(f.b().sine(f.x().get(0))));
                          Func rule =
                              func(
                                  new Value[] {v, v},
                                  f ->
                                      List.of(
                                          f.b().sine(f.x().get(0)),
                                          f.b()
                                              .multiply(f.b().cosine(f.x().get(0)), f.x().get(1))));
                          return b.customDerivative(
                                  List.of(v), primal, new CustomRule.Jvp(rule).attributes())
                              .get(0);
                        }))
            .means(x -> x.get(0).map(Math::sin)));
  }
}
