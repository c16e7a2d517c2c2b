package org.cornu.tests.stablehlo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.saving.TensorJson;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.jspecify.annotations.Nullable;

/** A random program, run in every way; the results of all its processes stand in one row. */
final class RandomCase {
  private static final int PERTURBED_RUNS = 6;

  /**
   * What the plugin says of programs it should run: rarely its compiler lays out the operand of an
   * {@code fft} by columns, which its own kernel refuses.
   */
  private static final List<String> REFUSALS =
      List.of("LayoutUtil::IsMonotonicWithDim0Major(input_shape_.layout())");

  final Grid grid;
  final List<Long> genes;
  final RandomPrograms.Program program;
  final Module module;
  private final Interpreter interpreter = new Interpreter();

  RandomCase(Grid grid, List<Long> genes) {
    this(genes, RandomPrograms.build(grid, genes));
  }

  private RandomCase(List<Long> genes, RandomPrograms.Program program) {
    this.grid = program.grid();
    this.genes = genes;
    this.program = program;
    this.module = Module.of(program.func());
  }

  /** What the interpreter says of each process. */
  List<List<Literal>> expected() {
    return grid.run(interpreter, program.func(), program.inputs());
  }

  /** A difference between any two ways, or null. */
  @Nullable Difference find() {
    try {
      return find(grid.compiled(program.func(), program.inputs()));
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      return REFUSALS.stream().anyMatch(message::contains)
          ? null
          : new Difference("compiled", -1, message);
    }
  }

  /** The same when the results of the compiled program are known, of each process. */
  @Nullable Difference find(List<List<Literal>> compiled) {
    Verifier.verify(module);
    List<Literal> expected = Grid.row(expected());
    List<List<Literal>> perturbed = new ArrayList<>();
    for (int run = 0; run < PERTURBED_RUNS; run++) {
      perturbed.add(Grid.row(grid.run(interpreter, program.func(), program.perturbed(run))));
    }
    Module simple = Passes.simplify(Parser.parse(Printer.print(module)));
    List<Literal> simplified = Grid.row(grid.run(interpreter, simple.main(), program.inputs()));
    Difference difference = Difference.find("simplified", simplified, expected, perturbed);
    return difference != null
        ? difference
        : Difference.find("compiled", Grid.row(compiled), expected, perturbed);
  }

  /** The failing program from which no step and no result can be left out. */
  RandomCase shrunk() {
    for (int i = 0; i < genes.size() && genes.size() > 1; i++) {
      List<Long> fewer = new ArrayList<>(genes);
      fewer.remove(i);
      RandomCase smaller = new RandomCase(grid, fewer);
      if (smaller.find() != null) {
        return smaller.shrunk();
      }
    }
    Difference difference = find();
    if (difference == null || difference.output() < 0) {
      return this;
    }
    RandomCase alone = onlyResult(difference.output() % program.func().body().results().size());
    return alone.find() == null ? this : alone;
  }

  private RandomCase onlyResult(int output) {
    Module copy = Parser.parse(Printer.print(module));
    Block body = copy.main().body();
    body.returns(List.of(body.results().get(output)));
    Func func = EliminateDeadCode.run(new Func("main", body, true, Map.of(), Location.UNKNOWN));
    return new RandomCase(
        genes, new RandomPrograms.Program(grid, func, program.inputs(), program.isNoise()));
  }

  /** Writes the program, and beside it inputs and outputs, for {@code cornu run}. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("program-" + Integer.toHexString(genes.hashCode()) + ".mlir");
    Files.writeString(file, Printer.print(grid.module(program.func())));
    Path io = Path.of(file.toString().replace(".mlir", ".json"));
    try (OutputStream stream = Files.newOutputStream(io);
        JsonGenerator out = TensorJson.generator(stream)) {
      out.writeStartObject();
      grid.write(out);
      grid.write(out, "input", program.inputs());
      grid.write(out, "output", expected());
      out.writeEndObject();
    }
    return file;
  }
}
