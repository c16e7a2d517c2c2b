package org.cornu.stablehlo.bytecode;

import java.util.Comparator;

/**
 * A version of StableHLO. A portable artifact names the oldest one that can read it; readers up to
 * five years newer can.
 */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
  /** The newest version that is read and written, of the opset that Cornu knows. */
  public static final Version CURRENT = new Version(1, 20, 0);

  /** The oldest version that is written; older artifacts are read all the same. */
  public static final Version OLDEST_WRITTEN = new Version(1, 0, 0);

  /** The version spelled {@code 1.9.0}. */
  public static Version parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || !text.matches("[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}")) {
      throw new IllegalArgumentException("version must read like 1.9.0, got " + text);
    }
    return new Version(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  @Override
  public int compareTo(Version other) {
    return Comparator.comparingInt(Version::major)
        .thenComparingInt(Version::minor)
        .thenComparingInt(Version::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
