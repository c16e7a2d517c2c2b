package org.cornu.pjrt;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How one execution runs. Immutable; each setter returns a changed copy. */
public final class ExecuteOptions {
  private static final ExecuteOptions DEFAULTS = new ExecuteOptions();

  // Written by the setters, on the copy they return only.
  private @Nullable Device device;
  private int[] keep = {};
  private String callSite = "";
  private int launchId;
  private @Nullable ExecuteContext context;
  private Map<Long, HostSend> sends = Map.of();
  private Map<Long, HostReceive> receives = Map.of();

  private ExecuteOptions() {}

  private ExecuteOptions copy() {
    ExecuteOptions copy = new ExecuteOptions();
    copy.device = device;
    copy.keep = keep;
    copy.callSite = callSite;
    copy.launchId = launchId;
    copy.context = context;
    copy.sends = sends;
    copy.receives = receives;
    return copy;
  }

  /** What the program says: its devices, its donations. */
  public static ExecuteOptions defaults() {
    return DEFAULTS;
  }

  /** The device of a portable executable. */
  public ExecuteOptions device(Device value) {
    ExecuteOptions copy = copy();
    copy.device = value;
    return copy;
  }

  /** Parameters whose arguments must survive although the program may consume them. */
  public ExecuteOptions keep(int... parameters) {
    ExecuteOptions copy = copy();
    copy.keep = parameters.clone();
    return copy;
  }

  /** The line of the user's code this execution stands for, named in errors. */
  public ExecuteOptions callSite(String value) {
    ExecuteOptions copy = copy();
    copy.callSite = value;
    return copy;
  }

  /** A number that must be equal on all processes of a multi-process launch. */
  public ExecuteOptions launchId(int value) {
    ExecuteOptions copy = copy();
    copy.launchId = value;
    return copy;
  }

  /** State that native custom call handlers find. It must stay open until the execution ended. */
  public ExecuteOptions context(ExecuteContext value) {
    ExecuteOptions copy = copy();
    copy.context = value;
    return copy;
  }

  /**
   * Takes what the program sends to the host over a channel ({@code stablehlo.send} with {@code
   * is_host_transfer}), on every device. CPU plugins compile no such programs.
   */
  public ExecuteOptions send(long channel, HostSend handler) {
    ExecuteOptions copy = copy();
    copy.sends = new TreeMap<>(sends);
    copy.sends.put(channel, handler);
    return copy;
  }

  /**
   * Provides what the program receives from the host over a channel ({@code stablehlo.recv} with
   * {@code is_host_transfer}), on every device. CPU plugins compile no such programs.
   */
  public ExecuteOptions receive(long channel, HostReceive handler) {
    ExecuteOptions copy = copy();
    copy.receives = new TreeMap<>(receives);
    copy.receives.put(channel, handler);
    return copy;
  }

  /** The device of a portable executable. */
  public Optional<Device> device() {
    return Optional.ofNullable(device);
  }

  int[] keep() {
    return keep;
  }

  String callSite() {
    return callSite;
  }

  int launchId() {
    return launchId;
  }

  @Nullable ExecuteContext context() {
    return context;
  }

  Map<Long, HostSend> sends() {
    return sends;
  }

  Map<Long, HostReceive> receives() {
    return receives;
  }
}
