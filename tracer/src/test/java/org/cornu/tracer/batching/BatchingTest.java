package org.cornu.tracer.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.func;
import static org.cornu.tracer.batching.Programs.i32;
import static org.cornu.tracer.batching.Programs.region;
import static org.cornu.tracer.batching.Programs.scalar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.CustomRule;
import org.junit.jupiter.api.Test;

/** What the batched program looks like: what is shared, kept and done once. */
class BatchingTest {
  private static final boolean[] FIRST = {true, false};

  private static List<OpCode> codes(Func f) {
    return f.body().ops().stream().map(Op::code).toList();
  }

  private static Op only(Func f, OpCode code) {
    List<Op> found = f.body().ops().stream().filter(op -> op.code() == code).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void whatTheBatchSharesIsComputedOnce() {
    Func f =
        func(
            List.of(f64(3), f64(3)),
            (b, x) -> {
              Value shared = b.sine(x.get(1));
              return List.of(b.add(b.multiply(x.get(0), shared), shared), shared);
            });
    Batching.Batched g = Batching.batch(f, FIRST, 5, null);
    assertThat(g.batchedResults()).containsExactly(true, false);
    // One broadcast serves both uses.
    assertThat(codes(g.func()))
        .containsExactly(OpCode.SINE, OpCode.BROADCAST_IN_DIM, OpCode.MULTIPLY, OpCode.ADD);
    assertThat(g.func().body().ops().get(0).result().type()).isEqualTo(TensorType.of(DType.F64, 3));
    Batching.Batched forced =
        Batching.batch(f, new boolean[2], 5, null, new boolean[] {false, true});
    assertThat(forced.func().type().results())
        .containsExactly(TensorType.of(DType.F64, 3), TensorType.of(DType.F64, 5, 3));
  }

  @Test
  void opsInheritTheLocation() {
    Func f =
        func(
            List.of(f64(3, 3), f64(3)),
            (b, x) -> {
              b.location(new Location.Line("A.java", 1, 0));
              Value y = b.reverse(x.get(0), 0);
              b.location(new Location.Line("A.java", 2, 0));
              Value at = b.constant(DType.I32, 1);
              b.location(new Location.Line("A.java", 3, 0));
              return List.of(
                  b.dynamicUpdateSlice(
                      y,
                      b.reshape(x.get(1), org.cornu.stablehlo.ir.Shape.of(1, 3)),
                      List.of(b.add(at, at), at)));
            });
    Func g = Batching.batch(f, FIRST, 4, null).func();
    List<Location> lines = g.body().ops().stream().map(Op::location).toList();
    List<OpCode> codes = codes(g);
    for (int i = 0; i < lines.size(); i++) {
      int line =
          switch (codes.get(i)) {
            case REVERSE -> 1;
            case CONSTANT -> lines.get(i).equals(lines.get(1)) ? 2 : 3;
            default -> 3;
          };
      assertThat(lines.get(i)).isEqualTo(new Location.Line("A.java", line, 0));
    }
    assertThat(codes).contains(OpCode.CONSTANT, OpCode.BROADCAST_IN_DIM, OpCode.RESHAPE);
  }

  @Test
  void aCalleeIsBatchedOncePerSetOfBatchedArguments() {
    Func callee = func(List.of(f64(2), f64(2)), (b, x) -> List.of(b.add(x.get(0), x.get(1))));
    Func f =
        func(
            List.of(f64(2), f64(2)),
            (b, x) -> {
              Value a = b.call(callee, List.of(x.get(0), x.get(1))).get(0);
              Value c = b.call(callee, List.of(a, x.get(1))).get(0);
              Value d = b.call(callee, List.of(a, c)).get(0);
              return List.of(d, b.call(callee, List.of(x.get(1), x.get(1))).get(0));
            });
    Func g = Batching.batch(f, FIRST, 3, null).func();
    List<Func> callees = g.body().ops().stream().map(op -> op.callee("callee")).toList();
    assertThat(callees.get(0)).isSameAs(callees.get(1)).isNotSameAs(callees.get(2));
    assertThat(callees.get(3)).isSameAs(callee);
  }

  @Test
  void carriesThatNeverChangeStayShared() {
    Func f =
        func(
            List.of(i32().between(1, 4), f64(2), f64(2)),
            (b, x) -> {
              List<TensorType> state =
                  List.of(
                      scalar(DType.I32), TensorType.of(DType.F64, 2), TensorType.of(DType.F64, 2));
              return b.whileLoop(
                  x,
                  region(
                      state,
                      (c, s) ->
                          List.of(c.compare(s.get(0), c.constant(DType.I32, 0), Comparison.GT))),
                  region(
                      state,
                      (c, s) ->
                          List.of(
                              c.subtract(s.get(0), c.constant(DType.I32, 1)),
                              c.add(s.get(1), s.get(2)),
                              s.get(2))));
            });
    Batching.Batched g = Batching.batch(f, new boolean[] {true, false, false}, 3, null);
    assertThat(g.batchedResults()).containsExactly(true, true, false);
  }

  @Test
  void anUnknownCallRunsOncePerElement() {
    Func f =
        func(
            List.of(f64(2), f64(2)),
            (b, x) -> b.customCall("twice", x, List.of(TensorType.of(DType.F64, 2)), Map.of()));
    Func g = Batching.batch(f, FIRST, 3, null).func();
    Op scan = only(g, OpCode.SCAN);
    assertThat(scan.intAttribute("length", 0)).isEqualTo(3);
    assertThat(scan.region(0).ops()).extracting(Op::code).containsExactly(OpCode.CUSTOM_CALL);
    Func random =
        func(
            List.of(f64(), f64()),
            (b, x) ->
                List.of(
                    b.create(
                            OpCode.RNG,
                            List.of(
                                x.get(0),
                                x.get(1),
                                b.constant(Literal.ofLongs(TensorType.of(DType.I64, 1), 4))),
                            Map.of(
                                "rng_distribution",
                                new Attribute.Keyword("rng_distribution", "UNIFORM")),
                            List.of(),
                            List.of(TensorType.of(DType.F64, 4)))
                        .result()));
    Batching.Batched drawn = Batching.batch(random, FIRST, 3, null);
    Literal low = Literal.ofDoubles(TensorType.of(DType.F64, 3), 0, 10, 20);
    Literal high = Literal.scalar(DType.F64, 30);
    Literal got = new Interpreter().run(drawn.func(), List.of(low, high)).get(0);
    for (int i = 0; i < 12; i++) {
      assertThat(got.doubleAt(i)).isBetween(10.0 * (i / 4), 30.0);
    }
  }

  @Test
  void shardingsGetAnOpenBatchDimension() {
    Sharding rows = Sharding.of("mesh", List.of(Sharding.Dim.of("x"), Sharding.Dim.REPLICATED));
    Func f =
        func(
            List.of(f64(4, 2), f64(4, 2)), (b, x) -> List.of(b.shardingConstraint(x.get(0), rows)));
    f.argumentAttribute(0, "sdy.sharding", rows);
    Func g = Batching.batch(f, FIRST, 3, null).func();
    Sharding got = only(g, OpCode.SDY_SHARDING_CONSTRAINT).attribute("sharding", Sharding.class);
    assertThat(got.body()).isEqualTo("<@mesh, [{?}, {\"x\"}, {}]>");
    assertThat(g.argumentAttributes(0)).containsEntry("sdy.sharding", got);
  }

  @Test
  void shardingsInTextKeepTheirDimensions() {
    Map<String, Attribute> attributes =
        Map.of(
            "mhlo.sharding",
            new Attribute.Str("{devices=[2,1,4]<=[8] last_tile_dim_replicate}"),
            "backend_config",
            new Attribute.Str("unspecified_dims=[1]"));
    Func f =
        func(
            List.of(f64(4, 2), f64(4, 2)),
            (b, x) ->
                b.customCall(
                    "Sharding",
                    List.of(x.get(0)),
                    List.of(TensorType.of(DType.F64, 4, 2)),
                    attributes));
    Op got = only(Batching.batch(f, FIRST, 3, null).func(), OpCode.CUSTOM_CALL);
    assertThat(got.string("mhlo.sharding", ""))
        .isEqualTo("{devices=[1,2,1,4]<=[8] last_tile_dim_replicate}");
    assertThat(got.string("backend_config", "")).isEqualTo("unspecified_dims=[0,2]");
  }

  @Test
  void everyDeviceOfAManualComputationHasTheWholeBatch() {
    Sharding split = Sharding.of("mesh", List.of(Sharding.Dim.of("x")));
    Sharding whole = Sharding.of("mesh", List.of(Sharding.Dim.REPLICATED));
    TensorType local = TensorType.of(DType.F64, 2);
    Func f =
        func(
            List.of(f64(4), f64(2)),
            (b, x) ->
                b.manualComputation(
                    x,
                    List.of(split, whole),
                    List.of(split, whole),
                    List.of("x"),
                    region(
                        List.of(local, local),
                        (c, s) -> List.of(c.add(s.get(0), s.get(1)), c.sine(s.get(1)))),
                    List.of(TensorType.of(DType.F64, 4), local)));
    Batching.Batched g = Batching.batch(f, FIRST, 3, null);
    assertThat(g.batchedResults()).containsExactly(true, false);
    Verifier.verify(g.func());
    Op manual = only(g.func(), OpCode.SDY_MANUAL_COMPUTATION);
    assertThat(manual.attribute("in_shardings"))
        .hasToString("#sdy.sharding_per_value<[<@mesh, [{}, {\"x\"}]>, <@mesh, [{}]>]>");
    assertThat(manual.attribute("out_shardings"))
        .hasToString("#sdy.sharding_per_value<[<@mesh, [{}, {\"x\"}]>, <@mesh, [{}]>]>");
    assertThatThrownBy(() -> Batching.batch(f, FIRST, 3, "x"))
        .hasMessageContaining("axis 'x' is bound both here and by vmap");
  }

  @Test
  void rootsOfCollectivesAreShared() {
    Literal groups = Literal.ofLongs(TensorType.of(DType.I64, 1, 1), 0);
    Func f =
        func(
            List.of(f64(2), f64(2)),
            (b, x) ->
                b.create(
                        OpCode.COLLECTIVE_REDUCE,
                        x,
                        Map.of("replica_groups", new Attribute.Elements(groups)),
                        List.of(Builder.binaryBody(OpCode.ADD, DType.F64)),
                        List.of(x.get(0).type(), x.get(1).type()))
                    .results());
    assertThat(Batching.batch(f, FIRST, 3, null).batchedResults()).containsExactly(true, true);
  }

  /** {@code y = a x^2}, with a tangent rule that returns twice the true tangent. */
  @Test
  void theTangentRuleOfTheUserIsBatchedAlong() {
    Func square =
        func(
            List.of(f64(2), f64(), i32()),
            (b, x) ->
                List.of(
                    b.multiply(
                        b.broadcast(x.get(1), x.get(0).shape()), b.multiply(x.get(0), x.get(0))),
                    x.get(1)));
    Func jvp =
        func(
            List.of(f64(2), f64(), i32(), f64(2), f64()),
            (b, x) -> {
              Value a = b.broadcast(x.get(1), x.get(0).shape());
              Value dx = b.multiply(b.multiply(a, x.get(0)), x.get(3));
              return List.of(
                  b.multiply(a, b.multiply(x.get(0), x.get(0))),
                  x.get(1),
                  b.add(dx, b.add(dx, b.add(dx, dx))),
                  x.get(4));
            });
    Func f =
        func(
            List.of(f64(2), f64(), i32()),
            (b, x) -> b.customDerivative(x, square, new CustomRule.Jvp(jvp).attributes()));
    boolean[] mask = {true, false, true};
    Batching.Batched g = Batching.batch(f, mask, 3, null);
    assertThat(g.batchedResults()).containsExactly(true, false);
    Op op = only(g.func(), OpCode.CUSTOM_DERIVATIVE);
    Func rule = ((CustomRule.Jvp) CustomRule.of(op)).jvp();
    boolean[] ruleMask = {true, false, true, true, false};
    List<Loops.Argument> arguments =
        arguments(List.of(f64(2), f64(), i32(), f64(2), f64()), ruleMask, 3);
    Loops.compare(
        "jvp",
        new Batching.Batched(rule, new boolean[] {true, false, true, false}),
        Loops.loop(jvp, arguments, 3),
        Loops.run(rule, arguments));
  }

  private static List<Loops.Argument> arguments(List<Programs.Arg> args, boolean[] mask, int size) {
    Random random = new Random(4);
    List<Loops.Argument> out = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      List<Literal> elements = new ArrayList<>();
      for (int n = 0; n < (mask[i] ? size : 1); n++) {
        elements.add(args.get(i).random(random));
      }
      out.add(new Loops.Argument(elements, mask[i]));
    }
    return out;
  }

  /** {@code y = x w} with its cotangents: that of the shared {@code w} is summed over the batch. */
  @Test
  void theCotangentOfASharedArgumentIsSummed() {
    Func product =
        func(
            List.of(f64(2), f64(2)),
            (b, x) -> List.of(b.multiply(x.get(0), x.get(1)), b.sine(x.get(1))));
    Func forward =
        func(
            List.of(f64(2), f64(2)),
            (b, x) ->
                List.of(b.multiply(x.get(0), x.get(1)), b.sine(x.get(1)), x.get(0), x.get(1)));
    Func backward =
        func(
            List.of(f64(2), f64(2), f64(2), f64(2)),
            (b, x) ->
                List.of(
                    b.multiply(x.get(2), x.get(1)),
                    b.add(
                        b.multiply(x.get(2), x.get(0)), b.multiply(x.get(3), b.cosine(x.get(1))))));
    Func f =
        func(
            List.of(f64(2), f64(2)),
            (b, x) ->
                b.customDerivative(x, product, new CustomRule.Vjp(forward, backward).attributes()));
    Batching.Batched g = Batching.batch(f, FIRST, 3, null);
    assertThat(g.batchedResults()).containsExactly(true, true);
    CustomRule.Vjp rule = (CustomRule.Vjp) CustomRule.of(only(g.func(), OpCode.CUSTOM_DERIVATIVE));
    assertThat(rule.forward().type().results())
        .containsExactly(
            TensorType.of(DType.F64, 3, 2),
            TensorType.of(DType.F64, 3, 2),
            TensorType.of(DType.F64, 3, 2),
            TensorType.of(DType.F64, 2));
    boolean[] mask = {true, false, true, true};
    List<Loops.Argument> arguments = arguments(List.of(f64(2), f64(2), f64(2), f64(2)), mask, 3);
    List<List<Literal>> expected = Loops.loop(backward, arguments, 3);
    List<Literal> got = Loops.run(rule.backward(), arguments);
    Loops.assertClose("x", Loops.stack(expected.get(0)), got.get(0));
    double[] sum = new double[2];
    for (Literal element : expected.get(1)) {
      sum[0] += element.doubleAt(0);
      sum[1] += element.doubleAt(1);
    }
    Loops.assertClose("w", Literal.ofDoubles(TensorType.of(DType.F64, 2), sum), got.get(1));
  }

  @Test
  void branchesNotTakenAreCutFromTheDerivative() {
    Func f =
        func(
            List.of(Programs.bool(), f64()),
            (b, x) ->
                b.ifOf(
                    x.get(0),
                    region((c, s) -> List.of(c.log(x.get(1)))),
                    region((c, s) -> List.of(c.constant(DType.F64, 0)))));
    Func g = Batching.batch(f, new boolean[] {true, true}, 3, null).func();
    Op log = only(g, OpCode.LOG);
    Op cut = Objects.requireNonNull(log.operand(0).op());
    assertThat(cut.code()).isEqualTo(OpCode.SELECT);
    Op stopped = Objects.requireNonNull(cut.operand(2).op());
    assertThat(stopped.code()).isEqualTo(OpCode.STOP_GRADIENT);
  }

  /** No block belongs to two ops, so that other passes may key on blocks and values. */
  @Test
  void regionsAreNotShared() {
    for (Row row : BatchingTableTest.rows()) {
      Func f = func(row.args(), row.body());
      boolean[] all = OpContext.filled(row.args().size(), true);
      for (int i = 0; i < all.length; i++) {
        all[i] = row.args().get(i).batchable();
      }
      Set<Block> seen = new HashSet<>();
      blocks(f.body(), seen);
      blocks(Batching.batch(f, all, 2, null).func().body(), seen);
    }
  }

  private static void blocks(Block block, Set<Block> seen) {
    assertThat(seen.add(block)).isTrue();
    for (Op op : block.ops()) {
      for (Block region : op.regions()) {
        blocks(region, seen);
      }
    }
  }

  /** Depth and time do not grow beyond the length of the program. */
  @Test
  void aLongChainIsBatchedWithoutRecursion() {
    int length = 50_000;
    Func f =
        func(
            List.of(f64(2), f64(2)),
            (b, x) -> {
              Value y = x.get(0);
              for (int i = 0; i < length; i++) {
                y = i % 2 == 0 ? b.add(y, x.get(1)) : b.multiply(y, y);
              }
              return List.of(y);
            });
    Func g = Batching.batch(f, FIRST, 3, null).func();
    assertThat(g.body().ops()).hasSize(length + 1);
  }

  @Test
  void flagsMustFitTheFunction() {
    Func f = func(List.of(f64()), (b, x) -> x);
    assertThatThrownBy(() -> Batching.batch(f, FIRST, 3, null))
        .hasMessageContaining("one flag per argument is needed: got 2 flags");
    assertThatThrownBy(() -> Batching.batch(f, new boolean[1], -1, null))
        .hasMessageContaining("the batch size must be at least 0: got -1");
    assertThatThrownBy(() -> Batching.batch(f, new boolean[1], 3, null, new boolean[2]))
        .hasMessageContaining("one flag per result is needed: got 2 flags");
  }
}
