package org.cornu.stablehlo.bytecode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Module;
import org.jspecify.annotations.Nullable;

/**
 * What {@code jax.export.Exported.serialize()} writes: a function with what is needed to call it,
 * and possibly its gradient. Of the structure of its arguments only the program is read; its {@code
 * main} takes them flattened.
 *
 * @param format version of the serialization, from 1
 * @param name name of the function
 * @param platforms {@code cpu}, {@code cuda}, {@code rocm} or {@code tpu}; with several, main takes
 *     the index of the one at hand first
 * @param devices number of devices it was exported for
 * @param callingConvention version of JAX's calling convention
 * @param kept which of the flattened arguments main takes
 * @param artifact the program as a portable artifact
 * @param vjp the function that computes gradients, or null
 */
public record JaxExport(
    int format,
    String name,
    List<String> platforms,
    int devices,
    int callingConvention,
    List<Integer> kept,
    byte[] artifact,
    @Nullable JaxExport vjp) {

  private static final int MAX_DEPTH = 16;

  /** Copies the lists and the bytes. */
  public JaxExport {
    platforms = List.copyOf(platforms);
    kept = List.copyOf(kept);
    artifact = artifact.clone();
  }

  @Override
  public byte[] artifact() {
    return artifact.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JaxExport
        && name.equals(((JaxExport) other).name)
        && Arrays.equals(artifact, ((JaxExport) other).artifact);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(artifact);
  }

  /** The program. */
  public Module module() {
    return PortableArtifact.read(artifact);
  }

  /**
   * The export in these bytes.
   *
   * @throws BytecodeException if they are no export
   */
  public static JaxExport read(byte[] file) {
    try {
      Table root = new Table(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), 0);
      return read(root, 0);
    } catch (IndexOutOfBoundsException e) {
      throw new BytecodeException("file is no JAX export: it ends early");
    }
  }

  // Offsets of the fields in the table, by JAX's export/serialization.fbs.
  private static JaxExport read(Table table, int depth) {
    int start = table.field(30);
    if (start == 0 || depth > MAX_DEPTH) {
      throw new BytecodeException("file is no JAX export: it has no program");
    }
    byte[] artifact = table.bytes(30);
    if (!PortableArtifact.isBytecode(artifact)) {
      throw new BytecodeException("file is no JAX export: its program is no portable artifact");
    }
    int devices = table.integer(40);
    int vjp = table.field(38);
    return new JaxExport(
        table.shortInteger(4),
        table.text(6),
        table.texts(22),
        devices == 0 ? table.shortInteger(16) : devices,
        table.shortInteger(32),
        table.shortIntegers(34),
        artifact,
        vjp == 0 ? null : read(table.table(38), depth + 1));
  }

  /** A table of the FlatBuffers format: a signed offset to its vtable, then its fields. */
  private static final class Table {
    private final ByteBuffer data;
    private final int at;

    /** The table whose offset stands at {@code place}. */
    Table(ByteBuffer data, int place) {
      this.data = data;
      this.at = place + data.getInt(place);
    }

    /** Place of a field, 0 when it is absent. */
    int field(int slot) {
      int vtable = at - data.getInt(at);
      int offset = slot < unsignedShort(vtable) ? unsignedShort(vtable + slot) : 0;
      return offset == 0 ? 0 : at + offset;
    }

    private int unsignedShort(int place) {
      return data.getShort(place) & 0xFFFF;
    }

    int shortInteger(int slot) {
      int place = field(slot);
      return place == 0 ? 0 : unsignedShort(place);
    }

    int integer(int slot) {
      int place = field(slot);
      return place == 0 ? 0 : data.getInt(place);
    }

    Table table(int slot) {
      return new Table(data, field(slot));
    }

    /** Place of a vector's length, 0 when it is absent. */
    private int vector(int slot) {
      int place = field(slot);
      return place == 0 ? 0 : place + data.getInt(place);
    }

    byte[] bytes(int slot) {
      return bytesAt(vector(slot));
    }

    private byte[] bytesAt(int place) {
      int size = place == 0 ? 0 : data.getInt(place);
      if (size < 0 || size > data.limit()) {
        throw new IndexOutOfBoundsException();
      }
      byte[] out = new byte[size];
      data.get(place + 4, out);
      return out;
    }

    String text(int slot) {
      return new String(bytes(slot), StandardCharsets.UTF_8);
    }

    List<String> texts(int slot) {
      int place = vector(slot);
      int size = place == 0 ? 0 : Math.min(data.getInt(place), data.limit());
      List<String> out = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int entry = place + 4 + 4 * i;
        out.add(new String(bytesAt(entry + data.getInt(entry)), StandardCharsets.UTF_8));
      }
      return out;
    }

    List<Integer> shortIntegers(int slot) {
      int place = vector(slot);
      int size = place == 0 ? 0 : Math.min(data.getInt(place), data.limit());
      List<Integer> out = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        out.add(unsignedShort(place + 4 + 2 * i));
      }
      return out;
    }
  }
}
