package org.cornu.samples.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Lowered;
import org.cornu.tracer.runtime.ProgramCache;

/**
 * Tracing, lowering to StableHLO text and compilation of a function never seen before, then with
 * all caches cleared but the Java machine warm.
 *
 * @param problem the arguments; made before any clock runs
 */
record CompileBench<A, B, R>(Supplier<Problem<A, B, R>> problem) implements Workload {
  private static final int WARM = 3;

  /** A function, made anew for each compilation, its arguments, and the checksum of its result. */
  record Problem<A, B, R>(
      Supplier<Jit2<A, B, R>> function, A first, B second, ToDoubleFunction<R> checksum) {}

  static <S> CompileBench<?, ?, ?> training(TrainBench<S> bench) {
    return new CompileBench<>(
        () ->
            new Problem<>(
                bench::jitted,
                bench.initial(),
                bench.batches().get().get(0),
                out -> out.loss().item()));
  }

  static <X, R> CompileBench<?, ?, ?> inference(InferenceBench<X, R> bench) {
    return new CompileBench<>(
        () ->
            new Problem<>(
                bench::jitted, bench.parameters().get(), bench.input().get(), bench::checksum));
  }

  /** Milliseconds of the three stages, and the number of lines. */
  private record Stages(double trace, double lower, double compile, long lines) {
    double total() {
      return trace + lower + compile;
    }
  }

  @Override
  public void run(Timing timing, int steps) {
    run(timing, steps > 0 ? steps : WARM, problem.get());
  }

  private static <A, B, R> void run(Timing timing, int warm, Problem<A, B, R> p) {
    Stages cold = once(p);
    List<Stages> again = new ArrayList<>();
    for (int i = 0; i < warm; i++) {
      ProgramCache.clear();
      again.add(once(p));
    }
    timing.times(cold.total());
    timing.put("trace_ms", cold.trace()).put("lower_ms", cold.lower());
    timing.put("compile_ms", cold.compile()).put("stablehlo_lines", cold.lines());
    timing.put("warm_trace_ms", median(again, Stages::trace));
    timing.put("warm_lower_ms", median(again, Stages::lower));
    timing.put("warm_compile_ms", median(again, Stages::compile));
    timing.put(
        "checksum", p.checksum().applyAsDouble(p.function().get().apply(p.first(), p.second())));
  }

  private static <A, B, R> Stages once(Problem<A, B, R> p) {
    long start = System.nanoTime();
    Lowered<?> lowered = p.function().get().lower(p.first(), p.second());
    long traced = System.nanoTime();
    String text = lowered.text();
    long printed = System.nanoTime();
    lowered.compile();
    long compiled = System.nanoTime();
    return new Stages(
        (traced - start) * 1e-6,
        (printed - traced) * 1e-6,
        (compiled - printed) * 1e-6,
        text.lines().count());
  }

  private static double median(List<Stages> all, ToDoubleFunction<Stages> of) {
    List<Double> sorted = new ArrayList<>(all.stream().map(of::applyAsDouble).toList());
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
