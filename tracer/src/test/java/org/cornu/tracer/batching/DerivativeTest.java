package org.cornu.tracer.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tracer.batching.Programs.bool;
import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.func;
import static org.cornu.tracer.batching.Programs.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.autodiff.Differentiation;
import org.cornu.tracer.batching.Programs.Arg;
import org.cornu.tracer.graph.CustomRule;
import org.junit.jupiter.api.Test;

/** Batching and differentiation in either order. */
class DerivativeTest {
  /** {@code vmap} of a derivative is a loop over derivatives. */
  @Property(tries = 60, seed = "20260101")
  void vmapOfAVjpEqualsALoop(@ForAll long seed) {
    Random random = new Random(seed);
    Func f = CompositionTest.program(random, false);
    Differentiation.VjpResult vjp = Differentiation.vjp(f, new boolean[] {true, true, true, false});
    List<Arg> args = new ArrayList<>(CompositionTest.ARGS);
    for (int i = 0; i < vjp.activeResults().length; i++) {
      if (vjp.activeResults()[i]) {
        args.add(f64(2, 3));
      }
    }
    boolean[] mask = mask(random, args.size());
    Loops.check("vjp, seed " + seed, vjp.func(), args, mask, 2, random);
  }

  @Property(tries = 60, seed = "20260101")
  void vmapOfAJvpEqualsALoop(@ForAll long seed) {
    Random random = new Random(seed);
    Func f = CompositionTest.program(random, true);
    Func jvp = Differentiation.jvp(f, new boolean[] {true, true, true, false}).func();
    List<Arg> args = new ArrayList<>(CompositionTest.ARGS);
    args.addAll(CompositionTest.ARGS.subList(0, 3));
    Loops.check("jvp, seed " + seed, jvp, args, mask(random, args.size()), 2, random);
  }

  private static boolean[] mask(Random random, int count) {
    boolean[] mask = new boolean[count];
    for (int i = 0; i < count; i++) {
      mask[i] = random.nextBoolean();
    }
    mask[random.nextInt(count)] = true;
    return mask;
  }

  /** The vjp of {@code vmap}: cotangents of shared arguments are sums over the batch. */
  @Property(tries = 60, seed = "20260101")
  void vjpOfVmapEqualsALoopOfVjps(@ForAll long seed) {
    Random random = new Random(seed);
    Func f = CompositionTest.program(random, false);
    checkVjpOfVmap("seed " + seed, f, CompositionTest.ARGS, mask(random, 4), random);
  }

  private static void checkVjpOfVmap(
      String name, Func f, List<Arg> args, boolean[] mask, Random random) {
    int size = 3;
    boolean[] active = new boolean[args.size()];
    for (int i = 0; i < active.length; i++) {
      active[i] = args.get(i).type().dtype().isInexact();
    }
    List<Loops.Argument> arguments = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      List<Literal> elements = new ArrayList<>();
      for (int n = 0; n < (mask[i] ? size : 1); n++) {
        elements.add(args.get(i).random(random));
      }
      arguments.add(new Loops.Argument(elements, mask[i]));
    }
    boolean[] all = OpContext.filled(f.type().results().size(), true);
    Func batched = Batching.batch(f, mask, size, null, all).func();
    Differentiation.VjpResult outer = Differentiation.vjp(batched, active);
    Differentiation.VjpResult inner = Differentiation.vjp(f, active);
    for (int i = 0; i < all.length; i++) {
      if (outer.activeResults()[i] || inner.activeResults()[i]) {
        assertThat(outer.activeResults()[i]).isEqualTo(inner.activeResults()[i]);
        TensorType type = (TensorType) f.type().results().get(i);
        List<Literal> elements = new ArrayList<>();
        for (int n = 0; n < size; n++) {
          elements.add(new Arg(type, -2, 2, true).random(random));
        }
        arguments.add(new Loops.Argument(elements, true));
      }
    }
    List<Literal> got =
        new Interpreter().run(outer.func(), arguments.stream().map(Loops.Argument::whole).toList());
    List<List<Literal>> expected = Loops.loop(inner.func(), arguments, size);
    int next = all.length;
    for (int i = 0; i < mask.length; i++) {
      if (active[i]) {
        List<Literal> elements = expected.get(next);
        Literal wanted = mask[i] ? Loops.stack(elements) : sum(elements);
        Loops.assertClose(name + " cotangent of " + i, wanted, got.get(next++));
      }
    }
  }

  private static Literal sum(List<Literal> elements) {
    TensorType type = elements.get(0).type();
    double[] out = new double[(int) type.shape().count()];
    for (Literal element : elements) {
      for (int i = 0; i < out.length; i++) {
        out[i] += element.doubleAt(i);
      }
    }
    return Literal.ofDoubles(type, out);
  }

  /**
   * {@code x w} and {@code sin w}, with rules that double the derivative, so that they are seen.
   */
  @Test
  void customRulesSurviveVmap() {
    List<Arg> args = List.of(f64(2), f64(2));
    Func plain = func(args, (b, x) -> List.of(b.multiply(x.get(0), x.get(1)), b.sine(x.get(1))));
    Func jvp =
        func(
            List.of(f64(2), f64(2), f64(2), f64(2)),
            (b, x) -> {
              Value dy = b.add(b.multiply(x.get(0), x.get(3)), b.multiply(x.get(1), x.get(2)));
              Value dz = b.multiply(b.cosine(x.get(1)), x.get(3));
              return List.of(b.multiply(x.get(0), x.get(1)), b.sine(x.get(1)), b.add(dy, dy), dz);
            });
    Func forward =
        func(
            args,
            (b, x) ->
                List.of(b.multiply(x.get(0), x.get(1)), b.sine(x.get(1)), x.get(0), x.get(1)));
    Func backward =
        func(
            List.of(f64(2), f64(2), f64(2), f64(2)),
            (b, x) -> {
              Value dx = b.multiply(x.get(2), x.get(1));
              Value dw =
                  b.add(b.multiply(x.get(2), x.get(0)), b.multiply(x.get(3), b.cosine(x.get(1))));
              return List.of(b.add(dx, dx), dw);
            });
    for (CustomRule rule :
        List.of(new CustomRule.Jvp(jvp), new CustomRule.Vjp(forward, backward))) {
      Func f = func(args, (b, x) -> b.customDerivative(x, plain, rule.attributes()));
      for (boolean[] mask : new boolean[][] {{true, false}, {false, true}, {true, true}}) {
        checkVjpOfVmap(rule + " " + Propagation.list(mask), f, args, mask, new Random(2));
      }
    }
  }

  /**
   * Elements that do not take a branch get no NaN from it, nor does what the batch shares: {@code
   * if (x > 0) then w sqrt(x) else 0} at negative and zero {@code x}.
   */
  @Test
  void branchesNotTakenDoNotReachTheGradient() {
    Func f =
        func(
            List.of(bool(), f64(), f64()),
            (b, x) ->
                b.ifOf(
                    x.get(0),
                    region((c, s) -> List.of(c.multiply(x.get(2), c.sqrt(x.get(1))))),
                    region((c, s) -> List.of(c.constant(DType.F64, 0)))));
    Func loss =
        func(
            List.of(f64(), f64()),
            (b, x) -> {
              Value taken = b.compare(x.get(0), b.constant(DType.F64, 0), Comparison.GT);
              return b.call(f, List.of(taken, x.get(0), x.get(1)));
            });
    Func batched = Batching.batch(loss, new boolean[] {true, false}, 4, null).func();
    Func vjp = Differentiation.vjp(batched, new boolean[] {true, true}).func();
    TensorType four = TensorType.of(DType.F64, 4);
    List<Literal> got =
        new Interpreter()
            .run(
                vjp,
                List.of(
                    Literal.ofDoubles(four, -1, 0, 4, 9),
                    Literal.scalar(DType.F64, 3),
                    Literal.ofDoubles(four, 1, 1, 1, 1)));
    Loops.assertClose("x", Literal.ofDoubles(four, 0, 0, 0.75, 0.5), got.get(1));
    Loops.assertClose("w", Literal.scalar(DType.F64, 5), got.get(2));
  }
}
