package org.cornu.pjrt;

/**
 * Finds plugins. The order: an explicit path or package name, installed Python packages, the user's
 * cache, and last a download of the default CPU plugin by name.
 *
 * <p>Settings: {@code -Dcornu.pjrt.plugin=PATH|PACKAGE} or {@code CORNU_PJRT_PLUGIN} (a library, or
 * one of the known packages {@code xla-cpu-pjrt}, {@code fastatomstruct-xla-cpu}, {@code
 * lammps-jax-pjrt-cpu}); {@code -Dcornu.cache} or {@code CORNU_CACHE}; {@code
 * -Dcornu.offline=true}; {@code -Dcornu.python}.
 */
public final class Plugins {
  private Plugins() {}

  /**
   * Finds and loads the plugin for a platform.
   *
   * @param platform {@code cpu}, {@code gpu} or {@code tpu}
   * @throws PluginException if there is none; the message says what was tried and what to run
   */
  public static Plugin find(String platform) {
    return find(PluginRequest.of(Platform.of(platform)));
  }

  /** Finds and loads the plugin for a request. */
  public static Plugin find(PluginRequest request) {
    NativeSupport.require();
    return Plugin.load(new PluginSearch(request).locate(Hardware.ofThisMachine()));
  }

  /**
   * Finds a plugin and creates a client, and makes sure that the client has what was asked for: a
   * request for a GPU never ends on a CPU.
   *
   * @param platform {@code cpu}, {@code gpu} or {@code tpu}
   */
  public static Client createClient(String platform, ClientOptions options) {
    Platform wanted = Platform.of(platform);
    Plugin plugin = find(PluginRequest.of(wanted));
    Client client = plugin.createClient(options);
    if (!wanted.matches(client.platformName())) {
      String got = client.platformName();
      client.close();
      throw new PluginException(
          wanted.word()
              + ": the plugin "
              + plugin.path()
              + " drives a "
              + got
              + ", not what was"
              + " asked for; check cornu.pjrt.plugin");
    }
    return client;
  }
}
