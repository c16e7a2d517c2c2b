package org.cornu.tracer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.tracer.runtime.DeviceArray;
import org.cornu.tracer.runtime.Placement;

/** Puts tensors on meshes of devices and constrains where values inside a program lie. */
public final class Sharded {
  private Sharded() {}

  /** The tensor on a mesh; itself when it already lies so. */
  public static Tensor put(Tensor x, Placement placement) {
    DeviceArray array = x.device();
    DeviceArray moved = array.to(placement);
    return moved == array ? x : Tensor.of(moved);
  }

  /**
   * A tensor from host bytes (row-major, little-endian), each device receiving only its own part.
   */
  public static Tensor put(ByteBuffer data, Tensor like, Placement placement) {
    return Tensor.of(DeviceArray.ofBytes(like.type(), data, placement));
  }

  /** Computes a value as one program over the mesh: no device ever holds more than its part. */
  public static Tensor compute(Supplier<Tensor> make, Placement placement) {
    Jit1<Integer, Tensor> program = new Jit1<>(unused -> make.get());
    program.core().mesh(placement.mesh());
    program.core().resultPlacements(tree -> List.of(placement));
    return program.apply(0);
  }

  /** {@code x}, which the partitioner must lay out so at this point of the program. */
  public static Tensor constrain(Tensor x, Placement placement) {
    if (Trace.current() == null) {
      return put(x, placement);
    }
    Sharding sharding = placement.sharding();
    if (sharding.dims().size() != x.rank()) {
      throw new OpException(
          "withShardingConstraint: "
              + sharding
              + " has "
              + sharding.dims().size()
              + " dimensions, the tensor is "
              + x.type().brief());
    }
    return Dispatch.unary(x, (b, v) -> b.shardingConstraint(v, sharding));
  }
}
