package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.text.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Decodes attributes, types and locations on demand, each once. An entry becomes an {@link
 * Attribute}, a {@link Location}, a {@link Type}, or an {@link ElementType}.
 */
final class Decoder {
  private static final int MAX_DEPTH = 200;

  private static final List<String> DIRECTIONS = List.of("EQ", "NE", "GE", "GT", "LE", "LT");
  private static final List<String> COMPARISONS =
      List.of("NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED");

  private final Container container;
  private final @Nullable Object[] attributes;
  private final @Nullable Object[] types;
  private final BuiltinDecoder builtin = new BuiltinDecoder(this);
  private final VhloDecoder vhlo = new VhloDecoder(this);
  private final SdyDecoder sdy = new SdyDecoder(this);
  private int depth;

  Decoder(Container container) {
    this.container = container;
    this.attributes = new Object[container.attributes.size()];
    this.types = new Object[container.types.size()];
  }

  String string(ByteInput in) {
    return container.string(in);
  }

  /** The attribute whose number stands at the cursor. */
  Attribute attribute(ByteInput in) {
    return attribute(in.count());
  }

  /** Attribute {@code index}. */
  Attribute attribute(int index) {
    if (attributeOrLocation(index) instanceof Attribute attribute) {
      return attribute;
    }
    throw new BytecodeException("attribute " + index + " is a location or a part of a sharding");
  }

  /** The axis or dimension of a sharding whose number stands at the cursor. */
  SdyDecoder.Part shardingPart(ByteInput in) {
    int index = in.count();
    if (attributeOrLocation(index) instanceof SdyDecoder.Part part) {
      return part;
    }
    throw new BytecodeException("attribute " + index + " is no part of a sharding");
  }

  /** The attribute whose number and presence stand at the cursor, or null. */
  @Nullable Attribute optionalAttribute(ByteInput in) {
    int index = in.count();
    return (index & 1) == 0 ? null : attribute(index >> 1);
  }

  List<Attribute> attributeList(ByteInput in) {
    int size = in.size();
    List<Attribute> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(attribute(in));
    }
    return elements;
  }

  Location location(ByteInput in) {
    return location(in.count());
  }

  Location location(int index) {
    return attributeOrLocation(index) instanceof Location location ? location : Location.UNKNOWN;
  }

  private Object attributeOrLocation(int index) {
    if (index >= attributes.length) {
      throw new BytecodeException("no attribute " + index);
    }
    Object known = attributes[index];
    if (known == null) {
      known = decodeAttribute(container.attributes.get(index));
      attributes[index] = known;
    }
    return known;
  }

  private Object decodeAttribute(Container.Entry entry) {
    enter();
    Object decoded =
        !entry.custom()
            ? Parser.attribute(entry.data().terminated())
            : switch (entry.dialect()) {
              case "builtin" -> builtin.attribute(entry.data());
              case "vhlo" -> vhlo.attribute(entry.data());
              case "sdy" -> sdy.attribute(entry.data());
              case "chlo" -> chlo(entry.data());
              default -> throw unknown(entry, "attributes");
            };
    depth--;
    return decoded;
  }

  /** The attributes of CHLO that are not written as text (stablehlo/dialect/ChloBytecode.cpp). */
  private static Attribute chlo(ByteInput in) {
    int code = in.count();
    String kind = code == 0 ? "comparison_direction" : "comparison_type";
    List<String> words = code == 0 ? DIRECTIONS : COMPARISONS;
    int word = in.count();
    if (code > 1 || word >= words.size()) {
      throw in.error("no attribute " + code + " " + word + " of dialect 'chlo' is known");
    }
    return new Attribute.Opaque("#chlo<" + kind + " " + words.get(word) + ">");
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new BytecodeException(
          "attributes or types nested too deeply: at most " + MAX_DEPTH + " levels are read");
    }
  }

  private static BytecodeException unknown(Container.Entry entry, String what) {
    return new BytecodeException(
        what
            + " of dialect '"
            + entry.dialect()
            + "' are not known: a portable artifact has those of builtin, vhlo, chlo and sdy");
  }

  private Object typeOrElement(int index) {
    if (index >= types.length) {
      throw new BytecodeException("no type " + index);
    }
    Object known = types[index];
    if (known == null) {
      Container.Entry entry = container.types.get(index);
      enter();
      known =
          !entry.custom()
              ? Parser.type(entry.data().terminated())
              : switch (entry.dialect()) {
                case "builtin" -> builtin.type(entry.data());
                case "vhlo" -> vhlo.type(entry.data());
                default -> throw unknown(entry, "types");
              };
      depth--;
      types[index] = known;
    }
    return known;
  }

  /** The type whose number stands at the cursor; an element type as its text. */
  Type type(ByteInput in) {
    return type(in.count());
  }

  Type type(int index) {
    Object decoded = typeOrElement(index);
    return decoded instanceof Type type ? type : new Type.Opaque(((ElementType) decoded).mlir());
  }

  /** The element type whose number stands at the cursor; null when it is none that Cornu knows. */
  @Nullable ElementType element(ByteInput in) {
    return typeOrElement(in.count()) instanceof ElementType element ? element : null;
  }

  List<Type> typeList(ByteInput in) {
    int size = in.size();
    List<Type> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(type(in));
    }
    return list;
  }
}
