package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** Cells of which each gets the outputs of the one before. */
public final class StackedRNNCells extends RnnCell<StackedRNNCells> {
  private static final Option<List<Layer<?>>> CELLS =
      Option.objects("cells", Layer.FAMILY).required();

  static final Spec SPEC =
      Spec.of("keras.layers", "StackedRNNCells")
          .base(OPTIONS)
          .options(CELLS)
          .create(() -> new StackedRNNCells());

  private List<RnnCell<?>> cells = List.of();

  private StackedRNNCells() {
    super(SPEC);
  }

  /** Of these cells, the one at the input first. */
  public StackedRNNCells(List<? extends RnnCell<?>> cells) {
    this();
    set(CELLS, List.<Layer<?>>copyOf(cells));
  }

  private List<RnnCell<?>> cells() {
    if (cells.isEmpty()) {
      List<RnnCell<?>> checked = new ArrayList<>();
      for (Layer<?> cell : get(CELLS)) {
        if (!(cell instanceof RnnCell<?> right)) {
          throw new ConfigException(name() + ": cells must be RnnCells: got " + cell);
        }
        checked.add(right);
      }
      cells = checked;
    }
    return cells;
  }

  @Override
  protected List<Integer> stateSizes() {
    List<Integer> out = new ArrayList<>();
    cells().forEach(cell -> out.addAll(cell.stateSizes()));
    return out;
  }

  @Override
  int outputState() {
    int out = 0;
    List<RnnCell<?>> all = cells();
    for (RnnCell<?> cell : all.subList(0, all.size() - 1)) {
      out += cell.stateSizes().size();
    }
    return out + all.get(all.size() - 1).outputState();
  }

  @Override
  int outputSize() {
    return cells().get(cells().size() - 1).outputSize();
  }

  @Override
  boolean outputIsState() {
    return cells().get(cells().size() - 1).outputIsState();
  }

  @Override
  protected void build(Shape input) {
    Shape next = input;
    for (RnnCell<?> cell : cells()) {
      cell.buildFor(List.of(next));
      next = Shape.of(input.dim(0), cell.outputSize());
    }
  }

  @Override
  protected List<Tensor> initialStates(Tensor x) {
    List<Tensor> out = new ArrayList<>();
    cells().forEach(cell -> out.addAll(cell.initialStates(x)));
    return out;
  }

  @Override
  void drawMasks(Tensor x, List<Tensor> states) {
    Tensor input = x;
    int at = 0;
    for (RnnCell<?> cell : cells()) {
      int count = cell.stateSizes().size();
      cell.drawMasks(input, states.subList(at, at + count));
      at += count;
      input = Np.zeros(x.dtype(), x.shape().dim(0), cell.outputSize());
    }
  }

  @Override
  void dropMasks() {
    cells().forEach(RnnCell::dropMasks);
  }

  @Override
  protected Tensor project(Tensor x, boolean training) {
    return cells().get(0).project(x, training);
  }

  @Override
  protected Advance step(Tensor x, List<Tensor> states, boolean training) {
    List<Tensor> next = new ArrayList<>();
    Tensor output = x;
    int at = 0;
    for (RnnCell<?> cell : cells()) {
      int count = cell.stateSizes().size();
      Tensor input = at == 0 ? x : cell.project(output, training);
      Advance advance = cell.step(input, states.subList(at, at + count), training);
      output = advance.output();
      next.addAll(advance.states());
      at += count;
    }
    return new Advance(output, next);
  }
}
