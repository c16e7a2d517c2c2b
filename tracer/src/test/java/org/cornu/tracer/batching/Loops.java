package org.cornu.tracer.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;

/** The oracle: a vectorized program computes what a loop over the batch does. */
final class Loops {
  private Loops() {}

  /** Elements of {@code args} that a loop sees: one literal per element, or one for all. */
  record Argument(List<Literal> elements, boolean batched) {
    Literal at(int i) {
      return elements.get(batched ? i : 0);
    }

    Literal whole() {
      return batched ? stack(elements) : elements.get(0);
    }
  }

  static Literal stack(List<Literal> elements) {
    TensorType type = elements.get(0).type();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    elements.forEach(e -> bytes.writeBytes(e.expandedBytes()));
    TensorType stacked = type.withShape(type.shape().insert(0, elements.size()));
    return Literal.ofBytes(stacked, bytes.toByteArray());
  }

  /** Compares {@code vmap} of {@code f} over the arguments of {@code mask} with a loop. */
  static void check(
      String name, Func f, List<Programs.Arg> args, boolean[] mask, int size, Random random) {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      List<Literal> elements = new ArrayList<>();
      for (int n = 0; n < (mask[i] ? size : 1); n++) {
        elements.add(args.get(i).random(random));
      }
      arguments.add(new Argument(elements, mask[i]));
    }
    Batching.Batched g = Batching.batch(f, mask, size, null);
    compare(name, g, loop(f, arguments, size), run(g.func(), arguments));
  }

  /** Compares {@code vmap} of {@code vmap} with two loops; the masks are inner and outer. */
  static void checkTwice(
      String name,
      Func f,
      List<Programs.Arg> args,
      boolean[] inner,
      boolean[] outer,
      int innerSize,
      int outerSize,
      Random random) {
    Batching.Batched once = Batching.batch(f, inner, innerSize, null);
    List<List<Literal>> rows = new ArrayList<>();
    List<Argument> whole = new ArrayList<>();
    List<List<Argument>> arguments = new ArrayList<>();
    for (int i = 0; i < inner.length; i++) {
      List<Literal> elements = new ArrayList<>();
      List<Argument> perOuter = new ArrayList<>();
      for (int n = 0; n < (outer[i] ? outerSize : 1); n++) {
        List<Literal> innerElements = new ArrayList<>();
        for (int m = 0; m < (inner[i] ? innerSize : 1); m++) {
          innerElements.add(args.get(i).random(random));
        }
        Argument argument = new Argument(innerElements, inner[i]);
        perOuter.add(argument);
        elements.add(argument.whole());
      }
      whole.add(new Argument(elements, outer[i]));
      arguments.add(perOuter);
    }
    for (int n = 0; n < outerSize; n++) {
      List<Argument> row = new ArrayList<>();
      for (int i = 0; i < inner.length; i++) {
        row.add(arguments.get(i).get(outer[i] ? n : 0));
      }
      List<List<Literal>> looped = loop(f, row, innerSize);
      List<Literal> stacked = new ArrayList<>();
      for (int r = 0; r < looped.size(); r++) {
        stacked.add(once.isBatched(r) ? stack(looped.get(r)) : looped.get(r).get(0));
      }
      rows.add(stacked);
    }
    Batching.Batched twice = Batching.batch(once.func(), outer, outerSize, null);
    List<List<Literal>> expected = new ArrayList<>();
    for (int r = 0; r < rows.get(0).size(); r++) {
      List<Literal> column = new ArrayList<>();
      for (List<Literal> row : rows) {
        column.add(row.get(r));
      }
      expected.add(column);
    }
    compare(name + " twice", twice, expected, run(twice.func(), whole));
  }

  /** For each result, its value in each element of the batch. */
  static List<List<Literal>> loop(Func f, List<Argument> arguments, int size) {
    List<List<Literal>> out = new ArrayList<>();
    for (int r = 0; r < f.type().results().size(); r++) {
      out.add(new ArrayList<>());
    }
    for (int n = 0; n < size; n++) {
      int element = n;
      List<Literal> results =
          new Interpreter().run(f, arguments.stream().map(a -> a.at(element)).toList());
      for (int r = 0; r < results.size(); r++) {
        out.get(r).add(results.get(r));
      }
    }
    return out;
  }

  static List<Literal> run(Func g, List<Argument> arguments) {
    Verifier.verify(g);
    return new Interpreter().run(g, arguments.stream().map(Argument::whole).toList());
  }

  static void compare(
      String name, Batching.Batched g, List<List<Literal>> expected, List<Literal> got) {
    for (int r = 0; r < got.size(); r++) {
      List<Literal> elements = expected.get(r);
      if (g.isBatched(r)) {
        assertClose(name + " result " + r, stack(elements), got.get(r));
      } else {
        for (Literal element : elements) {
          assertClose(name + " shared result " + r, element, got.get(r));
        }
      }
    }
  }

  static void assertClose(String name, Literal expected, Literal got) {
    assertThat(got.type()).as(name).isEqualTo(expected.type());
    DType dtype = expected.type().dtype();
    double tolerance = dtype.real() == DType.F64 ? 1e-11 : dtype == DType.F32 ? 1e-5 : 1e-2;
    for (int i = 0; i < expected.count(); i++) {
      boolean near =
          dtype.isInexact()
              ? near(expected.doubleAt(i), got.doubleAt(i), tolerance)
                  && near(expected.imagAt(i), got.imagAt(i), tolerance)
              : expected.longAt(i) == got.longAt(i);
      if (!near) {
        fail("%s: element %d of %s, got %s", name, i, expected, got);
      }
    }
  }

  private static boolean near(double expected, double got, double tolerance) {
    return Double.compare(expected, got) == 0
        || Math.abs(expected - got) <= tolerance * Math.max(1, Math.abs(expected));
  }
}
