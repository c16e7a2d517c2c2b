package org.cornu.pjrt;

import java.util.Arrays;

/** Which device runs which replica and partition of a program. Immutable. */
public final class DeviceAssignment {
  private final int[][] ids;

  private DeviceAssignment(int[][] ids) {
    this.ids = ids;
  }

  /**
   * An assignment from global device ids.
   *
   * @param ids {@code [replicas][partitions]}, not empty, rectangular, no id twice
   */
  public static DeviceAssignment of(int[][] ids) {
    if (ids.length == 0 || ids[0].length == 0) {
      throw new IllegalArgumentException(
          "device assignment: at least one replica and one partition are needed");
    }
    int[][] copy = new int[ids.length][];
    for (int r = 0; r < ids.length; r++) {
      if (ids[r].length != ids[0].length) {
        throw new IllegalArgumentException(
            "device assignment: replicas differ in their partitions: got "
                + ids[0].length
                + " and "
                + ids[r].length);
      }
      copy[r] = ids[r].clone();
    }
    int[] all = Arrays.stream(copy).flatMapToInt(Arrays::stream).toArray();
    if (Arrays.stream(all).distinct().count() != all.length) {
      throw new IllegalArgumentException(
          "device assignment: a device occurs twice: got " + Arrays.deepToString(copy));
    }
    return new DeviceAssignment(copy);
  }

  /** One program on one device. */
  public static DeviceAssignment single(Device device) {
    return of(new int[][] {{device.id()}});
  }

  /** Devices 0, 1, 2, … in the order of replicas, then partitions. */
  static DeviceAssignment counting(int replicas, int partitions) {
    int[][] ids = new int[replicas][partitions];
    for (int r = 0; r < replicas; r++) {
      for (int p = 0; p < partitions; p++) {
        ids[r][p] = r * partitions + p;
      }
    }
    return of(ids);
  }

  /** The number of replicas. */
  public int replicas() {
    return ids.length;
  }

  /** The number of partitions of each replica. */
  public int partitions() {
    return ids[0].length;
  }

  /** The global id of the device for a replica and partition. */
  public int deviceId(int replica, int partition) {
    return ids[replica][partition];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceAssignment that && Arrays.deepEquals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(ids);
  }
}
