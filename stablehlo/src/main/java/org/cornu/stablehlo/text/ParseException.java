package org.cornu.stablehlo.text;

/**
 * Text that is not a program. The message says what was expected and shows the line with a caret
 * below the place.
 */
public final class ParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int line;
  private final int column;

  ParseException(String problem, String source, int line, int column, String excerpt) {
    super(source + ":" + line + ":" + column + ": " + problem + "\n" + excerpt);
    this.problem = problem;
    this.line = line;
    this.column = column;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }

  /** Line of the place, counted from 1. */
  public int line() {
    return line;
  }

  /** Column of the place in bytes, counted from 1. */
  public int column() {
    return column;
  }
}
