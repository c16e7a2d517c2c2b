package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;

/** Service: runs the cases of one kind, such as {@code op} or {@code layer}. */
public interface CaseRunner {
  /** The value of the field {@code kind} of the cases that this runner takes. */
  String kind();

  /**
   * Runs one case, an object as the file holds it.
   *
   * @throws RuntimeException counts as a failure of the case
   */
  Outcome run(JsonNode recorded);
}
