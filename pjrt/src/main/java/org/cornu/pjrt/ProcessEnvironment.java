package org.cornu.pjrt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cornu.pjrt.capi.Pjrt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Environment variables that a plugin reads natively, and how Cornu defuses them.
 *
 * <p>A plugin writes its log to the terminal unless {@code TF_CPP_MIN_LOG_LEVEL} is 3 before it is
 * loaded, and ends the whole process at the first unknown entry of {@code XLA_FLAGS}. So the log is
 * off unless the user asks for it, and {@code XLA_FLAGS} is taken out of the native environment and
 * passed as compile options, which a plugin refuses with a plain error.
 */
final class ProcessEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessEnvironment.class);

  /** {@code -Dcornu.pjrt.log=LEVEL}: 0 everything, 1 warnings, 2 errors, 3 nothing (default). */
  static final String LOG_LEVEL = "cornu.pjrt.log";

  /** {@code -Dcornu.pjrt.xlaFlags=inherit} leaves XLA_FLAGS to the plugin, at the user's risk. */
  static final String FLAGS_MODE = "cornu.pjrt.xlaFlags";

  private static boolean prepared;
  private static final Map<String, String> FLAGS = new LinkedHashMap<>();

  private ProcessEnvironment() {}

  /** Runs before the first plugin is loaded. */
  static synchronized void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    String level = System.getProperty(LOG_LEVEL);
    if (level != null) {
      set("TF_CPP_MIN_LOG_LEVEL", level);
    } else if (System.getenv("TF_CPP_MIN_LOG_LEVEL") == null) {
      set("TF_CPP_MIN_LOG_LEVEL", "3");
    }
    String flags = System.getenv("XLA_FLAGS");
    if (flags != null && !"inherit".equals(System.getProperty(FLAGS_MODE))) {
      FLAGS.putAll(parseFlags(flags));
      set("XLA_FLAGS", "");
      LOG.debug("XLA_FLAGS becomes compile options: {}", FLAGS);
    }
  }

  /** Runs before every client: the thread pools are sized from the environment each time. */
  static void beforeClient() {
    String threads = System.getProperty("cornu.pjrt.threads");
    if (threads != null) {
      set("PJRT_NPROC", threads);
    }
  }

  /** The user's XLA_FLAGS as compile option overrides. */
  static synchronized Map<String, String> flags() {
    return Map.copyOf(FLAGS);
  }

  /** {@code --a=1 --b} becomes {@code {a=1, b=true}}. */
  static Map<String, String> parseFlags(String text) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String word : text.trim().split("\\s+")) {
      String flag = word.replaceFirst("^-{1,2}", "");
      if (flag.isEmpty()) {
        continue;
      }
      int equals = flag.indexOf('=');
      if (equals < 0) {
        flags.put(flag, "true");
      } else {
        flags.put(flag.substring(0, equals), flag.substring(equals + 1));
      }
    }
    return flags;
  }

  private static void set(String name, String value) {
    if (Pjrt.cornu_set_environment(name, value, 1) != 0) {
      LOG.warn("cannot set {} in the native environment", name);
    }
  }
}
