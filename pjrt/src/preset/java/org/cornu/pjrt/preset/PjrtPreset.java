package org.cornu.pjrt.preset;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/** Tells JavaCPP how to turn Cornu's own declaration of the PJRT ABI into Java classes. */
@Properties(
    value =
        @Platform(
            include = {
              "pjrt_c_client.h",
              "pjrt_c_executable.h",
              "pjrt_c_callbacks.h",
              "pjrt_c_abi.h",
              "xla_ffi_abi.h",
              "cornu_calls.h",
              "cornu_ffi.h",
              "cornu_upcalls.h"
            },
            compiler = "cpp17",
            link = "dl",
            library = "jnicornupjrt"),
    target = "org.cornu.pjrt.capi",
    global = "org.cornu.pjrt.capi.Pjrt")
public class PjrtPreset implements InfoMapper {
  @Override
  public void map(InfoMap infoMap) {
    // The table is called by slot (cornu_call); its 138 function pointers need no Java classes.
    infoMap
        .put(new Info("PJRT_Api", "PJRT_Function", "PJRT_Event_OnReadyCallback").skip())
        .put(new Info("PJRT_Event_OnReady_Args", "PJRT_LoadedExecutable_Execute_Args").skip())
        .put(new Info("XLA_FFI_Api", "XLA_FFI_Error_Create_Args", "XLA_FFI_Handler").skip())
        .put(new Info("XLA_FFI_Metadata_Extension", "XLA_FFI_Metadata").skip())
        .put(new Info("XLA_FFI_Api_Version", "XLA_FFI_Extension_Base").skip())
        .put(new Info("XLA_FFI_CallFrame::api", "XLA_FFI_CallFrame::ctx").skip())
        .put(new Info("cornu_ffi_target", "cornu_ffi_minor", "cornu::ffi_call").skip())
        .put(new Info("cornu_upcall_target", "PJRT_CallbackError").skip())
        .put(new Info("PJRT_KeyValueGetCallback_Args::callback_error").skip())
        .put(new Info("PJRT_KeyValueTryGetCallback_Args::callback_error").skip())
        .put(new Info("PJRT_KeyValuePutCallback_Args::callback_error").skip());
  }
}
