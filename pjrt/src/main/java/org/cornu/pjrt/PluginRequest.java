package org.cornu.pjrt;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where to look for a plugin. Immutable; {@link #of} takes everything from the process.
 *
 * @param platform the devices asked for
 * @param properties system properties: {@code cornu.pjrt.plugin}, {@code cornu.offline}, {@code
 *     cornu.python}
 * @param environment environment variables: {@code CORNU_PJRT_PLUGIN}, {@code
 *     PJRT_PLUGIN_LIBRARY_PATH}, {@code PJRT_NAMES_AND_LIBRARY_PATHS}, {@code TPU_LIBRARY_PATH}, …
 * @param pythonSites folders with installed Python packages, in order
 * @param cache the user's cache folder
 */
public record PluginRequest(
    Platform platform,
    Map<String, String> properties,
    Map<String, String> environment,
    List<Path> pythonSites,
    Path cache) {
  /** Copies the collections. */
  public PluginRequest {
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
    pythonSites = List.copyOf(pythonSites);
  }

  /** A request that looks at this process's properties, environment, Python and cache. */
  public static PluginRequest of(Platform platform) {
    Map<String, String> properties = new java.util.HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name));
    }
    Map<String, String> environment = System.getenv();
    return new PluginRequest(
        platform,
        properties,
        environment,
        PythonSites.find(environment, Path.of(System.getProperty("user.home", "/"))),
        cacheFolder(properties, environment));
  }

  /** {@code -Dcornu.cache}, {@code CORNU_CACHE}, {@code XDG_CACHE_HOME/cornu}, {@code ~/.cache}. */
  static Path cacheFolder(Map<String, String> properties, Map<String, String> environment) {
    String explicit =
        properties.getOrDefault("cornu.cache", environment.getOrDefault("CORNU_CACHE", ""));
    if (!explicit.isEmpty()) {
      return Path.of(explicit).toAbsolutePath();
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    return xdg.isEmpty()
        ? Path.of(properties.getOrDefault("user.home", "/"), ".cache", "cornu")
        : Path.of(xdg, "cornu");
  }

  boolean offline() {
    return flag("cornu.offline") || "1".equals(environment.get("CORNU_OFFLINE"));
  }

  private boolean flag(String name) {
    String value = properties.get(name);
    return value != null && (value.isEmpty() || Boolean.parseBoolean(value));
  }

  String python() {
    return properties.getOrDefault(
        "cornu.python", environment.getOrDefault("CORNU_PYTHON", "python3"));
  }
}
