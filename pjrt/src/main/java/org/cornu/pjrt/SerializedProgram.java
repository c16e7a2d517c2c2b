package org.cornu.pjrt;

import java.util.Arrays;

/** A program as bytes with the plugin's name for its format. */
public final class SerializedProgram {
  private final String format;
  private final byte[] code;

  /**
   * Wraps bytes, which must not be changed afterwards.
   *
   * @param format such as {@code hlo}, {@code hlo_with_config} or {@code mlir}
   * @param code the bytes
   */
  SerializedProgram(String format, byte[] code) {
    this.format = format;
    this.code = code;
  }

  /** The format, such as {@code hlo}, {@code hlo_with_config} or {@code mlir}. */
  public String format() {
    return format;
  }

  /** A copy of the bytes. */
  public byte[] code() {
    return code.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SerializedProgram that
        && format.equals(that.format)
        && Arrays.equals(code, that.code);
  }

  @Override
  public int hashCode() {
    return 31 * format.hashCode() + Arrays.hashCode(code);
  }

  @Override
  public String toString() {
    return "SerializedProgram[" + format + ", " + code.length + " bytes]";
  }
}
