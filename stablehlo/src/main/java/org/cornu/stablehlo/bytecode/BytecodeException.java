package org.cornu.stablehlo.bytecode;

/** Bytes that are no portable artifact, or a program that cannot be written as one. */
public final class BytecodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BytecodeException(String message) {
    super("bytecode: " + message);
  }
}
