package org.cornu.pjrt;

import java.util.List;
import java.util.Map;

/**
 * Java code that a program runs as an op: {@code stablehlo.custom_call} with {@code api_version =
 * 4}. Registered with {@link CustomCalls}.
 */
@FunctionalInterface
public interface CustomCallHandler {
  /**
   * Computes the results from the arguments. Runs on a thread of the plugin, or on the thread that
   * launched the program; several executions may call it at once. It must not wait for results of
   * the same client: the plugin may need this very thread to compute them.
   *
   * @param call what the program passes; valid during the call
   * @throws Exception makes the execution fail with the exception's text
   */
  void call(Call call) throws Exception;

  /**
   * One call.
   *
   * @param arguments the operands
   * @param results to be filled completely
   * @param attributes the op's {@code backend_config}: String, Long, Integer, Double, Float,
   *     Boolean, primitive arrays, and maps of these
   */
  record Call(List<HostArray> arguments, List<HostArray> results, Map<String, Object> attributes) {}
}
