package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.cornu.pjrt.capi.PJRT_CopyToDeviceStream;
import org.cornu.pjrt.capi.PJRT_CopyToDeviceStream_CurrentBytes_Args;
import org.cornu.pjrt.capi.PJRT_CopyToDeviceStream_Destroy_Args;
import org.cornu.pjrt.capi.PJRT_CopyToDeviceStream_GranuleSize_Args;
import org.cornu.pjrt.capi.PJRT_CopyToDeviceStream_TotalBytes_Args;
import org.cornu.pjrt.capi.Pjrt;

/** The way of an array from the host into a running program. Thread-safe. */
public final class DeviceStream implements AutoCloseable {
  private final Client client;
  private final NativeHandle handle;

  DeviceStream(Client client, long stream) {
    this.client = client;
    Api api = client.api();
    this.handle =
        new NativeHandle(
            this,
            client,
            stream,
            address -> {
              try (Frame frame = new Frame()) {
                var unused =
                    api.tryCall(
                        ApiFunction.PJRT_CopyToDeviceStream_Destroy,
                        frame
                            .args(
                                PJRT_CopyToDeviceStream_Destroy_Args.class,
                                PJRT_CopyToDeviceStream_Destroy_Args::new)
                            .stream(new PJRT_CopyToDeviceStream(new Address(address))));
              }
            });
  }

  private interface Question {
    long ask(Frame frame, PJRT_CopyToDeviceStream stream);
  }

  private long ask(Question question) {
    long address = acquire();
    try (Frame frame = new Frame()) {
      return question.ask(frame, new PJRT_CopyToDeviceStream(new Address(address)));
    } finally {
      release();
    }
  }

  /** The size of the whole array. */
  public long totalBytes() {
    return ask(
        (frame, stream) -> {
          var args =
              frame
                  .args(
                      PJRT_CopyToDeviceStream_TotalBytes_Args.class,
                      PJRT_CopyToDeviceStream_TotalBytes_Args::new)
                  .stream(stream);
          client.api().call(ApiFunction.PJRT_CopyToDeviceStream_TotalBytes, args);
          return args.total_bytes();
        });
  }

  /** Pieces must be multiples of this size. */
  public long granuleBytes() {
    return ask(
        (frame, stream) -> {
          var args =
              frame
                  .args(
                      PJRT_CopyToDeviceStream_GranuleSize_Args.class,
                      PJRT_CopyToDeviceStream_GranuleSize_Args::new)
                  .stream(stream);
          client.api().call(ApiFunction.PJRT_CopyToDeviceStream_GranuleSize, args);
          return args.granule_size_in_bytes();
        });
  }

  /** How much was added so far. */
  public long currentBytes() {
    return ask(
        (frame, stream) -> {
          var args =
              frame
                  .args(
                      PJRT_CopyToDeviceStream_CurrentBytes_Args.class,
                      PJRT_CopyToDeviceStream_CurrentBytes_Args::new)
                  .stream(stream);
          client.api().call(ApiFunction.PJRT_CopyToDeviceStream_CurrentBytes, args);
          return args.current_bytes();
        });
  }

  /**
   * Adds a piece, which is copied at once.
   *
   * @param chunk a direct buffer, position to limit
   * @return completes when the device has it
   */
  public CompletableFuture<Void> add(ByteBuffer chunk) {
    if (!chunk.isDirect()) {
      throw new IllegalArgumentException("add: the piece must be a direct buffer");
    }
    client.api().require(ApiFunction.PJRT_CopyToDeviceStream_AddChunk);
    long address = acquire();
    try {
      long[] event = new long[1];
      client
          .api()
          .check(
              Pjrt.cornu_stream_add(
                  client.api().address,
                  address,
                  Address.of(chunk) + chunk.position(),
                  chunk.remaining(),
                  event),
              ApiFunction.PJRT_CopyToDeviceStream_AddChunk);
      return Completions.future(client, event[0], "stream", this);
    } finally {
      release();
      Reference.reachabilityFence(chunk);
    }
  }

  private long acquire() {
    long address = handle.acquire();
    if (address == 0) {
      throw new IllegalStateException("the stream is closed");
    }
    return address;
  }

  private void release() {
    try {
      handle.release();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Ends the stream. Idempotent. */
  @Override
  public void close() {
    handle.close();
  }
}
