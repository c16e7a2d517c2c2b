package org.cornu.stablehlo.build;

/** How exactly a product of matrices is asked to be computed; devices decide what that means. */
public enum Precision {
  /** Fastest. */
  DEFAULT,
  /** Slower, closer to the element type's precision. */
  HIGH,
  /** As exact as the element type. */
  HIGHEST
}
