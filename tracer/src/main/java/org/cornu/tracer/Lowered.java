package org.cornu.tracer;

import java.util.List;
import org.cornu.stablehlo.ir.Func;
import org.cornu.tracer.runtime.CompileRequest;
import org.cornu.tracer.runtime.DeviceArray;
import org.cornu.tracer.runtime.ProgramCache;

/**
 * A jitted function traced for one set of argument types: its StableHLO, not yet compiled.
 *
 * @param <F> the type of the function: {@link F1} to {@link F4}
 */
public final class Lowered<F> {
  private final CompileRequest request;
  private final List<Structure> structures;
  private final Structure result;
  private final DeviceArray[] captures;

  Lowered(
      CompileRequest request,
      List<Structure> structures,
      Structure result,
      DeviceArray[] captures) {
    this.request = request;
    this.structures = structures;
    this.result = result;
    this.captures = captures;
  }

  /** The traced function, Cornu's own ops still in it. */
  public Func func() {
    return request.func();
  }

  /** The StableHLO text that the compiler gets, with source lines and shardings. */
  public String text() {
    return ProgramCache.text(request);
  }

  /** Compiles it, or takes it from the cache: a function for these types alone. */
  public Compiled<F> compile() {
    return new Compiled<>(
        ProgramCache.get(request, "compiled ahead of time"), structures, result, captures);
  }
}
