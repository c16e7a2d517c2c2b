package org.cornu.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cornu.saving.AtomicFile;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.build.VerifyException;
import org.cornu.stablehlo.bytecode.BytecodeException;
import org.cornu.stablehlo.bytecode.PortableArtifact;
import org.cornu.stablehlo.bytecode.ProgramFile;
import org.cornu.stablehlo.bytecode.Version;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.ParseException;
import org.cornu.stablehlo.text.Printer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornu ir}: looks at StableHLO programs in files. */
@Command(
    name = "ir",
    description = {
      "Looks at a StableHLO program: MLIR text, a portable artifact (MLIR bytecode), or what",
      "jax.export serialized."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class IrCommand implements Callable<Integer> {
  private final Console console;

  IrCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    throw new UsageException("ir: which command? one of print, check, stats");
  }

  /** Reads and verifies a file. */
  static ProgramFile read(Path file) throws IOException {
    ProgramFile program = parse(file);
    program.modules().forEach(Verifier::verify);
    return program;
  }

  private static ProgramFile parse(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + ": is a directory, expected a program");
    }
    return ProgramFile.read(file);
  }

  /** {@code cornu ir print}. */
  @Command(
      name = "print",
      description = {
        "Prints the program in the generic form of MLIR text, which plugins and other tools read,",
        "or writes it as a portable artifact."
      },
      mixinStandardHelpOptions = true)
  int print(
      @Parameters(paramLabel = "FILE", description = "The program.") Path file,
      @Option(names = "--locations", description = "With where each op comes from.")
          boolean locations,
      @Option(
              names = "--simplify",
              description = "Calls inlined, constants folded, dead code left out.")
          boolean simplify,
      @Option(
              names = {"-o", "--out"},
              paramLabel = "OUT",
              description = "Where to write; standard output otherwise.")
          @Nullable Path out,
      @Option(
              names = "--artifact",
              paramLabel = "VERSION",
              description =
                  "Write a portable artifact for readers of this version, such as 1.9.0; needs -o.")
          @Nullable String artifact)
      throws IOException {
    if (artifact != null && out == null) {
      throw new UsageException("--artifact: needs -o OUT, a binary file");
    }
    List<Module> modules = new ArrayList<>();
    for (Module module : parse(file).modules()) {
      modules.add(simplify ? Passes.simplify(module) : module);
    }
    if (artifact != null && out != null) {
      if (modules.size() != 1) {
        throw new IllegalArgumentException(
            "--artifact: holds one module, " + file + " has " + modules.size());
      }
      byte[] bytes = PortableArtifact.write(modules.get(0), Version.parse(artifact));
      AtomicFile.write(out, temporary -> Files.write(temporary, bytes));
      return 0;
    }
    Printer.Options options = Printer.Options.DEBUG.withLocations(locations);
    List<String> texts = modules.stream().map(m -> Printer.print(m, options)).toList();
    String text = String.join("// -----\n", texts);
    if (out == null) {
      console.out().print(text);
    } else {
      AtomicFile.write(out, temporary -> Files.writeString(temporary, text));
    }
    return 0;
  }

  /** {@code cornu ir check}. */
  @Command(
      name = "check",
      description = {
        "Parses and verifies programs, by every constraint of the StableHLO specification. A line",
        "per file; for one that fails the place, the line and a caret. Status 1 unless all pass."
      },
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "The programs.")
          List<Path> files) {
    int failed = 0;
    for (Path file : files) {
      String problem = problem(file);
      if (problem != null) {
        console.note("%s", problem);
        failed++;
      } else {
        console.result("%s: ok", file);
      }
    }
    return failed == 0 ? 0 : 1;
  }

  private static @Nullable String problem(Path file) {
    try {
      read(file);
      return null;
    } catch (ParseException e) {
      return e.getMessage();
    } catch (VerifyException e) {
      return verifyMessage(e, file);
    } catch (NoSuchFileException e) {
      return file + ": no such file";
    } catch (BytecodeException | IllegalArgumentException e) {
      return file + ": " + e.getMessage();
    } catch (IOException e) {
      return file + ": cannot be read: " + e.getMessage();
    }
  }

  /** With the line and a caret where the op stands in the file itself. */
  private static String verifyMessage(VerifyException e, Path file) {
    Location.Line line = e.location().innermostLine();
    String label = e.label().isEmpty() ? "" : " (" + e.label() + ")";
    String what = e.opName() + ": " + e.reason() + label;
    if (line == null) {
      return file + ": " + what;
    }
    String place = line.file() + ":" + line.line() + ":" + line.column() + ": " + what;
    if (!line.file().equals(String.valueOf(file.getFileName()))) {
      return file + ": " + place;
    }
    String text = textLine(file, line.line());
    return text == null || line.column() < 1 || line.column() > text.length() + 1
        ? place
        : place + "\n" + text + "\n" + " ".repeat(line.column() - 1) + "^";
  }

  private static @Nullable String textLine(Path file, int number) {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.skip(number - 1L).findFirst().map(l -> l.replace('\t', ' ')).orElse(null);
    } catch (IOException | java.io.UncheckedIOException e) {
      return null; // the message does without
    }
  }

  /** {@code cornu ir stats}. */
  @Command(
      name = "stats",
      description = "Signature, functions, constants, element types and ops of the program.",
      mixinStandardHelpOptions = true)
  int stats(@Parameters(paramLabel = "FILE", description = "The program.") Path file)
      throws IOException {
    ProgramStats.of(read(file)).lines().forEach(line -> console.result("%s", line));
    return 0;
  }
}
