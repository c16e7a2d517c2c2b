package org.cornu.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What travels with one call of a layer beside its inputs: whether it trains, masks, initial
 * states. Immutable.
 *
 * <pre>{@code
 * layer.applyWith(x, Call.training(true).mask(mask));
 * }</pre>
 */
public final class Call {
  /** A call that says nothing: training as the call around it, masks as the inputs carry them. */
  public static final Call DEFAULT = new Call(null, null, Map.of());

  private final @Nullable Boolean training;
  private final @Nullable List<@Nullable Tensor> masks;
  private final Map<String, Object> options;

  private Call(
      @Nullable Boolean training,
      @Nullable List<@Nullable Tensor> masks,
      Map<String, Object> options) {
    this.training = training;
    this.masks = masks;
    this.options = options;
  }

  /** A call with the training flag given. */
  public static Call training(boolean training) {
    return new Call(training, null, Map.of());
  }

  /** This call with the training flag given. */
  public Call withTraining(boolean value) {
    return new Call(value, masks, options);
  }

  /** This call with masks for the inputs, null where an input has none. */
  public Call mask(@Nullable Tensor... inputs) {
    return new Call(
        training, Collections.unmodifiableList(new ArrayList<>(Arrays.asList(inputs))), options);
  }

  /**
   * This call with another argument of the layer's {@code call}, by Keras' name: {@code
   * initial_state}, {@code attention_mask}, …
   *
   * @param value a tensor, a list of tensors, or a plain value
   */
  public Call with(String name, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(options);
    copy.put(name, value);
    return new Call(training, masks, Collections.unmodifiableMap(copy));
  }

  /** The training flag as given, or null. */
  public @Nullable Boolean trainingOrNull() {
    return training;
  }

  /** The training flag; false when nothing was said here or around this call. */
  public boolean isTraining() {
    return training != null && training;
  }

  /** The masks as given, or null when the inputs' own apply. */
  public @Nullable List<@Nullable Tensor> masks() {
    return masks;
  }

  /** The mask of input {@code i}, or null. */
  public @Nullable Tensor maskOf(int i) {
    return masks == null || i >= masks.size() ? null : masks.get(i);
  }

  /** Further arguments by name. */
  public Map<String, Object> options() {
    return options;
  }

  /** A further argument that is a tensor, or null. */
  public @Nullable Tensor tensor(String name) {
    return options.get(name) instanceof Tensor tensor ? tensor : null;
  }

  /** A further argument that is a list of tensors, or a single one; empty when not given. */
  public List<Tensor> tensors(String name) {
    Object value = options.get(name);
    if (value instanceof Tensor tensor) {
      return List.of(tensor);
    }
    List<Tensor> out = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        out.add((Tensor) item);
      }
    }
    return out;
  }

  /** A further argument that is a flag. */
  public boolean flag(String name, boolean absent) {
    return options.get(name) instanceof Boolean flag ? flag : absent;
  }
}
