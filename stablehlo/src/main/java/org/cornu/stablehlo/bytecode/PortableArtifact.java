package org.cornu.stablehlo.bytecode;

import org.cornu.stablehlo.ir.Module;

/**
 * Portable artifacts of StableHLO: what {@code jax.export} and {@code stablehlo-translate
 * --serialize} write.
 *
 * <pre>{@code
 * Module module = PortableArtifact.read(Files.readAllBytes(path));
 * }</pre>
 */
public final class PortableArtifact {
  private PortableArtifact() {}

  /** True if a file begins as MLIR bytecode does. */
  public static boolean isBytecode(byte[] file) {
    return Container.isBytecode(file);
  }

  /** The version of StableHLO that a portable artifact was written for. */
  public static Version version(byte[] file) {
    String producer = new Container(file).producer;
    int at = producer.lastIndexOf("_v");
    if (!producer.startsWith("StableHLO_v")) {
      throw new BytecodeException("not a portable artifact: produced by '" + producer + "'");
    }
    try {
      return Version.parse(producer.substring(at + 2));
    } catch (IllegalArgumentException e) {
      throw new BytecodeException("not a portable artifact: " + e.getMessage());
    }
  }

  /**
   * The program of a portable artifact.
   *
   * @throws BytecodeException if the bytes are no portable artifact, or a newer one than is known
   */
  public static Module read(byte[] file) {
    Container container = new Container(file);
    Decoder decoder = new Decoder(container);
    return new ProgramBuilder(new ProgramReader(container, decoder).module()).module();
  }

  /**
   * A program as a portable artifact for readers of StableHLO {@code target} and newer.
   *
   * @param target from {@link Version#OLDEST_WRITTEN} to {@link Version#CURRENT}
   * @throws BytecodeException if the program has ops of other dialects than StableHLO and Shardy,
   *     or something that the target version lacks
   */
  public static byte[] write(Module module, Version target) {
    if (target.compareTo(Version.OLDEST_WRITTEN) < 0 || target.compareTo(Version.CURRENT) > 0) {
      throw new BytecodeException(
          "target must be from "
              + Version.OLDEST_WRITTEN
              + " to "
              + Version.CURRENT
              + ", got "
              + target);
    }
    RawOp root = new ArtifactWriter(module, target).root();
    return new ProgramWriter(new Encoder(target)).file(root);
  }
}
