package org.cornu.stablehlo.interpreter;

import java.util.List;

/** What one SSA value holds while a program runs. */
sealed interface Datum permits Array, Datum.Token, Datum.Tuple, Datum.Future {
  /** Orders side effects. */
  Token TOKEN = new Token();

  /** A token carries no data. */
  record Token() implements Datum {}

  /** The elements of a tuple. */
  record Tuple(List<Datum> elements) implements Datum {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /** The results of an asynchronous op, which here are ready at once. */
  record Future(List<Datum> elements) implements Datum {
    public Future {
      elements = List.copyOf(elements);
    }
  }
}
