package org.cornu.pjrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Copies between host and device, beside plain copies of the same size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // the harness calls the set-up first
public class TransferBenchmark {
  /** Bytes per copy: 1 KiB, 1 MiB, 64 MiB. */
  @Param({"1024", "1048576", "67108864"})
  private int bytes;

  private Client client;
  private Device device;
  private float[] source;
  private long[] dims;
  private Buffer resident;
  private ByteBuffer target;
  private ByteBuffer direct;

  @Setup(Level.Trial)
  public void allocate() {
    client = Plugins.find("cpu").createClient(ClientOptions.cpu(1));
    device = client.devices().get(0);
    source = new float[bytes / Float.BYTES];
    dims = new long[] {source.length};
    resident = client.bufferFromHost(source, BufferType.F32, dims, device);
    target = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    direct = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @TearDown(Level.Trial)
  public void close() {
    client.close();
  }

  @Benchmark
  public void hostToDevice() {
    client.bufferFromHost(source, BufferType.F32, dims, device).close();
  }

  @Benchmark
  public void deviceToHost() {
    resident.toHost(target.clear());
  }

  @Benchmark
  public float[] deviceToNewArray() {
    return resident.toFloatArray();
  }

  /** What {@link #hostToDevice} is measured against: a copy into memory that is new each time. */
  @Benchmark
  public void memcpyIntoFreshMemory() {
    try (var fresh = new org.bytedeco.javacpp.BytePointer(bytes)) {
      org.bytedeco.javacpp.Pointer.memcpy(
          fresh, new org.bytedeco.javacpp.BytePointer(direct), bytes);
    }
  }

  /** What {@link #deviceToHost} is measured against: a copy into memory that is there already. */
  @Benchmark
  public ByteBuffer memcpy() {
    return target.clear().put(direct.clear());
  }
}
