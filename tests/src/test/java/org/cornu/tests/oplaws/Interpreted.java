package org.cornu.tests.oplaws;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Functions recorded and run by the interpreter: nothing is compiled, so any shape is cheap. */
final class Interpreted {
  private static final Interpreter INTERPRETER = new Interpreter();

  private Interpreted() {}

  static List<Literal> run(F1<List<Tensor>, List<Tensor>> f, Literal... inputs) {
    List<Tensor> specs = Arrays.stream(inputs).map(v -> Tensor.spec(v.type(), null)).toList();
    return INTERPRETER.run(Transforms.makeGraph(f, specs), List.of(inputs));
  }

  static double[] one(F1<List<Tensor>, Tensor> f, Literal... inputs) {
    return values(run(x -> List.of(f.apply(x)), inputs).get(0));
  }

  static double[] values(Literal x) {
    double[] out = new double[x.count()];
    Arrays.setAll(out, x::doubleAt);
    return out;
  }

  static Literal reals(double[] values, long... dims) {
    return Literal.ofDoubles(TensorType.of(DType.F64, dims), values);
  }

  static Literal integers(long[] values, long... dims) {
    return Literal.ofLongs(TensorType.of(DType.I32, dims), values);
  }

  /** Numbers in [-2, 2), some of them equal. */
  static double[] some(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] out = new double[count];
    Arrays.setAll(
        out,
        i -> i > 0 && random.nextInt(4) == 0 ? out[random.nextInt(i)] : random.nextDouble(-2, 2));
    return out;
  }

  static Literal some(long seed, long... dims) {
    return reals(some(seed, Math.toIntExact(count(dims))), dims);
  }

  /** Integers in [low, high). */
  static long[] whole(long seed, int count, int low, int high) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.longs(count, low, high).toArray();
  }

  static long count(long... dims) {
    return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
  }
}
