package org.cornu.quantizers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cornu.config.ConfigException;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/** How a layer is quantized: the mode, and what turns weights and inputs into integers. */
public abstract class QuantizationConfig extends Configured<QuantizationConfig> {
  /** All configs, by name. */
  public static final Family<QuantizationConfig> FAMILY =
      Family.of("quantization config", QuantizationConfig.class);

  /** What quantizes the weights; null for the mode's own way. */
  static final Option<Quantizer> WEIGHT_QUANTIZER =
      Option.object("weight_quantizer", Quantizer.FAMILY).nullable();

  /** What quantizes the inputs: a quantizer, null for none, {@code default} for the mode's own. */
  static final Option<Object> ACTIVATION_QUANTIZER =
      Option.tree("activation_quantizer").nullable().defaultTo("default");

  QuantizationConfig(Spec spec) {
    super(spec);
  }

  /** Keras' name of the mode: {@code int8}, {@code int4}, {@code float8}. */
  public abstract String mode();

  /** What quantizes the inputs where nothing else is said. */
  abstract @Nullable Quantizer defaultActivationQuantizer();

  /** What quantizes the weights, or null for the mode's own way. */
  public @Nullable Quantizer weightQuantizer() {
    return getOrNull(WEIGHT_QUANTIZER);
  }

  /** What quantizes the inputs, or null for none. */
  public @Nullable Quantizer activationQuantizer() {
    Object given = getOrNull(ACTIVATION_QUANTIZER);
    if (given == null) {
      return null;
    }
    return given.equals("default")
        ? defaultActivationQuantizer()
        : Registry.global().get(Quantizer.FAMILY, given);
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    if (config.containsKey(ACTIVATION_QUANTIZER.key())) {
      config.put(ACTIVATION_QUANTIZER.key(), writer.write(activationQuantizer()));
    }
    return config;
  }

  /**
   * The config of a mode at its defaults.
   *
   * @param mode {@code int8}, {@code int4} (in groups of 128) or {@code float8}
   */
  public static QuantizationConfig of(String mode) {
    return switch (mode) {
      case "int8" -> new Int8QuantizationConfig();
      case "int4" -> new Int4QuantizationConfig();
      case "float8" -> new Float8QuantizationConfig();
      default ->
          throw new ConfigException(
              "quantize: the mode must be one of [int8, int4, float8]: got '" + mode + "'");
    };
  }
}
