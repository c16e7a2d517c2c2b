package org.cornu.stablehlo.bytecode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.text.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A program in whatever form it was stored: MLIR text, a portable artifact (MLIR bytecode), or what
 * {@code jax.export} serialized. The form is told by the content, not by the name.
 *
 * @param format which of the forms it is
 * @param modules the program; several for a text file that {@code // -----} divides
 * @param version the version of StableHLO that an artifact was written for, null for text
 * @param export what JAX says about the program, null for the other forms
 */
public record ProgramFile(
    Format format, List<Module> modules, @Nullable Version version, @Nullable JaxExport export) {
  private static final int PROBE = 64;

  /** The forms. */
  public enum Format {
    /** MLIR text, pretty or generic. */
    TEXT("MLIR text"),
    /** MLIR bytecode of StableHLO's versioned dialect. */
    ARTIFACT("portable artifact"),
    /** {@code jax.export.Exported.serialize()}. */
    JAX_EXPORT("JAX export");

    private final String text;

    Format(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Copies the list. */
  public ProgramFile {
    modules = List.copyOf(modules);
  }

  /**
   * Reads a file.
   *
   * @throws org.cornu.stablehlo.text.ParseException if text is no program; with line, column and
   *     the line
   * @throws BytecodeException if bytes are neither an artifact nor an export
   */
  public static ProgramFile read(Path file) throws IOException {
    return read(Files.readAllBytes(file), String.valueOf(file.getFileName()));
  }

  /** The program in these bytes; {@code source} names them in errors and locations. */
  public static ProgramFile read(byte[] bytes, String source) {
    if (PortableArtifact.isBytecode(bytes)) {
      Module module = PortableArtifact.read(bytes);
      Version version = PortableArtifact.version(bytes);
      return new ProgramFile(Format.ARTIFACT, List.of(module), version, null);
    }
    if (isBinary(bytes)) {
      JaxExport export = JaxExport.read(bytes);
      Version version = PortableArtifact.version(export.artifact());
      return new ProgramFile(Format.JAX_EXPORT, List.of(export.module()), version, export);
    }
    return new ProgramFile(Format.TEXT, Parser.parseSplit(bytes, source), null, null);
  }

  /** Text has no zero bytes, the tables that begin an export have many. */
  private static boolean isBinary(byte[] bytes) {
    for (int i = 0; i < Math.min(PROBE, bytes.length); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The only module.
   *
   * @throws IllegalArgumentException if a divided file has several
   */
  public Module module() {
    if (modules.size() != 1) {
      throw new IllegalArgumentException(
          "program: expected one module, the file has " + modules.size());
    }
    return modules.get(0);
  }
}
