package org.cornu.pjrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.cornu.pjrt.capi.XLA_FFI_Args;
import org.cornu.pjrt.capi.XLA_FFI_Array;
import org.cornu.pjrt.capi.XLA_FFI_Attrs;
import org.cornu.pjrt.capi.XLA_FFI_Buffer;
import org.cornu.pjrt.capi.XLA_FFI_ByteSpan;
import org.cornu.pjrt.capi.XLA_FFI_CallFrame;
import org.cornu.pjrt.capi.XLA_FFI_Rets;
import org.cornu.pjrt.capi.XLA_FFI_Scalar;

/** What XLA passes to a custom call, as Java objects that view the native memory. */
final class CustomCallFrames {
  private static final int ARRAY = 1;
  private static final int DICTIONARY = 2;
  private static final int SCALAR = 3;
  private static final int STRING = 4;

  private CustomCallFrames() {}

  static CustomCallHandler.Call read(XLA_FFI_CallFrame frame) {
    XLA_FFI_Args args = frame.args();
    List<HostArray> arguments = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      arguments.add(array(new XLA_FFI_Buffer(args.args(i)), true));
    }
    XLA_FFI_Rets rets = frame.rets();
    List<HostArray> results = new ArrayList<>();
    for (int i = 0; i < rets.size(); i++) {
      results.add(array(new XLA_FFI_Buffer(rets.rets(i)), false));
    }
    return new CustomCallHandler.Call(
        Collections.unmodifiableList(arguments),
        Collections.unmodifiableList(results),
        attributes(frame.attrs()));
  }

  private static HostArray array(XLA_FFI_Buffer buffer, boolean readOnly) {
    BufferType type = PrimitiveTypes.of(buffer.dtype());
    List<Long> dims = new ArrayList<>();
    long elements = 1;
    for (long d = 0; d < buffer.rank(); d++) {
      dims.add(buffer.dims().get(d));
      elements *= buffer.dims().get(d);
    }
    ByteBuffer data =
        Address.view(Address.of(buffer.data()), Math.toIntExact(type.deviceBytes(elements)));
    return new HostArray(
        type,
        Collections.unmodifiableList(dims),
        readOnly ? data.asReadOnlyBuffer().order(ByteOrder.nativeOrder()) : data);
  }

  static Map<String, Object> attributes(XLA_FFI_Attrs attrs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < attrs.size(); i++) {
      map.put(text(attrs.names(i)), attribute(attrs.types().get(i), attrs.attrs(i)));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Object attribute(int kind, Pointer value) {
    return switch (kind) {
      case ARRAY -> {
        XLA_FFI_Array array = new XLA_FFI_Array(value);
        yield elements(array.dtype(), Address.of(array.data()), Math.toIntExact(array.size()));
      }
      case DICTIONARY -> attributes(new XLA_FFI_Attrs(value));
      case SCALAR -> {
        XLA_FFI_Scalar scalar = new XLA_FFI_Scalar(value);
        yield scalar(scalar.dtype(), Address.of(scalar.value()));
      }
      case STRING -> text(new XLA_FFI_ByteSpan(value));
      default -> "attribute of unknown kind " + kind;
    };
  }

  private static String text(XLA_FFI_ByteSpan span) {
    return Frame.text(span.ptr(), span.len());
  }

  private static Object scalar(int dtype, long address) {
    BufferType type = PrimitiveTypes.of(dtype);
    ByteBuffer data = Address.view(address, Math.max(1, type.byteSize()));
    return switch (type.byteSize()) {
      case 1 -> type == BufferType.PRED ? (Object) (data.get(0) != 0) : (Object) (int) data.get(0);
      case 2 -> (int) data.getShort(0);
      case 4 -> type == BufferType.F32 ? (Object) data.getFloat(0) : (Object) data.getInt(0);
      default -> type == BufferType.F64 ? (Object) data.getDouble(0) : (Object) data.getLong(0);
    };
  }

  private static Object elements(int dtype, long address, int count) {
    BufferType type = PrimitiveTypes.of(dtype);
    ByteBuffer data = Address.view(address, Math.multiplyExact(count, type.byteSize()));
    switch (type.byteSize()) {
      case 1 -> {
        byte[] values = new byte[count];
        data.get(values);
        return values;
      }
      case 2 -> {
        short[] values = new short[count];
        data.asShortBuffer().get(values);
        return values;
      }
      case 4 -> {
        if (type == BufferType.F32) {
          float[] values = new float[count];
          data.asFloatBuffer().get(values);
          return values;
        }
        int[] values = new int[count];
        data.asIntBuffer().get(values);
        return values;
      }
      default -> {
        if (type == BufferType.F64) {
          double[] values = new double[count];
          data.asDoubleBuffer().get(values);
          return values;
        }
        long[] values = new long[count];
        data.asLongBuffer().get(values);
        return values;
      }
    }
  }
}
