package org.cornu.tracer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.text.Parser;
import org.cornu.tracer.runtime.DeviceArray;
import org.cornu.tracer.runtime.HostCalls;
import org.cornu.tracer.runtime.Program;
import org.jspecify.annotations.Nullable;

/**
 * A function compiled ahead of time for arguments of one structure and one set of types. It never
 * traces and never compiles again; other arguments are an error.
 *
 * <pre>{@code
 * jit(Train::step).lower(params, batch).compile().save(path);
 * // in another process, with the same record classes:
 * F2<Params, Batch, Params> step = Compiled.<F2<Params, Batch, Params>>load(path).function();
 * }</pre>
 *
 * @param <F> the type of the function: {@link F1} to {@link F4}
 */
public final class Compiled<F> {
  private static final byte[] MAGIC = "CORNUAOT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER = MAGIC.length + Integer.BYTES + Long.BYTES;

  private final Program program;
  private final List<Structure> structures;
  private final Structure result;
  private final DeviceArray[] captures;

  Compiled(Program program, List<Structure> structures, Structure result, DeviceArray[] captures) {
    this.program = program;
    this.structures = structures;
    this.result = result;
    this.captures = captures;
  }

  /** The function, to be called like the one it was compiled from. */
  // Made by lower() of a function of this many arguments; the result has the structure it returned.
  @SuppressWarnings({"unchecked", "NullAway"})
  public F function() {
    Object function =
        switch (structures.size()) {
          case 1 -> (F1<@Nullable Object, @Nullable Object>) this::call;
          case 2 -> (F2<@Nullable Object, @Nullable Object, @Nullable Object>) this::call;
          case 3 ->
              (F3<@Nullable Object, @Nullable Object, @Nullable Object, @Nullable Object>)
                  this::call;
          default ->
              (F4<
                      @Nullable Object,
                      @Nullable Object,
                      @Nullable Object,
                      @Nullable Object,
                      @Nullable Object>)
                  this::call;
        };
    return (F) function;
  }

  private @Nullable Object call(@Nullable Object... args) {
    List<Tensor> leaves = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      Structure structure = Trees.flatten(args[i], leaves);
      String difference = structures.get(i).difference(structure);
      if (difference != null) {
        throw new OpException(
            operation()
                + ": argument "
                + i
                + " has another structure than compiled for: "
                + difference,
            "call the jitted function instead, which compiles for every structure");
      }
    }
    DeviceArray[] inputs = new DeviceArray[leaves.size() + captures.length];
    for (int i = 0; i < leaves.size(); i++) {
      Tensor leaf = leaves.get(i);
      TensorType type = program.argumentType(i);
      if (!leaf.isConcrete() || !leaf.type().equals(type)) {
        throw new OpException(
            operation()
                + ": "
                + leafName(i)
                + " must be "
                + type.brief()
                + ": got "
                + (leaf.isConcrete() ? leaf.type().brief() : "a tensor that is being traced"),
            leaf.isConcrete()
                ? "it was compiled for that type alone: convert, or call the jitted function"
                : "call the jitted function inside other transforms");
      }
      inputs[i] = leaf.device();
    }
    System.arraycopy(captures, 0, inputs, leaves.size(), captures.length);
    return JitCore.results(result, program.run(inputs));
  }

  private String operation() {
    return "compiled(" + program.name() + ")";
  }

  private String leafName(int leaf) {
    int first = 0;
    for (int i = 0; i < structures.size(); i++) {
      int count = structures.get(i).leafCount();
      if (leaf < first + count) {
        String path = structures.get(i).paths().get(leaf - first);
        return "argument " + i + (path.isEmpty() ? "" : " '" + path + "'");
      }
      first += count;
    }
    throw new IndexOutOfBoundsException(leaf);
  }

  /** The StableHLO text that was compiled. */
  public String text() {
    return program.text();
  }

  /** The program below, for analysis. */
  public Program program() {
    return program;
  }

  /**
   * The compiler's cost model: {@code flops}, {@code bytes accessed}, …; empty where the plugin has
   * none.
   */
  public Map<String, Object> costAnalysis() {
    return program.costAnalysis();
  }

  /** Bytes the compiler planned: {@code arguments, outputs, aliased, temporary, peak, …}. */
  public Map<String, Long> memoryAnalysis() {
    return program.memoryAnalysis();
  }

  /**
   * Writes the executable, the structure of its arguments and results, and the values of tensors it
   * captured. Good for the same build of the plugin on the same kind of processor.
   *
   * @throws OpException if a tree holds something that a file cannot bring back
   */
  public void save(Path file) throws IOException {
    if (program.text().contains(HostCalls.CALL)) {
      throw new OpException(
          "save: " + operation() + " calls a function of yours in Java, which a file cannot hold",
          "save a function without pureCallback");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(program.name());
    out.writeUTF(Program.platform());
    out.writeInt(structures.size());
    for (int i = 0; i < structures.size(); i++) {
      StructureCodec.write(out, structures.get(i), "argument " + i);
    }
    StructureCodec.write(out, result, "result");
    out.writeInt(captures.length);
    for (DeviceArray capture : captures) {
      if (capture.placement() != null) {
        throw new OpException(
            "save: a captured tensor is split over devices", "pass it as an argument");
      }
      block(out, capture.type().toString().getBytes(StandardCharsets.UTF_8));
      block(out, capture.toLiteral().expandedBytes());
    }
    block(out, program.text().getBytes(StandardCharsets.UTF_8));
    block(out, program.serialize());
    byte[] body = bytes.toByteArray();
    ByteBuffer whole = ByteBuffer.allocate(HEADER + body.length);
    whole.put(MAGIC).putInt(VERSION).putLong(checksum(body, 0)).put(body);
    Path target = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent(), "a folder cannot be written to");
    Path part = Files.createTempFile(folder, "compiled", ".part");
    try {
      Files.write(part, whole.array());
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if the file is not such a file, or damaged, or names classes that are not
   *     here
   * @throws IllegalStateException if another plugin build, or another processor, made it
   */
  public static <F> Compiled<F> load(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < HEADER || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("load: " + file + " is not a compiled function of Cornu");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, MAGIC.length, HEADER - MAGIC.length);
    int version = header.getInt();
    if (version != VERSION) {
      throw new IOException(
          "load: "
              + file
              + " has format "
              + version
              + ", this version of Cornu reads "
              + VERSION
              + ": compile it again");
    }
    if (header.getLong() != checksum(bytes, HEADER)) {
      throw new IOException("load: " + file + " is damaged: compile it again");
    }
    try {
      return read(
          new DataInputStream(new ByteArrayInputStream(bytes, HEADER, bytes.length - HEADER)),
          file);
    } catch (IOException | RuntimeException e) {
      if (e instanceof IllegalStateException known) {
        throw known;
      }
      throw new IOException("load: " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static <F> Compiled<F> read(DataInputStream in, Path file) throws IOException {
    String name = in.readUTF();
    String made = in.readUTF();
    List<Structure> structures = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      structures.add(StructureCodec.read(in));
    }
    Structure result = StructureCodec.read(in);
    DeviceArray[] captures = new DeviceArray[in.readInt()];
    for (int i = 0; i < captures.length; i++) {
      TensorType type = (TensorType) Parser.type(new String(block(in), StandardCharsets.UTF_8));
      captures[i] =
          DeviceArray.ofBytes(type, ByteBuffer.wrap(block(in)).order(ByteOrder.LITTLE_ENDIAN));
    }
    String text = new String(block(in), StandardCharsets.UTF_8);
    try {
      Program program = Program.restore(name, text, block(in));
      return new Compiled<>(program, List.copyOf(structures), result, captures);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "load: "
              + file
              + " was compiled by "
              + made
              + "; this process has "
              + Program.platform()
              + ": "
              + e.getMessage()
              + "\n  hint: compile it again here, with jit(f).lower(arguments).compile()",
          e);
    }
  }

  private static void block(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] block(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > in.available()) {
      throw new IOException("a block of " + size + " bytes");
    }
    return in.readNBytes(size);
  }

  private static long checksum(byte[] bytes, int from) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, bytes.length - from);
    return checksum.getValue();
  }
}
