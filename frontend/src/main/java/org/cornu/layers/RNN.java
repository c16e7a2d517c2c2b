package org.cornu.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;

/** A recurrent layer around a cell, or several stacked ones. */
public final class RNN extends BaseRnn<RNN> {
  private static final Option<Layer<?>> CELL = Option.object("cell", Layer.FAMILY).required();

  static final Spec SPEC =
      Spec.of("keras.layers", "RNN")
          .base(OPTIONS)
          .options(
              CELL,
              Recurrent.RETURN_SEQUENCES,
              Recurrent.RETURN_STATE,
              Recurrent.GO_BACKWARDS,
              Recurrent.STATEFUL,
              Recurrent.UNROLL,
              Recurrent.ZERO_OUTPUT_FOR_MASK)
          .create(() -> new RNN());

  private RNN() {
    super(SPEC);
  }

  /** Around a cell; of several, each gets the outputs of the one before. */
  public RNN(RnnCell<?> cell, RnnCell<?>... more) {
    this();
    if (more.length == 0) {
      set(CELL, cell);
    } else {
      List<RnnCell<?>> cells = new ArrayList<>();
      cells.add(cell);
      cells.addAll(Arrays.asList(more));
      set(CELL, new StackedRNNCells(cells));
    }
  }

  @Override
  RnnCell<?> makeCell() {
    Layer<?> cell = get(CELL);
    if (cell instanceof RnnCell<?> right) {
      return right;
    }
    throw new ConfigException(name() + ": the cell must be an RnnCell: got " + cell);
  }
}
