package org.cornu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the launcher's archive of classes is made with traces and prints. */
final class WarmUpStepTest {
  @Test
  void holdsALoopProductsAndAConvolutionWithTheirGradients() {
    String text = WarmUpStep.text();
    assertThat(text).contains("stablehlo.while", "stablehlo.dot_general", "stablehlo.convolution");
    int loops = text.split("stablehlo.while", -1).length - 1;
    assertThat(loops).as("forward and backward").isEqualTo(2);
  }
}
