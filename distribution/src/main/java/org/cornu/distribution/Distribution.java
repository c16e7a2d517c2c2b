package org.cornu.distribution;

import java.util.List;
import org.cornu.pjrt.Device;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.runtime.Backend;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/**
 * A recipe that says where variables and data of a model lie. Set one for a thread with {@link
 * #scope}; variables made inside are placed by it, and {@code fit} shards its batches.
 */
public abstract class Distribution {
  private static final ThreadLocal<@Nullable Distribution> CURRENT = new ThreadLocal<>();

  private final DeviceMesh mesh;

  Distribution(DeviceMesh mesh) {
    this.mesh = mesh;
  }

  /** The distribution of this thread, or null for one device. */
  public static @Nullable Distribution current() {
    return CURRENT.get();
  }

  /** Names of the devices of this process, {@code cpu:0}, {@code cpu:1}, … */
  public static List<String> listDevices() {
    Backend backend = Backend.current();
    return backend.devices().stream()
        .map((Device d) -> backend.platformName() + ":" + d.id())
        .toList();
  }

  /** The mesh. */
  public DeviceMesh mesh() {
    return mesh;
  }

  /** Where a variable lies. */
  public abstract Placement variablePlacement(String path, Shape shape);

  /** Where a batch of data lies; its first dimension is the batch. */
  public abstract Placement dataPlacement(Shape shape);

  /** Where the value that a layer of this path returns must lie, or null when it is left open. */
  public @Nullable Placement activationPlacement(String path, Shape shape) {
    return null;
  }

  /** Makes this the distribution of the thread until the scope is closed. */
  public Scope scope() {
    Distribution outer = CURRENT.get();
    CURRENT.set(this);
    return () -> CURRENT.set(outer);
  }

  /** Ends with {@link #close}, which throws nothing. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** The first dimension split over an axis, the others whole. */
  Placement splitBatch(Shape shape, String axis) {
    @Nullable String[] axes = new @Nullable String[shape.rank()];
    if (shape.rank() > 0) {
      int size = mesh.axisSize(axis);
      if (shape.dim(0) % size != 0) {
        throw new IllegalArgumentException(
            "the batch dimension of "
                + shape
                + " must be divisible by mesh axis '"
                + axis
                + "' of size "
                + size
                + "\n  hint: choose a batch size that is a multiple of "
                + size
                + ", or drop the last batch");
      }
      axes[0] = axis;
    }
    return TensorLayout.of(axes).on(mesh).toPlacement();
  }
}
