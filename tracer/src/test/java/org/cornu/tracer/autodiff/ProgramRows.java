package org.cornu.tracer.autodiff;

import static org.cornu.tracer.autodiff.GradientCheck.f64;
import static org.cornu.tracer.autodiff.OpRow.of;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.CustomRule;

/** Rows of calls, branches, loops, normalization, and of ops whose shapes are operands. */
final class ProgramRows {
  private ProgramRows() {}

  static List<OpRow> rows() {
    List<OpRow> out = new ArrayList<>();
    calls(out);
    branches(out);
    scans(out);
    foreignScans(out);
    normalizations(out);
    dynamic(out);
    einsums(out);
    return out;
  }

  static Value dot(Builder b, Value x, Value y) {
    int last = x.shape().rank() - 1;
    return b.dotGeneral(
        x,
        y,
        new DimensionNumbers.Dot(List.of(), List.of(), List.of((long) last), List.of(0L)),
        null,
        DType.F64);
  }

  /** {@code (x, y) -> (x sin y, floor x)}. */
  private static Func product() {
    return GradientCheck.func(
        List.of(f64(3), f64(3)),
        (b, x) -> List.of(b.multiply(x.get(0), b.sine(x.get(1))), b.floor(x.get(0))));
  }

  private static void calls(List<OpRow> out) {
    Func callee = product();
    out.add(
        of(OpCode.CALL)
            .named("twice")
            .real(3)
            .real(3)
            .buildAll(
                (b, x) -> {
                  Value once = b.call(callee, x).get(0);
                  Value twice = b.call(callee, List.of(once, x.get(0))).get(0);
                  Value constant = b.constant(f64(3), 0.5);
                  return List.of(twice, b.call(callee, List.of(constant, twice)).get(0));
                }));
    out.add(
        of(OpCode.COMPOSITE)
            .real(3)
            .real(3)
            .buildAll((b, x) -> b.composite("my.product", x, callee, Map.of(), 1)));
    for (String policy :
        List.of(
            "nothing_saveable",
            "everything_saveable",
            "dots_saveable",
            "dots_with_no_batch_dims_saveable")) {
      Func layer =
          GradientCheck.func(
              List.of(f64(3, 3), f64(3)),
              (b, x) -> {
                Value hidden = b.tanh(dot(b, x.get(0), x.get(1)));
                return List.of(b.sine(dot(b, x.get(0), hidden)), b.floor(x.get(1)));
              });
      out.add(
          of(OpCode.REMAT)
              .named(policy)
              .real(3, 3)
              .real(3)
              .buildAll(
                  (b, x) -> {
                    Map<String, Attribute> attributes = Map.of("policy", new Attribute.Str(policy));
                    List<Value> once = b.remat(x, layer, attributes);
                    return b.remat(List.of(x.get(0), once.get(0)), layer, attributes);
                  }));
    }
    out.add(
        of(OpCode.CUSTOM_DERIVATIVE)
            .named("jvp")
            .real(3)
            .ints(new long[] {3}, 1, 2, 3)
            .buildAll(
                (b, x) -> {
                  Func primal =
                      GradientCheck.func(
                          List.of(f64(3), GradientCheck.i32(3)),
                          (c, y) -> List.of(c.sine(y.get(0)), y.get(1)));
                  Func rule =
                      GradientCheck.func(
                          List.of(f64(3), GradientCheck.i32(3), f64(3)),
                          (c, y) ->
                              List.of(
                                  c.sine(y.get(0)),
                                  y.get(1),
                                  c.multiply(c.cosine(y.get(0)), y.get(2))));
                  return b.customDerivative(x, primal, new CustomRule.Jvp(rule).attributes());
                }));
  }

  /** {@code x -> (x², a residual)} with a backward pass of its own. */
  static List<Value> customSquare(Builder b, Value x, double slope) {
    Type type = x.type();
    Func primal =
        GradientCheck.func(List.of(type), (c, y) -> List.of(c.multiply(y.get(0), y.get(0))));
    Func forward =
        GradientCheck.func(
            List.of(type), (c, y) -> List.of(c.multiply(y.get(0), y.get(0)), y.get(0)));
    Func backward =
        GradientCheck.func(
            List.of(type, type),
            (c, y) -> {
              Value factor = c.constant((TensorType) type, slope);
              return List.of(c.multiply(c.multiply(y.get(0), factor), y.get(1)));
            });
    return b.customDerivative(
        List.of(x), primal, new CustomRule.Vjp(forward, backward).attributes());
  }

  private static Block branch(java.util.function.Function<Builder, List<Value>> body) {
    Block out = new Block(List.of());
    return out.returns(body.apply(new Builder(out)));
  }

  private static void branches(List<OpRow> out) {
    for (int index = 0; index < 3; index++) {
      out.add(
          of(OpCode.CASE)
              .named("" + index)
              .ints(new long[] {}, index)
              .real(3)
              .real(3)
              .buildAll(ProgramRows::threeWays));
    }
    for (boolean flag : new boolean[] {true, false}) {
      out.add(
          of(OpCode.IF)
              .named("" + flag)
              .bools(new long[] {}, flag)
              .real(3)
              .build(
                  (b, x) -> {
                    Value outer = b.exponential(x.get(1));
                    return b.ifOf(
                            x.get(0),
                            branch(c -> List.of(c.multiply(outer, c.sine(x.get(1))))),
                            branch(c -> List.of(c.constant(f64(3), 1))))
                        .get(0);
                  }));
    }
  }

  private static List<Value> threeWays(Builder b, List<Value> x) {
    Value shared = b.tanh(x.get(1));
    return b.caseOf(
        x.get(0),
        List.of(
            branch(c -> List.of(c.multiply(shared, c.sine(x.get(2))), c.floor(x.get(1)))),
            branch(
                c -> {
                  Value one = c.constant(DType.I32, 1);
                  Value nested =
                      c.ifOf(
                              c.compare(x.get(0), one, Comparison.EQ),
                              branch(d -> List.of(d.multiply(shared, d.exponential(x.get(2))))),
                              branch(d -> List.of(x.get(1))))
                          .get(0);
                  return List.of(nested, c.multiply(nested, x.get(2)));
                }),
            branch(c -> List.of(c.constant(f64(3), 2), x.get(2)))));
  }

  /** {@code c, carry (h, count), x -> h' = tanh(W h + x), y = h' sin x}. */
  static List<Value> rnn(Builder b, Value w, Value h, Value xs, boolean reverse) {
    long length = xs.shape().dim(0);
    Type count = TensorType.of(DType.I32);
    Block body = new Block(List.of(w.type(), h.type(), count, h.type()));
    Builder c = new Builder(body);
    Value hidden = c.tanh(c.add(dot(c, body.argument(0), body.argument(1)), body.argument(3)));
    Value scale = c.broadcastInDim(c.convert(body.argument(2), DType.F64), h.shape());
    Value y = c.multiply(c.multiply(hidden, c.sine(body.argument(3))), scale);
    Value next = c.add(body.argument(2), c.constant(DType.I32, 1));
    body.returns(List.of(hidden, next, y, c.floor(hidden)));
    return b.scan(
        List.of(w), List.of(h, b.constant(DType.I32, 1)), List.of(xs), length, reverse, 1, body);
  }

  private static void scans(List<OpRow> out) {
    for (boolean reverse : new boolean[] {false, true}) {
      out.add(
          of(OpCode.SCAN)
              .named(reverse ? "rnn reverse" : "rnn")
              .tolerance(1e-6)
              .real(3, 3)
              .real(3)
              .real(4, 3)
              .buildAll((b, x) -> rnn(b, x.get(0), x.get(1), x.get(2), reverse)));
    }
    out.add(
        of(OpCode.SCAN)
            .named("only the final carry")
            .real(3, 3)
            .real(3)
            .real(4, 3)
            .build((b, x) -> rnn(b, x.get(0), x.get(1), x.get(2), false).get(0)));
    out.add(
        of(OpCode.SCAN)
            .named("invariant work")
            .real(3, 3)
            .real(3)
            .real(4, 3)
            .build((b, x) -> rnn(b, b.constant(f64(3, 3), 0.3), x.get(1), x.get(2), false).get(2)));
    out.add(
        of(OpCode.SCAN)
            .named("nested")
            .tolerance(1e-6)
            .order(2)
            .real(2, 2)
            .real(2)
            .real(3, 2, 2)
            .buildAll(ProgramRows::nested));
    out.add(
        of(OpCode.SCAN)
            .named("empty")
            .real(3, 3)
            .real(3)
            .args(f64(0, 3))
            .buildAll((b, x) -> rnn(b, x.get(0), x.get(1), x.get(2), false)));
    out.add(
        of(OpCode.SCAN)
            .named("inside a branch, with a checkpoint and a branch inside")
            .tolerance(1e-6)
            .bools(new long[] {}, true)
            .real(2, 2)
            .real(2)
            .real(3, 2)
            .buildAll(ProgramRows::mixed));
  }

  private static List<Value> nested(Builder b, List<Value> x) {
    Block body = new Block(List.of(f64(2, 2), f64(2), f64(2, 2)));
    Builder c = new Builder(body);
    List<Value> inner =
        rnn(
            c,
            c.sine(body.argument(0)),
            body.argument(1),
            c.multiply(body.argument(2), body.argument(0)),
            false);
    body.returns(List.of(inner.get(0), inner.get(2)));
    return b.scan(List.of(x.get(0)), List.of(x.get(1)), List.of(x.get(2)), 3, false, 1, body);
  }

  private static List<Value> mixed(Builder b, List<Value> x) {
    Func step =
        GradientCheck.func(
            List.of(f64(2, 2), f64(2)), (c, y) -> List.of(c.tanh(dot(c, y.get(0), y.get(1)))));
    return b.ifOf(
        x.get(0),
        branch(
            c -> {
              Block body = new Block(List.of(f64(2, 2), f64(2), f64(2)));
              Builder d = new Builder(body);
              Value hidden =
                  d.remat(List.of(body.argument(0), body.argument(1)), step, Map.of()).get(0);
              Value sum = d.reduce(body.argument(2), d.constant(DType.F64, 0), OpCode.ADD, 0);
              Value positive = d.compare(sum, d.constant(DType.F64, 0), Comparison.GT);
              Value chosen =
                  d.ifOf(
                          positive,
                          branch(f -> List.of(f.multiply(hidden, f.sine(body.argument(2))))),
                          branch(f -> List.of(f.add(hidden, body.argument(1)))))
                      .get(0);
              body.returns(List.of(chosen, hidden));
              return c.scan(
                  List.of(x.get(1)), List.of(x.get(2)), List.of(x.get(3)), 3, false, 1, body);
            }),
        branch(c -> List.of(x.get(2), x.get(3))));
  }

  private static void normalizations(List<OpRow> out) {
    Map<String, Attribute> attributes =
        Map.of("epsilon", new Attribute.Real(0.01, "f32"), "feature_index", Attribute.Int.i64(1));
    out.add(
        of(OpCode.BATCH_NORM_INFERENCE)
            .domain(0.5, 2)
            .real(3, 2)
            .real(2)
            .real(2)
            .real(2)
            .real(2)
            .build(
                (b, x) ->
                    b.create(OpCode.BATCH_NORM_INFERENCE, x, attributes, List.of()).result()));
    out.add(
        of(OpCode.BATCH_NORM_TRAINING)
            .real(3, 2, 2)
            .real(2)
            .real(2)
            .buildAll(
                (b, x) ->
                    b.create(OpCode.BATCH_NORM_TRAINING, x, attributes, List.of()).results()));
    out.add(
        of(OpCode.BATCH_NORM_GRAD)
            .domain(0.5, 2)
            .real(3, 2)
            .real(2)
            .real(2)
            .real(2)
            .real(3, 2)
            .buildAll(
                (b, x) -> b.create(OpCode.BATCH_NORM_GRAD, x, attributes, List.of()).results()));
  }

  /** A scan of CHLO along the last dimension, from either end; results {@code ys, carry}. */
  private static void foreignScans(List<OpRow> out) {
    for (boolean reverse : new boolean[] {false, true}) {
      out.add(
          of(OpCode.CHLO_SCAN)
              .named(reverse ? "reverse" : "forward")
              .real(2, 3)
              .real(2)
              .buildAll(
                  (b, x) -> {
                    TensorType slice = TensorType.of(DType.F64, 2);
                    Block body = new Block(List.of(slice, slice));
                    Builder c = new Builder(body);
                    Value sum = c.add(body.argument(0), c.sine(body.argument(1)));
                    body.returns(List.of(c.multiply(sum, sum), sum));
                    return b.create(
                            OpCode.CHLO_SCAN,
                            x,
                            Map.of(
                                "dimension",
                                Attribute.Int.i64(1),
                                "is_reverse",
                                new Attribute.Bool(reverse)),
                            List.of(body),
                            List.of(TensorType.of(DType.F64, 2, 3), slice))
                        .results();
                  }));
    }
  }

  private static Value longs(Builder b, long... values) {
    return b.constant(Literal.ofLongs(TensorType.of(DType.I64, values.length), values));
  }

  private static void dynamic(List<OpRow> out) {
    out.add(
        of(OpCode.DYNAMIC_RESHAPE)
            .real(2, 3)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.DYNAMIC_RESHAPE,
                            List.of(b.sine(x.get(0)), longs(b, 3, 2)),
                            Map.of(),
                            List.of(),
                            List.of(f64(3, 2)))
                        .result()));
    out.add(
        of(OpCode.DYNAMIC_BROADCAST_IN_DIM)
            .real(3)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.DYNAMIC_BROADCAST_IN_DIM,
                            List.of(b.sine(x.get(0)), longs(b, 2, 3)),
                            Map.of("broadcast_dimensions", new Attribute.Longs(1)),
                            List.of(),
                            List.of(f64(2, 3)))
                        .result()));
    out.add(
        of(OpCode.DYNAMIC_PAD)
            .real(3)
            .real()
            .build(
                (b, x) ->
                    b.create(
                            OpCode.DYNAMIC_PAD,
                            List.of(
                                b.sine(x.get(0)), x.get(1), longs(b, 1), longs(b, 2), longs(b, 1)),
                            Map.of(),
                            List.of(),
                            List.of(f64(8)))
                        .result()));
    out.add(
        of(OpCode.REAL_DYNAMIC_SLICE)
            .real(6)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.REAL_DYNAMIC_SLICE,
                            List.of(b.sine(x.get(0)), longs(b, 1), longs(b, 6), longs(b, 2)),
                            Map.of(),
                            List.of(),
                            List.of(f64(3)))
                        .result()));
    out.add(
        of(OpCode.DYNAMIC_GATHER)
            .real(4, 3)
            .ints(new long[] {2, 1}, 3, 1)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.DYNAMIC_GATHER,
                            List.of(b.sine(x.get(0)), x.get(1), longs(b, 1, 3)),
                            Map.of(
                                "dimension_numbers",
                                new DimensionNumbers.Gather(
                                    List.of(1L),
                                    List.of(0L),
                                    List.of(),
                                    List.of(),
                                    List.of(0L),
                                    1)),
                            List.of(),
                            List.of(f64(2, 3)))
                        .result()));
  }

  private static void einsums(List<OpRow> out) {
    out.add(
        of(OpCode.EINSUM)
            .real(2, 3)
            .real(3, 4)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.EINSUM,
                            x,
                            Map.of("einsum_config", new Attribute.Str("ab,bc->ac")),
                            List.of(),
                            List.of(f64(2, 4)))
                        .result()));
    out.add(
        of(OpCode.UNARY_EINSUM)
            .real(2, 3)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.UNARY_EINSUM,
                            List.of(b.sine(x.get(0))),
                            Map.of("einsum_config", new Attribute.Str("ab->b")),
                            List.of(),
                            List.of(f64(3)))
                        .result()));
  }
}
