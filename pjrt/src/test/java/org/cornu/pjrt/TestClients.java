package org.cornu.pjrt;

/**
 * One CPU client for all tests of the module: eight devices, the plugin that a property selects.
 */
final class TestClients {
  private static final class Holder {
    static final Client CLIENT = Plugins.find("cpu").createClient(ClientOptions.cpu(8));
  }

  private TestClients() {}

  static Client shared() {
    return Holder.CLIENT;
  }

  /** Whether the plugin's XLA knows an element type at all. */
  static boolean offersType(BufferType type) {
    return switch (type) {
      case S1, U1 -> shared().plugin().offers(ApiFunction.PJRT_Executable_ParameterMemoryKinds);
      default -> true;
    };
  }

  static Device device() {
    return shared().devices().get(0);
  }
}
