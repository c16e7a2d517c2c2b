package org.cornu.stablehlo.bytecode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outer structure of an MLIR bytecode file ("MLIR Bytecode Format" in MLIR's documentation):
 * sections of strings, dialects and op names, attributes and types, properties, and the program.
 */
final class Container {
  static final byte[] MAGIC = {'M', 'L', (byte) 0xEF, 'R'};

  static final int STRINGS = 0;
  static final int DIALECTS = 1;
  static final int ENTRIES = 2;
  static final int ENTRY_OFFSETS = 3;
  static final int PROGRAM = 4;
  static final int DIALECT_VERSIONS = 7;
  static final int PROPERTIES = 8;
  static final int PADDING = 0xCB;

  /** Newest version of the format that is read. */
  static final int NEWEST = 6;

  /**
   * An attribute or type that is not decoded yet.
   *
   * @param dialect dialect that knows how to decode it
   * @param custom true when encoded by the dialect, false when it is MLIR text
   * @param data its bytes
   */
  record Entry(String dialect, boolean custom, ByteInput data) {}

  /**
   * Name of an op.
   *
   * @param registered true when the writer knew the op, so that its properties have an encoding of
   *     their own
   */
  record OpName(String name, boolean registered) {}

  final int version;
  final String producer;
  final String[] strings;
  final List<OpName> opNames = new ArrayList<>();
  final List<Entry> attributes = new ArrayList<>();
  final List<Entry> types = new ArrayList<>();
  final List<ByteInput> properties = new ArrayList<>();
  final ByteInput program;

  Container(byte[] file) {
    if (!isBytecode(file)) {
      throw new BytecodeException("file does not begin with MLIR's magic number");
    }
    ByteInput in = new ByteInput(file, MAGIC.length, file.length);
    version = in.count();
    if (version > NEWEST) {
      throw new BytecodeException(
          "format version " + version + " is newer than " + NEWEST + ", the newest that is read");
    }
    producer = in.terminated();
    Map<Integer, ByteInput> sections = new HashMap<>();
    while (!in.isEmpty()) {
      section(in, sections);
    }
    strings = strings(required(sections, STRINGS));
    List<String> dialects = new ArrayList<>();
    dialects(required(sections, DIALECTS), dialects);
    entries(required(sections, ENTRY_OFFSETS), required(sections, ENTRIES), dialects);
    ByteInput propertySection = sections.get(PROPERTIES);
    if (propertySection != null) {
      int count = propertySection.size();
      for (int i = 0; i < count; i++) {
        properties.add(propertySection.slice(propertySection.size()));
      }
    }
    program = required(sections, PROGRAM);
  }

  static boolean isBytecode(byte[] file) {
    return file.length > MAGIC.length
        && java.util.Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Reads the section at the cursor into {@code sections}; returns its number. */
  static int section(ByteInput in, Map<Integer, ByteInput> sections) {
    int head = in.octet();
    int size = in.count();
    if ((head & 0x80) != 0) {
      int alignment = in.count();
      if (alignment == 0 || Integer.bitCount(alignment) != 1 || alignment > 1 << 16) {
        throw in.error("alignment must be a power of two, got " + alignment);
      }
      while (in.position() % alignment != 0) {
        if (in.octet() != PADDING) {
          throw in.error("padding has an unexpected byte");
        }
      }
    }
    int id = head & 0x7F;
    if (sections.put(id, in.slice(size)) != null) {
      throw in.error("section " + id + " occurs twice");
    }
    return id;
  }

  private static ByteInput required(Map<Integer, ByteInput> sections, int id) {
    ByteInput section = sections.get(id);
    if (section == null) {
      throw new BytecodeException("section " + id + " is missing");
    }
    return section;
  }

  // Lengths stand in reverse order before the texts, each text with a zero byte behind it.
  private static String[] strings(ByteInput in) {
    int count = in.size();
    int[] lengths = new int[count];
    for (int i = count - 1; i >= 0; i--) {
      lengths[i] = in.size();
      if (lengths[i] == 0) {
        throw in.error("string without its closing zero");
      }
    }
    String[] strings = new String[count];
    for (int i = 0; i < count; i++) {
      byte[] text = in.octets(lengths[i]);
      strings[i] = new String(text, 0, text.length - 1, StandardCharsets.UTF_8);
    }
    return strings;
  }

  String string(ByteInput in) {
    return at(strings, in.count(), in);
  }

  private static String at(String[] strings, int index, ByteInput in) {
    if (index >= strings.length) {
      throw in.error("no string " + index);
    }
    return strings[index];
  }

  private void dialects(ByteInput in, List<String> dialects) {
    int count = in.size();
    for (int i = 0; i < count; i++) {
      if (version < 1) {
        dialects.add(string(in));
        continue;
      }
      int index = in.count();
      dialects.add(at(strings, index >> 1, in));
      if ((index & 1) != 0) {
        // How far a dialect has developed; VHLO puts it into names instead.
        section(in, new HashMap<>());
      }
    }
    if (version >= 4) {
      in.count();
    }
    while (!in.isEmpty()) {
      String dialect = dialect(in, dialects);
      int ops = in.size();
      for (int i = 0; i < ops; i++) {
        int index = in.count();
        boolean registered = version < 5 || (index & 1) != 0;
        String name = at(strings, version < 5 ? index : index >> 1, in);
        opNames.add(new OpName(dialect + "." + name, registered));
      }
    }
  }

  private static String dialect(ByteInput in, List<String> dialects) {
    int index = in.count();
    if (index >= dialects.size()) {
      throw in.error("no dialect " + index);
    }
    return dialects.get(index);
  }

  private void entries(ByteInput offsets, ByteInput data, List<String> dialects) {
    int attributeCount = offsets.count();
    int typeCount = offsets.count();
    entries(offsets, data, dialects, attributes, attributeCount);
    entries(offsets, data, dialects, types, typeCount);
  }

  private static void entries(
      ByteInput offsets, ByteInput data, List<String> dialects, List<Entry> into, int count) {
    while (into.size() < count) {
      String dialect = dialect(offsets, dialects);
      int group = offsets.size();
      for (int i = 0; i < group; i++) {
        int size = offsets.count();
        into.add(new Entry(dialect, (size & 1) != 0, data.slice(size >> 1)));
      }
    }
  }

  OpName opName(ByteInput in) {
    int index = in.count();
    if (index >= opNames.size()) {
      throw in.error("no op name " + index);
    }
    return opNames.get(index);
  }

  ByteInput properties(ByteInput in) {
    int index = in.count();
    if (index >= properties.size()) {
      throw in.error("no properties " + index);
    }
    return properties.get(index);
  }
}
