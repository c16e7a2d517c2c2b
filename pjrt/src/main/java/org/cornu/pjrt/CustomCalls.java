package org.cornu.pjrt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.cornu.pjrt.capi.PJRT_FFI_Register_Handler_Args;
import org.cornu.pjrt.capi.PJRT_FFI_Register_Handler_Args_Untyped;
import org.cornu.pjrt.capi.Pjrt;
import org.cornu.pjrt.capi.XLA_FFI_CallFrame;
import org.cornu.pjrt.capi.cornu_ffi_callback;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of {@code stablehlo.custom_call}: Java code, or functions of a native library.
 *
 * <pre>{@code
 * CustomCalls.register(plugin, "my_double", call -> {
 *   FloatBuffer x = call.arguments().get(0).data().asFloatBuffer();
 *   FloatBuffer y = call.results().get(0).data().asFloatBuffer();
 *   while (x.hasRemaining()) {
 *     y.put(2 * x.get());
 *   }
 * });
 * // %y = stablehlo.custom_call @my_double(%x) {api_version = 4 : i32}
 * //     : (tensor<4xf32>) -> tensor<4xf32>
 * }</pre>
 *
 * <p>Handlers must be registered before the program is compiled. A plugin keeps them until the
 * process ends; registering a name again replaces the Java code behind it. Java handlers run on the
 * host and are registered for host platforms.
 */
public final class CustomCalls {
  /**
   * The target for handlers that come and go: its {@code backend_config} names one by number, as in
   * {@code {cornu_callback = 7 : i64}}.
   */
  public static final String CALLBACK_TARGET = "cornu.callback";

  /** The attribute of {@link #CALLBACK_TARGET} that holds the number. */
  public static final String CALLBACK_ATTRIBUTE = "cornu_callback";

  private static final int FFI_EXTENSION = Pjrt.PJRT_Extension_Type_FFI;
  private static final long REGISTER_OFFSET = 40;
  private static final int MAX_SLOTS = 256;
  private static final int MAX_MINOR_VERSION = 9;
  private static final String HOST = "Host";

  private static final List<CustomCallHandler> SLOTS = new CopyOnWriteArrayList<>();
  private static final Map<String, Integer> SLOT_OF = new HashMap<>();
  private static final Map<Long, CustomCallHandler> CALLBACKS = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_CALLBACK = new AtomicLong();

  /** Referenced for ever: the native function pointer dies with it. */
  private static @Nullable Trampoline trampoline;

  private CustomCalls() {}

  /** Where native code enters Java. */
  private static final class Trampoline extends cornu_ffi_callback {
    @Override
    public int call(int slot, long frame, BytePointer message, long capacity) {
      try {
        SLOTS.get(slot).call(CustomCallFrames.read(new XLA_FFI_CallFrame(new Address(frame))));
        return 0;
      } catch (Throwable e) {
        // Nothing may unwind into native frames: the execution fails with this text instead.
        String text =
            e instanceof PjrtException failure ? failure.pluginMessage() : String.valueOf(e);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(bytes.length, capacity - 1);
        message.put(bytes, 0, length);
        message.put(length, (byte) 0);
        return (e instanceof PjrtException failure ? failure.code() : ErrorCode.INTERNAL).number();
      }
    }
  }

  /**
   * Registers Java code as the handler of a custom call on host platforms.
   *
   * @param target the name in {@code custom_call @target}
   * @throws PjrtException if the plugin has no FFI extension or refuses the handler
   */
  public static synchronized void register(
      Plugin plugin, String target, CustomCallHandler handler) {
    String key = plugin.path() + "\0" + target;
    Integer known = SLOT_OF.get(key);
    if (known != null) {
      SLOTS.set(known, handler);
      return;
    }
    if (SLOTS.size() == MAX_SLOTS) {
      throw new IllegalStateException(
          "register: there is room for "
              + MAX_SLOTS
              + " custom call names; use registerCallback for handlers that come and go");
    }
    if (trampoline == null) {
      trampoline = new Trampoline();
      Pjrt.cornu_ffi_set_target(trampoline);
    }
    int slot = SLOTS.size();
    SLOTS.add(handler);
    try {
      registerHandler(plugin, target, HOST, Pjrt.cornu_ffi_handler(slot));
    } catch (PjrtException e) {
      SLOTS.remove(slot);
      throw e;
    }
    SLOT_OF.put(key, slot);
  }

  /**
   * Registers a handler without a name of its own.
   *
   * @return the number to write into a program's {@value #CALLBACK_ATTRIBUTE}
   */
  public static long registerCallback(Plugin plugin, CustomCallHandler handler) {
    register(plugin, CALLBACK_TARGET, CustomCalls::dispatch);
    long id = NEXT_CALLBACK.incrementAndGet();
    CALLBACKS.put(id, handler);
    return id;
  }

  /** Forgets a handler of {@link #registerCallback}; programs that still call it fail. */
  public static void unregisterCallback(long id) {
    CALLBACKS.remove(id);
  }

  private static void dispatch(CustomCallHandler.Call call) throws Exception {
    if (!(call.attributes().get(CALLBACK_ATTRIBUTE) instanceof Long id)) {
      throw new IllegalArgumentException(
          CALLBACK_TARGET + ": the attribute " + CALLBACK_ATTRIBUTE + " is missing or no i64");
    }
    CustomCallHandler handler = CALLBACKS.get(id);
    if (handler == null) {
      throw new IllegalStateException(CALLBACK_TARGET + ": callback " + id + " is not registered");
    }
    handler.call(call);
  }

  /**
   * Registers a native function of type {@code XLA_FFI_Error* (XLA_FFI_CallFrame*)}.
   *
   * @param platform {@code Host}, {@code CUDA} or {@code ROCM}
   * @param library the shared library that exports it; it stays loaded
   * @param symbol the exported C name
   */
  public static synchronized void registerNative(
      Plugin plugin, String target, String platform, Path library, String symbol) {
    byte[] message = new byte[2048];
    long function = Pjrt.cornu_find_symbol(library.toString(), symbol, message, message.length);
    if (function == 0) {
      throw new PluginException(
          "custom call '"
              + target
              + "': no symbol '"
              + symbol
              + "' in "
              + library
              + ": "
              + Frame.terminatedText(message));
    }
    registerHandler(plugin, target, platform, function);
  }

  /** Whether a plugin takes custom call handlers. */
  public static boolean isSupported(Plugin plugin) {
    return Pjrt.cornu_has_extension(plugin.api().address, FFI_EXTENSION);
  }

  private static void registerHandler(
      Plugin plugin, String target, String platform, long function) {
    PjrtException refused = null;
    // A plugin takes handlers of its own interface version only, and does not say which it is.
    for (int minor = 1; minor <= MAX_MINOR_VERSION; minor++) {
      Pjrt.cornu_ffi_set_minor_version(minor);
      refused = tryRegister(plugin, target, platform, function);
      if (refused == null || !refused.pluginMessage().contains("version")) {
        break;
      }
    }
    if (refused != null) {
      throw refused;
    }
  }

  private static @Nullable PjrtException tryRegister(
      Plugin plugin, String target, String platform, long function) {
    Api api = plugin.api();
    try (Frame frame = new Frame()) {
      long error;
      if (hasVersionField(api)) {
        var args =
            frame.args(
                PJRT_FFI_Register_Handler_Args_Untyped.class,
                PJRT_FFI_Register_Handler_Args_Untyped::new);
        args.target_name(frame.text(target)).target_name_size(Frame.utf8Length(target));
        args.platform_name(frame.text(platform)).platform_name_size(Frame.utf8Length(platform));
        args.api_version(1).handler(new Address(function));
        error = extensionCall(api, args);
      } else {
        var args =
            frame.args(PJRT_FFI_Register_Handler_Args.class, PJRT_FFI_Register_Handler_Args::new);
        args.target_name(frame.text(target)).target_name_size(Frame.utf8Length(target));
        args.platform_name(frame.text(platform)).platform_name_size(Frame.utf8Length(platform));
        args.handler(new Address(function));
        error = extensionCall(api, args);
      }
      if (error == -1) {
        return new PjrtException(
            "register",
            ErrorCode.UNIMPLEMENTED,
            "this plugin (API " + plugin.apiVersion() + ") does not offer the FFI extension");
      }
      return error == 0 ? null : api.exception(error, "register custom call '" + target + "'");
    }
  }

  private static long extensionCall(Api api, Pointer args) {
    return Pjrt.cornu_extension_call(
        api.address, FFI_EXTENSION, REGISTER_OFFSET, args, Loader.sizeof(args.getClass()));
  }

  /** Asks with a size that is too small: the refusal names the size that the plugin expects. */
  private static boolean hasVersionField(Api api) {
    try (Frame frame = new Frame()) {
      long error =
          Pjrt.cornu_extension_call(
              api.address, FFI_EXTENSION, REGISTER_OFFSET, frame.zeroed(128), 8);
      return error > 0 && api.exception(error, "register").pluginMessage().contains("expected 60");
    }
  }
}
