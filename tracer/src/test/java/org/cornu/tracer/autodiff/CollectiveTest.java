package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.autodiff.GradientCheck.f64;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.assertj.core.data.Offset;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.MissingRuleException;
import org.junit.jupiter.api.Test;

/** Derivatives of programs that run on several devices, on a grid of interpreted ones. */
class CollectiveTest {
  private static final int DEVICES = 4;
  private static final Literal GROUPS = Literal.ofLongs(TensorType.of(DType.I64, 2, 2), 0, 2, 3, 1);

  /** What each device holds of {@code x}: scaled by one more than its number. */
  private static Value local(Builder b, Value x) {
    Value id = b.convert(b.replicaId(), DType.F64);
    Value scale = b.add(id, b.constant(DType.F64, 1));
    return b.multiply(x, b.broadcastInDim(scale, x.shape()));
  }

  private static List<Literal> onGrid(Func func, List<Literal> inputs) {
    Module module =
        new Module(
                null,
                Map.of(
                    "mhlo.num_replicas", Attribute.Int.i32(DEVICES),
                    "mhlo.num_partitions", Attribute.Int.i32(1)))
            .add(new Func("main", func.body()));
    return new Interpreter().run(module, inputs);
  }

  /** {@code func} with every result gathered from all devices along a new first dimension. */
  private static Func gathered(Func func) {
    return GradientCheck.func(
        func.type().inputs(),
        (b, x) -> {
          List<Value> out = new ArrayList<>();
          for (Value result : b.call(func, x)) {
            Value one = b.reshape(result, result.shape().insert(0, 1));
            Literal everyone = Literal.ofLongs(TensorType.of(DType.I64, 1, DEVICES), 0, 1, 2, 3);
            out.addAll(b.allGather(List.of(one), 0, everyone, null, false));
          }
          return out;
        });
  }

  /**
   * Each device holds its own part of {@code x}; the sum over devices of {@code <u, y'>} equals
   * that of {@code <x̄, x'>}, where {@code x̄} is its cotangent.
   */
  private static void check(long size, BiFunction<Builder, Value, Value> collective) {
    Func func =
        GradientCheck.func(List.of(f64(size)), (b, x) -> List.of(collective.apply(b, x.get(0))));
    Func perDevice =
        GradientCheck.func(
            List.of(f64(size)),
            (b, x) -> List.of(b.call(func, List.of(local(b, x.get(0)))).get(0)));
    Random random = new Random(3);
    Literal x = GradientCheck.normal(f64(size), random);
    Literal v = GradientCheck.normal(f64(size), random);
    boolean[] yes = {true};
    Func jvp = Differentiation.jvp(perDevice, yes).func();
    List<Literal> forward = onGrid(gathered(jvp), List.of(x, v));
    // linear: the tangent is the function itself
    GradientCheck.close(
        "jvp", forward.get(1), onGrid(gathered(perDevice), List.of(v)).get(0), 1e-12);
    Literal u = GradientCheck.normal((TensorType) perDevice.type().results().get(0), random);
    Func vjp = Differentiation.vjp(perDevice, yes).func();
    List<Literal> backward = onGrid(gathered(vjp), List.of(x, u));
    double left = 0;
    for (int i = 0; i < forward.get(1).count(); i++) {
      left += u.doubleAt(i % u.count()) * forward.get(1).doubleAt(i);
    }
    double right = 0;
    for (int i = 0; i < backward.get(1).count(); i++) {
      right += backward.get(1).doubleAt(i) * v.doubleAt(i % v.count());
    }
    assertThat(right).isCloseTo(left, Offset.offset(1e-9));
    assertThat(left).isNotZero();
  }

  private static Block sum() {
    return Builder.binaryBody(OpCode.ADD, DType.F64);
  }

  @Test
  void collectivesAreTransposed() {
    check(4, (b, x) -> b.allReduce(List.of(x), GROUPS, null, false, sum()).get(0));
    check(4, (b, x) -> b.allGather(List.of(x), 0, GROUPS, null, false).get(0));
    check(4, (b, x) -> b.reduceScatter(x, 0, GROUPS, null, false, sum()));
    check(
        4,
        (b, x) -> {
          Value square = b.reshape(x, org.cornu.stablehlo.ir.Shape.of(2, 2));
          return b.allToAll(List.of(square), 0, 1, 2, GROUPS, null).get(0);
        });
    check(
        4,
        (b, x) ->
            b.collectivePermute(
                x, Literal.ofLongs(TensorType.of(DType.I64, 3, 2), 0, 1, 1, 3, 3, 0), null));
    check(4, (b, x) -> b.collectiveBroadcast(List.of(x), GROUPS, null).get(0));
    Map<String, Attribute> groups = Map.of("replica_groups", new Attribute.Elements(GROUPS));
    check(
        4,
        (b, x) -> b.create(OpCode.COLLECTIVE_REDUCE, List.of(x), groups, List.of(sum())).result());
    check(
        4,
        (b, x) ->
            b.create(OpCode.CROSS_REPLICA_SUM, List.of(x), groups, List.of(), List.of(x.type()))
                .result());
  }

  @Test
  void onlySumsOverDevicesAreDifferentiable() {
    Func func =
        GradientCheck.func(
            List.of(f64(2)),
            (b, x) ->
                b.allReduce(x, GROUPS, null, false, Builder.binaryBody(OpCode.MAXIMUM, DType.F64)));
    assertThatThrownBy(() -> Differentiation.jvp(func, new boolean[] {true}))
        .isInstanceOf(MissingRuleException.class)
        .hasMessageContaining("all_reduce: has no jvp rule: only a sum over devices");
  }

  private static final List<Type> TYPES = List.of(f64(4, 4), f64(4, 3), f64(3));

  /** Local: {@code tanh(x w + c)}, sharded in its rows over one axis; and its sum over all. */
  private static Func manual() {
    String mesh = "mesh";
    Sharding rows = Sharding.of(mesh, List.of(Sharding.Dim.of("a"), Sharding.Dim.of("b")));
    Sharding inner = Sharding.of(mesh, List.of(Sharding.Dim.of("b"), Sharding.Dim.REPLICATED));
    Sharding all = Sharding.of(mesh, List.of(Sharding.Dim.REPLICATED));
    Sharding out = Sharding.of(mesh, List.of(Sharding.Dim.of("a"), Sharding.Dim.REPLICATED));
    Sharding none = Sharding.of(mesh, List.of());
    return GradientCheck.func(
        TYPES,
        (b, x) -> {
          Block body = new Block(List.of(f64(2, 2), f64(2, 3), f64(3)));
          Builder c = new Builder(body);
          Value part = ProgramRows.dot(c, body.argument(0), c.sine(body.argument(1)));
          Literal pairs = Literal.ofLongs(TensorType.of(DType.I64, 2, 2), 0, 1, 2, 3);
          Attribute.ChannelHandle channel = new Attribute.ChannelHandle(1, 1);
          Value product = c.allReduce(List.of(part), pairs, channel, true, sum()).get(0);
          Value bias = c.broadcastInDim(body.argument(2), org.cornu.stablehlo.ir.Shape.of(2, 3), 1);
          Value y = c.tanh(c.add(product, bias));
          Value local = c.reduce(y, c.constant(DType.F64, 0), OpCode.ADD, 0, 1);
          Literal rest = Literal.ofLongs(TensorType.of(DType.I64, 2, 2), 0, 2, 1, 3);
          Value total = c.allReduce(List.of(local), rest, channel, true, sum()).get(0);
          body.returns(List.of(y, c.multiply(total, total)));
          return b.manualComputation(
              List.of(b.exponential(x.get(0)), x.get(1), x.get(2)),
              List.of(rows, inner, all),
              List.of(out, none),
              List.of("a", "b"),
              body,
              List.of(f64(4, 3), f64()));
        });
  }

  private static List<Literal> onMesh(Func func, List<Literal> inputs) {
    Module.Mesh mesh =
        new Module.Mesh(
            "mesh",
            List.of(new Module.Mesh.Axis("a", 2), new Module.Mesh.Axis("b", 2)),
            List.of(),
            Map.of());
    Module module = new Module(null, Map.of());
    module.add(mesh);
    module.add(new Func("main", func.body()));
    return new Interpreter().run(module, inputs);
  }

  /** The same without devices. */
  private static Func whole() {
    return GradientCheck.func(
        TYPES,
        (b, x) -> {
          Value product = ProgramRows.dot(b, b.exponential(x.get(0)), b.sine(x.get(1)));
          Value bias = b.broadcastInDim(x.get(2), org.cornu.stablehlo.ir.Shape.of(4, 3), 1);
          Value y = b.tanh(b.add(product, bias));
          Value total = b.reduce(y, b.constant(DType.F64, 0), OpCode.ADD, 0, 1);
          return List.of(y, b.multiply(total, total));
        });
  }

  @Test
  void manualComputationsHaveTheDerivativesOfTheWholeProgram() {
    Random random = new Random(5);
    List<Literal> inputs = new ArrayList<>();
    for (Type type : TYPES) {
      inputs.add(GradientCheck.normal((TensorType) type, random));
    }
    List<Literal> forward = new ArrayList<>(inputs);
    for (Type type : TYPES) {
      forward.add(GradientCheck.normal((TensorType) type, random));
    }
    boolean[] active = {true, true, true};
    compare(
        Differentiation.jvp(manual(), active).func(),
        Differentiation.jvp(whole(), active).func(),
        forward);
    List<Literal> backward = new ArrayList<>(inputs);
    backward.add(GradientCheck.normal(f64(4, 3), random));
    backward.add(GradientCheck.normal(f64(), random));
    Func vjp = Differentiation.vjp(manual(), active).func();
    Func wholeVjp = Differentiation.vjp(whole(), active).func();
    compare(vjp, wholeVjp, backward);
    List<Literal> second = new ArrayList<>(backward);
    for (Literal input : backward) {
      second.add(GradientCheck.normal(input.type(), random));
    }
    boolean[] all = {true, true, true, true, true};
    compare(
        Differentiation.jvp(vjp, all).func(), Differentiation.jvp(wholeVjp, all).func(), second);
  }

  private static void compare(Func got, Func expected, List<Literal> inputs) {
    List<Literal> left = onMesh(got, inputs);
    List<Literal> right = GradientCheck.run(expected, inputs);
    for (int i = 0; i < right.size(); i++) {
      GradientCheck.close("result " + i, left.get(i), right.get(i), 1e-10);
    }
  }
}
