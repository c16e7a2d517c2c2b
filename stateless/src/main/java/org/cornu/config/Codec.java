package org.cornu.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an option's Java value is written into a config tree and read back.
 *
 * @param <T> type of the value; {@code null} is handled by the {@link Option}, not here
 */
public interface Codec<T> {
  /** What a value must look like, for errors: {@code an integer}, {@code one of [valid, same]}. */
  String expects();

  /** The names that are allowed where the value is one of a few; else empty. */
  default List<String> names() {
    return List.of();
  }

  /** Writes the value as a config tree. */
  @Nullable Object encode(T value, ObjectWriter writer);

  /**
   * Reads a config tree.
   *
   * @return the value, or {@code null} where the tree is not of the expected form (the caller then
   *     says so, with the option's name)
   */
  @Nullable T decode(Object tree, ObjectReader reader);
}
