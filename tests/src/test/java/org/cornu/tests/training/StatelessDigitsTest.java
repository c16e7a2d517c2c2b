package org.cornu.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.cornu.cli.Console;
import org.cornu.cli.SampleOptions;
import org.cornu.samples.digits.StatelessDigits;
import org.junit.jupiter.api.Test;

/** The training script that uses the stateless API alone. */
final class StatelessDigitsTest {
  @Test
  void learnsToReadDigits() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    SampleOptions options =
        new SampleOptions(
            OptionalInt.of(3), OptionalInt.empty(), "cpu", 1, 3, null, false, null, List.of());
    new StatelessDigits()
        .run(
            options,
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(notes, true, StandardCharsets.UTF_8)));
    String result = out.toString(StandardCharsets.UTF_8).strip();
    assertThat(result).startsWith("test_accuracy=");
    assertThat(Double.parseDouble(result.substring(result.indexOf('=') + 1))).isGreaterThan(0.9);
    assertThat(notes.toString(StandardCharsets.UTF_8)).contains("Epoch 3 - loss:");
  }
}
