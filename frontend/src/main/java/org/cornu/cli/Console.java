package org.cornu.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where a command writes.
 *
 * @param out results, for people and programs that read them
 * @param err notes: progress, warnings, errors
 */
public record Console(PrintStream out, PrintStream err) {
  /** Prints a line of the result. */
  public void result(String format, Object... args) {
    out.println(args.length == 0 ? format : String.format(Locale.ROOT, format, args));
  }

  /** Prints a note. */
  public void note(String format, Object... args) {
    err.println(args.length == 0 ? format : String.format(Locale.ROOT, format, args));
  }
}
