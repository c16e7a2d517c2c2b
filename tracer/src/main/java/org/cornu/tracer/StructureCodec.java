package org.cornu.tracer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Structures as bytes, for saved functions: trees of records, registered classes, lists, maps,
 * arrays and optionals, with numbers, booleans, text and enum constants as static values.
 *
 * <p>Reading looks up classes by name without initializing them, and takes records, enums, array
 * components and registered classes only.
 */
final class StructureCodec {
  private static final int MAX_CHILDREN = 1 << 20;

  private enum Tag {
    LEAF,
    NULL,
    EMPTY,
    VALUE,
    ENUM,
    COMPOSITE,
    SEQUENCE,
    MAPPING,
    ARRAY,
    PRESENT
  }

  /** How values that are not tensors are written: by the name of their class, and as text. */
  private static final Map<String, java.util.function.Function<String, Object>> VALUES =
      Map.of(
          "Boolean", Boolean::valueOf,
          "Byte", Byte::valueOf,
          "Short", Short::valueOf,
          "Integer", Integer::valueOf,
          "Long", Long::valueOf,
          "Float", Float::valueOf,
          "Double", Double::valueOf,
          "Character", text -> text.charAt(0),
          "String", text -> text);

  private StructureCodec() {}

  /**
   * Writes a structure.
   *
   * @param path of the structure in the argument, for messages
   * @throws OpException if it holds what could not be read back
   */
  static void write(DataOutput out, Structure structure, String path) throws IOException {
    if (structure == Structure.Leaf.INSTANCE) {
      tag(out, Tag.LEAF);
    } else if (structure instanceof Structure.Static value) {
      writeValue(out, value.value, path);
    } else {
      Structure.Node node = (Structure.Node) structure;
      writeKind(out, node, path);
      out.writeInt(node.children.length);
      for (int i = 0; i < node.children.length; i++) {
        write(out, node.children[i], node.childPath(path, i));
      }
    }
  }

  private static void writeKind(DataOutput out, Structure.Node node, String path)
      throws IOException {
    if (node instanceof Structure.Composite composite) {
      Class<?> type = composite.plan.type();
      if (!type.isRecord() && TreePlan.registered(type) == null) {
        throw refused(path, "an object of " + type.getName());
      }
      tag(out, Tag.COMPOSITE);
      out.writeUTF(type.getName());
    } else if (node instanceof Structure.Mapping mapping) {
      tag(out, Tag.MAPPING);
      out.writeInt(mapping.keys.size());
      for (Object key : mapping.keys) {
        writeValue(out, key, path);
      }
    } else if (node instanceof Structure.Array array) {
      tag(out, Tag.ARRAY);
      out.writeUTF(array.component.getName());
    } else {
      tag(out, node instanceof Structure.Present ? Tag.PRESENT : Tag.SEQUENCE);
    }
  }

  private static void writeValue(DataOutput out, @Nullable Object value, String path)
      throws IOException {
    if (value == null) {
      tag(out, Tag.NULL);
    } else if (value.equals(Optional.empty())) {
      tag(out, Tag.EMPTY);
    } else if (value instanceof Enum<?> constant) {
      tag(out, Tag.ENUM);
      out.writeUTF(constant.getDeclaringClass().getName());
      out.writeUTF(constant.name());
    } else if (value.getClass().getName().startsWith("java.lang.")
        && VALUES.containsKey(value.getClass().getSimpleName())) {
      tag(out, Tag.VALUE);
      out.writeUTF(value.getClass().getSimpleName());
      byte[] text = value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      out.writeInt(text.length);
      out.write(text);
    } else {
      throw refused(path, "a value of " + value.getClass().getName());
    }
  }

  private static OpException refused(String path, String what) {
    return new OpException(
        "save: "
            + (path.isEmpty() ? "the tree" : "'" + path + "'")
            + " holds "
            + what
            + ", which a file cannot bring back",
        "use records, lists, maps, numbers, text and enums in what is saved");
  }

  private static void tag(DataOutput out, Tag tag) throws IOException {
    out.writeUTF(tag.name());
  }

  private static Tag tag(DataInput in) throws IOException {
    String name = in.readUTF();
    for (Tag tag : Tag.values()) {
      if (tag.name().equals(name)) {
        return tag;
      }
    }
    throw new IOException("unknown kind of tree node: " + name);
  }

  /** Reads a structure. */
  static Structure read(DataInput in) throws IOException {
    Tag tag = tag(in);
    return switch (tag) {
      case LEAF -> Structure.Leaf.INSTANCE;
      case NULL -> Structure.Static.NULL;
      case EMPTY, VALUE, ENUM -> new Structure.Static(readValue(in, tag));
      case COMPOSITE -> {
        TreePlan plan = plan(in.readUTF());
        yield new Structure.Composite(plan, children(in));
      }
      case SEQUENCE -> new Structure.Sequence(children(in));
      case MAPPING -> {
        List<Object> keys = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
          keys.add(java.util.Objects.requireNonNull(readValue(in, tag(in))));
        }
        yield new Structure.Mapping(List.copyOf(keys), children(in));
      }
      case ARRAY -> {
        Class<?> component = find(in.readUTF());
        yield new Structure.Array(component, children(in));
      }
      case PRESENT -> new Structure.Present(children(in)[0]);
    };
  }

  private static Structure[] children(DataInput in) throws IOException {
    Structure[] children = new Structure[count(in)];
    for (int i = 0; i < children.length; i++) {
      children[i] = read(in);
    }
    return children;
  }

  private static int count(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_CHILDREN) {
      throw new IOException("a tree node with " + count + " children");
    }
    return count;
  }

  private static @Nullable Object readValue(DataInput in, Tag tag) throws IOException {
    return switch (tag) {
      case NULL -> null;
      case EMPTY -> Optional.empty();
      case ENUM -> constant(find(in.readUTF()), in.readUTF());
      case VALUE -> {
        var read = VALUES.get(in.readUTF());
        byte[] text = new byte[count(in)];
        in.readFully(text);
        if (read == null) {
          throw new IOException("a value of unknown type");
        }
        yield read.apply(new String(text, java.nio.charset.StandardCharsets.UTF_8));
      }
      case LEAF, COMPOSITE, SEQUENCE, MAPPING, ARRAY, PRESENT ->
          throw new IOException("a tree where a value belongs");
    };
  }

  private static Object constant(Class<?> type, String name) throws IOException {
    for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IOException(type.getName() + " has no constant " + name);
  }

  private static TreePlan plan(String className) throws IOException {
    Class<?> type = find(className);
    TreePlan registered = TreePlan.registered(type);
    if (registered != null) {
      return registered;
    }
    if (!type.isRecord()) {
      throw new IOException(className + " is not a record, nor registered with Trees.register");
    }
    return TreePlan.record(type);
  }

  private static Class<?> find(String name) throws IOException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(
          name, false, context != null ? context : StructureCodec.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException("the class " + name + " of the saved trees is not here", e);
    }
  }
}
