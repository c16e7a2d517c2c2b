package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.cornu.pjrt.capi.PJRT_Buffer;
import org.cornu.pjrt.capi.PJRT_Buffer_MemoryLayout;
import org.cornu.pjrt.capi.PJRT_Buffer_MemoryLayout_Tiled;
import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Executable;
import org.cornu.pjrt.capi.PJRT_Layouts_MemoryLayout;
import org.cornu.pjrt.capi.PJRT_Layouts_MemoryLayout_Destroy_Args;
import org.cornu.pjrt.capi.PJRT_Layouts_MemoryLayout_Serialize_Args;
import org.cornu.pjrt.capi.PJRT_Layouts_PJRT_Buffer_MemoryLayout_Args;
import org.cornu.pjrt.capi.PJRT_Layouts_PJRT_Client_GetDefaultLayout_Args;
import org.cornu.pjrt.capi.PJRT_Layouts_PJRT_Executable_GetOutputLayouts_Args;
import org.cornu.pjrt.capi.PJRT_Layouts_PJRT_Executable_GetParameterLayouts_Args;
import org.cornu.pjrt.capi.Pjrt;

/**
 * The layouts extension: how arrays lie in device memory, as XLA's own text, such as {@code {1,0}}
 * for row-major matrices (the fastest axis first).
 */
final class Layouts {
  private static final int TYPE = Pjrt.PJRT_Extension_Type_Layouts;
  private static final long DESTROY = 24;
  private static final long SERIALIZE = 32;
  private static final long CLIENT_DEFAULT = 40;
  private static final long BUFFER = 48;
  private static final long EXECUTABLE_OUTPUTS = 64;
  private static final long EXECUTABLE_PARAMETERS = 72;

  private final Api api;

  Layouts(Api api) {
    this.api = api;
  }

  String ofBuffer(long buffer) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Layouts_PJRT_Buffer_MemoryLayout_Args.class,
                  PJRT_Layouts_PJRT_Buffer_MemoryLayout_Args::new)
              .buffer(new PJRT_Buffer(new Address(buffer)));
      call(BUFFER, args, "buffer layout");
      return takeText(frame, args.layout());
    }
  }

  String clientDefault(long client, ArraySpec spec) {
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_Layouts_PJRT_Client_GetDefaultLayout_Args.class,
              PJRT_Layouts_PJRT_Client_GetDefaultLayout_Args::new);
      args.client(new PJRT_Client(new Address(client)));
      args.type(spec.type().number());
      args.dims(frame.longs(spec.dims())).num_dims(spec.dimensions().size());
      call(CLIENT_DEFAULT, args, "default layout");
      return takeText(frame, args.layout());
    }
  }

  /** Layouts of an executable belong to it and are not destroyed. */
  List<String> ofOutputs(PJRT_Executable executable) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Layouts_PJRT_Executable_GetOutputLayouts_Args.class,
                  PJRT_Layouts_PJRT_Executable_GetOutputLayouts_Args::new)
              .executable(executable);
      call(EXECUTABLE_OUTPUTS, args, "output layouts");
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < args.num_outputs(); i++) {
        texts.add(text(frame, args.layouts(i)));
      }
      return Collections.unmodifiableList(texts);
    }
  }

  /** As {@link #ofOutputs}, for the parameters. */
  List<String> ofParameters(PJRT_Executable executable) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Layouts_PJRT_Executable_GetParameterLayouts_Args.class,
                  PJRT_Layouts_PJRT_Executable_GetParameterLayouts_Args::new)
              .executable(executable);
      call(EXECUTABLE_PARAMETERS, args, "parameter layouts");
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < args.num_parameters(); i++) {
        texts.add(text(frame, args.layouts(i)));
      }
      return Collections.unmodifiableList(texts);
    }
  }

  private String takeText(Frame frame, PJRT_Layouts_MemoryLayout layout) {
    try {
      return text(frame, layout);
    } finally {
      var destroy =
          frame
              .args(
                  PJRT_Layouts_MemoryLayout_Destroy_Args.class,
                  PJRT_Layouts_MemoryLayout_Destroy_Args::new)
              .layout(layout);
      call(DESTROY, destroy, "layout");
    }
  }

  private String text(Frame frame, PJRT_Layouts_MemoryLayout layout) {
    var args =
        frame
            .args(
                PJRT_Layouts_MemoryLayout_Serialize_Args.class,
                PJRT_Layouts_MemoryLayout_Serialize_Args::new)
            .layout(layout);
    call(SERIALIZE, args, "layout");
    String text = Frame.text(args.serialized_bytes(), args.serialized_bytes_size());
    Pjrt.cornu_delete(
        Address.of(args.serialized_layout_deleter()), Address.of(args.serialized_layout()));
    return text;
  }

  private void call(long slot, Pointer args, String operation) {
    long error =
        Pjrt.cornu_extension_call(
            api.address, TYPE, slot, args, Loader.sizeof(args.getClass()) + Frame.SLACK);
    if (error == -1) {
      throw new PjrtException(
          operation,
          ErrorCode.UNIMPLEMENTED,
          "this plugin (API "
              + api.version()
              + ") does not offer this part of the layouts"
              + " extension");
    }
    api.check(error, operation);
  }

  /** The layout of an array as it lies on the host; some functions abort without one. */
  static PJRT_Buffer_MemoryLayout rowMajor(Frame frame, int rank) {
    long[] order = new long[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = rank - 1 - i;
    }
    PJRT_Buffer_MemoryLayout layout =
        frame.structs(PJRT_Buffer_MemoryLayout.class, PJRT_Buffer_MemoryLayout::new, 1);
    layout.struct_size(Loader.sizeof(PJRT_Buffer_MemoryLayout.class));
    layout.type(Pjrt.PJRT_Buffer_MemoryLayout_Type_Tiled);
    layout
        .tiled()
        .struct_size(Loader.sizeof(PJRT_Buffer_MemoryLayout_Tiled.class))
        .minor_to_major(frame.longs(order))
        .minor_to_major_size(rank);
    return layout;
  }
}
