package org.cornu.samples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.cornu.tracer.lowering.Alternative;
import org.cornu.tracer.lowering.Lowering;
import org.jspecify.annotations.Nullable;

/**
 * An alternative form beside the plain one: both compiled in one process, called in turn; the least
 * wall time and the least processor time of each, and how far their results are apart.
 *
 * @param alternative the form, or null for all that are on by default against none
 * @param arguments the argument, a tree
 * @param function what is compiled
 * @param defaultCalls timed calls of each form unless asked otherwise
 */
record LoweringBench<A>(
    @Nullable Alternative alternative, Supplier<A> arguments, F1<A, ?> function, int defaultCalls)
    implements Workload {
  private static final int WARM_UP = 3;

  /** The benchmarks by name, {@code lowering_depthwise_shifts}. */
  static Map<String, Workload> all() {
    Map<String, Workload> out = new TreeMap<>();
    Function<Alternative, String> name = a -> "lowering_" + a.key();
    depthwise(out, name.apply(Alternative.DEPTHWISE_SHIFTS));
    pool(out, name.apply(Alternative.POOL_GRADIENT_MASKS));
    pointwise(out, name.apply(Alternative.POINTWISE_MATMUL));
    convolution(out, name.apply(Alternative.KERNEL_GRADIENT_CHUNKS));
    loop(out, name.apply(Alternative.LOOP_CONVOLUTIONS));
    out.put(
        name.apply(Alternative.RESIDUAL_BOUNDARIES),
        training(Alternative.RESIDUAL_BOUNDARIES, Benchmarks.GPT, 12));
    out.put(
        name.apply(Alternative.LOOP_WEIGHT_GRADIENTS),
        training(Alternative.LOOP_WEIGHT_GRADIENTS, Benchmarks.LSTM_OF_FEW, 30));
    out.put(
        name.apply(Alternative.DERIVED_RESIDUALS),
        training(Alternative.DERIVED_RESIDUALS, Benchmarks.LSTM, 30));
    out.put(
        name.apply(Alternative.MERGED_CONTRACTIONS),
        training(Alternative.MERGED_CONTRACTIONS, Benchmarks.GPT, 12));
    out.put(
        name.apply(Alternative.CONCATENATED_PADS),
        training(Alternative.CONCATENATED_PADS, Benchmarks.LSTM, 30));
    out.put("lowering_gpt", training(null, Benchmarks.GPT, 12));
    out.put("lowering_lstm", training(null, Benchmarks.LSTM, 30));
    out.put("lowering_lstm_of_few", training(null, Benchmarks.LSTM_OF_FEW, 30));
    out.put("lowering_cnn", training(null, Benchmarks.CNN, 12));
    out.put("lowering_resnet18", inference(InferenceBench.resnet18(), 12));
    out.put("lowering_mobilenetv2", inference(InferenceBench.mobilenetV2(), 12));
    return out;
  }

  /** What a bench of an op takes: input, kernel (or nothing), and cotangent of the output. */
  record Problem(Tensor x, Tensor kernel, Tensor cotangent) {}

  private static void depthwise(Map<String, Workload> out, String name) {
    ConvOptions options = ConvOptions.DEFAULT.padding(Padding.SAME);
    Supplier<Problem> problem =
        () -> problem(new long[] {8, 48, 48, 96}, new long[] {3, 3, 96, 1}, 8, 48, 48, 96);
    F1<Problem, Tensor> forward = p -> Nn.depthwiseConv(p.x(), p.kernel(), options);
    put(out, name, Alternative.DEPTHWISE_SHIFTS, problem, forward, 20);
  }

  private static void pointwise(Map<String, Workload> out, String name) {
    Supplier<Problem> problem =
        () -> problem(new long[] {8, 24, 24, 96}, new long[] {1, 1, 96, 64}, 8, 24, 24, 64);
    F1<Problem, Tensor> forward = p -> Nn.conv(p.x(), p.kernel());
    Alternative form = Alternative.POINTWISE_MATMUL;
    out.put(name, new LoweringBench<>(form, problem, forward, 200));
    out.put(name + "_input", new LoweringBench<>(form, problem, p -> byInput(forward, p), 200));
    Alternative gradient = Alternative.POINTWISE_KERNEL_GRADIENT;
    out.put(
        "lowering_" + gradient.key(),
        new LoweringBench<>(gradient, problem, p -> byKernel(forward, p), 200));
  }

  private static void convolution(Map<String, Workload> out, String name) {
    Supplier<Problem> problem =
        () -> problem(new long[] {64, 26, 26, 32}, new long[] {3, 3, 32, 64}, 64, 24, 24, 64);
    F1<Problem, Tensor> forward = p -> Nn.conv(p.x(), p.kernel());
    out.put(
        name,
        new LoweringBench<>(
            Alternative.KERNEL_GRADIENT_CHUNKS, problem, p -> byKernel(forward, p), 40));
  }

  /** Gradients of a convolution, summed over small batches in a loop. */
  private static void loop(Map<String, Workload> out, String name) {
    Supplier<Problem> problem =
        () -> problem(new long[] {4, 8, 26, 26, 16}, new long[] {3, 3, 16, 16}, 8, 24, 24, 16);
    F1<Problem, Tensor> loss =
        p ->
            Lax.scan(
                    (Tensor sum, Tensor x) ->
                        new Lax.Step<Tensor, Tensor>(
                            Np.add(sum, Np.sum(Np.multiply(Nn.conv(x, p.kernel()), p.cotangent()))),
                            sum),
                    Np.zeros(DType.F32),
                    p.x())
                .carry();
    out.put(
        name,
        new LoweringBench<>(
            Alternative.LOOP_CONVOLUTIONS,
            problem,
            p ->
                Transforms.grad(
                        (Problem q) -> loss.apply(new Problem(q.x(), q.kernel(), p.cotangent())))
                    .apply(p),
            10));
  }

  private static void pool(Map<String, Workload> out, String name) {
    Supplier<Problem> problem =
        () -> problem(new long[] {64, 24, 24, 64}, new long[] {1}, 64, 12, 12, 64);
    out.put(
        name,
        new LoweringBench<>(
            Alternative.POOL_GRADIENT_MASKS,
            problem,
            p -> byInput(q -> Nn.maxPool(q.x(), 2), p),
            30));
  }

  /** Forward pass and both gradients of a convolution. */
  private static void put(
      Map<String, Workload> out,
      String name,
      Alternative alternative,
      Supplier<Problem> problem,
      F1<Problem, Tensor> forward,
      int calls) {
    out.put(name, new LoweringBench<>(alternative, problem, forward, calls));
    out.put(
        name + "_input",
        new LoweringBench<>(alternative, problem, p -> byInput(forward, p), calls));
    out.put(
        name + "_kernel",
        new LoweringBench<>(alternative, problem, p -> byKernel(forward, p), calls));
  }

  private static Problem problem(long[] x, long[] kernel, long... cotangent) {
    return new Problem(
        Bench32.symmetric(20000, x),
        Bench32.symmetric(20001, kernel),
        Bench32.symmetric(20002, cotangent));
  }

  private static Tensor byInput(F1<Problem, Tensor> f, Problem p) {
    F1<Tensor, Tensor> of = x -> f.apply(new Problem(x, p.kernel(), p.cotangent()));
    return Transforms.vjp(of, p.x()).pullback().apply(p.cotangent());
  }

  private static Tensor byKernel(F1<Problem, Tensor> f, Problem p) {
    F1<Tensor, Tensor> of = k -> f.apply(new Problem(p.x(), k, p.cotangent()));
    return Transforms.vjp(of, p.kernel()).pullback().apply(p.cotangent());
  }

  /** Loss and gradients of a model, without the optimizer. */
  private static <S> Workload training(
      @Nullable Alternative alternative, TrainBench<S> bench, int calls) {
    record Both(Map<String, Tensor> parameters, TrainBench.Batch batch) {}
    return new LoweringBench<>(
        alternative,
        () -> new Both(bench.parameters().get(), bench.batches().get().get(0)),
        (Both b) -> Transforms.valueAndGrad(bench.loss()).apply(b.parameters(), b.batch()),
        calls);
  }

  private static <X, R> Workload inference(InferenceBench<X, R> bench, int calls) {
    record Both<X>(Map<String, Tensor> parameters, X input) {}
    return new LoweringBench<>(
        null,
        () -> new Both<>(bench.parameters().get(), bench.input().get()),
        (Both<X> b) -> bench.model().apply(b.parameters(), b.input()),
        calls);
  }

  /** One form: its program and the times of its calls. */
  private static final class Form {
    private final double[] wall;
    private final double[] cpu;

    Form(int calls) {
      this.wall = new double[calls];
      this.cpu = new double[calls];
    }
  }

  @Override
  public void run(Timing timing, int steps) {
    int calls = steps > 0 ? steps : defaultCalls;
    A a = arguments.get();
    Jit1<A, ?> plainProgram = Transforms.jit(function::apply);
    Jit1<A, ?> formProgram = Transforms.jit(function::apply);
    String plainForms = alternative == null ? "none" : "-" + alternative.key();
    String otherForms = alternative == null ? "" : alternative.key();
    List<Tensor> expected = Lowering.during(plainForms, () -> Trees.leaves(plainProgram.apply(a)));
    List<Tensor> got = Lowering.during(otherForms, () -> Trees.leaves(formProgram.apply(a)));
    timing.put("max_difference", difference(expected, got));
    Form plain = new Form(calls);
    Form form = new Form(calls);
    for (int i = -WARM_UP; i < calls; i++) {
      measure(plainProgram, a, plain, i);
      measure(formProgram, a, form, i);
    }
    timing.times(form.wall);
    timing.put("forms", Lowering.current().changed(otherForms).toString());
    timing.put("plain_min_ms", least(plain.wall)).put("form_min_ms", least(form.wall));
    timing.put("plain_cpu_ms", least(plain.cpu)).put("form_cpu_ms", least(form.cpu));
    timing.put("faster_wall", least(plain.wall) / least(form.wall));
    timing.put("faster_cpu", least(plain.cpu) / least(form.cpu));
  }

  private static <A> void measure(Jit1<A, ?> program, A a, Form form, int call) {
    long cpu = CpuClock.nanos();
    long wall = System.nanoTime();
    List<Tensor> results = Trees.leaves(program.apply(a));
    results.forEach(Tensor::await);
    double time = (System.nanoTime() - wall) * 1e-6;
    if (call >= 0) {
      form.wall[call] = time;
      form.cpu[call] = (CpuClock.nanos() - cpu) * 1e-6;
    }
    results.forEach(Tensor::close);
  }

  private static double least(double[] samples) {
    return Arrays.stream(samples).min().orElseThrow();
  }

  /** The largest difference, relative to the largest element of its tensor. */
  private static double difference(List<Tensor> expected, List<Tensor> got) {
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      float[] a = expected.get(i).toFloatArray();
      float[] b = got.get(i).toFloatArray();
      double scale = 0;
      double distance = 0;
      for (int k = 0; k < a.length; k++) {
        scale = Math.max(scale, Math.abs(a[k]));
        distance = Math.max(distance, Math.abs(a[k] - b[k]));
      }
      worst = Math.max(worst, scale == 0 ? distance : distance / scale);
    }
    return worst;
  }
}
