package org.cornu.pjrt;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a launch costs: one scalar addition, and 200 small donated parameters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // the harness calls the set-up first
public class DispatchBenchmark {
  private static final int PARAMETERS = 200;

  private Client client;
  private LoadedExecutable add;
  private LoadedExecutable all;
  private Buffer x;
  private Buffer[] state;

  @Setup(Level.Trial)
  public void compile() {
    client = Plugins.find("cpu").createClient(ClientOptions.cpu(1));
    Device device = client.devices().get(0);
    add = client.compile(Programs.add(1), CompileOptions.defaults());
    all = client.compile(Programs.doubleAll(PARAMETERS), CompileOptions.defaults());
    x = client.bufferFromHost(new float[] {1}, BufferType.F32, new long[] {1}, device);
    state = new Buffer[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      state[i] = client.bufferFromHost(new float[16], BufferType.F32, new long[] {16}, device);
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    client.close();
  }

  @Benchmark
  public void scalarAdd() {
    add.execute(x, x)[0].close();
  }

  @Benchmark
  public void scalarAddAndAwait() {
    try (Buffer sum = add.execute(x, x)[0]) {
      sum.await();
    }
  }

  @Benchmark
  public long scalarAddAndRead() {
    try (Buffer sum = add.execute(x, x)[0]) {
      return sum.elementBits(0);
    }
  }

  @Benchmark
  public Buffer[] donated200() {
    state = all.execute(state);
    return state;
  }
}
