package org.cornu.tracer.runtime;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.tracer.graph.Instrument;

/**
 * The search for the op that made the first NaN: a program whose result contains one runs again
 * with a check behind every op.
 */
public final class NanHunt {
  private static volatile boolean nans = Boolean.getBoolean("cornu.debug.nans");
  private static volatile boolean infs = Boolean.getBoolean("cornu.debug.infs");

  private NanHunt() {}

  /** Switches it on or off. */
  public static void nans(boolean search) {
    nans = search;
  }

  /** Switches it on or off for infinities and NaN. */
  public static void infs(boolean search) {
    infs = search;
  }

  /** True when results are to be searched; nothing is donated then, so that inputs remain. */
  public static boolean isOn() {
    return nans || infs;
  }

  /**
   * Searches the results of a program.
   *
   * @param name what ran, for the message
   * @throws CheckException naming the op that made the first NaN, and its line
   */
  public static void check(String name, Func func, DeviceArray[] inputs, DeviceArray[] outputs) {
    boolean infinities = infs;
    boolean found = false;
    for (DeviceArray output : outputs) {
      found |= isBad(output.toLiteral(), infinities);
    }
    if (!found) {
      return;
    }
    String what = infinities ? "a NaN or infinity" : "a NaN";
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].isDeleted()) {
        throw new CheckException(
            name
                + ": the result contains "
                + what
                + ", but argument "
                + i
                + " was donated, so that it cannot run again"
                + "\n  hint: switch the search on before the function is compiled; it donates"
                + " nothing then");
      }
      if (isBad(inputs[i].toLiteral(), infinities)) {
        throw new CheckException(
            name
                + ": argument "
                + i
                + " "
                + inputs[i].type().brief()
                + " already contains "
                + what);
      }
    }
    Instrument.Noted noted = Instrument.notes(func, infinities);
    List<Long> numbers = HostCalls.collect(() -> run(noted.func(), inputs));
    if (numbers.isEmpty()) {
      throw new CheckException(
          name
              + ": the result contains "
              + what
              + ", but no single op makes it when the program runs with checks"
              + "\n  hint: compare with Divergence.find, which looks at the compiled program");
    }
    Op op = noted.ops().get(Math.toIntExact(numbers.get(0)));
    List<String> operands = new ArrayList<>();
    op.operands().forEach(v -> operands.add(v.tensorType().brief()));
    throw new CheckException(
        name
            + ": "
            + op.code().shortName()
            + " of "
            + operands
            + " made "
            + what
            + Instrument.where(op.location())
            + "\n  hint: look at its operands with debugPrint; keep log, sqrt and division away from"
            + " 0 with Np.where on the operand, not on the result");
  }

  private static void run(Func func, DeviceArray[] inputs) {
    if (Backend.current().platformName().equals("cpu")) {
      for (DeviceArray output : ProgramCache.get(func, inputs).run(inputs)) {
        output.await();
        output.close();
      }
      return;
    }
    List<Literal> values = new ArrayList<>();
    for (DeviceArray input : inputs) {
      values.add(input.toLiteral());
    }
    HostCalls.install(new Interpreter()).run(func, values);
  }

  private static boolean isBad(Literal x, boolean infinities) {
    if (!x.type().dtype().isInexact()) {
      return false;
    }
    for (int i = 0; i < x.count(); i++) {
      double re = x.doubleAt(i);
      double im = x.type().dtype().isComplex() ? x.imagAt(i) : 0;
      if (Double.isNaN(re)
          || Double.isNaN(im)
          || infinities && (Double.isInfinite(re) || Double.isInfinite(im))) {
        return true;
      }
    }
    return false;
  }
}
