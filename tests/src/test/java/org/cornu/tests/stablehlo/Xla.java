package org.cornu.tests.stablehlo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cornu.pjrt.Buffer;
import org.cornu.pjrt.BufferType;
import org.cornu.pjrt.Client;
import org.cornu.pjrt.ClientOptions;
import org.cornu.pjrt.CompileOptions;
import org.cornu.pjrt.Device;
import org.cornu.pjrt.LoadedExecutable;
import org.cornu.pjrt.Plugins;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.text.Printer;

/** Runs programs of the IR through the plugin: printed, compiled, executed, read back. */
final class Xla {
  private static final class Holder {
    static final Client CLIENT = Plugins.find("cpu").createClient(ClientOptions.cpu(8));
  }

  private Xla() {}

  /** Runs a program on one device. */
  static List<Literal> run(Module module, List<Literal> inputs) {
    return run(Printer.print(module), inputs, exact().build());
  }

  /** Options under which minimum and maximum propagate NaN, which XLA's CPU default gives up. */
  static CompileOptions.Builder exact() {
    return CompileOptions.builder().override("xla_cpu_enable_fast_min_max", false);
  }

  /**
   * The same, with every result rounded to its type; and without LLVM's optimizations, which take
   * most of the time.
   */
  static CompileOptions.Builder rounded() {
    return exact()
        .override("xla_allow_excess_precision", false)
        .optimizationLevel(Integer.getInteger("cornu.xla.optimizationLevel", 0));
  }

  /** Runs the text of a program on one device. */
  static List<Literal> run(String text, List<Literal> inputs, CompileOptions options) {
    return runOnDevices(text, List.of(inputs), options).get(0);
  }

  /** Runs the text of a program on as many devices as there are lists of inputs. */
  static List<List<Literal>> runOnDevices(
      String text, List<List<Literal>> inputs, CompileOptions options) {
    return runOnDevices(text.getBytes(StandardCharsets.UTF_8), inputs, options);
  }

  /** The same for a program as text or as a portable artifact. */
  static List<List<Literal>> runOnDevices(
      byte[] program, List<List<Literal>> inputs, CompileOptions options) {
    Client client = Holder.CLIENT;
    Buffer[][] arguments = new Buffer[inputs.size()][];
    Buffer[][] results = new Buffer[0][];
    try (LoadedExecutable executable = client.compile(program, options)) {
      List<Device> devices = executable.devices();
      for (int d = 0; d < arguments.length; d++) {
        arguments[d] = new Buffer[inputs.get(d).size()];
        for (int i = 0; i < arguments[d].length; i++) {
          arguments[d][i] = upload(client, inputs.get(d).get(i), devices.get(d));
        }
      }
      results =
          arguments.length == 1
              ? new Buffer[][] {executable.execute(arguments[0])}
              : executable.execute(arguments);
      List<List<Literal>> out = new ArrayList<>();
      for (Buffer[] row : results) {
        List<Literal> literals = new ArrayList<>();
        for (Buffer buffer : row) {
          literals.add(download(buffer));
        }
        out.add(literals);
      }
      return out;
    } finally {
      close(arguments);
      close(results);
    }
  }

  private static void close(Buffer[][] rows) {
    for (Buffer[] row : rows) {
      if (row == null) {
        continue;
      }
      for (Buffer buffer : row) {
        if (buffer != null) {
          buffer.close();
        }
      }
    }
  }

  private static Buffer upload(Client client, Literal literal, Device device) {
    byte[] bytes = literal.expandedBytes();
    return client.bufferFromHost(
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN),
        type(literal.type().dtype()),
        literal.type().shape().dims(),
        device);
  }

  private static Literal download(Buffer buffer) {
    ByteBuffer data = buffer.toByteBuffer();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    DType dtype = dtype(buffer.type());
    if (dtype.bits() < 8) {
      // One element a byte, of which only the low bits count.
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= (byte) ((1 << dtype.bits()) - 1);
      }
    }
    return Literal.ofBytes(TensorType.of(dtype, buffer.dimensions()), bytes);
  }

  static BufferType type(DType dtype) {
    return switch (dtype) {
      case BOOL -> BufferType.PRED;
      case I2 -> BufferType.S2;
      case I4 -> BufferType.S4;
      case I8 -> BufferType.S8;
      case I16 -> BufferType.S16;
      case I32 -> BufferType.S32;
      case I64, INDEX -> BufferType.S64;
      case U2 -> BufferType.U2;
      case U4 -> BufferType.U4;
      case U8 -> BufferType.U8;
      case U16 -> BufferType.U16;
      case U32 -> BufferType.U32;
      case U64 -> BufferType.U64;
      case F4E2M1FN -> BufferType.F4E2M1FN;
      case F8E3M4 -> BufferType.F8E3M4;
      case F8E4M3 -> BufferType.F8E4M3;
      case F8E4M3FN -> BufferType.F8E4M3FN;
      case F8E4M3FNUZ -> BufferType.F8E4M3FNUZ;
      case F8E4M3B11FNUZ -> BufferType.F8E4M3B11FNUZ;
      case F8E5M2 -> BufferType.F8E5M2;
      case F8E5M2FNUZ -> BufferType.F8E5M2FNUZ;
      case F8E8M0FNU -> BufferType.F8E8M0FNU;
      case F16 -> BufferType.F16;
      case BF16 -> BufferType.BF16;
      case F32 -> BufferType.F32;
      case F64 -> BufferType.F64;
      case C64 -> BufferType.C64;
      case C128 -> BufferType.C128;
      case F6E2M3FN, F6E3M2FN ->
          throw new IllegalArgumentException("PJRT has no buffers of type " + dtype);
    };
  }

  private static DType dtype(BufferType type) {
    for (DType dtype : DType.values()) {
      boolean known = dtype != DType.F6E2M3FN && dtype != DType.F6E3M2FN;
      if (known && type(dtype) == type) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("no element type for buffers of type " + type);
  }
}
