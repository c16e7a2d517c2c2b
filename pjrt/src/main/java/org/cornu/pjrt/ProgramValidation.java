package org.cornu.pjrt;

import java.nio.charset.StandardCharsets;

/**
 * Refuses programs that would end the process inside a compiler rather than with an error.
 *
 * <p>The CPU compiler of XLA 0.115 divides by zero on arrays of 512 GiB and more. The scan reads
 * MLIR text only; bytecode passes unseen.
 */
final class ProgramValidation {
  /** Bytes of one array on one device: half of where the compiler fails. */
  static final long MAX_ARRAY_BYTES = 256L << 30;

  private static final String TENSOR = "tensor<";

  private ProgramValidation() {}

  /**
   * Checks the array types in a program's text.
   *
   * @param devices over how many devices arrays may be spread
   */
  static void check(byte[] program, int devices) {
    if (isBytecode(program)) {
      return;
    }
    String text = new String(program, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf(TENSOR); at >= 0; at = text.indexOf(TENSOR, at + 1)) {
      checkType(text, at, devices);
    }
  }

  static boolean isBytecode(byte[] program) {
    return program.length >= 2
        && program[0] == 'M'
        && program[1] == 'L'
        && program.length >= 4
        && program[2] == (byte) 0xEF
        && program[3] == 'R';
  }

  private static void checkType(String text, int start, int devices) {
    double elements = 1;
    int at = start + TENSOR.length();
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      int end = at;
      while (end < text.length() && Character.isDigit(text.charAt(end))) {
        end++;
      }
      if (end >= text.length() || text.charAt(end) != 'x') {
        return;
      }
      elements *= Double.parseDouble(text.substring(at, end));
      at = end + 1;
    }
    if (elements * elementBytes(text, at) / devices > MAX_ARRAY_BYTES) {
      int close = text.indexOf('>', at);
      throw new IllegalArgumentException(
          "compile: the program's type "
              + text.substring(start, close < 0 ? Math.min(text.length(), at + 8) : close + 1)
              + " takes more than the 256 GiB that a CPU compiler can plan for");
    }
  }

  /** Bytes of an element by the digits of its type's name: i1, bf16, f8E4M3, complex<f64>. */
  private static double elementBytes(String text, int at) {
    int digit = at;
    while (digit < text.length() && Character.isLetter(text.charAt(digit))) {
      digit++;
    }
    if (text.startsWith("complex<f", at)) {
      return text.startsWith("complex<f64", at) ? 16 : 8;
    }
    int end = digit;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == digit || end - digit > 3
        ? 1
        : Math.max(1, Integer.parseInt(text.substring(digit, end)) / 8.0);
  }
}
