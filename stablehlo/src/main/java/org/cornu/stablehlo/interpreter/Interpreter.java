package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.WeakHashMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs in plain Java and defines what they mean, as the StableHLO spec has it: integers
 * wrap, float ops are rounded once to their type and keep denormals, slices are clamped, scatters
 * out of range are dropped. Of what the spec leaves open: division of an integer by zero gives -1,
 * conversions to integers saturate, float sums below f64 are accumulated in double.
 *
 * <p>Safe for use by several threads. Functions are prepared once and remembered weakly.
 */
public final class Interpreter {
  /** Implements a {@code custom_call} target. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Computes the results of {@code op} from the values of its operands.
     *
     * @throws InterpreterException to end the run
     */
    List<Literal> call(Op op, List<Literal> operands);
  }

  private final Map<Func, Plan> plans = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<String, Handler> handlers = Collections.synchronizedMap(new HashMap<>());
  private final Random random;
  private final Probes probes = new Probes();

  /** An interpreter whose {@code rng} ops begin at seed 0. */
  public Interpreter() {
    this(0);
  }

  /** An interpreter whose {@code rng} ops begin at this seed. */
  public Interpreter(long seed) {
    this.random = new Random(seed);
  }

  /** Registers what runs {@code custom_call @target}, instead of what was there. */
  public Interpreter handler(String target, Handler handler) {
    handlers.put(target, handler);
    return this;
  }

  /**
   * Runs a function on a grid of one process.
   *
   * @param inputs one literal per argument
   * @return one literal per result that is a tensor
   * @throws InterpreterException when an op cannot be run; the message names op and place
   */
  public List<Literal> run(Func func, List<Literal> inputs) {
    Process process = new Process(new ProcessGrid(this, 1, 1), 0, 0);
    return literals(new Evaluator(this, process).run(func, arguments(func, inputs)));
  }

  /**
   * Runs the entry point of a program. One that says it is for several partitions or replicas
   * ({@code mhlo.num_partitions}), or contains manual computations on a mesh, runs on a grid of so
   * many processes, which hold the same whole tensors except inside manual regions; the results are
   * those of process 0.
   */
  public List<Literal> run(Module module, List<Literal> inputs) {
    Func main = module.main();
    int replicas = Math.max(1, number(module, "mhlo.num_replicas"));
    int partitions = Math.max(Sharded.devices(module), number(module, "mhlo.num_partitions"));
    Datum[] arguments = arguments(main, inputs);
    ProcessGrid grid = new ProcessGrid(this, module, replicas, Math.max(1, partitions));
    if (replicas * partitions <= 1 || !Sharded.isPerDevice(module)) {
      return literals(new Evaluator(this, new Process(grid, 0, 0)).run(main, arguments));
    }
    List<Datum[]> everywhere = Collections.nCopies(replicas * partitions, arguments);
    return literals(grid.start(List.of(main), everywhere).get(0));
  }

  private static int number(Module module, String key) {
    return module.attributes().get(key) instanceof Attribute.Int value
        ? Math.toIntExact(value.asLong())
        : 0;
  }

  private static Datum[] arguments(Func func, List<Literal> inputs) {
    int expected = func.type().inputs().size();
    if (inputs.size() != expected) {
      throw new InterpreterException(
          "run: " + func + " takes " + expected + " inputs, got " + inputs.size());
    }
    return inputs.stream().map(Array::of).toArray(Datum[]::new);
  }

  static List<Literal> literals(Datum[] results) {
    List<Literal> out = new ArrayList<>();
    for (Datum result : results) {
      if (result instanceof Array array) {
        out.add(array.toLiteral());
      } else if (result instanceof Datum.Tuple tuple) {
        out.addAll(literals(tuple.elements().toArray(new Datum[0])));
      }
    }
    return out;
  }

  Plan plan(Func func) {
    Plan plan = plans.get(func);
    if (plan == null) {
      plan = Plan.of(func);
      plans.put(func, plan);
    }
    return plan;
  }

  @Nullable Handler handler(String target) {
    return handlers.get(target);
  }

  Random random() {
    return random;
  }

  Probes probes() {
    return probes;
  }
}
