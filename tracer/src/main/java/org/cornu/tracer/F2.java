package org.cornu.tracer;

/** A function of two arguments that transforms accept. Arguments and result are pytrees. */
@FunctionalInterface
public interface F2<A, B, R> {
  /** Calls the function. */
  R apply(A a, B b);
}
