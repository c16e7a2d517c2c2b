package org.cornu.cli;

import java.util.concurrent.Callable;
import org.cornu.ops.Lax;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import picocli.CommandLine.Command;

/**
 * Loads the classes that nearly every command needs, by running a small program and tracing a
 * training step; the launcher keeps them in an archive for the next start.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    var step = Transforms.jit((Tensor x) -> Lax.add(x, x));
    boolean right = step.apply(Tensor.of(1f)).item() == 2;
    return right && !WarmUpStep.text().isEmpty() ? 0 : 1;
  }
}
