package org.cornu.pjrt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one execution runs. Immutable; each setter returns a changed copy. */
public final class ExecuteOptions {
  private static final ExecuteOptions DEFAULTS = new ExecuteOptions(null, new int[0], "", 0);

  private final @Nullable Device device;
  private final int[] keep;
  private final String callSite;
  private final int launchId;

  private ExecuteOptions(@Nullable Device device, int[] keep, String callSite, int launchId) {
    this.device = device;
    this.keep = keep;
    this.callSite = callSite;
    this.launchId = launchId;
  }

  /** What the program says: its devices, its donations. */
  public static ExecuteOptions defaults() {
    return DEFAULTS;
  }

  /** The device of a portable executable. */
  public ExecuteOptions device(Device value) {
    return new ExecuteOptions(value, keep, callSite, launchId);
  }

  /** Parameters whose arguments must survive although the program may consume them. */
  public ExecuteOptions keep(int... parameters) {
    return new ExecuteOptions(device, parameters.clone(), callSite, launchId);
  }

  /** The line of the user's code this execution stands for, named in errors. */
  public ExecuteOptions callSite(String value) {
    return new ExecuteOptions(device, keep, value, launchId);
  }

  /** A number that must be equal on all processes of a multi-process launch. */
  public ExecuteOptions launchId(int value) {
    return new ExecuteOptions(device, keep, callSite, value);
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
}
