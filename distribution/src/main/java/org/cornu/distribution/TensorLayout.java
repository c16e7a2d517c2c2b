package org.cornu.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Which mesh axis splits each dimension of a tensor; null for a dimension that is not split. As
 * {@code keras.distribution.TensorLayout}.
 *
 * @param axes one axis name or null per dimension
 * @param mesh the mesh, or null until one is chosen by a {@link LayoutMap}
 */
public record TensorLayout(List<@Nullable String> axes, @Nullable DeviceMesh mesh) {

  /** Checks the names against the mesh. */
  public TensorLayout {
    axes = Collections.unmodifiableList(new ArrayList<>(axes));
    Set<String> seen = new HashSet<>();
    for (String axis : axes) {
      if (axis == null) {
        continue;
      }
      if (mesh != null) {
        mesh.axisSize(axis);
      }
      if (!seen.add(axis)) {
        throw new IllegalArgumentException(
            "TensorLayout: axis '" + axis + "' splits two dimensions: got " + axes);
      }
    }
  }

  /** A layout whose mesh is chosen later. */
  public static TensorLayout of(@Nullable String... axes) {
    return new TensorLayout(Arrays.asList(axes), null);
  }

  /** This layout on a mesh. */
  public TensorLayout on(DeviceMesh target) {
    return new TensorLayout(axes, target);
  }

  /** The placement of a tensor with this layout. */
  public Placement toPlacement() {
    DeviceMesh devices = mesh;
    if (devices == null) {
      throw new IllegalStateException("TensorLayout " + axes + " has no mesh yet");
    }
    List<Sharding.Dim> dims = new ArrayList<>();
    for (String axis : axes) {
      dims.add(axis == null ? Sharding.Dim.REPLICATED : Sharding.Dim.of(axis));
    }
    return new Placement(devices.toMesh(), Sharding.of("mesh", dims));
  }
}
