package org.cornu.optimizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cornu.config.Codec;
import org.cornu.config.ConfigException;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Which optimizer updates which variable, by its path: an equal key first, else the one regular
 * expression among the keys that matches the whole path, else the default.
 */
public final class OptimizerMap extends Configured<OptimizerMap> {
  /** The family whose only member this is. */
  public static final Family<OptimizerMap> FAMILY = Family.of("optimizer map", OptimizerMap.class);

  private static final Codec<Map<String, Optimizer>> CODEC =
      new Codec<>() {
        @Override
        public String expects() {
          return "a map from paths to optimizers";
        }

        @Override
        public @Nullable Object encode(Map<String, Optimizer> map, ObjectWriter writer) {
          return writer.write(map);
        }

        @Override
        public @Nullable Map<String, Optimizer> decode(Object tree, ObjectReader reader) {
          if (!(tree instanceof Map<?, ?> map)) {
            return null;
          }
          Map<String, Optimizer> out = new LinkedHashMap<>();
          map.forEach(
              (key, value) -> out.put(String.valueOf(key), reader.read(value, Optimizer.FAMILY)));
          return out;
        }
      };

  private static final Option<Optimizer> DEFAULT =
      Option.object("default_optimizer", Optimizer.FAMILY).required();
  private static final Option<Map<String, Optimizer>> MAP =
      Option.of("optimizer_map", CODEC).nullable();

  static final Spec SPEC =
      Spec.of("keras.optimizers", "OptimizerMap").options(DEFAULT, MAP).create(OptimizerMap::new);

  private OptimizerMap() {
    super(SPEC);
  }

  /** With this optimizer where no key matches. */
  public OptimizerMap(Optimizer otherwise) {
    this();
    set(DEFAULT, otherwise);
  }

  /**
   * Adds an optimizer.
   *
   * @param key a variable's path, or a regular expression over whole paths: {@code encoder/.*}
   */
  public OptimizerMap put(String key, Optimizer optimizer) {
    if (entries().containsKey(key)) {
      throw new ConfigException("OptimizerMap: '" + key + "' is given twice");
    }
    if (optimizer instanceof LossScaleOptimizer || optimizer instanceof MultiOptimizer) {
      throw new ConfigException(
          "OptimizerMap: '" + key + "' can not be a " + optimizer.spec().className());
    }
    Map<String, Optimizer> all = new LinkedHashMap<>(entries());
    all.put(key, optimizer);
    return set(MAP, all);
  }

  private Map<String, Optimizer> entries() {
    Map<String, Optimizer> map = getOrNull(MAP);
    return map == null ? Map.of() : map;
  }

  /** The optimizer of a variable. */
  public Optimizer of(String path) {
    Optimizer exact = entries().get(path);
    if (exact != null) {
      return exact;
    }
    List<String> matching = new ArrayList<>();
    for (String key : entries().keySet()) {
      if (Pattern.matches(key, path)) {
        matching.add(key);
      }
    }
    if (matching.size() > 1) {
      throw new ConfigException(
          "OptimizerMap: the path '" + path + "' matches several keys: " + matching);
    }
    Optimizer found = matching.isEmpty() ? null : entries().get(matching.get(0));
    return found != null ? found : get(DEFAULT);
  }

  /** All optimizers, the default last; each once. */
  List<Optimizer> optimizers() {
    List<Optimizer> out = new ArrayList<>();
    for (Optimizer optimizer : entries().values()) {
      if (!out.contains(optimizer)) {
        out.add(optimizer);
      }
    }
    if (!out.contains(get(DEFAULT))) {
      out.add(get(DEFAULT));
    }
    return out;
  }
}
