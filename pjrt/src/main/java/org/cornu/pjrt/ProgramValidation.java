package org.cornu.pjrt;

import java.nio.charset.StandardCharsets;

/**
 * Refuses programs that would end the process inside a compiler rather than with an error.
 *
 * <p>The CPU compiler of XLA 0.115 divides by zero on arrays of 512 GiB and more, and those of all
 * versions read a body that is not there where a function is only declared. The scan reads MLIR
 * text only; bytecode passes unseen.
 */
final class ProgramValidation {
  /** Bytes of one array on one device: half of where the compiler fails. */
  static final long MAX_ARRAY_BYTES = 256L << 30;

  private static final String TENSOR = "tensor<";
  private static final String FUNCTION = "func.func ";

  private ProgramValidation() {}

  /**
   * Checks the array types and the functions in a program's text.
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
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '"') {
        at = endOfString(text, at);
      } else if (text.startsWith(FUNCTION, at)) {
        checkBody(text, at);
      }
    }
  }

  /** A function's body stands in the first braces outside of brackets that are no attributes. */
  private static void checkBody(String text, int start) {
    int end = text.indexOf('(', start);
    int depth = 0;
    for (int at = end; at >= 0 && at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at = endOfString(text, at);
      } else if (c == '-' && at + 1 < text.length() && text.charAt(at + 1) == '>') {
        at++;
      } else if ("([{<".indexOf(c) >= 0) {
        if (c == '{' && depth == 0 && !isAttributes(text, at)) {
          return;
        }
        depth++;
      } else if (")]}>".indexOf(c) >= 0) {
        depth--;
      }
      if (depth < 0 || depth == 0 && text.startsWith(FUNCTION, at + 1)) {
        break;
      }
    }
    throw new IllegalArgumentException(
        "compile: "
            + text.substring(start, end < 0 ? Math.min(text.length(), start + 40) : end).strip()
            + " is declared without a body; a compiler has nothing to link it with: give it one,"
            + " or call a registered kernel with stablehlo.custom_call");
  }

  private static int endOfString(String text, int start) {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  private static boolean isAttributes(String text, int brace) {
    int end = brace;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.startsWith("attributes", end - "attributes".length());
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
