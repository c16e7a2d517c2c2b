package org.cornu.config;

/**
 * A kind of configurable object with names of its own: the initializers, the layers, the losses.
 * {@code "l2"} may mean one thing among regularizers and another elsewhere.
 *
 * @param name singular noun for messages, such as {@code initializer}
 * @param type what every member is
 */
public record Family<T>(String name, Class<T> type) {
  /** Makes a family; keep it in a constant, since names are looked up per family. */
  public static <T> Family<T> of(String name, Class<T> type) {
    return new Family<>(name, type);
  }
}
