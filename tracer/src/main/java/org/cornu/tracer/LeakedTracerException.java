package org.cornu.tracer;

/** A traced tensor was used after the function that it belongs to had been traced. */
public final class LeakedTracerException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  LeakedTracerException(String message) {
    super(message);
  }
}
