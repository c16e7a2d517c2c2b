package org.cornu.stablehlo.build;

/** Directions of {@code compare}. */
public enum Comparison {
  /** Equal. */
  EQ,
  /** Not equal. */
  NE,
  /** Greater or equal. */
  GE,
  /** Greater. */
  GT,
  /** Less or equal. */
  LE,
  /** Less. */
  LT
}
