package org.cornu.layers;

import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.jspecify.annotations.Nullable;

/**
 * The types of a quantized layer: those of the policy it was quantized from, and the mode. Keras
 * has a class for each kind of mode, which differ in what their configs say: {@link #of} chooses.
 */
public final class QuantizedDTypePolicy extends DTypePolicy {
  /** Length of the histories of {@code float8} where nothing is said. */
  public static final int AMAX_HISTORY = 1024;

  private static final Option<String> MODE = Option.string("mode").required();
  private static final Option<String> SOURCE = Option.string("source_name").nullable();
  private static final Option<Integer> AMAX_HISTORY_LENGTH =
      Option.integer("amax_history_length").defaultTo(AMAX_HISTORY).positive();

  static final Spec SPEC = spec("QuantizedDTypePolicy");
  static final Spec INT4 = spec("Int4DTypePolicy");
  static final Spec FLOAT8 = spec("QuantizedFloat8DTypePolicy").options(AMAX_HISTORY_LENGTH);

  private QuantizedDTypePolicy(Spec spec) {
    super(spec);
  }

  private static Spec spec(String className) {
    Spec spec = Spec.of("keras.dtype_policies", className).options(MODE, SOURCE);
    return spec.createFrom(
        (config, reader) -> {
          QuantizedDTypePolicy made = new QuantizedDTypePolicy(table(className));
          made.configure(config, reader);
          return made;
        });
  }

  private static Spec table(String className) {
    return switch (className) {
      case "Int4DTypePolicy" -> INT4;
      case "QuantizedFloat8DTypePolicy" -> FLOAT8;
      default -> SPEC;
    };
  }

  /**
   * The policy of a mode.
   *
   * @param mode {@code int8}, {@code float8}, {@code int4/128} (in groups of 128), {@code int4/-1}
   * @param source name of the policy it comes from
   */
  public static QuantizedDTypePolicy of(String mode, String source) {
    Spec spec = mode.startsWith("int4/") ? INT4 : mode.equals("float8") ? FLOAT8 : SPEC;
    if (!mode.matches("int8|int4|int4/(-1|[1-9]\\d*)|float8")) {
      throw new ConfigException(
          "dtype policy: the mode of quantization must be int8, int4, int4/SIZE or float8: got '"
              + mode
              + "'");
    }
    QuantizedDTypePolicy made = new QuantizedDTypePolicy(spec);
    made.set(MODE, mode);
    made.set(SOURCE, new DTypePolicy(source).name());
    return made;
  }

  @Override
  public String name() {
    return get(MODE) + "_from_" + source().name();
  }

  /** The policy without the quantization. */
  public DTypePolicy source() {
    String name = getOrNull(SOURCE);
    return name == null ? DTypePolicy.global() : new DTypePolicy(name);
  }

  @Override
  public String quantizationMode() {
    String mode = get(MODE);
    int slash = mode.indexOf('/');
    return slash < 0 ? mode : mode.substring(0, slash);
  }

  /** Rows of a group in mode {@code int4}; -1 for one scale per column. */
  int blockSize() {
    String mode = get(MODE);
    int slash = mode.indexOf('/');
    return slash < 0 ? -1 : Integer.parseInt(mode.substring(slash + 1));
  }

  /** Length of the histories of {@code float8}. */
  int amaxHistoryLength() {
    return spec() == FLOAT8 ? get(AMAX_HISTORY_LENGTH) : AMAX_HISTORY;
  }

  @Override
  public DType compute() {
    return source().compute();
  }

  @Override
  public DType variable() {
    return source().variable();
  }

  static @Nullable QuantizedDTypePolicy orNull(DTypePolicy policy) {
    return policy instanceof QuantizedDTypePolicy quantized ? quantized : null;
  }
}
