package org.cornu.tracer.runtime;

import java.util.List;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Sharding;

/**
 * Where the parts of an array lie: a mesh of devices and the mesh axes that split each dimension.
 *
 * @param mesh named axes over devices
 * @param sharding one entry per dimension
 */
public record Placement(Module.Mesh mesh, Sharding sharding) {

  /** A placement with a whole copy of an array of this rank on every device of the mesh. */
  public static Placement replicated(Module.Mesh mesh, int rank) {
    return new Placement(
        mesh,
        Sharding.of(mesh.name(), java.util.Collections.nCopies(rank, Sharding.Dim.REPLICATED)));
  }

  /** Number of devices in the mesh. */
  public int deviceCount() {
    long count = 1;
    for (Module.Mesh.Axis axis : mesh.axes()) {
      count *= axis.size();
    }
    return Math.toIntExact(count);
  }

  /** Id of the device at mesh position {@code i}, row-major over the axes. */
  public int deviceId(int i) {
    List<Long> ids = mesh.deviceIds();
    return ids.isEmpty() ? i : ids.get(i).intValue();
  }

  /** True when every device holds the whole array. */
  public boolean isReplicated() {
    return sharding.dims().stream().allMatch(d -> parts(d) == 1);
  }

  /** Shape of the part that each device holds; an error when a dimension does not divide. */
  public Shape shardShape(Shape shape) {
    if (sharding.dims().size() != shape.rank()) {
      throw new IllegalArgumentException(
          "sharding "
              + sharding
              + " has "
              + sharding.dims().size()
              + " dimensions, the array "
              + shape
              + " has "
              + shape.rank());
    }
    long[] dims = shape.dims();
    for (int d = 0; d < dims.length; d++) {
      long parts = parts(sharding.dims().get(d));
      if (dims[d] % parts != 0) {
        throw new IllegalArgumentException(
            "sharding: dimension "
                + d
                + " of "
                + shape
                + " must be divisible by the mesh axes "
                + sharding.dims().get(d).axes()
                + " of size "
                + parts
                + ": "
                + dims[d]
                + " is not");
      }
      dims[d] /= parts;
    }
    return Shape.of(dims);
  }

  /** Start indices of the part on the device at mesh position {@code i}. */
  public long[] shardStart(Shape shape, int i) {
    Shape shard = shardShape(shape);
    long[] start = new long[shape.rank()];
    for (int d = 0; d < start.length; d++) {
      long index = 0;
      for (String axis : sharding.dims().get(d).axes()) {
        index = index * axisSize(axis) + coordinate(axis, i);
      }
      start[d] = index * shard.dim(d);
    }
    return start;
  }

  /** Number of parts that one dimension is split into. */
  public long parts(Sharding.Dim dim) {
    long parts = 1;
    for (String axis : dim.axes()) {
      parts *= axisSize(axis);
    }
    return parts;
  }

  private long axisSize(String name) {
    for (Module.Mesh.Axis axis : mesh.axes()) {
      if (axis.name().equals(name)) {
        return axis.size();
      }
    }
    throw new IllegalArgumentException(
        "sharding: the mesh @"
            + mesh.name()
            + " has no axis '"
            + name
            + "'; it has "
            + mesh.axes());
  }

  private long coordinate(String name, int position) {
    long rest = position;
    for (int a = mesh.axes().size() - 1; a >= 0; a--) {
      Module.Mesh.Axis axis = mesh.axes().get(a);
      if (axis.name().equals(name)) {
        return rest % axis.size();
      }
      rest /= axis.size();
    }
    throw new IllegalArgumentException("no mesh axis '" + name + "'");
  }
}
