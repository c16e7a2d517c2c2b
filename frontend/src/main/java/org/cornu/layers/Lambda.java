package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.activations.Activation;
import org.cornu.config.Codec;
import org.cornu.config.ConfigException;
import org.cornu.config.Family;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
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
 *
 * Lambda.Function power = Registry.global().addFunction(
 *     Lambda.Function.FAMILY, "mine", "power", (x, a) -> Np.power(x, a.number("exponent")));
 * Lambda.of(power).arguments(Map.of("exponent", 3))
 * }</pre>
 */
public final class Lambda extends Layer<Lambda> {
  /** A function of a tensor and of arguments that the layer holds. */
  @FunctionalInterface
  public interface Function {
    /** All functions with names. */
    Family<Function> FAMILY = Family.of("lambda function", Function.class);

    /** The output for an input. */
    Tensor apply(Tensor x, Arguments arguments);
  }

  /** The mask of the output. */
  @FunctionalInterface
  public interface MaskFunction {
    /** All functions with names. */
    Family<MaskFunction> FAMILY = Family.of("mask function", MaskFunction.class);

    /**
     * The mask of the output, or null for none.
     *
     * @param x input
     * @param mask the input's, or null
     */
    @Nullable Tensor apply(Tensor x, @Nullable Tensor mask);
  }

  /**
   * What a function gets beside its input.
   *
   * @param values the layer's arguments by name: numbers, flags, texts, lists and maps of them
   * @param call training flag and mask of this call
   */
  public record Arguments(Map<String, Object> values, Call call) {
    /** A number. */
    public double number(String name) {
      return value(name, Number.class).doubleValue();
    }

    /** A whole number. */
    public int integer(String name) {
      return value(name, Number.class).intValue();
    }

    /** A flag. */
    public boolean flag(String name) {
      return value(name, Boolean.class);
    }

    /** A text. */
    public String text(String name) {
      return value(name, String.class);
    }

    private <T> T value(String name, Class<T> type) {
      Object value = values.get(name);
      if (!type.isInstance(value)) {
        throw new OpException(
            "lambda: the function asks for argument '"
                + name
                + "', a "
                + type.getSimpleName()
                + ": the layer has "
                + values,
            "give it with arguments(Map.of(\"" + name + "\", ...))");
      }
      return type.cast(value);
    }
  }

  /** Functions of either kind, by name. */
  private static final Codec<Object> FUNCTIONS =
      new Codec<>() {
        @Override
        public String expects() {
          return "a function that is registered";
        }

        @Override
        public @Nullable Object encode(Object function, ObjectWriter writer) {
          return writer.write(function);
        }

        @Override
        public Object decode(Object tree, ObjectReader reader) {
          try {
            return reader.read(tree, Function.FAMILY);
          } catch (ConfigException e) {
            return reader.read(tree, Activation.FAMILY);
          }
        }
      };

  private static final Option<Object> FUNCTION = Option.of("function", FUNCTIONS).required();
  private static final Option<List<@Nullable Integer>> OUTPUT_SHAPE =
      Option.dims("output_shape").nullable().omittedWhenNull();
  private static final Option<MaskFunction> MASK =
      Option.object("mask", MaskFunction.FAMILY).nullable().omittedWhenNull();
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
  public Lambda(Activation function) {
    this();
    set(FUNCTION, function);
  }

  /** Of a function of a tensor and arguments. */
  public static Lambda of(Function function) {
    return new Lambda().set(FUNCTION, function);
  }

  /** What the function gets beside its input: numbers, flags, texts, lists and maps of them. */
  @CanIgnoreReturnValue
  public Lambda arguments(Map<String, ?> values) {
    return set(ARGUMENTS, new LinkedHashMap<>(values));
  }

  /**
   * The sizes of the output without the batch, null where one is open. Cornu finds them by itself;
   * what is given is kept for Keras, and an output of other sizes is refused.
   */
  @CanIgnoreReturnValue
  public Lambda outputShape(@Nullable Integer... sizes) {
    return set(OUTPUT_SHAPE, Collections.unmodifiableList(Arrays.asList(sizes)));
  }

  /** The mask of the output; without one the layer ends masking. */
  @CanIgnoreReturnValue
  public Lambda mask(MaskFunction function) {
    return set(MASK, function);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Object function = get(FUNCTION);
    Map<String, Object> arguments = arguments();
    Tensor y;
    if (function instanceof Function of) {
      y = of.apply(x, new Arguments(arguments, call));
    } else if (arguments.isEmpty()) {
      y = ((Activation) function).apply(x);
    } else {
      throw new OpException(
          name() + ": the function takes no arguments: got " + arguments.keySet(),
          "make the layer with Lambda.of((x, arguments) -> ...)");
    }
    checkShape(y);
    return y;
  }

  private Map<String, Object> arguments() {
    Map<String, Object> out = new LinkedHashMap<>();
    ((Map<?, ?>) get(ARGUMENTS))
        .forEach((name, value) -> out.put(String.valueOf(name), Objects.requireNonNull(value)));
    return out;
  }

  private void checkShape(Tensor y) {
    List<@Nullable Integer> sizes = getOrNull(OUTPUT_SHAPE);
    if (sizes == null) {
      return;
    }
    boolean fits = y.rank() == sizes.size() + 1;
    for (int d = 0; fits && d < sizes.size(); d++) {
      Integer size = sizes.get(d);
      fits = size == null || y.shape().dim(d + 1) == size;
    }
    if (!fits) {
      throw new OpException(
          name()
              + ": the output must have the sizes of output_shape behind the batch: got "
              + y.type().brief()
              + ", expected [batch, "
              + sizes.toString().substring(1));
    }
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    MaskFunction function = getOrNull(MASK);
    return Collections.singletonList(
        function == null
            ? null
            : function.apply(inputs.get(0), masks.isEmpty() ? null : masks.get(0)));
  }
}
