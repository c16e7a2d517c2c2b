package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Loader;
import org.cornu.pjrt.capi.PJRT_ExecuteContext;
import org.cornu.pjrt.capi.PJRT_ExecuteOptions;
import org.cornu.pjrt.capi.Pjrt;
import org.jspecify.annotations.Nullable;

/**
 * The hot path: arguments in, one native call, results out.
 *
 * <p>Apart from the results themselves a launch allocates nothing: handles travel in native memory
 * that is kept for the next launch. A parameter that the program was once seen to consume is
 * consumed by every launch: the plugin is not asked again.
 */
final class Launcher {
  private final Client client;
  private final NativeHandle handle;
  private final String name;
  private final List<Device> devices;
  private final BufferType[] outputTypes;
  private final long[][] outputDims;
  private final long[] outputBytes;
  private final long totalBytes;
  private final int largeOutputs;
  private final BufferType @Nullable [] parameterTypes;
  private final long @Nullable [][] parameterDims;
  private final @Nullable ProgramSignature signature;
  private final byte @Nullable [] declaredDonations;
  private final boolean mayDonate;
  private volatile @Nullable Consumption consumption;

  /** Whether results can be read in place; known after the first launch. */
  private volatile boolean @Nullable [] readable;

  private final LaunchMemory.Pool memory = new LaunchMemory.Pool();
  private final AtomicLong launches = new AtomicLong();

  /** Names the launch that consumed a buffer. */
  record Donation(String executable, long launch, String callSite) {
    @Override
    public String toString() {
      return "donated to execution " + launch + " of '" + executable + "'" + callSite;
    }
  }

  Launcher(
      Client client,
      NativeHandle handle,
      String name,
      List<Device> devices,
      BufferType[] outputTypes,
      long[][] outputDims,
      CompileOptions options,
      boolean mayDonate) {
    this.client = client;
    this.handle = handle;
    this.name = name;
    this.devices = devices;
    this.outputTypes = outputTypes;
    this.outputDims = outputDims;
    this.outputBytes = new long[outputTypes.length];
    long total = 0;
    int large = 0;
    for (int i = 0; i < outputTypes.length; i++) {
      outputBytes[i] = outputTypes[i].deviceBytes(Dimensions.elements("output", outputDims[i]));
      total += outputBytes[i];
      large += outputBytes[i] >= BufferOwner.LARGE_BYTES ? 1 : 0;
    }
    this.totalBytes = total;
    this.largeOutputs = large;
    this.mayDonate = mayDonate;
    this.signature = options.signature().orElse(null);
    if (signature == null) {
      this.parameterTypes = null;
      this.parameterDims = null;
      this.declaredDonations = null;
    } else {
      int count = signature.parameters().size();
      BufferType[] types = new BufferType[count];
      long[][] dims = new long[count][];
      byte[] donations = new byte[count];
      boolean any = false;
      for (int i = 0; i < count; i++) {
        ProgramSignature.Parameter parameter = signature.parameters().get(i);
        types[i] = parameter.type();
        dims[i] = parameter.dimsArray();
        donations[i] = (byte) (parameter.donated() ? 1 : 0);
        any |= parameter.donated();
      }
      this.parameterTypes = types;
      this.parameterDims = dims;
      this.declaredDonations = any ? donations : null;
    }
  }

  long launches() {
    return launches.get();
  }

  Buffer[] launch(Buffer[] args, ExecuteOptions options) {
    Device device = options.device().orElse(null);
    if (device == null) {
      if (devices.size() != 1) {
        throw new IllegalArgumentException(
            operation()
                + ": the program runs on "
                + devices.size()
                + " devices: pass one list of arguments per device"
                + (devices.isEmpty() ? ", or choose a device" : ""));
      }
      device = devices.get(0);
    }
    long[] outputs = new long[outputTypes.length];
    run(args, args.length, 1, outputs, options);
    return wrap(outputs, device);
  }

  Buffer[][] launchAll(Buffer[][] args, ExecuteOptions options) {
    int numDevices = devices.size();
    if (args.length != numDevices) {
      throw new IllegalArgumentException(
          operation()
              + ": one list of arguments per device is needed: got "
              + args.length
              + " for "
              + numDevices
              + " devices");
    }
    int count = args[0].length;
    Buffer[] flat = new Buffer[numDevices * count];
    for (int d = 0; d < numDevices; d++) {
      if (args[d].length != count) {
        throw new IllegalArgumentException(
            operation()
                + ": devices differ in their arguments: got "
                + count
                + " and "
                + args[d].length);
      }
      System.arraycopy(args[d], 0, flat, d * count, count);
    }
    int numOutputs = outputTypes.length;
    long[] outputs = new long[numDevices * numOutputs];
    run(flat, count, numDevices, outputs, options);
    Buffer[][] results = new Buffer[numDevices][];
    for (int d = 0; d < numDevices; d++) {
      long[] own =
          numDevices == 1
              ? outputs
              : Arrays.copyOfRange(outputs, d * numOutputs, (d + 1) * numOutputs);
      results[d] = wrap(own, devices.get(d));
    }
    return results;
  }

  /** Launches once, and once more after a collection when memory ran out. */
  private void run(
      Buffer[] args, int numParameters, int numDevices, long[] outputs, ExecuteOptions options) {
    PjrtException failure = tryRun(args, numParameters, numDevices, outputs, options);
    if (failure == null) {
      return;
    }
    if (failure.code() == ErrorCode.RESOURCE_EXHAUSTED
        && !anyDeleted(args)
        && MemoryPressure.reclaim()) {
      failure = tryRun(args, numParameters, numDevices, outputs, options);
      if (failure == null) {
        return;
      }
    }
    throw failure;
  }

  private @Nullable PjrtException tryRun(
      Buffer[] args, int numParameters, int numDevices, long[] outputs, ExecuteOptions options) {
    long executable = handle.acquire();
    if (executable == 0) {
      throw new IllegalStateException("the executable '" + name + "' is closed");
    }
    LaunchMemory handles = memory.take(args.length, outputs.length);
    try {
      acquireAll(args, numParameters, handles);
      Consumption consumes = consumption(numParameters);
      boolean keeps = options.keep().length != 0;
      byte[] asked = keeps ? consumes.possible() : consumes.unknown();
      long launch = launches.incrementAndGet();
      ExecuteEvent event = new ExecuteEvent();
      event.begin();
      long error = call(executable, numDevices, numParameters, handles, asked, options);
      if (event.shouldCommit()) {
        event.program = name;
        event.launch = launch;
        event.arguments = args.length;
        event.results = outputs.length;
        event.commit();
      }
      PjrtException failure =
          error == 0 ? null : client.api().exception(error, operation() + at(options));
      if (failure == null) {
        handles.copyOutputs(outputs);
      }
      if (consumes.possible() == null) {
        for (Buffer arg : args) {
          arg.release();
        }
        return failure;
      }
      if (failure != null) {
        markDeleted(handles);
      } else if (!keeps) {
        if (asked != null) {
          consumption = consumes.learn(handles);
        }
        consumes.mark(handles);
      }
      releaseDonated(args, handles, launch, options.callSite());
      return failure;
    } finally {
      memory.give(handles);
      handle.release();
      Reference.reachabilityFence(args);
    }
  }

  private long call(
      long executable,
      int numDevices,
      int numParameters,
      LaunchMemory handles,
      byte @Nullable [] donatable,
      ExecuteOptions options) {
    if (options == ExecuteOptions.defaults()) {
      return Pjrt.cornu_execute(
          client.api().address,
          executable,
          numDevices,
          numParameters,
          outputTypes.length,
          handles.argumentsAddress(),
          handles.outputsAddress(),
          donatable,
          0,
          0,
          null);
    }
    try (Frame frame = new Frame()) {
      var nativeOptions = frame.args(PJRT_ExecuteOptions.class, PJRT_ExecuteOptions::new);
      nativeOptions.struct_size(Loader.sizeof(PJRT_ExecuteOptions.class) + Frame.SLACK);
      nativeOptions.launch_id(options.launchId());
      int[] keep = options.keep();
      if (keep.length > 0) {
        long[] indices = Arrays.stream(keep).asLongStream().toArray();
        nativeOptions.non_donatable_input_indices(frame.longs(indices));
        nativeOptions.num_non_donatable_input_indices(keep.length);
      }
      if (!options.callSite().isEmpty()) {
        nativeOptions.call_location(frame.text(options.callSite()));
      }
      ExecuteContext context = options.context();
      if (context != null) {
        nativeOptions.context(new PJRT_ExecuteContext(new Address(context.acquire())));
      }
      HostChannels channels = null;
      long[] events = null;
      if (!options.sends().isEmpty() || !options.receives().isEmpty()) {
        channels = HostChannels.write(client, frame, options, nativeOptions, numDevices);
        events = new long[numDevices];
      }
      try {
        long error =
            Pjrt.cornu_execute(
                client.api().address,
                executable,
                numDevices,
                numParameters,
                outputTypes.length,
                handles.argumentsAddress(),
                handles.outputsAddress(),
                donatable,
                nativeOptions.address(),
                options.device().map(device -> device.handle).orElse(0L),
                events);
        if (channels != null && events != null && error == 0) {
          channels.closeAfter(events);
          channels = null;
        }
        return error;
      } finally {
        if (channels != null) {
          channels.close();
        }
        if (context != null) {
          context.release();
        }
      }
    }
  }

  private void acquireAll(Buffer[] args, int numParameters, LaunchMemory handles) {
    int acquired = 0;
    try {
      while (acquired < args.length) {
        for (int parameter = 0; parameter < numParameters; parameter++) {
          Buffer arg = args[acquired];
          check(arg, parameter, numParameters);
          handles.set(acquired, arg.acquire("execute"));
          acquired++;
        }
      }
    } catch (RuntimeException e) {
      for (int i = 0; i < acquired; i++) {
        args[i].release();
      }
      throw e;
    }
    if (args.length == 0 && parameterTypes != null && parameterTypes.length != 0) {
      throw wrongCount(0);
    }
  }

  private void check(@Nullable Buffer arg, int parameter, int numParameters) {
    if (arg == null) {
      throw new IllegalArgumentException(
          operation() + ": argument " + parameter + " is missing (null)");
    }
    if (arg.client() != client) {
      throw new IllegalArgumentException(
          operation() + ": argument " + parameter + " belongs to another client: got " + arg);
    }
    BufferType[] types = parameterTypes;
    long[][] dims = parameterDims;
    if (types == null || dims == null) {
      return;
    }
    if (numParameters != types.length) {
      throw wrongCount(numParameters);
    }
    if (arg.type() != types[parameter] || !sameDims(arg.dims(), dims[parameter])) {
      throw wrongArgument(arg, parameter, types[parameter], dims[parameter]);
    }
  }

  private static boolean sameDims(long[] left, long[] right) {
    if (left == right) {
      return true;
    }
    if (left.length != right.length) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] != right[i]) {
        return false;
      }
    }
    return true;
  }

  private IllegalArgumentException wrongArgument(
      Buffer arg, int parameter, BufferType type, long[] dims) {
    String parameterName =
        signature == null ? "" : " ('" + signature.parameters().get(parameter).name() + "')";
    return new IllegalArgumentException(
        operation()
            + ": argument "
            + parameter
            + parameterName
            + " does not match: got "
            + Dimensions.text(arg.type(), arg.dims())
            + ", the program takes "
            + Dimensions.text(type, dims));
  }

  private IllegalArgumentException wrongCount(int got) {
    int expected = parameterTypes == null ? 0 : parameterTypes.length;
    return new IllegalArgumentException(
        operation() + ": the program takes " + expected + " arguments: got " + got);
  }

  private Consumption consumption(int numParameters) {
    Consumption known = consumption;
    if (known == null || !known.fits(numParameters)) {
      byte[] possible = declaredDonations;
      if (signature == null && mayDonate) {
        possible = new byte[numParameters];
        Arrays.fill(possible, (byte) 1);
      }
      known = Consumption.of(possible);
      consumption = known;
    }
    return known;
  }

  /** Ends the uses of the arguments; those the program consumed have a negated handle. */
  private void releaseDonated(Buffer[] args, LaunchMemory handles, long launch, String callSite) {
    Donation donation = null;
    int dead = 0;
    // Arguments of one owner mostly stand together: the counters are changed once for all of them.
    BufferOwner owner = null;
    int count = 0;
    int orphans = 0;
    long bytes = 0;
    for (int i = 0; i < args.length; i++) {
      Buffer arg = args[i];
      if (handles.get(i) >= 0) {
        arg.release();
        continue;
      }
      if (donation == null) {
        donation =
            new Donation(name, launch, callSite.isEmpty() ? CallSite.suffix() : " at " + callSite);
      }
      if (arg.owner() != owner) {
        if (owner != null) {
          owner.donated(count, orphans, bytes);
        }
        owner = arg.owner();
        count = 0;
        orphans = 0;
        bytes = 0;
      }
      long orphan = arg.releaseDonated(donation);
      if (orphan < 0) {
        orphan = ~orphan;
      } else {
        count++;
        bytes += arg.deviceBytes();
      }
      if (orphan != 0) {
        orphans++;
        handles.set(dead++, orphan);
      }
    }
    if (owner != null) {
      owner.donated(count, orphans, bytes);
      Pjrt.cornu_buffers_destroy(client.api().address, handles.argumentsAddress(), dead);
    }
  }

  /** A launch that failed may have consumed arguments all the same. */
  private void markDeleted(LaunchMemory handles) {
    for (int i = 0; i < handles.arguments(); i++) {
      if (Pjrt.cornu_buffer_is_deleted(client.api().address, handles.get(i))
          && handles.isFirst(i)) {
        handles.set(i, -handles.get(i));
      }
    }
  }

  private static boolean anyDeleted(Buffer[] args) {
    for (Buffer arg : args) {
      if (arg.isDeleted()) {
        return true;
      }
    }
    return false;
  }

  private Buffer[] wrap(long[] outputs, Device device) {
    int count = outputs.length;
    Buffer[] buffers = new Buffer[count];
    if (count == 0) {
      return buffers;
    }
    boolean[] inPlace = readable;
    if (inPlace == null) {
      inPlace = findReadable(outputs);
      readable = inPlace;
    }
    device.allocated(totalBytes, count);
    BufferOwner shared = null;
    if (largeOutputs > 0) {
      for (int i = 0; i < count; i++) {
        if (outputBytes[i] >= BufferOwner.LARGE_BYTES) {
          BufferOwner own =
              new BufferOwner(
                  client, device, new long[] {outputs[i]}, 1, new long[] {outputBytes[i]});
          outputs[i] = 0;
          buffers[i] = new Buffer(own, 0, outputTypes[i], outputDims[i], inPlace[i]);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      if (buffers[i] == null) {
        if (shared == null) {
          shared = new BufferOwner(client, device, outputs, count - largeOutputs, outputBytes);
        }
        buffers[i] = new Buffer(shared, i, outputTypes[i], outputDims[i], inPlace[i]);
      }
    }
    MemoryPressure.allocated(device, totalBytes);
    return buffers;
  }

  private boolean[] findReadable(long[] outputs) {
    boolean[] result = new boolean[outputs.length];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          client.sharesHostMemory()
              && !outputTypes[i].isSubByte()
              && Pjrt.cornu_buffer_is_row_major(client.api().address, outputs[i]) == 1;
    }
    return result;
  }

  private String operation() {
    return "execute '" + name + "'";
  }

  private static String at(ExecuteOptions options) {
    return options.callSite().isEmpty() ? "" : " at " + options.callSite();
  }
}
