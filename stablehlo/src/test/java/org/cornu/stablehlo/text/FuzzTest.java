package org.cornu.stablehlo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.build.VerifyException;
import org.cornu.stablehlo.ir.Module;
import org.junit.jupiter.api.Test;

/**
 * Mutates real programs: whatever comes out, the parser and the verifier answer in bounded time
 * with a program or with their own exception, and a program that was read survives printing. {@code
 * -Dcornu.fuzz=100000} runs more rounds, {@code -Dcornu.seed=...} other ones.
 */
class FuzzTest {
  private static final List<String> FILES =
      List.of(
          "forms.pretty.mlir",
          "forms.generic.mlir",
          "complex64_ops.mlir",
          "lstm_scan_fwd.mlir",
          "maxpool_fwd_bwd.mlir",
          "shardmap_partial_manual_ring.sdy.mlir");

  private static final List<String> TOKENS =
      List.of(
          "%0",
          "%arg0",
          "%0#1",
          "@main",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          "<",
          ">",
          "<{",
          "}>",
          ":",
          "->",
          "=",
          ",",
          "dense<",
          "tensor<",
          "x",
          "-1",
          "0",
          "9223372036854775808",
          "0x",
          "1.0e999",
          "true",
          "\"",
          "\\",
          "#",
          "!",
          "^bb0",
          "loc(",
          "?",
          "\n",
          "//",
          "// -----",
          "stablehlo.add",
          "\"stablehlo.reduce\"",
          "tensor<0xf32>",
          "tensor<?xf32>",
          "tensor<999999999999x9xf32>",
          "array<i64:",
          "i1",
          "complex<f32>",
          "!quant.uniform<i8:f32, 1.0>",
          "{-#",
          "#-}",
          "é");

  private static byte[] mutate(byte[] text, List<byte[]> seeds, Random random) {
    byte[] out = text;
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      int at = random.nextInt(out.length + 1);
      int to = Math.min(out.length, at + random.nextInt(1 << random.nextInt(10)));
      out =
          switch (random.nextInt(6)) {
            case 0 -> splice(out, at, to, new byte[0]);
            case 1 -> {
              byte[] noise = new byte[1 + random.nextInt(3)];
              random.nextBytes(noise);
              yield splice(out, at, Math.min(out.length, at + noise.length), noise);
            }
            case 2 -> splice(out, at, at, token(random));
            case 3 -> splice(out, at, to, token(random));
            case 4 -> splice(out, to, to, java.util.Arrays.copyOfRange(out, at, to));
            default -> {
              byte[] other = seeds.get(random.nextInt(seeds.size()));
              int from = random.nextInt(other.length);
              int length = Math.min(other.length - from, random.nextInt(200));
              yield splice(out, at, to, java.util.Arrays.copyOfRange(other, from, from + length));
            }
          };
    }
    return out;
  }

  private static byte[] token(Random random) {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] text, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + middle.length);
    out.write(text, 0, from);
    out.writeBytes(middle);
    out.write(text, to, text.length - to);
    return out.toByteArray();
  }

  @Test
  void mutatedProgramsAreReadOrRefused() throws IOException {
    int rounds = Integer.getInteger("cornu.fuzz", 2_000);
    long seed = Long.getLong("cornu.seed", 20240607L);
    List<byte[]> seeds = new ArrayList<>();
    for (String file : FILES) {
      // Functions of their own, so that one mutation does not hide all others.
      for (String part : ParserTest.resource(file).split("(?m)(?=^  func.func|^  \"func.func\")")) {
        seeds.add(part.getBytes(StandardCharsets.UTF_8));
      }
      seeds.add(ParserTest.resource(file).getBytes(StandardCharsets.UTF_8));
    }
    int read = 0;
    int verified = 0;
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(seed + round);
      byte[] text = mutate(seeds.get(random.nextInt(seeds.size())), seeds, random);
      String replay = "-Dcornu.seed=" + (seed + round) + " -Dcornu.fuzz=1";
      long start = System.nanoTime();
      try {
        Module module = Parser.parse(text, "fuzz");
        read++;
        verified += check(module, replay);
      } catch (ParseException e) {
        assertThat(e.line()).as(replay).isPositive();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(replay + "\n" + new String(text, StandardCharsets.UTF_8), e);
      }
      assertThat(System.nanoTime() - start).as(replay).isLessThan(5_000_000_000L);
    }
    // Mutations that break everything at once would test nothing.
    if (rounds >= 1000) {
      assertThat(read).isBetween(rounds / 50, rounds);
      assertThat(verified).isBetween(rounds / 100, read);
    }
  }

  private static int check(Module module, String replay) {
    String text = Printer.print(module, Printer.Options.DEBUG);
    Module again = Parser.parse(text);
    assertThat(Printer.print(again, Printer.Options.DEBUG)).as(replay).isEqualTo(text);
    assertThat(Fingerprint.of(again)).as(replay).isEqualTo(Fingerprint.of(module));
    try {
      Verifier.verify(module);
      return 1;
    } catch (VerifyException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.location().innermostLine()).as(replay + " " + e.getMessage()).isNotNull();
      return 0;
    }
  }
}
