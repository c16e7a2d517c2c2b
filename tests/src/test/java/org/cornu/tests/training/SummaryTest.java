package org.cornu.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.cornu.layers.Dense;
import org.cornu.layers.Input;
import org.cornu.models.Sequential;
import org.junit.jupiter.api.Test;

/** The table of a model. */
class SummaryTest {
  @Test
  void countsParametersLayerByLayer() {
    Sequential model = new Sequential(Input.of(10), new Dense(16).activation("relu"), new Dense(1));
    assertThat(model.countParams()).isEqualTo(193);
    String summary = model.summary();
    assertThat(summary).contains("Total params: 193").contains("(None, 16)").contains("(None, 1)");
    assertThat(summary.lines().filter(line -> line.contains("Dense")))
        .hasSize(2)
        .anyMatch(line -> line.contains(" 176 "))
        .anyMatch(line -> line.contains(" 17 "));
  }
}
