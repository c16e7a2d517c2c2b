package org.cornu.ops;

import org.cornu.tracer.OpException;

/** Where the channels of a batch of images stand. */
public enum DataFormat {
  /** {@code [batch, spatial…, channels]}, the default. */
  CHANNELS_LAST,
  /** {@code [batch, channels, spatial…]}. */
  CHANNELS_FIRST;

  /** The format by Keras' name: {@code channels_last} or {@code channels_first}. */
  public static DataFormat of(String name) {
    for (DataFormat format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new OpException(
        "data format: must be channels_last or channels_first: got '" + name + "'");
  }

  /** Keras' name. */
  public String kerasName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The axis of the channels of a tensor of this rank. */
  public int channelAxis(int rank) {
    return this == CHANNELS_LAST ? rank - 1 : 1;
  }

  /** The axis of spatial dimension {@code i}. */
  public int spatialAxis(int i) {
    return this == CHANNELS_LAST ? i + 1 : i + 2;
  }
}
