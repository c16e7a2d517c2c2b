package org.cornu.tests.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * All tests of one row: that the function contains the ops it is about, that types and values are
 * what they mean in plain Java, and that it obeys the laws of all functions: on the device and on
 * the interpreter, compiled and not, in both modes of differentiation to second order, vectorised
 * over all combinations of its arguments, and in narrow types.
 */
final class OpCheck {
  private static final Interpreter INTERPRETER = new Interpreter();

  private final OpSpec spec;
  private final List<Literal> x;
  private final Func func;

  private OpCheck(OpSpec spec) {
    this.spec = spec;
    this.x = spec.sample();
    this.func = graph(spec, spec.types());
  }

  static void check(OpSpec spec) {
    OpCheck check = new OpCheck(spec);
    check.containsItsOps();
    check.typesAndValuesMeanWhatTheyShould();
    spec.laws().check(x(check));
  }

  private static List<Tensor> x(OpCheck check) {
    return check.x.stream().map(Tensor::of).toList();
  }

  /** The function as recorded. */
  static Func graph(OpSpec spec, List<TensorType> types) {
    List<Tensor> arguments = types.stream().map(t -> Tensor.spec(t, null)).toList();
    return Transforms.makeGraph(spec.function(), arguments);
  }

  private void containsItsOps() {
    Set<OpCode> found = EnumSet.noneOf(OpCode.class);
    collect(func.body(), found, new HashSet<>());
    assertThat(found).as("ops of the recorded function").containsAll(spec.covers());
  }

  private static void collect(Block block, Set<OpCode> out, Set<Func> seen) {
    for (Op op : block.ops()) {
      out.add(op.code());
      op.regions().forEach(region -> collect(region, out, seen));
      for (Attribute attribute : op.attributes().values()) {
        if (attribute instanceof Attribute.Callee callee && seen.add(callee.func())) {
          collect(callee.func().body(), out, seen);
        }
      }
    }
  }

  private void typesAndValuesMeanWhatTheyShould() {
    List<Grid> expected = spec.meaningAt(x);
    List<Literal> values = INTERPRETER.run(func, x);
    assertThat(values).as("number of results").hasSameSizeAs(expected);
    for (int i = 0; i < values.size(); i++) {
      Grid want = expected.get(i);
      TensorType type = TensorType.of(want.dtype(), want.dims());
      assertThat(func.type().results().get(i)).as("type of result %d", i).isEqualTo((Type) type);
      close("interpreter, result " + i, values.get(i), want, spec.tolerance());
    }
  }

  /** Integers exactly, reals relative to the largest element. */
  private static void close(String what, Literal got, Grid want, double tolerance) {
    assertThat(got.type().shape().dims()).as(what).isEqualTo(want.dims());
    boolean exact = !got.type().dtype().isInexact();
    double scale = 1;
    for (double value : want.values()) {
      scale = Double.isFinite(value) ? Math.max(scale, Math.abs(value)) : scale;
    }
    for (int i = 0; i < got.count(); i++) {
      double a = got.doubleAt(i);
      double b = want.values()[i];
      boolean same = a == b || Double.isNaN(a) && Double.isNaN(b);
      assertThat(same || !exact && Math.abs(a - b) <= tolerance * scale)
          .as("%s: element %d is %s, expected %s (difference %s)", what, i, a, b, a - b)
          .isTrue();
    }
  }
}
