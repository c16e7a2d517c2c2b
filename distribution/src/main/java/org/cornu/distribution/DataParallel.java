package org.cornu.distribution;

import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.runtime.Placement;

/** Every device holds the whole model and a part of each batch. */
public final class DataParallel extends Distribution {
  private final String batchAxis;

  /** Over all devices of the process. */
  public DataParallel() {
    this(new DeviceMesh(new int[] {Distribution.listDevices().size()}, "batch"));
  }

  /** Over a mesh, whose first axis splits the batch. */
  public DataParallel(DeviceMesh mesh) {
    super(mesh);
    this.batchAxis = mesh.axisNames().get(0);
  }

  @Override
  public Placement variablePlacement(String path, Shape shape) {
    return Placement.replicated(mesh().toMesh(), shape.rank());
  }

  @Override
  public Placement dataPlacement(Shape shape) {
    return splitBatch(shape, batchAxis);
  }
}
