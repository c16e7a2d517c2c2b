package org.cornu.tracer;

import java.util.List;
import java.util.function.Function;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/**
 * A compiled function of four arguments; see {@link Transforms#jit}. Make it once, call it often:
 * it owns its cache of programs.
 */
public final class Jit4<A, B, C, D, R> implements F4<A, B, C, D, R> {
  private final JitCore core;

  Jit4(F4<A, B, C, D, R> f) {
    core = new JitCore(f, args -> apply(f, args));
  }

  @SuppressWarnings("unchecked") // the arguments come back as they were taken apart
  private static <A, B, C, D, R> R apply(F4<A, B, C, D, R> f, Object[] args) {
    return f.apply((A) args[0], (B) args[1], (C) args[2], (D) args[3]);
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the result has the structure that f returned
  public R apply(A a, B b, C c, D d) {
    return (R) core.call(a, b, c, d);
  }

  /**
   * Lets the results take over the memory of these arguments (counted from 0), which are closed by
   * the call.
   */
  public Jit4<A, B, C, D, R> donate(int... arguments) {
    core.donate(arguments);
    return this;
  }

  /**
   * Chooses where the results lie on the mesh of the arguments: one placement per tensor of the
   * result tree, null for a copy on every device (the default).
   */
  @SuppressWarnings("unchecked") // the tree has the structure that f returned
  public Jit4<A, B, C, D, R> placeResults(Function<R, List<@Nullable Placement>> choose) {
    core.resultPlacements(tree -> choose.apply((R) tree));
    return this;
  }

  /**
   * Chooses where the arguments must lie: one placement per tensor of all arguments, in order, null
   * for where it is. A call moves those that lie elsewhere.
   */
  public Jit4<A, B, C, D, R> placeArguments(Function<Object[], List<@Nullable Placement>> choose) {
    core.argumentPlacements(choose);
    return this;
  }

  /** Copies the ops in place when called inside another trace, instead of calling a function. */
  public Jit4<A, B, C, D, R> inline() {
    core.inline();
    return this;
  }

  /** Traces for arguments of these types without compiling. */
  public Lowered<F4<A, B, C, D, R>> lower(A a, B b, C c, D d) {
    return core.lower(a, b, c, d);
  }

  /** Number of programs in the cache. */
  public int cacheSize() {
    return core.cacheSize();
  }

  /**
   * Why each program was traced and compiled, in order (the first 64): {@code "first call"}, or
   * what in the arguments differs from the most similar call before, such as {@code "argument 0
   * 'x': shape f32[8,4] became f32[7,4]"}. {@code -Dcornu.explainRecompiles=true} logs them as they
   * happen.
   */
  public List<String> recompiles() {
    return core.recompiles();
  }

  JitCore core() {
    return core;
  }
}
