package org.cornu.stablehlo.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.build.VerifyException;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.text.Fingerprint;
import org.cornu.stablehlo.text.ParseException;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Against what jax.export wrote, and how the official tools read it (make_exports.py). */
class PortableArtifactTest {
  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PortableArtifactTest.class.getResourceAsStream("/exports/" + name)) {
      if (in == null) {
        throw new IOException("no test resource exports/" + name);
      }
      return in.readAllBytes();
    }
  }

  /** The official reading of every artifact, by name. */
  private static Map<String, String> official() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    String all = new String(resource("official.mlir"), StandardCharsets.UTF_8);
    for (String part : all.split("(?m)^// ----- ")) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        texts.put(part.substring(0, end), part.substring(end + 1));
      }
    }
    return texts;
  }

  @Test
  void readsWhatJaxExports() throws IOException {
    Map<String, String> official = official();
    assertThat(official).hasSizeGreaterThan(40);
    for (Map.Entry<String, String> entry : official.entrySet()) {
      Module module = PortableArtifact.read(resource(entry.getKey() + ".bc"));
      assertThat(Printer.print(module))
          .as(entry.getKey())
          .isEqualTo(Printer.print(Parser.parse(entry.getValue())));
      Verifier.verify(module);
    }
  }

  @Test
  void oldArtifactsSayTheirVersion() throws IOException {
    assertThat(PortableArtifact.version(resource("ints.v0.9.0.bc")))
        .isEqualTo(new Version(0, 9, 0));
    assertThat(PortableArtifact.version(resource("grad_mlp.v1.0.0.bc")))
        .isEqualTo(Version.parse("1.0.0"));
  }

  @Test
  void writesWhatItReads() throws IOException {
    for (String name : official().keySet()) {
      Module module = PortableArtifact.read(resource(name + ".bc"));
      boolean mixed = name.startsWith("shard");
      for (Version target :
          List.of(mixed ? new Version(1, 11, 0) : Version.OLDEST_WRITTEN, Version.CURRENT)) {
        if (name.equals("f16_f8") || name.equals("int4") || target != Version.OLDEST_WRITTEN) {
          target = Version.CURRENT;
        }
        byte[] written = PortableArtifact.write(module, target);
        assertThat(PortableArtifact.version(written)).isEqualTo(target);
        Printer.Options options = Printer.Options.PROGRAM.withLocations(true);
        assertThat(Printer.print(PortableArtifact.read(written), options))
            .as(name + " for " + target)
            .isEqualTo(Printer.print(module, options));
      }
    }
  }

  @Test
  void readsWholeExportsWithTheirGradients() throws IOException {
    JaxExport sharded = JaxExport.read(resource("shard_map.exported"));
    assertThat(sharded.devices()).isEqualTo(8);
    assertThat(sharded.platforms()).containsExactly("cpu");
    assertThat(sharded.kept()).containsExactly(0);
    assertThat(sharded.artifact()).isEqualTo(resource("shard_map.bc"));
    JaxExport export = JaxExport.read(resource("vjp.exported"));
    JaxExport vjp = export.vjp();
    assertThat(vjp).isNotNull();
    if (vjp != null) {
      assertThat(vjp.module().main().type().inputs()).hasSize(2);
      assertThat(vjp.vjp()).isNotNull();
    }
    assertThatThrownBy(() -> JaxExport.read(new byte[40])).isInstanceOf(BytecodeException.class);
  }

  private static byte[] write(String text, String version) {
    return PortableArtifact.write(Parser.parse(text), Version.parse(version));
  }

  @Test
  void refusesWhatTheTargetLacks() {
    String gather =
        """
        func.func @main(%a: tensor<2x3xf32>, %i: tensor<2x1xi32>) -> tensor<2xf32> {
          %0 = "stablehlo.gather"(%a, %i) <{dimension_numbers = #stablehlo.gather<
            collapsed_slice_dims = [1], operand_batching_dims = [0],
            start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 1>,
            slice_sizes = array<i64: 1, 1>}> : (tensor<2x3xf32>, tensor<2x1xi32>) -> tensor<2xf32>
          return %0 : tensor<2xf32>
        }
        """;
    assertThat(Fingerprint.of(PortableArtifact.read(write(gather, "1.1.0"))))
        .isEqualTo(Fingerprint.of(Parser.parse(gather)));
    assertThatThrownBy(() -> write(gather, "1.0.0"))
        .hasMessage(
            "bytecode: stablehlo.gather: attribute operand_batching_dims needs StableHLO 1.1.0,"
                + " target is 1.0.0");
    String tan = "func.func @main(%a: tensor<f32>) { %0 = stablehlo.tan %a : tensor<f32> return }";
    assertThatThrownBy(() -> write(tan, "1.3.0"))
        .hasMessage("bytecode: op tan needs StableHLO 1.4.0, target is 1.3.0");
    String f4 = "func.func private @main(tensor<f4E2M1FN>)";
    assertThatThrownBy(() -> write(f4, "1.7.0"))
        .hasMessage("bytecode: type f4e2m1fn needs StableHLO 1.8.0, target is 1.7.0");
    String own =
        "func.func @main(%a: tensor<f32>) {"
            + " %0 = \"cornu.stop_gradient\"(%a) : (tensor<f32>) -> tensor<f32> return }";
    assertThatThrownBy(() -> write(own, "1.20.0"))
        .hasMessage(
            "bytecode: cornu.stop_gradient: has no place in a portable artifact; lower or"
                + " decompose it before");
    assertThatThrownBy(() -> write(f4, "2.0.0"))
        .hasMessage("bytecode: target must be from 1.0.0 to 1.20.0, got 2.0.0");
  }

  @Test
  void keepsTheAttributesOfChlo() {
    String text =
        """
        func.func @main(%a: tensor<2x3xf32>, %b: tensor<3xf32>, %c: tensor<2x5x3xf32>,
            %g: tensor<2xi32>) {
          %0 = chlo.broadcast_add %a, %b {broadcast_dimensions = array<i64: 1>}
              : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
          %1 = chlo.broadcast_compare %a, %b {compare_type = #chlo<comparison_type TOTALORDER>,
              comparison_direction = #chlo<comparison_direction GE>}
              : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
          %2 = "chlo.constant_like"(%a) {value = 1.5 : f32} : (tensor<2x3xf32>) -> tensor<2x3xf32>
          %3 = chlo.constant dense<[1, 2]> : tensor<2xi32>
          return
        }
        """;
    Module module = Parser.parse(text);
    Module again = PortableArtifact.read(PortableArtifact.write(module, Version.parse("1.11.0")));
    assertThat(Printer.print(again)).isEqualTo(Printer.print(module));
    assertThatThrownBy(() -> write(text, "1.10.0")).hasMessageContaining("1.11.0");
  }

  @Test
  void damagedFilesAreRefusedNotCrashedOn() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String name : List.of("grad_scan", "shard_map", "sort", "f16_f8", "switch.v0.20.0")) {
      files.add(resource(name + ".bc"));
    }
    files.add(resource("vjp.exported"));
    Random random = new Random(Long.getLong("cornu.seed", 7));
    int read = 0;
    int rounds = Integer.getInteger("cornu.fuzz", 3_000);
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = files.get(random.nextInt(files.size())).clone();
      int edits = 1 + random.nextInt(3);
      for (int i = 0; i < edits; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(10) == 0) {
        damaged = java.util.Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length));
      }
      try {
        for (Module module : ProgramFile.read(damaged, "fuzz").modules()) {
          Verifier.verify(module);
          read++;
        }
      } catch (BytecodeException | ParseException | VerifyException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void officialSuite() throws IOException {
    String directory = System.getProperty("stablehlo.dir");
    Assumptions.assumeTrue(
        directory != null, "give a checkout of openxla/stablehlo by -Dstablehlo.dir=...");
    Path folder = Path.of(directory == null ? "" : directory, "stablehlo", "tests", "vhlo");
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files =
          list.filter(path -> path.toString().matches(".*legalize_to_vhlo\\.[0-9_]+\\.mlir\\.bc"))
              .sorted()
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(30);
    for (Path file : files) {
      Module module = PortableArtifact.read(Files.readAllBytes(file));
      Version version = PortableArtifact.version(Files.readAllBytes(file));
      assertThat(module.functions()).as(file.toString()).hasSizeGreaterThan(100);
      if (version.compareTo(Version.OLDEST_WRITTEN) >= 0) {
        Module again = PortableArtifact.read(PortableArtifact.write(module, version));
        assertThat(Fingerprint.of(again)).as(file.toString()).isEqualTo(Fingerprint.of(module));
      }
    }
  }
}
