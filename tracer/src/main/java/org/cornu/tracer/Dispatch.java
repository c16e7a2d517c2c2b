package org.cornu.tracer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.VerifyException;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Inliner;
import org.cornu.tracer.runtime.DeviceArray;
import org.cornu.tracer.runtime.NanHunt;
import org.cornu.tracer.runtime.Program;
import org.cornu.tracer.runtime.ProgramCache;
import org.jspecify.annotations.Nullable;

/**
 * Where every operation goes: recorded into the current trace, or, when none runs, compiled as a
 * small program of its own (cached by what it computes) and run at once.
 */
public final class Dispatch {
  private Dispatch() {}

  /** Emits ops with one result. */
  @FunctionalInterface
  public interface Emit {
    /** Appends to the builder and returns the result. */
    Value emit(Builder b, Value[] operands);
  }

  /** Emits ops with several results. */
  @FunctionalInterface
  public interface EmitMany {
    /** Appends to the builder and returns the results. */
    List<Value> emit(Builder b, Value[] operands);
  }

  /** An operation of one tensor. */
  public static Tensor unary(Tensor x, java.util.function.BiFunction<Builder, Value, Value> op) {
    return one((b, v) -> op.apply(b, v[0]), x);
  }

  /** An operation with one result. */
  public static Tensor one(Emit emit, Tensor... operands) {
    Trace trace = Trace.current();
    if (trace == null) {
      return many((b, v) -> List.of(emit.emit(b, v)), operands).get(0);
    }
    Value[] values = lifted(trace, operands);
    try {
      return trace.wrap(emit.emit(located(trace), values));
    } catch (VerifyException e) {
      throw located(e, trace);
    }
  }

  /** An operation with several results. */
  public static List<Tensor> many(EmitMany emit, Tensor... operands) {
    Trace trace = Trace.current();
    if (trace == null) {
      Symbolic.Node.Handler symbolic = Symbolic.handler(operands);
      return symbolic != null ? symbolic.apply(emit, operands) : eager(emit, operands);
    }
    Value[] values = lifted(trace, operands);
    List<Value> results;
    try {
      results = emit.emit(located(trace), values);
    } catch (VerifyException e) {
      throw located(e, trace);
    }
    List<Tensor> out = new ArrayList<>(results.size());
    for (Value result : results) {
      out.add(trace.wrap(result));
    }
    return out;
  }

  private static Value[] lifted(Trace trace, Tensor[] operands) {
    Value[] values = new Value[operands.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = trace.lift(operands[i]);
    }
    return values;
  }

  private static Builder located(Trace trace) {
    Builder b = trace.builder();
    b.location(trace.line());
    return b;
  }

  private static List<Tensor> eager(EmitMany emit, Tensor[] operands) {
    List<Type> types = new ArrayList<>(operands.length);
    for (Tensor operand : operands) {
      types.add(operand.type());
    }
    Block block = new Block(types);
    try {
      List<Value> results = emit.emit(new Builder(block), block.arguments().toArray(new Value[0]));
      block.returns(results);
    } catch (VerifyException e) {
      throw located(e, null);
    }
    return run(new Func("main", block), Arrays.asList(operands));
  }

  private static OpException located(VerifyException e, @Nullable Trace trace) {
    String where = UserFrame.suffix();
    if (trace != null) {
      where += (where.isEmpty() ? "\n  " : ", ") + "while tracing " + trace.path();
    }
    String label = e.label().isEmpty() ? "" : " (" + e.label() + ")";
    String rule =
        e.label().isEmpty()
            ? ""
            : "see constraint " + e.label() + " of " + e.opName() + " in the StableHLO spec; ";
    return new OpException(
        e.opName()
            + ": "
            + e.reason()
            + label
            + where
            + "\n  hint: "
            + rule
            + "type() tells a tensor's shape and type; astype, reshape and Np.broadcastTo change"
            + " them",
        e);
  }

  /**
   * Calls a function that transforms have built: inlined into the current trace, or compiled and
   * run.
   */
  public static List<Tensor> call(Func func, List<Tensor> operands) {
    Trace trace = Trace.current();
    if (trace == null) {
      return run(func, operands);
    }
    List<Value> values = new ArrayList<>(operands.size());
    for (Tensor operand : operands) {
      values.add(trace.lift(operand));
    }
    List<Tensor> out = new ArrayList<>();
    for (Value result : new Inliner(trace.block()).inline(func.body(), values)) {
      out.add(trace.wrap(result));
    }
    return out;
  }

  private static List<Tensor> run(Func func, List<Tensor> operands) {
    DeviceArray[] inputs = new DeviceArray[operands.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = operands.get(i).device();
    }
    Program program = ProgramCache.get(func, inputs);
    DeviceArray[] outputs = program.run(inputs);
    if (NanHunt.isOn()) {
      NanHunt.check(func.name() + UserFrame.suffix(), func, inputs, outputs);
    }
    List<Tensor> out = new ArrayList<>(outputs.length);
    for (DeviceArray output : outputs) {
      out.add(Tensor.of(output));
    }
    return out;
  }
}
