package org.cornu.models;

import java.util.List;
import java.util.Map;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Service: functions of {@code keras.ops} by name, for models whose graphs hold calls of them. */
public interface OperationProvider {
  /** A function that takes what a config says. */
  @FunctionalInterface
  interface Operation {
    /**
     * The outputs.
     *
     * @param args positional arguments: tensors, numbers, texts, lists and maps as in a config
     * @param kwargs named arguments
     */
    List<Tensor> apply(List<@Nullable Object> args, Map<String, @Nullable Object> kwargs);
  }

  /** The function at a path such as {@code keras.ops.not_equal}, or null. */
  @Nullable Operation find(String path);
}
