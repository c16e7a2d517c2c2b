package org.cornu.tracer;

/** A function of four arguments that transforms accept. Arguments and result are pytrees. */
@FunctionalInterface
public interface F4<A, B, C, D, R> {
  /** Calls the function. */
  R apply(A a, B b, C c, D d);
}
