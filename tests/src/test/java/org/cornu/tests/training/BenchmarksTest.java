package org.cornu.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.cli.Console;
import org.cornu.samples.bench.Benchmarks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cheap workloads of the benchmark give the numbers that JAX gives. */
class BenchmarksTest {
  @ParameterizedTest
  @CsvSource({
    "startup, checksum, 98.58694458, 1e-5",
    "startup_train, checksum, 2.41072798, 1e-5",
    "gradgrad_mlp, checksum, 3.98717308, 1e-5",
    "decode_gpt, checksum, 1.01310240, 1e-5",
    "lstm, checksum, 2.16336012, 5e-6",
    "lstm, checksum_update, 2.17048923, 5e-5"
  })
  void checksum(String workload, String key, double expected, double tolerance) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(new Benchmarks().run(workload, 1, new Console(out, out))).isZero();
    String line = bytes.toString(StandardCharsets.UTF_8);
    Matcher value = Pattern.compile("\"" + key + "\": ([-0-9.eE]+)").matcher(line);
    assertThat(value.find()).as(line).isTrue();
    assertThat(Double.parseDouble(value.group(1)))
        .as("%s of %s", key, workload)
        .isCloseTo(expected, within(tolerance * expected));
  }
}
