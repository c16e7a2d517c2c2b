package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.util.List;
import java.util.function.Function;
import org.cornu.pjrt.capi.PJRT_Executable;

/**
 * A program that was compiled without a client: it can be described and serialized here, and run by
 * a client that has such devices ({@link Client#load}).
 */
public final class CompiledProgram implements AutoCloseable {
  private final Plugin plugin;
  private final NativeHandle handle;

  CompiledProgram(Plugin plugin, long address) {
    this.plugin = plugin;
    Api api = plugin.api();
    this.handle =
        new NativeHandle(
            this,
            null,
            address,
            at -> new ExecutableInfo(api, new PJRT_Executable(new Address(at))).close());
  }

  private <T> T ask(Function<ExecutableInfo, T> question) {
    long address = acquire();
    try {
      return question.apply(
          new ExecutableInfo(plugin.api(), new PJRT_Executable(new Address(address))));
    } finally {
      release();
    }
  }

  long acquire() {
    long address = handle.acquire();
    if (address == 0) {
      throw new IllegalStateException("the compiled program is closed");
    }
    return address;
  }

  void release() {
    try {
      handle.release();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The plugin that compiled it. */
  public Plugin plugin() {
    return plugin;
  }

  /** The program's name. */
  public String name() {
    return ask(ExecutableInfo::name);
  }

  /** The element types of the results. */
  public List<BufferType> outputTypes() {
    return List.of(ask(ExecutableInfo::outputTypes));
  }

  /** The memory the compiler planned. */
  public CompiledMemoryStats memoryStats() {
    return ask(ExecutableInfo::memoryStats);
  }

  /** A short text that differs between different programs. */
  public String fingerprint() {
    return ask(ExecutableInfo::fingerprint);
  }

  /** The program after the compiler's passes, usually {@code hlo_with_config}. */
  public SerializedProgram optimizedProgram() {
    return ask(ExecutableInfo::optimizedProgram);
  }

  /** The plugin's own bytes, without Cornu's checksum: see {@link LoadedExecutable#serialize}. */
  public byte[] serialize() {
    return ask(ExecutableInfo::serialize);
  }

  /** Frees the program. Idempotent. */
  @Override
  public void close() {
    handle.close();
  }
}
