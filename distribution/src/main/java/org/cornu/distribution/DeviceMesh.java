package org.cornu.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Module;
import org.jspecify.annotations.Nullable;

/**
 * A grid of devices with a name for each axis, as {@code keras.distribution.DeviceMesh}.
 *
 * <pre>{@code
 * var mesh = new DeviceMesh(new int[] {2, 4}, "batch", "model");
 * }</pre>
 */
public final class DeviceMesh {
  private final int[] shape;
  private final List<String> axisNames;
  private final List<String> devices;

  /** A mesh over the first devices of {@link Distribution#listDevices}. */
  public DeviceMesh(int[] shape, String... axisNames) {
    this(shape, List.of(axisNames), null);
  }

  /**
   * A mesh over these devices.
   *
   * @param shape size of each axis
   * @param axisNames name of each axis
   * @param devices names as {@code cpu:0} in row-major order of the mesh, or null for the first
   *     ones
   */
  public DeviceMesh(int[] shape, List<String> axisNames, @Nullable List<String> devices) {
    if (shape.length == 0 || shape.length != axisNames.size()) {
      throw new IllegalArgumentException(
          "DeviceMesh: one name per axis: got shape "
              + Arrays.toString(shape)
              + " and names "
              + axisNames);
    }
    if (axisNames.stream().distinct().count() != axisNames.size()) {
      throw new IllegalArgumentException("DeviceMesh: axis names must differ: got " + axisNames);
    }
    int count = 1;
    for (int size : shape) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "DeviceMesh: sizes must be at least 1: got " + Arrays.toString(shape));
      }
      count *= size;
    }
    List<String> chosen = devices;
    if (chosen == null) {
      List<String> all = Distribution.listDevices();
      if (count > all.size()) {
        throw new IllegalArgumentException(
            "DeviceMesh: shape "
                + Arrays.toString(shape)
                + " needs "
                + count
                + " devices, there are "
                + all.size()
                + "\n  hint: ask for virtual CPU devices with --devices or -Dcornu.devices="
                + count);
      }
      chosen = all.subList(0, count);
    }
    if (chosen.size() != count) {
      throw new IllegalArgumentException(
          "DeviceMesh: shape "
              + Arrays.toString(shape)
              + " needs "
              + count
              + " devices, got "
              + chosen.size());
    }
    this.shape = shape.clone();
    this.axisNames = List.copyOf(axisNames);
    this.devices = List.copyOf(chosen);
  }

  /** Size of each axis. */
  public int[] shape() {
    return shape.clone();
  }

  /** Name of each axis. */
  public List<String> axisNames() {
    return axisNames;
  }

  /** Device names in row-major order. */
  public List<String> devices() {
    return devices;
  }

  /** Size of the axis of this name. */
  public int axisSize(String name) {
    int i = axisNames.indexOf(name);
    if (i < 0) {
      throw new IllegalArgumentException(
          "the mesh has no axis '" + name + "'; it has " + axisNames);
    }
    return shape[i];
  }

  /** The mesh as it stands in programs. */
  public Module.Mesh toMesh() {
    List<Module.Mesh.Axis> axes = new ArrayList<>();
    for (int i = 0; i < shape.length; i++) {
      axes.add(new Module.Mesh.Axis(axisNames.get(i), shape[i]));
    }
    List<Long> ids = new ArrayList<>();
    boolean inOrder = true;
    for (int i = 0; i < devices.size(); i++) {
      long id = Long.parseLong(devices.get(i).substring(devices.get(i).indexOf(':') + 1));
      inOrder &= id == i;
      ids.add(id);
    }
    return new Module.Mesh("mesh", axes, inOrder ? List.of() : ids, Map.of());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceMesh that
        && Arrays.equals(shape, that.shape)
        && axisNames.equals(that.axisNames)
        && devices.equals(that.devices);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + axisNames.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("DeviceMesh[");
    for (int i = 0; i < shape.length; i++) {
      out.append(i == 0 ? "" : ", ").append(axisNames.get(i)).append('=').append(shape[i]);
    }
    return out.append(']').toString();
  }
}
