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
            include = {"pjrt_c_abi.h", "cornu_calls.h"},
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
        .put(new Info("PJRT_Event_OnReady_Args", "PJRT_LoadedExecutable_Execute_Args").skip());
  }
}
