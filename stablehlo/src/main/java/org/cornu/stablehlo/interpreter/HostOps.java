package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;

/** Ops of other dialects: StableHLO's {@code check} and {@code interpreter}, and Shardy's hints. */
final class HostOps {
  private static final double TOLERANCE = 1e-4;
  private static final Datum[] NOTHING = {};

  private HostOps() {}

  static Datum[] run(Call c) {
    switch (c.op.name()) {
      case "check.expect_eq_const" -> Checks.equal(c.x(0), value(c));
      case "check.expect_eq" -> Checks.equal(c.x(0), c.x(1));
      case "check.expect_almost_eq_const" -> Checks.almostEqual(c.x(0), value(c), tolerance(c));
      case "check.expect_almost_eq" -> Checks.almostEqual(c.x(0), c.x(1), tolerance(c));
      case "check.expect_close" ->
          Checks.close(
              c.x(0),
              c.x(1),
              c.op.intAttribute("min_ulp_difference", 0),
              c.op.intAttribute("max_ulp_difference", 0));
      case "check.expect_serialized_eq" -> {
        int iteration = Math.toIntExact(c.op.intAttribute("iteration", 0));
        Checks.equal(c.x(0), probes(c).get(c.op.string("probe_id", ""), iteration));
      }
      case "interpreter.print" -> System.out.println(c.x(0).toLiteral());
      case "interpreter.probe" -> {
        probes(c).record(c.op.string("probe_id", ""), c.x(0));
        return c.operands;
      }
      case "interpreter.run_parallel" -> {
        return runParallel(c);
      }
      case "sdy.reshard", "sdy.propagation_barrier" -> {
        return c.operands;
      }
      case "sdy.sharding_group" -> {}
      case "sdy.named_computation" -> {
        return c.region(0).call(c.operands);
      }
      default ->
          throw new InterpreterException(
              "ops of this dialect have no meaning here: " + c.op.name());
    }
    return NOTHING;
  }

  private static Array value(Call c) {
    return Array.of(c.op.attribute("value", Attribute.Elements.class).literal());
  }

  private static double tolerance(Call c) {
    return c.op.attribute("tolerance") instanceof Attribute.Real real ? real.value() : TOLERANCE;
  }

  private static Probes probes(Call c) {
    return c.evaluator.interpreter.probes();
  }

  /** Runs one program per process of a grid; inputs and results are flattened. */
  private static Datum[] runParallel(Call c) {
    List<List<Func>> rows = new ArrayList<>();
    for (Attribute row : c.op.attribute("programs", Attribute.Array.class).elements()) {
      rows.add(
          row instanceof Attribute.Array array
              ? array.elements().stream().map(entry -> func(c.op, entry)).toList()
              : List.of(func(c.op, row)));
    }
    int partitions = rows.get(0).size();
    ProcessGrid grid =
        new ProcessGrid(
            c.evaluator.interpreter, c.evaluator.process.grid().module(), rows.size(), partitions);
    if (c.op.attribute("infeed") instanceof Attribute.Array infeed) {
      for (Attribute entry : infeed.elements()) {
        Func source = func(c.op, entry);
        grid.infeed(() -> c.evaluator.interpreter.run(source, List.of()));
      }
    }
    List<Func> programs = rows.stream().flatMap(List::stream).toList();
    List<Datum[]> arguments = new ArrayList<>();
    int taken = 0;
    for (Func program : programs) {
      int count = program.type().inputs().size();
      arguments.add(Arrays.copyOfRange(c.operands, taken, taken + count));
      taken += count;
    }
    List<Datum> out = new ArrayList<>();
    for (Datum[] results : grid.start(programs, arguments)) {
      out.addAll(List.of(results));
    }
    return out.toArray(new Datum[0]);
  }

  private static Func func(Op op, Attribute attribute) {
    if (attribute instanceof Attribute.Callee callee) {
      return callee.func();
    }
    throw new InterpreterException(op.name() + ": expected a function, got " + attribute);
  }
}
