package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random programs give the same results on the interpreter, on the interpreter after all passes and
 * a trip through text, and compiled by the plugin. Integers must be equal; floats may differ by
 * what rounding can change, which runs with perturbed inputs tell. {@code
 * -Dcornu.differential=20000} runs so many more.
 *
 * <p>Left out, since XLA's CPU backend computes them otherwise: powers of integers with exponents
 * beyond 31 bits, and {@code chlo.lgamma} near its zeros, where XLA's digits cancel in f32.
 */
class DifferentialTest {
  private static final int PERTURBED_RUNS = 6;

  @Provide
  Arbitrary<List<Long>> genes() {
    return Arbitraries.longs().list().ofMinSize(1).ofMaxSize(12);
  }

  @Property(tries = 80, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void interpreterAndPluginAgree(@ForAll("genes") List<Long> genes) {
    check(genes);
  }

  @Test
  void soak() {
    int programs = Integer.getInteger("cornu.differential", 0);
    assumeTrue(programs > 0, "no -Dcornu.differential=PROGRAMS given");
    Random random = new Random(Long.getLong("cornu.seed", 1));
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < programs; i++) {
      List<Long> genes = new ArrayList<>();
      for (int n = 1 + random.nextInt(12); n > 0; n--) {
        genes.add(random.nextLong());
      }
      String failure = failure(genes);
      if (failure != null) {
        failures.add(shrunk(genes, failure));
      }
    }
    assertThat(failures).isEmpty();
  }

  private static @Nullable String failure(List<Long> genes) {
    try {
      check(genes);
      return null;
    } catch (RuntimeException | AssertionError e) {
      return genes + ": " + e;
    }
  }

  /** The failure of a program from which no op can be left out. */
  private static String shrunk(List<Long> genes, String failure) {
    for (int i = 0; i < genes.size(); i++) {
      List<Long> fewer = new ArrayList<>(genes);
      fewer.remove(i);
      String again = fewer.isEmpty() ? null : failure(fewer);
      if (again != null) {
        return shrunk(fewer, again);
      }
    }
    return failure;
  }

  static void check(List<Long> genes) {
    RandomPrograms.Program program = RandomPrograms.build(genes);
    Module module = Module.of(program.func());
    Verifier.verify(module);
    Interpreter interpreter = new Interpreter();
    List<Literal> expected = interpreter.run(module, program.inputs());
    List<List<Literal>> perturbed = new ArrayList<>();
    for (int run = 0; run < PERTURBED_RUNS; run++) {
      perturbed.add(interpreter.run(module, program.perturbed(run)));
    }
    Module simplified = Passes.simplify(Parser.parse(Printer.print(module)));
    compare(
        "simplified", program, interpreter.run(simplified, program.inputs()), expected, perturbed);
    compare("compiled", program, Xla.run(module, program.inputs()), expected, perturbed);
  }

  private static void compare(
      String what,
      RandomPrograms.Program program,
      List<Literal> got,
      List<Literal> expected,
      List<List<Literal>> perturbed) {
    for (int i = 0; i < expected.size(); i++) {
      int output = i;
      Literal want = expected.get(i);
      List<Literal> near = perturbed.stream().map(run -> run.get(output)).toList();
      if (!got.get(i).type().equals(want.type())) {
        throw failure(what, program, i, "type " + got.get(i).type() + ", want " + want.type());
      }
      for (int k = 0; k < want.count(); k++) {
        if (!agrees(got.get(i), want, near, k)) {
          throw failure(
              what,
              program,
              i,
              "element " + k + ": " + text(got.get(i), k) + ", want " + text(want, k));
        }
      }
    }
  }

  private static String text(Literal literal, int k) {
    return literal.type().dtype().isInexact()
        ? "(" + literal.doubleAt(k) + ", " + literal.imagAt(k) + ")"
        : Long.toString(literal.longAt(k));
  }

  private static boolean agrees(Literal got, Literal want, List<Literal> near, int k) {
    DType dtype = want.type().dtype();
    if (!dtype.isInexact()) {
      return got.longAt(k) == want.longAt(k)
          || near.stream().anyMatch(run -> run.longAt(k) != want.longAt(k));
    }
    double size = Math.hypot(want.doubleAt(k), want.imagAt(k));
    return agrees(dtype, got.doubleAt(k), want.doubleAt(k), size, parts(near, k, false))
        && agrees(dtype, got.imagAt(k), want.imagAt(k), size, parts(near, k, true));
  }

  private static double[] parts(List<Literal> near, int k, boolean imaginary) {
    return near.stream().mapToDouble(r -> imaginary ? r.imagAt(k) : r.doubleAt(k)).toArray();
  }

  /** Within what the perturbed runs reach, and a few roundings of the size of the number. */
  private static boolean agrees(DType dtype, double got, double want, double size, double[] near) {
    double reach = 0;
    for (double other : near) {
      if (Double.isNaN(other) != Double.isNaN(want)
          || Double.isInfinite(other) != Double.isInfinite(want)) {
        return true;
      }
      reach = Math.max(reach, Math.abs(other - want));
    }
    if (got == want || (Double.isNaN(got) && Double.isNaN(want))) {
      return true;
    }
    DType part = dtype.real();
    double rounding = Math.scalb(1.0, 4 - FloatFormat.mantissaBits(part)) * size;
    // Denormals are flushed to zero by the plugin.
    double smallest = part == DType.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    double huge = FloatFormat.max(part) / 2;
    if (Math.abs(want) > huge || (Double.isFinite(want) && Math.abs(got) > huge)) {
      return Math.signum(got) == Math.signum(want) || Double.isNaN(got) || size > huge;
    }
    return Math.abs(got - want) <= 8 * reach + rounding + 16 * smallest;
  }

  private static AssertionError failure(
      String what, RandomPrograms.Program program, int output, String difference) {
    String text = Printer.print(Module.of(program.func()));
    StringBuilder replay = new StringBuilder("// inputs:\n");
    for (Literal input : program.inputs()) {
      replay.append("//   ").append(input).append('\n');
    }
    replay.append(text);
    try {
      Path file = Path.of("target", "differential-failure.mlir");
      Files.createDirectories(Path.of("target"));
      Files.writeString(file, replay);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new AssertionError(
        what + " program differs in output " + output + ", " + difference + "\n" + replay);
  }
}
