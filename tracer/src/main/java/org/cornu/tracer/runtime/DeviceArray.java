package org.cornu.tracer.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornu.pjrt.Buffer;
import org.cornu.pjrt.BufferType;
import org.cornu.pjrt.Client;
import org.cornu.pjrt.Device;
import org.cornu.pjrt.PjrtException;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/** An array in device memory: one buffer, or one buffer on each device of a mesh. */
public final class DeviceArray implements AutoCloseable {
  private final TensorType type;
  private final Buffer[] shards;
  private final @Nullable Placement placement;

  DeviceArray(TensorType type, Buffer[] shards, @Nullable Placement placement) {
    this.type = type;
    this.shards = shards;
    this.placement = placement;
  }

  /** Copies a literal to the default device. */
  public static DeviceArray ofLiteral(Literal literal) {
    return ofBytes(
        literal.type(), ByteBuffer.wrap(literal.expandedBytes()).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Copies row-major little-endian bytes to the default device. */
  public static DeviceArray ofBytes(TensorType type, ByteBuffer data) {
    Backend backend = Backend.current();
    return new DeviceArray(
        type, new Buffer[] {upload(backend, data, type, backend.defaultDevice())}, null);
  }

  /** Copies row-major little-endian bytes to the devices of a mesh, each its own part. */
  public static DeviceArray ofBytes(TensorType type, ByteBuffer data, Placement placement) {
    Backend backend = Backend.current();
    TensorType shard = type.withShape(placement.shardShape(type.shape()));
    Buffer[] shards = new Buffer[placement.deviceCount()];
    for (int i = 0; i < shards.length; i++) {
      ByteBuffer part =
          placement.isReplicated()
              ? data
              : Slices.read(data, type, placement.shardStart(type.shape(), i), shard.shape());
      shards[i] = upload(backend, part, shard, device(backend, placement.deviceId(i)));
    }
    return new DeviceArray(type, shards, placement);
  }

  private static Buffer upload(Backend backend, ByteBuffer data, TensorType type, Device device) {
    Client client = backend.client();
    return client.bufferFromHost(data, bufferType(type.dtype()), type.shape().dims(), device);
  }

  static Device device(Backend backend, int id) {
    return backend
        .client()
        .device(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "device "
                        + id
                        + " does not exist: there are "
                        + backend.devices().size()
                        + "\n  hint: ask for more virtual CPU devices with -Dcornu.devices=N"));
  }

  /** PJRT's name of an element type. */
  static BufferType bufferType(DType dtype) {
    return switch (dtype) {
      case BOOL -> BufferType.PRED;
      case I2 -> BufferType.S2;
      case I4 -> BufferType.S4;
      case I8 -> BufferType.S8;
      case I16 -> BufferType.S16;
      case I32 -> BufferType.S32;
      case I64 -> BufferType.S64;
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
      case F6E2M3FN, F6E3M2FN, INDEX ->
          throw new IllegalArgumentException("no device buffer holds elements of type " + dtype);
    };
  }

  /** Whether buffers can hold elements of this type. */
  static boolean isStored(DType dtype) {
    return dtype != DType.F6E2M3FN && dtype != DType.F6E3M2FN && dtype != DType.INDEX;
  }

  /** Element type and (whole) shape. */
  public TensorType type() {
    return type;
  }

  /** How it is split over devices, or null when it lies on one device. */
  public @Nullable Placement placement() {
    return placement;
  }

  /** The buffers, one per device of the mesh in mesh order. */
  Buffer shard(int i) {
    return shards[i];
  }

  /** Number of buffers. */
  public int shardCount() {
    return shards.length;
  }

  /** The part that the device at mesh position {@code i} holds. */
  public Literal shardLiteral(int i) {
    TensorType part = placement == null ? type : type.withShape(placement.shardShape(type.shape()));
    return read(part, shards[i]);
  }

  private static Literal read(TensorType type, Buffer buffer) {
    byte[] bytes = new byte[Math.toIntExact(type.shape().count() * type.dtype().bytes())];
    try {
      buffer.toHost(ByteBuffer.wrap(bytes));
    } catch (PjrtException e) {
      throw HostCalls.translate(e);
    }
    return Literal.ofBytes(type, bytes);
  }

  /** The elements on the host. Waits for the device. */
  public Literal toLiteral() {
    if (placement == null || placement.isReplicated()) {
      return read(type, shards[0]);
    }
    byte[] whole = new byte[Math.toIntExact(type.shape().count() * type.dtype().bytes())];
    Shape shard = placement.shardShape(type.shape());
    for (int i = 0; i < shards.length; i++) {
      Slices.write(
          whole,
          type,
          placement.shardStart(type.shape(), i),
          shard,
          shardLiteral(i).expandedBytes());
    }
    return Literal.ofBytes(type, whole);
  }

  /** The only element as a double. */
  public double scalar() {
    DType dtype = type.dtype();
    if (dtype.isComplex() || dtype.bits() < 8) {
      return toLiteral().doubleAt(0);
    }
    long bits;
    try {
      bits = shards[0].elementBits(0);
    } catch (PjrtException e) {
      throw HostCalls.translate(e);
    }
    if (dtype == DType.F32) {
      return Float.intBitsToFloat((int) bits);
    }
    if (dtype.isFloat()) {
      return FloatFormat.decode(dtype, bits);
    }
    int unused = 64 - dtype.bits();
    return dtype.isSigned() ? bits << unused >> unused : bits;
  }

  /** Waits until the elements have been computed. */
  public void await() {
    try {
      for (Buffer shard : shards) {
        shard.await();
      }
    } catch (PjrtException e) {
      throw HostCalls.translate(e);
    }
  }

  /** True after {@link #close} or donation. */
  public boolean isDeleted() {
    return shards[0].isDeleted();
  }

  /** This array on the devices of a mesh; itself when it already lies so. */
  public DeviceArray to(Placement target) {
    if (target.equals(placement)) {
      return this;
    }
    return ofBytes(type, ByteBuffer.wrap(toLiteral().expandedBytes()), target);
  }

  @Override
  public void close() {
    for (Buffer shard : shards) {
      shard.close();
    }
  }
}
