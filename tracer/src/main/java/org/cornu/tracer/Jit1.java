package org.cornu.tracer;

/**
 * A compiled function of one argument; see {@link Transforms#jit}. Make it once, call it often: it
 * owns its cache of programs.
 */
public final class Jit1<A, R> implements F1<A, R> {
  private final JitCore core;

  Jit1(F1<A, R> f) {
    core = new JitCore(Tracing.name(f), args -> apply(f, args));
  }

  @SuppressWarnings("unchecked") // the arguments come back as they were taken apart
  private static <A, R> R apply(F1<A, R> f, Object[] args) {
    return f.apply((A) args[0]);
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the result has the structure that f returned
  public R apply(A a) {
    return (R) core.call((Object) a);
  }

  /**
   * Lets the results take over the memory of these arguments (counted from 0), which are closed by
   * the call.
   */
  public Jit1<A, R> donate(int... arguments) {
    core.donate(arguments);
    return this;
  }

  /** Traces for arguments of these types without compiling. */
  public Lowered lower(A a) {
    return core.lower((Object) a);
  }

  /** Number of programs in the cache. */
  public int cacheSize() {
    return core.cacheSize();
  }

  JitCore core() {
    return core;
  }
}
