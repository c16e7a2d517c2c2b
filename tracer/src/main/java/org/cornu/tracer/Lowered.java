package org.cornu.tracer;

import org.cornu.stablehlo.ir.Func;
import org.cornu.tracer.runtime.CompileRequest;
import org.cornu.tracer.runtime.Program;
import org.cornu.tracer.runtime.ProgramCache;

/** A jitted function traced for one set of argument types: its StableHLO, not yet compiled. */
public final class Lowered {
  private final CompileRequest request;

  Lowered(CompileRequest request) {
    this.request = request;
  }

  /** The traced function, Cornu's own ops still in it. */
  public Func func() {
    return request.func();
  }

  /** The StableHLO text that the compiler gets, with source lines and shardings. */
  public String text() {
    return ProgramCache.text(request);
  }

  /** Compiles it (or takes it from the cache). */
  public Program compile() {
    return ProgramCache.get(request);
  }
}
