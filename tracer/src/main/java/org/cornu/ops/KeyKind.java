package org.cornu.ops;

/** The generators that a key can belong to; a key's length tells which. */
public enum KeyKind {
  /**
   * The counter-based generator threefry2x32 (Salmon et al. 2011), JAX's default: keys are {@code
   * u32[2]}, and the same on every device.
   */
  THREEFRY2X32("threefry2x32", 2),

  /**
   * Bits from XLA's op {@code rng_bit_generator} in its default algorithm (Philox on the CPU), keys
   * derived by threefry: {@code u32[4]}. Fast on accelerators, but the numbers may differ between
   * devices and versions.
   */
  RBG("rbg", 4);

  private final String label;
  private final int words;

  KeyKind(String label, int words) {
    this.label = label;
    this.words = words;
  }

  /** JAX's name of it. */
  public String label() {
    return label;
  }

  /** The length of a key, in words of 32 bits. */
  public int words() {
    return words;
  }
}
