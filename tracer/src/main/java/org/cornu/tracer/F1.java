package org.cornu.tracer;

/** A function of one argument that transforms accept. Arguments and result are pytrees. */
@FunctionalInterface
public interface F1<A, R> {
  /** Calls the function. */
  R apply(A a);
}
