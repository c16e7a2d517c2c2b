package org.cornu.distribution;

import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/** Variables are split by the rules of a {@link LayoutMap}, batches over one mesh axis. */
public final class ModelParallel extends Distribution {
  private final LayoutMap layouts;
  private final String batchAxis;

  /** Batches are split over the first mesh axis. */
  public ModelParallel(LayoutMap layouts) {
    this(layouts, layouts.mesh().axisNames().get(0));
  }

  /** Batches are split over the mesh axis {@code batchAxis}. */
  public ModelParallel(LayoutMap layouts, String batchAxis) {
    super(layouts.mesh());
    this.layouts = layouts;
    this.batchAxis = batchAxis;
    layouts.mesh().axisSize(batchAxis);
  }

  /** The rules. */
  public LayoutMap layouts() {
    return layouts;
  }

  @Override
  public Placement variablePlacement(String path, Shape shape) {
    TensorLayout layout = layouts.get(path, shape);
    return layout == null
        ? Placement.replicated(mesh().toMesh(), shape.rank())
        : layout.toPlacement();
  }

  @Override
  public Placement dataPlacement(Shape shape) {
    return mesh().axisSize(batchAxis) == 1
        ? Placement.replicated(mesh().toMesh(), shape.rank())
        : splitBatch(shape, batchAxis);
  }

  @Override
  public @Nullable Placement activationPlacement(String path, Shape shape) {
    TensorLayout layout = layouts.get(path + "/output");
    return layout == null ? null : layout.toPlacement();
  }
}
