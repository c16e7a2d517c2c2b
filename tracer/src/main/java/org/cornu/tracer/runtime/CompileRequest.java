package org.cornu.tracer.runtime;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.jspecify.annotations.Nullable;

/**
 * What to compile and how.
 *
 * @param func entry point; may hold Cornu's own ops
 * @param mesh devices of a sharded program, or null for one device
 * @param arguments placement of each argument on the mesh; null entries are replicated
 * @param results placement of each result; null entries are replicated
 * @param donated arguments whose memory the results may take over
 */
public record CompileRequest(
    Func func,
    Module.@Nullable Mesh mesh,
    List<@Nullable Placement> arguments,
    List<@Nullable Placement> results,
    boolean[] donated) {

  /** A program for one device that donates nothing. */
  public static CompileRequest of(Func func) {
    return new CompileRequest(
        func, null, List.of(), List.of(), new boolean[func.type().inputs().size()]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompileRequest that
        && func == that.func
        && java.util.Objects.equals(mesh, that.mesh)
        && arguments.equals(that.arguments)
        && results.equals(that.results)
        && Arrays.equals(donated, that.donated);
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(func);
  }
}
