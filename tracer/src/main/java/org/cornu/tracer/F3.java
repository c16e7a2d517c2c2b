package org.cornu.tracer;

/** A function of three arguments that transforms accept. Arguments and result are pytrees. */
@FunctionalInterface
public interface F3<A, B, C, R> {
  /** Calls the function. */
  R apply(A a, B b, C c);
}
