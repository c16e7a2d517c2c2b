package org.cornu.stablehlo.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cornu.stablehlo.bytecode.PortableArtifact;
import org.cornu.stablehlo.bytecode.Version;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Printing, reading and fingerprints: a program of 1,000 ops, and 100 MB of constants as text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx3g")
public class TextBenchmark {
  private Module ops;
  private byte[] opsText;
  private byte[] artifact;
  private Module constants;
  private byte[] blobText;
  private byte[] decimalText;

  @Setup(Level.Trial)
  public void build() {
    TensorType type = TensorType.of(DType.F32, 128, 256);
    Block block = new Block(List.of(type));
    Value value = block.argument(0);
    for (int i = 0; i < 1000; i++) {
      boolean binary = i % 2 == 0;
      Location line = new Location.Line("Train.java", i, 0);
      OpCode code = binary ? OpCode.ADD : OpCode.TANH;
      List<Value> operands = binary ? List.of(value, value) : List.of(value);
      Op op = new Op(code, operands, Map.of(), List.of(), List.of(type), line);
      value = block.append(op).result();
    }
    block.returns(List.of(value));
    ops = Module.of(new Func("main", block, true, Map.of(), Location.UNKNOWN));
    opsText = bytes(Printer.print(ops, Printer.Options.PROGRAM.withLocations(true)));
    artifact = PortableArtifact.write(ops, Version.CURRENT);

    byte[] data = new byte[50_000_000];
    Random random = new Random(1);
    random.nextBytes(data);
    Literal literal = Literal.ofBytes(TensorType.of(DType.F32, data.length / 4), data);
    Block body = new Block(List.of());
    body.append(
        new Op(
            OpCode.CONSTANT,
            List.of(),
            Map.of("value", new Attribute.Elements(literal)),
            List.of(),
            List.of(literal.type()),
            Location.UNKNOWN));
    constants = Module.of(new Func("main", body));
    blobText = bytes(Printer.print(constants));

    StringBuilder text = new StringBuilder("func.func @main() {\n%0 = stablehlo.constant dense<[");
    int count = 0;
    while (text.length() < 100_000_000) {
      text.append(count++ == 0 ? "" : ", ").append(random.nextFloat());
    }
    decimalText = bytes(text.append("]> : tensor<" + count + "xf32>\nreturn\n}").toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public String printThousandOps() {
    return Printer.print(ops);
  }

  @Benchmark
  public Module parseThousandOps() {
    return Parser.parse(opsText, "ops");
  }

  @Benchmark
  public Module readThousandOpsOfAnArtifact() {
    return PortableArtifact.read(artifact);
  }

  @Benchmark
  public Fingerprint fingerprintThousandOps() {
    return Fingerprint.of(ops.main());
  }

  @Benchmark
  public String printHundredMegabytesOfBlob() {
    return Printer.print(constants);
  }

  @Benchmark
  public Module parseHundredMegabytesOfBlob() {
    return Parser.parse(blobText, "blob");
  }

  @Benchmark
  public Module parseHundredMegabytesOfDecimals() {
    return Parser.parse(decimalText, "decimals");
  }
}
