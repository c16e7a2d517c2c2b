package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cornu.saving.TensorJson;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random programs give the same results on the interpreter, on the interpreter after all passes and
 * a trip through text, and compiled by the plugin. Integers must be equal; floats may differ by
 * what rounding can change, which runs with perturbed inputs tell. {@code
 * -Dcornu.differential=20000} (profile {@code soak}) runs so many more, {@code -Dcornu.seed=...}
 * other ones.
 *
 * <p>A program that fails shrinks to the steps and the result that it fails with, and is left in
 * {@code target/differential} for {@code cornu run FILE.mlir --io FILE.json --on pjrt}.
 */
class DifferentialTest {
  private static final int PERTURBED_RUNS = 6;

  /** Programs that are compiled together: much of the time goes into starting the compiler. */
  private static final int BATCH = 20;

  private static final int MAX_STEPS = 8;

  private static final Path REPLAYS = Path.of("target", "differential");

  @Provide
  Arbitrary<List<Long>> genes() {
    return Arbitraries.longs().list().ofMinSize(1).ofMaxSize(MAX_STEPS);
  }

  @Property(tries = 60, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void interpreterAndPluginAgree(@ForAll("genes") List<Long> genes) {
    Case one = new Case(genes);
    Difference difference = one.find();
    if (difference != null) {
      throw new AssertionError(replay(one, difference));
    }
  }

  @Test
  void soak() {
    int programs = Integer.getInteger("cornu.differential", 0);
    assumeTrue(programs > 0, "no -Dcornu.differential=PROGRAMS given");
    Random random = new Random(Long.getLong("cornu.seed", 1));
    List<String> failures = new ArrayList<>();
    for (int done = 0; done < programs; done += BATCH) {
      List<Case> batch = new ArrayList<>();
      while (batch.size() < Math.min(BATCH, programs - done)) {
        List<Long> genes = new ArrayList<>();
        for (int n = 1 + random.nextInt(MAX_STEPS); n > 0; n--) {
          genes.add(random.nextLong());
        }
        batch.add(new Case(genes));
      }
      failures.addAll(failures(batch));
    }
    System.out.println(programs + " random programs, " + failures.size() + " differ");
    assertThat(failures).isEmpty();
  }

  private static List<String> failures(List<Case> batch) {
    List<String> out = new ArrayList<>();
    List<List<Literal>> compiled = together(batch);
    for (int i = 0; i < batch.size(); i++) {
      Case one = batch.get(i);
      Difference difference = compiled == null ? one.find() : one.find(compiled.get(i));
      if (difference != null) {
        Case small = one.shrunk();
        Difference left = small.find();
        out.add(left == null ? replay(one, difference) : replay(small, left));
      }
    }
    return out;
  }

  /** The results of each program, all compiled as one; null where that fails. */
  private static @Nullable List<List<Literal>> together(List<Case> batch) {
    Block block = new Block(List.of());
    Builder b = new Builder(block);
    List<Literal> inputs = new ArrayList<>();
    List<Value> results = new ArrayList<>();
    for (Case one : batch) {
      List<Value> arguments = new ArrayList<>();
      for (Literal input : one.program.inputs()) {
        arguments.add(block.addArgument(input.type()));
        inputs.add(input);
      }
      Func main = one.program.func();
      Func callee = new Func("program", main.body(), false, Map.of(), Location.UNKNOWN);
      results.addAll(b.call(callee, arguments));
    }
    block.returns(results);
    List<Literal> all;
    try {
      Func main = new Func("main", block, true, Map.of(), Location.UNKNOWN);
      all = compiled(Module.of(main), inputs);
    } catch (RuntimeException e) {
      return null;
    }
    List<List<Literal>> out = new ArrayList<>();
    int at = 0;
    for (Case one : batch) {
      int count = one.program.func().body().results().size();
      out.add(all.subList(at, at + count));
      at += count;
    }
    return out;
  }

  private static List<Literal> compiled(Module module, List<Literal> inputs) {
    return Xla.run(Printer.print(module), inputs, Xla.rounded().build());
  }

  /** A program, run in every way. */
  private static final class Case {
    final List<Long> genes;
    final RandomPrograms.Program program;
    final Module module;
    final Interpreter interpreter = new Interpreter();

    Case(List<Long> genes) {
      this(genes, RandomPrograms.build(genes));
    }

    Case(List<Long> genes, RandomPrograms.Program program) {
      this.genes = genes;
      this.program = program;
      this.module = Module.of(program.func());
    }

    List<Literal> expected() {
      return interpreter.run(module, program.inputs());
    }

    @Nullable Difference find() {
      try {
        return find(compiled(module, program.inputs()));
      } catch (RuntimeException e) {
        return new Difference("compiled", -1, String.valueOf(e.getMessage()));
      }
    }

    @Nullable Difference find(List<Literal> compiled) {
      Verifier.verify(module);
      List<Literal> expected = expected();
      List<List<Literal>> perturbed = new ArrayList<>();
      for (int run = 0; run < PERTURBED_RUNS; run++) {
        perturbed.add(interpreter.run(module, program.perturbed(run)));
      }
      Module simple = Passes.simplify(Parser.parse(Printer.print(module)));
      List<Literal> simplified = interpreter.run(simple, program.inputs());
      Difference difference = Difference.find("simplified", simplified, expected, perturbed);
      return difference != null
          ? difference
          : Difference.find("compiled", compiled, expected, perturbed);
    }

    /** The failing program from which no step and no result can be left out. */
    Case shrunk() {
      for (int i = 0; i < genes.size() && genes.size() > 1; i++) {
        List<Long> fewer = new ArrayList<>(genes);
        fewer.remove(i);
        Case smaller = new Case(fewer);
        if (smaller.find() != null) {
          return smaller.shrunk();
        }
      }
      Difference difference = find();
      if (difference == null || difference.output() < 0) {
        return this;
      }
      Case alone = onlyResult(difference.output());
      return alone.find() == null ? this : alone;
    }

    private Case onlyResult(int output) {
      Module copy = Parser.parse(Printer.print(module));
      Block body = copy.main().body();
      body.returns(List.of(body.results().get(output)));
      Func func = new Func("main", body, true, Map.of(), Location.UNKNOWN);
      return new Case(
          genes,
          new RandomPrograms.Program(
              EliminateDeadCode.run(func), program.inputs(), program.isNoise()));
    }
  }

  /** Writes the program with inputs and expected outputs, and says what is wrong with it. */
  private static String replay(Case one, Difference difference) {
    String name = "program-" + Integer.toHexString(one.genes.hashCode());
    String text = Printer.print(one.module);
    try {
      Files.createDirectories(REPLAYS);
      Files.writeString(REPLAYS.resolve(name + ".mlir"), text);
      try (OutputStream file = Files.newOutputStream(REPLAYS.resolve(name + ".json"));
          JsonGenerator out = TensorJson.generator(file)) {
        out.writeStartObject();
        write(out, "inputs", one.program.inputs());
        write(out, "outputs", one.expected());
        out.writeEndObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return REPLAYS.resolve(name)
        + ".mlir: "
        + difference.engine()
        + " program differs in output "
        + difference.output()
        + ", "
        + difference.text()
        + "\n"
        + text;
  }

  private static void write(JsonGenerator out, String field, List<Literal> values)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Literal value : values) {
      TensorJson.write(out, value);
    }
    out.writeEndArray();
  }
}
