package org.cornu.tracer.batching;

import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.func;
import static org.cornu.tracer.batching.Programs.i32;
import static org.cornu.tracer.batching.Programs.region;
import static org.cornu.tracer.batching.Programs.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.batching.Programs.Arg;

/** Random compositions of ops, loops, branches and calls, batched once and twice. */
class CompositionTest {
  static final List<Arg> ARGS = List.of(f64(2, 3), f64(2, 3), f64(3), i32());

  @Property(tries = 150, seed = "20260101")
  void vmapOfACompositionEqualsALoop(@ForAll long seed) {
    Random random = new Random(seed);
    Func f = program(random, true);
    boolean[] mask = mask(random);
    Loops.check("seed " + seed, f, ARGS, mask, 1 + random.nextInt(3), random);
  }

  @Property(tries = 75, seed = "20260101")
  void nestedVmapOfACompositionEqualsLoops(@ForAll long seed) {
    Random random = new Random(seed);
    Func f = program(random, true);
    Loops.checkTwice(
        "seed " + seed, f, ARGS, mask(random), mask(random), 2, 1 + random.nextInt(3), random);
  }

  private static boolean[] mask(Random random) {
    int bits = 1 + random.nextInt(15);
    boolean[] mask = new boolean[ARGS.size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (bits >> i & 1) == 1;
    }
    return mask;
  }

  /** A random program; one with loops of unknown length has no reverse derivative. */
  static Func program(Random random, boolean loops) {
    return func(
        ARGS,
        (b, x) -> {
          List<Value> pool = new ArrayList<>(List.of(x.get(0), x.get(1)));
          for (int i = 0; i < 6; i++) {
            pool.add(step(b, pool, x.get(2), x.get(3), random, 2, loops));
          }
          return pool.subList(pool.size() - 2, pool.size());
        });
  }

  /** One more matrix from those in the pool, a vector and an integer. */
  private static Value step(
      Builder b, List<Value> pool, Value vector, Value n, Random random, int depth, boolean loops) {
    Value x = pool.get(random.nextInt(pool.size()));
    Value y = pool.get(random.nextInt(pool.size()));
    int choice = random.nextInt(depth > 0 ? 16 : 11);
    return switch (choice == 13 && !loops ? 14 : choice) {
      case 0 -> b.sine(x);
      case 1 -> b.add(x, y);
      case 2 -> b.multiply(b.tanh(x), y);
      case 3 -> b.select(b.compare(x, y, Comparison.LT), x, y);
      case 4 -> b.subtract(x, b.broadcastInDim(vector, x.shape(), 1));
      case 5 ->
          b.broadcastInDim(b.reduce(x, b.constant(DType.F64, 0), OpCode.ADD, 0), x.shape(), 1);
      case 6 ->
          b.broadcastInDim(
              b.reduce(
                  x,
                  b.reduce(y, b.constant(DType.F64, -3), OpCode.MAXIMUM, 0, 1),
                  OpCode.MAXIMUM,
                  1),
              x.shape(),
              0);
      case 7 -> {
        Value square =
            b.dotGeneral(
                x,
                y,
                new DimensionNumbers.Dot(List.of(), List.of(), List.of(0L), List.of(0L)),
                null,
                DType.F64);
        yield b.tanh(
            b.dotGeneral(
                x,
                square,
                new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L)),
                null,
                DType.F64));
      }
      case 8 -> {
        Value zero = b.constant(DType.I32, 0);
        Value row = b.dynamicSlice(x, List.of(n, zero), 1, 3);
        yield b.dynamicUpdateSlice(y, row, List.of(zero, n));
      }
      case 9 ->
          b.concatenate(
              List.of(
                  b.slice(x, new long[] {1, 0}, new long[] {2, 3}, new long[] {1, 1}),
                  b.slice(y, new long[] {0, 0}, new long[] {1, 3}, new long[] {1, 1})),
              0);
      case 10 -> b.reverse(x, 1);
      case 11 ->
          b.ifOf(
                  b.compare(n, b.constant(DType.I32, random.nextInt(6) - 3), Comparison.LT),
                  region((c, s) -> List.of(step(c, pool, vector, n, random, depth - 1, loops))),
                  region((c, s) -> List.of(step(c, pool, vector, n, random, depth - 1, loops))))
              .get(0);
      case 12 ->
          b.caseOf(
                  n,
                  List.of(
                      region((c, s) -> List.of(step(c, pool, vector, n, random, depth - 1, loops))),
                      region((c, s) -> List.of(x)),
                      region(
                          (c, s) -> List.of(step(c, pool, vector, n, random, depth - 1, loops)))))
              .get(0);
      case 13 -> {
        List<TensorType> state = List.of(scalar(DType.I32), x.tensorType());
        boolean counted = random.nextBoolean();
        yield b.whileLoop(
                List.of(b.constant(DType.I32, 0), x),
                region(
                    state,
                    (c, s) ->
                        List.of(
                            c.compare(
                                s.get(0),
                                counted
                                    ? c.constant(DType.I32, 3)
                                    : c.minimum(n, c.constant(DType.I32, 4)),
                                Comparison.LT))),
                region(
                    state,
                    (c, s) -> {
                      List<Value> inner = new ArrayList<>(pool);
                      inner.add(s.get(1));
                      inner.add(s.get(1));
                      return List.of(
                          c.add(s.get(0), c.constant(DType.I32, 1)),
                          c.tanh(
                              c.add(
                                  s.get(1),
                                  step(c, inner, vector, s.get(0), random, depth - 1, loops))));
                    }))
            .get(1);
      }
      case 14 -> {
        List<Value> out =
            b.scan(
                List.of(vector, n),
                List.of(b.constant(TensorType.of(DType.F64, 3), 0)),
                List.of(x, y),
                2,
                random.nextBoolean(),
                1,
                region(
                    List.of(
                        vector.tensorType(),
                        n.tensorType(),
                        vector.tensorType(),
                        vector.tensorType(),
                        vector.tensorType()),
                    (c, s) -> {
                      Value next = c.tanh(c.add(s.get(2), c.multiply(s.get(3), s.get(0))));
                      return List.of(next, c.add(next, s.get(4)));
                    }));
        yield out.get(1);
      }
      default -> {
        Func callee =
            func(
                List.of(f64(2, 3), f64(2, 3), f64(3), i32()),
                (c, s) ->
                    List.of(
                        step(c, s.subList(0, 2), s.get(2), s.get(3), random, depth - 1, loops)));
        yield b.call(callee, List.of(x, y, vector, n)).get(0);
      }
    };
  }
}
