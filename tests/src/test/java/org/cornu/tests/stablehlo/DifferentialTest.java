package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import org.cornu.cli.Console;
import org.cornu.cli.Main;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  /** Programs that are compiled together: much of the time goes into starting the compiler. */
  private static final int BATCH = 20;

  private static final int SMALL_BATCH = 5;

  private static final int MAX_STEPS = 8;

  private static final Path REPLAYS = Path.of("target", "differential");

  @Provide
  Arbitrary<List<Long>> genes() {
    return Arbitraries.longs().list().ofMinSize(1).ofMaxSize(MAX_STEPS);
  }

  /** Both engines of the command line give the outputs that lie beside the program. */
  @Test
  void programsOfSeveralProcessesCanBeReplayed(@TempDir Path folder) throws IOException {
    for (Grid grid : List.of(new Grid(4, 1), new Grid(1, 8))) {
      String file = new RandomCase(grid, List.of(7L, 107L)).write(folder).toString();
      String io = file.replace(".mlir", ".json");
      for (String engine : List.of("pjrt", "interpreter")) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int status = Main.run(new Console(print, print), "run", file, "--io", io, "--on", engine);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("max_abs_diff=");
        assertThat(status).as(engine).isZero();
      }
    }
  }

  @Provide
  Arbitrary<Grid> grids() {
    return Arbitraries.of(Grid.SEVERAL);
  }

  @Property(tries = 60, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void interpreterAndPluginAgree(@ForAll("genes") List<Long> genes) {
    check(new RandomCase(Grid.ONE, genes));
  }

  @Property(tries = 10, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void interpreterAndPluginAgreeOnSeveralProcesses(
      @ForAll("genes") List<Long> genes, @ForAll("grids") Grid grid) {
    check(new RandomCase(grid, genes));
  }

  private static void check(RandomCase one) {
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
    int done = 0;
    for (int turn = 0; done < programs; turn++) {
      boolean several = turn % 2 == 1;
      Grid grid = several ? Grid.SEVERAL.get(random.nextInt(Grid.SEVERAL.size())) : Grid.ONE;
      int size = Math.min(several ? SMALL_BATCH : BATCH, programs - done);
      List<RandomCase> batch = new ArrayList<>();
      while (batch.size() < size) {
        List<Long> genes = new ArrayList<>();
        for (int n = 1 + random.nextInt(MAX_STEPS); n > 0; n--) {
          genes.add(random.nextLong());
        }
        batch.add(new RandomCase(grid, genes));
      }
      failures.addAll(failures(batch));
      done += size;
    }
    System.out.println(programs + " random programs, " + failures.size() + " differ");
    assertThat(failures).isEmpty();
  }

  private static List<String> failures(List<RandomCase> batch) {
    List<String> out = new ArrayList<>();
    List<List<List<Literal>>> compiled = together(batch);
    for (int i = 0; i < batch.size(); i++) {
      RandomCase one = batch.get(i);
      Difference difference = compiled == null ? one.find() : one.find(compiled.get(i));
      if (difference != null) {
        RandomCase small = one.shrunk();
        Difference left = small.find();
        out.add(left == null ? replay(one, difference) : replay(small, left));
      }
    }
    return out;
  }

  /** The results of each program and process, all compiled as one; null where that fails. */
  private static @Nullable List<List<List<Literal>>> together(List<RandomCase> batch) {
    Grid grid = batch.get(0).grid;
    Block block = new Block(List.of());
    Builder b = new Builder(block);
    List<List<Literal>> inputs = new ArrayList<>();
    for (int process = 0; process < grid.count(); process++) {
      inputs.add(new ArrayList<>());
    }
    List<Value> results = new ArrayList<>();
    for (RandomCase one : batch) {
      Func main = one.program.func();
      List<Value> arguments = new ArrayList<>();
      main.type().inputs().forEach(type -> arguments.add(block.addArgument(type)));
      for (int process = 0; process < grid.count(); process++) {
        inputs.get(process).addAll(one.program.inputs().get(process));
      }
      Func callee = new Func("program", main.body(), false, Map.of(), Location.UNKNOWN);
      results.addAll(b.call(callee, arguments));
    }
    block.returns(results);
    List<List<Literal>> all;
    try {
      all = grid.compiled(new Func("main", block), inputs);
    } catch (RuntimeException e) {
      return null;
    }
    List<List<List<Literal>>> out = new ArrayList<>();
    int at = 0;
    for (RandomCase one : batch) {
      int from = at;
      at += one.program.func().body().results().size();
      int to = at;
      out.add(all.stream().map(process -> process.subList(from, to)).toList());
    }
    return out;
  }

  /** Leaves the program to be run again, and says what is wrong with it. */
  private static String replay(RandomCase one, Difference difference) {
    try {
      Path file = one.write(REPLAYS);
      return file
          + ": "
          + difference.engine()
          + " program differs in output "
          + difference.output()
          + ", "
          + difference.text()
          + "\n"
          + Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
