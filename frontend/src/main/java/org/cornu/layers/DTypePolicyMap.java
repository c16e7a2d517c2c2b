package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.Codec;
import org.cornu.config.ConfigException;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.jspecify.annotations.Nullable;

/**
 * A policy for each layer, by its path ({@code encoder/dense_1}): an equal key first, else the one
 * regular expression among the keys that matches the whole path, else the default.
 *
 * <pre>{@code
 * DTypePolicy.global(
 *     new DTypePolicyMap("float32").put(".*&#47;attention", "mixed_bfloat16"));
 * }</pre>
 */
public final class DTypePolicyMap extends DTypePolicy {
  private static final Codec<Map<String, DTypePolicy>> CODEC =
      new Codec<>() {
        @Override
        public String expects() {
          return "a map from paths to dtype policies";
        }

        @Override
        public @Nullable Object encode(Map<String, DTypePolicy> map, ObjectWriter writer) {
          return writer.write(map);
        }

        @Override
        public @Nullable Map<String, DTypePolicy> decode(Object tree, ObjectReader reader) {
          if (!(tree instanceof Map<?, ?> map)) {
            return null;
          }
          Map<String, DTypePolicy> out = new LinkedHashMap<>();
          map.forEach(
              (key, value) -> out.put(String.valueOf(key), reader.read(value, DTypePolicy.FAMILY)));
          return out;
        }
      };

  private static final Option<Object> DEFAULT = Option.tree("default_policy").nullable();
  private static final Option<Map<String, DTypePolicy>> MAP =
      Option.of("policy_map", CODEC).nullable();

  static final Spec SPEC =
      Spec.of("keras.dtype_policies", "DTypePolicyMap")
          .options(DEFAULT, MAP)
          .create(DTypePolicyMap::new);

  private DTypePolicyMap() {
    super(SPEC);
  }

  /** With this policy for layers that no key matches. */
  public DTypePolicyMap(String defaultPolicy) {
    this();
    set(DEFAULT, DTypePolicy.of(defaultPolicy).name());
  }

  /** Adds a policy for the layers whose path equals, or as a whole matches, the key. */
  @CanIgnoreReturnValue
  public DTypePolicyMap put(String key, DTypePolicy policy) {
    Map<String, DTypePolicy> all = new LinkedHashMap<>(map());
    if (all.putIfAbsent(key, policy) != null) {
      throw new ConfigException("DTypePolicyMap: there is a policy for '" + key + "' already");
    }
    set(MAP, all);
    return this;
  }

  /** Adds a policy by name. */
  @CanIgnoreReturnValue
  public DTypePolicyMap put(String key, String policy) {
    return put(key, DTypePolicy.of(policy));
  }

  private Map<String, DTypePolicy> map() {
    Map<String, DTypePolicy> given = getOrNull(MAP);
    return given == null ? Map.of() : given;
  }

  /** The policy of layers that no key matches. */
  public DTypePolicy defaultPolicy() {
    Object given = getOrNull(DEFAULT);
    if (given != null) {
      return ObjectReader.plain().read(given, FAMILY);
    }
    DTypePolicy global = DTypePolicy.global();
    return global == this ? new DTypePolicy("float32") : global;
  }

  /**
   * The policy of the layer at this path.
   *
   * @throws ConfigException where several keys match
   */
  public DTypePolicy at(String path) {
    DTypePolicy exact = map().get(path);
    if (exact != null) {
      return exact;
    }
    List<String> matching = map().keySet().stream().filter(path::matches).toList();
    if (matching.size() > 1) {
      throw new ConfigException(
          "DTypePolicyMap: path '" + path + "' matches several keys: " + matching);
    }
    DTypePolicy found = matching.isEmpty() ? null : map().get(matching.get(0));
    return found == null ? defaultPolicy() : found;
  }

  @Override
  public String name() {
    return "map_" + defaultPolicy().name();
  }

  @Override
  public @Nullable String quantizationMode() {
    return defaultPolicy().quantizationMode();
  }

  @Override
  public DType compute() {
    return defaultPolicy().compute();
  }

  @Override
  public DType variable() {
    return defaultPolicy().variable();
  }
}
