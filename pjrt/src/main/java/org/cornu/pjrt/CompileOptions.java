package org.cornu.pjrt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a program is compiled. Immutable; build one with {@link #builder}.
 *
 * <p>Defaults: one replica, one partition, the plugin's first device, the plugin's own optimization
 * level.
 */
public final class CompileOptions {
  private static final CompileOptions DEFAULTS = builder().build();

  private final int replicas;
  private final int partitions;
  private final @Nullable DeviceAssignment deviceAssignment;
  private final @Nullable Boolean useSpmd;
  private final boolean useShardy;
  private final boolean portable;
  private final boolean aliasPassthroughParameters;
  private final @Nullable ProgramSignature signature;
  private final String format;
  private final String name;
  private final byte @Nullable [] serialized;
  private final Map<String, Object> overrides;

  private CompileOptions(Builder builder) {
    this.replicas = builder.replicas;
    this.partitions = builder.partitions;
    this.deviceAssignment = builder.deviceAssignment;
    this.useSpmd = builder.useSpmd;
    this.useShardy = builder.useShardy;
    this.portable = builder.portable;
    this.aliasPassthroughParameters = builder.aliasPassthroughParameters;
    this.signature = builder.signature;
    this.format = builder.format;
    this.name = builder.name;
    this.serialized = builder.serialized;
    this.overrides = Collections.unmodifiableMap(new LinkedHashMap<>(builder.overrides));
  }

  /** One program on one device. */
  public static CompileOptions defaults() {
    return DEFAULTS;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The number of data-parallel copies of the program, at least 1. */
  public int replicas() {
    return replicas;
  }

  /** The number of devices that share one copy, at least 1. */
  public int partitions() {
    return partitions;
  }

  /** The devices; empty to take the plugin's choice. */
  public Optional<DeviceAssignment> deviceAssignment() {
    return Optional.ofNullable(deviceAssignment);
  }

  /** Whether XLA partitions the program; by default when there is more than one partition. */
  public boolean useSpmd() {
    return useSpmd != null ? useSpmd : partitions > 1;
  }

  /** Whether shardings are Shardy's ({@code sdy}); default true, harmless without any. */
  public boolean useShardy() {
    return useShardy;
  }

  /** Whether the executable may run on any device, chosen at each call. */
  public boolean portable() {
    return portable;
  }

  /** Whether parameters that are returned unchanged share memory with the result. */
  public boolean aliasPassthroughParameters() {
    return aliasPassthroughParameters;
  }

  /** The declared parameters; empty when arguments are not to be checked in Java. */
  public Optional<ProgramSignature> signature() {
    return Optional.ofNullable(signature);
  }

  /** The program's format: {@code mlir} (text or bytecode) or {@code hlo}. */
  public String format() {
    return format;
  }

  /** The name in errors; empty to use the program's own. */
  public String name() {
    return name;
  }

  byte @Nullable [] serialized() {
    return serialized;
  }

  /** XLA's debug options by their names, such as {@code xla_cpu_enable_fast_math}. */
  public Map<String, Object> overrides() {
    return overrides;
  }

  /** Builds options. */
  public static final class Builder {
    private int replicas = 1;
    private int partitions = 1;
    private @Nullable DeviceAssignment deviceAssignment;
    private @Nullable Boolean useSpmd;
    private boolean useShardy = true;
    private boolean portable;
    private boolean aliasPassthroughParameters;
    private @Nullable ProgramSignature signature;
    private String format = "mlir";
    private String name = "";
    private byte @Nullable [] serialized;
    private final Map<String, Object> overrides = new LinkedHashMap<>();

    private Builder() {}

    /** Sets the number of replicas, at least 1. */
    public Builder replicas(int value) {
      this.replicas = atLeastOne("replicas", value);
      return this;
    }

    /** Sets the number of partitions, at least 1. */
    public Builder partitions(int value) {
      this.partitions = atLeastOne("partitions", value);
      return this;
    }

    /** Sets the devices; also sets the numbers of replicas and partitions. */
    public Builder deviceAssignment(DeviceAssignment assignment) {
      this.deviceAssignment = assignment;
      this.replicas = assignment.replicas();
      this.partitions = assignment.partitions();
      return this;
    }

    /** Runs the program on one device. */
    public Builder device(Device device) {
      return deviceAssignment(DeviceAssignment.single(device));
    }

    /** Whether XLA partitions the program. */
    public Builder useSpmd(boolean value) {
      this.useSpmd = value;
      return this;
    }

    /** Whether shardings are Shardy's; set to false for GSPMD's {@code mhlo.sharding}. */
    public Builder useShardy(boolean value) {
      this.useShardy = value;
      return this;
    }

    /** Whether the executable may run on any device: {@link ExecuteOptions#device} then chooses. */
    public Builder portable(boolean value) {
      this.portable = value;
      return this;
    }

    /** Whether parameters that are returned unchanged share memory with the result. */
    public Builder aliasPassthroughParameters(boolean value) {
      this.aliasPassthroughParameters = value;
      return this;
    }

    /** Declares the parameters, so that arguments are checked before every call. */
    public Builder signature(ProgramSignature value) {
      this.signature = value;
      return this;
    }

    /** The program's format: {@code mlir} or {@code hlo}. */
    public Builder format(String value) {
      if (!value.equals("mlir") && !value.equals("hlo")) {
        throw new IllegalArgumentException("format: must be 'mlir' or 'hlo': got '" + value + "'");
      }
      this.format = value;
      return this;
    }

    /** The name used in errors about this executable. */
    public Builder name(String value) {
      this.name = value;
      return this;
    }

    /**
     * The effort of the compiler back end: 0 (fastest to compile) to 3. On CPU, 0 halves the time
     * of compilation and can slow programs by more than ten times.
     */
    public Builder optimizationLevel(int level) {
      if (level < 0 || level > 3) {
        throw new IllegalArgumentException("optimizationLevel: must be 0 to 3: got " + level);
      }
      return override("xla_backend_optimization_level", (long) level);
    }

    /**
     * Sets one of XLA's debug options for this program; the plugin refuses unknown names with an
     * error.
     *
     * @param option the name without dashes, such as {@code xla_cpu_enable_fast_math}
     * @param value a String (also for enums), Boolean, Long, Integer or Double
     */
    public Builder override(String option, Object value) {
      boolean fits =
          value instanceof String
              || value instanceof Boolean
              || value instanceof Long
              || value instanceof Integer
              || value instanceof Double;
      if (!fits) {
        throw new IllegalArgumentException(
            "override '"
                + option
                + "': a value must be a String, Boolean, Long, Integer or Double: got "
                + value.getClass().getSimpleName());
      }
      if (option.isEmpty() || option.startsWith("-")) {
        throw new IllegalArgumentException(
            "override: the name is written without dashes: got '" + option + "'");
      }
      overrides.put(option, value instanceof Integer i ? Long.valueOf(i) : value);
      return this;
    }

    /**
     * Takes the compile options from another program, such as JAX: the bytes of a {@code
     * CompileOptionsProto}. They replace everything said here about replicas, partitions, devices,
     * partitioning and overrides. Fields that Cornu does not know, XLA's debug options among them,
     * are dropped.
     *
     * @throws IllegalArgumentException if the bytes are no such message, or are of a kind that
     *     would end the process inside a plugin
     */
    public Builder serializedOptions(byte[] bytes) {
      this.serialized = SerializedOptions.sanitize(bytes);
      return this;
    }

    /** The options. */
    public CompileOptions build() {
      return new CompileOptions(this);
    }

    private static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(what + ": must be at least 1: got " + value);
      }
      return value;
    }
  }
}
