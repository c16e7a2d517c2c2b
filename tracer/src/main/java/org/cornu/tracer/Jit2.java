package org.cornu.tracer;

/**
 * A compiled function of two arguments; see {@link Transforms#jit}. Make it once, call it often: it
 * owns its cache of programs.
 */
public final class Jit2<A, B, R> implements F2<A, B, R> {
  private final JitCore core;

  Jit2(F2<A, B, R> f) {
    core = new JitCore(Tracing.name(f), args -> apply(f, args));
  }

  @SuppressWarnings("unchecked") // the arguments come back as they were taken apart
  private static <A, B, R> R apply(F2<A, B, R> f, Object[] args) {
    return f.apply((A) args[0], (B) args[1]);
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the result has the structure that f returned
  public R apply(A a, B b) {
    return (R) core.call(a, b);
  }

  /**
   * Lets the results take over the memory of these arguments (counted from 0), which are closed by
   * the call.
   */
  public Jit2<A, B, R> donate(int... arguments) {
    core.donate(arguments);
    return this;
  }

  /** Traces for arguments of these types without compiling. */
  public Lowered lower(A a, B b) {
    return core.lower(a, b);
  }

  /** Number of programs in the cache. */
  public int cacheSize() {
    return core.cacheSize();
  }

  JitCore core() {
    return core;
  }
}
