package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.cornu.pjrt.capi.PJRT_Buffer;
import org.cornu.pjrt.capi.PJRT_Buffer_Bitcast_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_CopyRawToHost_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_DonateWithControlDependency_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_DynamicDimensionIndices_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_IsOnCpu_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_Memory_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_OnDeviceSizeInBytes_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_UnpaddedDimensions_Args;
import org.cornu.pjrt.capi.Pjrt;

/** What {@link Buffer} asks of the plugin now and then, and the rarer ways to pass it on. */
final class BufferQuestions {
  private BufferQuestions() {}

  private static <T> T ask(
      Buffer buffer, String operation, BiFunction<Frame, PJRT_Buffer, T> question) {
    long handle = buffer.acquire(operation);
    try (Frame frame = new Frame()) {
      return question.apply(frame, new PJRT_Buffer(new Address(handle)));
    } finally {
      buffer.release();
    }
  }

  /**
   * How the data came.
   *
   * @param known whether it is there or will never be
   * @param failure why it will never be
   */
  record Outcome(boolean known, Optional<PjrtException> failure) {}

  static Outcome outcome(Buffer buffer) {
    Api api = buffer.client().api();
    long handle = buffer.acquire("isReady");
    try {
      long[] error = new long[1];
      if (Pjrt.cornu_buffer_is_ready(api.address, handle, error) == 0) {
        return new Outcome(false, Optional.empty());
      }
      return new Outcome(
          true, error[0] == 0 ? Optional.empty() : Optional.of(api.exception(error[0], "ready")));
    } finally {
      buffer.release();
    }
  }

  static Optional<Memory> memory(Buffer buffer) {
    return ask(
        buffer,
        "memory",
        (frame, handle) -> {
          var args =
              frame
                  .args(PJRT_Buffer_Memory_Args.class, PJRT_Buffer_Memory_Args::new)
                  .buffer(handle);
          buffer.client().api().call(ApiFunction.PJRT_Buffer_Memory, args);
          long address = Address.of(args.memory());
          return buffer.device().memories().stream().filter(m -> m.handle == address).findFirst();
        });
  }

  static long onDeviceBytes(Buffer buffer) {
    return ask(
        buffer,
        "onDeviceBytes",
        (frame, handle) -> {
          var args =
              frame
                  .args(
                      PJRT_Buffer_OnDeviceSizeInBytes_Args.class,
                      PJRT_Buffer_OnDeviceSizeInBytes_Args::new)
                  .buffer(handle);
          buffer.client().api().call(ApiFunction.PJRT_Buffer_OnDeviceSizeInBytes, args);
          return args.on_device_size_in_bytes();
        });
  }

  static boolean isOnHost(Buffer buffer) {
    return ask(
        buffer,
        "isOnHost",
        (frame, handle) -> {
          var args =
              frame
                  .args(PJRT_Buffer_IsOnCpu_Args.class, PJRT_Buffer_IsOnCpu_Args::new)
                  .buffer(handle);
          buffer.client().api().call(ApiFunction.PJRT_Buffer_IsOnCpu, args);
          return args.is_on_cpu();
        });
  }

  static long[] unpaddedDimensions(Buffer buffer) {
    return ask(
        buffer,
        "unpaddedDimensions",
        (frame, handle) -> {
          var args =
              frame
                  .args(
                      PJRT_Buffer_UnpaddedDimensions_Args.class,
                      PJRT_Buffer_UnpaddedDimensions_Args::new)
                  .buffer(handle);
          buffer.client().api().call(ApiFunction.PJRT_Buffer_UnpaddedDimensions, args);
          long[] dims = new long[Math.toIntExact(args.num_dims())];
          for (int i = 0; i < dims.length; i++) {
            dims[i] = args.unpadded_dims().get(i);
          }
          return dims;
        });
  }

  static int[] dynamicDimensions(Buffer buffer) {
    return ask(
        buffer,
        "dynamicDimensions",
        (frame, handle) -> {
          var args =
              frame
                  .args(
                      PJRT_Buffer_DynamicDimensionIndices_Args.class,
                      PJRT_Buffer_DynamicDimensionIndices_Args::new)
                  .buffer(handle);
          buffer.client().api().call(ApiFunction.PJRT_Buffer_DynamicDimensionIndices, args);
          int[] indices = new int[Math.toIntExact(args.num_dynamic_dims())];
          for (int i = 0; i < indices.length; i++) {
            indices[i] = Math.toIntExact(args.dynamic_dim_indices().get(i));
          }
          return indices;
        });
  }

  static CompletableFuture<Void> copyRaw(Buffer buffer, ByteBuffer destination, long offset) {
    if (!destination.isDirect()) {
      throw new IllegalArgumentException("copyRawToHost: the destination must be a direct buffer");
    }
    long size = onDeviceBytes(buffer);
    if (offset < 0 || offset + destination.remaining() > size) {
      throw new IllegalArgumentException(
          "copyRawToHost: the piece lies outside the buffer: got bytes "
              + offset
              + " to "
              + (offset + destination.remaining())
              + " of "
              + size);
    }
    try {
      return ask(
          buffer,
          "copyRawToHost",
          (frame, handle) -> {
            var args =
                frame
                    .args(PJRT_Buffer_CopyRawToHost_Args.class, PJRT_Buffer_CopyRawToHost_Args::new)
                    .buffer(handle)
                    .dst(new Address(Address.of(destination) + destination.position()))
                    .offset(offset)
                    .transfer_size(destination.remaining());
            buffer.client().api().call(ApiFunction.PJRT_Buffer_CopyRawToHost, args);
            return Completions.future(
                buffer.client(), Address.of(args.event()), "copyRawToHost", destination);
          });
    } finally {
      Reference.reachabilityFence(destination);
    }
  }

  static Buffer bitcast(Buffer buffer, ArraySpec spec) {
    long bytes = spec.type().deviceBytes(Dimensions.elements("bitcast", spec.dims()));
    if (bytes != buffer.deviceBytes()) {
      throw new IllegalArgumentException(
          "bitcast: both views must have the same size: got "
              + Dimensions.text(buffer.type(), buffer.dims())
              + " of "
              + buffer.deviceBytes()
              + " bytes and "
              + spec
              + " of "
              + bytes);
    }
    return passOn(
        buffer,
        "bitcast",
        spec,
        (frame, handle) -> {
          var args =
              frame
                  .args(PJRT_Buffer_Bitcast_Args.class, PJRT_Buffer_Bitcast_Args::new)
                  .buffer(handle)
                  .element_type(spec.type().number())
                  .dims(frame.longs(spec.dims()))
                  .num_dims(spec.dimensions().size());
          buffer.client().api().call(ApiFunction.PJRT_Buffer_Bitcast, args);
          return Address.of(args.out_buffer());
        });
  }

  static Buffer donateAfter(Buffer buffer, CompletableFuture<?> dependency) {
    Client client = buffer.client();
    long[] callback = new long[2];
    Buffer result =
        passOn(
            buffer,
            "donateAfter",
            new ArraySpec(buffer.type(), java.util.Arrays.stream(buffer.dims()).boxed().toList()),
            (frame, handle) -> {
              var args =
                  frame
                      .args(
                          PJRT_Buffer_DonateWithControlDependency_Args.class,
                          PJRT_Buffer_DonateWithControlDependency_Args::new)
                      .buffer(handle);
              client.api().call(ApiFunction.PJRT_Buffer_DonateWithControlDependency, args);
              callback[0] = Address.of(args.dependency_ready_callback());
              callback[1] = Address.of(args.callback_data());
              return Address.of(args.out_buffer());
            });
    client.retain();
    var unused =
        dependency.whenComplete(
            (value, failure) -> {
              ErrorCode code =
                  failure == null
                      ? ErrorCode.OK
                      : failure instanceof PjrtException e ? e.code() : ErrorCode.ABORTED;
              byte[] message =
                  (failure == null ? "" : String.valueOf(failure))
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8);
              Pjrt.cornu_dependency_ready(
                  callback[0], callback[1], code.number(), message, message.length);
              client.release();
            });
    return result;
  }

  /** Makes a buffer of another one, which ends with it where the plugin took its memory. */
  private static Buffer passOn(
      Buffer buffer, String operation, ArraySpec spec, BiFunction<Frame, PJRT_Buffer, Long> call) {
    Client client = buffer.client();
    long handle = buffer.acquire(operation);
    boolean consumed = false;
    try (Frame frame = new Frame()) {
      long made = call.apply(frame, new PJRT_Buffer(new Address(handle)));
      consumed = Pjrt.cornu_buffer_is_deleted(client.api().address, handle);
      return Buffer.single(
          client,
          made,
          spec.type(),
          spec.dims(),
          buffer.device(),
          buffer.isReadable() && !spec.type().isSubByte());
    } finally {
      if (consumed) {
        buffer.releaseConsumed("donated to " + operation + CallSite.suffix());
      } else {
        buffer.release();
      }
    }
  }
}
