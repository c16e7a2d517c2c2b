package org.cornu.pjrt;

import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.cornu.pjrt.capi.Pjrt;

/** One plugin's function table: generic calls, and the plugin's errors turned into exceptions. */
final class Api {
  private static final int NOT_OFFERED = -1;

  /** Address of the plugin's {@code PJRT_Api}; valid until the process ends. */
  final long address;

  final int majorVersion;
  final int minorVersion;

  Api(long address, int majorVersion, int minorVersion) {
    this.address = address;
    this.majorVersion = majorVersion;
    this.minorVersion = minorVersion;
  }

  boolean offers(ApiFunction function) {
    return Pjrt.cornu_offers(address, function.slot());
  }

  /** Throws, naming the function and the plugin's version, when the plugin's table lacks it. */
  void require(ApiFunction function) {
    if (!offers(function)) {
      throw notOffered(function);
    }
  }

  /** Calls a function with an argument struct that {@link Frame#args} allocated. */
  void call(ApiFunction function, Pointer args) {
    long error =
        Pjrt.cornu_call(
            address, function.slot(), args, Loader.sizeof(args.getClass()) + Frame.SLACK);
    if (error == NOT_OFFERED) {
      throw notOffered(function);
    }
    check(error, function);
  }

  /** Like {@link #call} for clean-up code: returns false where the call failed. */
  boolean tryCall(ApiFunction function, Pointer args) {
    try {
      call(function, args);
      return true;
    } catch (PjrtException e) {
      return false;
    }
  }

  void check(long error, ApiFunction function) {
    if (error != 0) {
      throw exception(error, function.name());
    }
  }

  void check(long error, String operation) {
    if (error != 0) {
      throw exception(error, operation);
    }
  }

  /** Takes over the error: reads code and message, then frees it. */
  PjrtException exception(long error, String operation) {
    try {
      int code = Pjrt.cornu_error_code(address, error);
      byte[] message = new byte[Math.toIntExact(Pjrt.cornu_error_message_size(address, error))];
      Pjrt.cornu_error_message(address, error, message, message.length);
      return new PjrtException(
          operation, ErrorCode.of(code), new String(message, StandardCharsets.UTF_8));
    } finally {
      Pjrt.cornu_error_destroy(address, error);
    }
  }

  String version() {
    return majorVersion + "." + minorVersion;
  }

  private PjrtException notOffered(ApiFunction function) {
    String since =
        function.sinceMinorVersion() > minorVersion
            ? "; it came with API 0." + function.sinceMinorVersion()
            : "";
    return new PjrtException(
        function.name(),
        ErrorCode.UNIMPLEMENTED,
        "this plugin (API " + version() + ") does not offer " + function + since);
  }
}
