package org.cornu.tracer;

/** A function of no arguments that transforms accept. Arguments and result are pytrees. */
@FunctionalInterface
public interface F0<R> {
  /** Calls the function. */
  R apply();
}
