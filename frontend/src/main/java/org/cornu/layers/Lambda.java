package org.cornu.layers;

import java.util.List;
import java.util.Map;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A function as a layer. To be saved, the function must be registered:
 *
 * <pre>{@code
 * Activation twice = Registry.global().addFunction(Activation.FAMILY, "mine", "twice", x -> x.mul(2));
 * new Lambda(twice)
 * }</pre>
 */
public final class Lambda extends Layer<Lambda> {
  private static final Option<org.cornu.activations.Activation> FUNCTION =
      Option.object("function", org.cornu.activations.Activation.FAMILY).required();
  private static final Option<List<@Nullable Integer>> OUTPUT_SHAPE =
      Option.dims("output_shape").nullable().omittedWhenNull();
  private static final Option<Object> MASK = Option.tree("mask").nullable().omittedWhenNull();
  private static final Option<Object> ARGUMENTS =
      Option.tree("arguments").defaultTo(Map.of()).nullMeans(Map.of());

  static final Spec SPEC =
      Spec.of("keras.layers", "Lambda")
          .base(OPTIONS)
          .options(FUNCTION, OUTPUT_SHAPE, MASK, ARGUMENTS)
          .create(Lambda::new);

  private Lambda() {
    super(SPEC);
  }

  /** Of a function of one tensor. */
  public Lambda(org.cornu.activations.Activation function) {
    this();
    set(FUNCTION, function);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    if (getOrNull(ARGUMENTS) instanceof Map<?, ?> map && !map.isEmpty()) {
      throw new OpException(
          name() + ": arguments of the function are not supported: got " + map.keySet());
    }
    return get(FUNCTION).apply(x);
  }
}
