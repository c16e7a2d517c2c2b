package org.cornu.tracer.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.pjrt.Buffer;
import org.cornu.pjrt.CompileOptions;
import org.cornu.pjrt.Device;
import org.cornu.pjrt.DeviceAssignment;
import org.cornu.pjrt.LoadedExecutable;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;

/**
 * A StableHLO program given as text, such as one that JAX exported, run on arrays in host memory.
 * Nothing is cached: it is for running programs from files, not for training.
 */
public final class HostProgram {
  private static final Pattern REPLICAS = Pattern.compile("mhlo\\.num_replicas\\s*=\\s*(\\d+)");

  private HostProgram() {}

  /**
   * Compiles and runs a program on as many devices as there are lists of arguments. What the module
   * does not declare as replicas are partitions; a program with {@code sdy.} attributes is
   * partitioned by Shardy, any other by GSPMD.
   *
   * @param arguments {@code [device][parameter]}: the part of each argument that the device holds
   * @return {@code [device][result]}
   * @throws IllegalArgumentException where there are fewer devices than the program needs
   */
  public static List<List<Literal>> run(String text, List<List<Literal>> arguments) {
    Backend backend = Backend.current();
    int devices = arguments.size();
    if (backend.devices().size() < devices) {
      throw new IllegalArgumentException(
          "program: it needs "
              + devices
              + " devices, "
              + backend.platformName()
              + " has "
              + backend.devices().size());
    }
    List<Buffer> open = new ArrayList<>();
    try (LoadedExecutable executable =
        backend.client().compile(text, options(backend, text, devices))) {
      Buffer[][] sent = new Buffer[devices][];
      for (int d = 0; d < devices; d++) {
        sent[d] = new Buffer[arguments.get(d).size()];
        for (int i = 0; i < sent[d].length; i++) {
          sent[d][i] = send(backend, arguments.get(d).get(i), executable.devices().get(d));
          open.add(sent[d][i]);
        }
      }
      List<List<Literal>> results = new ArrayList<>();
      for (Buffer[] row : executable.execute(sent)) {
        open.addAll(List.of(row));
        List<Literal> literals = new ArrayList<>();
        for (Buffer result : row) {
          literals.add(fetch(result));
        }
        results.add(literals);
      }
      return results;
    } finally {
      open.forEach(Buffer::close);
    }
  }

  private static CompileOptions options(Backend backend, String text, int devices) {
    Matcher matcher = REPLICAS.matcher(text);
    int replicas = matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
    if (devices % replicas != 0) {
      throw new IllegalArgumentException(
          "program: its " + replicas + " replicas do not divide " + devices + " devices");
    }
    int partitions = devices / replicas;
    int[][] ids = new int[replicas][partitions];
    for (int i = 0; i < devices; i++) {
      ids[i / partitions][i % partitions] = backend.devices().get(i).id();
    }
    return backend
        .compileOptions()
        .deviceAssignment(DeviceAssignment.of(ids))
        .useSpmd(partitions > 1)
        .useShardy(text.contains("sdy."))
        .build();
  }

  private static Buffer send(Backend backend, Literal value, Device device) {
    TensorType type = value.type();
    ByteBuffer data = value.isSplat() ? ByteBuffer.wrap(value.expandedBytes()) : value.data();
    return backend
        .client()
        .bufferFromHost(data, DeviceArray.bufferType(type.dtype()), type.shape().dims(), device);
  }

  private static Literal fetch(Buffer buffer) {
    for (DType dtype : DType.values()) {
      if (DeviceArray.isStored(dtype) && DeviceArray.bufferType(dtype) == buffer.type()) {
        TensorType type = TensorType.of(dtype, Shape.of(buffer.dimensions()));
        byte[] bytes = new byte[Math.toIntExact(buffer.hostBytes())];
        buffer.toHost(ByteBuffer.wrap(bytes));
        return Literal.ofBytes(type, bytes);
      }
    }
    throw new IllegalArgumentException("program: no element type for results of " + buffer.type());
  }
}
