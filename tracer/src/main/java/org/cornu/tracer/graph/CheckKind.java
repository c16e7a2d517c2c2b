package org.cornu.tracer.graph;

/** What {@code checkify} looks for. */
public enum CheckKind {
  /** An op makes a NaN from operands without any. */
  NAN,
  /** An index of a gather, scatter or dynamic slice lies outside; it would be moved or dropped. */
  INDEX,
  /** An integer is divided by zero. */
  DIVISION
}
