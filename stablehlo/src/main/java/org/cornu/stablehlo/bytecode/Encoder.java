package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Location;

/**
 * Numbers what an artifact refers to: strings, attributes, locations, types, op names, properties.
 * First everything is {@link #collect collected}, then {@link #freeze numbered}, then encoded,
 * since entries refer to each other by number.
 */
final class Encoder {
  /** Which dialect's encoding an attribute or type gets. */
  enum Flavor {
    /** VHLO's: what stands in VHLO ops. */
    VHLO,
    /** MLIR text: module attributes, what other dialects' ops need. */
    TEXT,
    /** The dictionary of the discardable attributes of an op, with values of flavor VHLO. */
    DISCARDABLE,
    /** The dictionary of a module's attributes, with values of flavor TEXT. */
    MODULE,
    /** A string of the builtin dialect. */
    STRING,
    /** A location. */
    LOCATION
  }

  record Key(Flavor flavor, Object value) {}

  private record Entry(String dialect, boolean custom) {}

  final Version target;
  private final VhloEncoder vhlo;
  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private final Map<Key, Entry> attributes = new LinkedHashMap<>();
  private final Map<Key, Entry> types = new LinkedHashMap<>();
  private final Map<String, Integer> opNames = new TreeMap<>();
  private final Map<Key, Integer> attributeNumbers = new HashMap<>();
  private final Map<Key, Integer> typeNumbers = new HashMap<>();
  private final List<byte[]> properties = new ArrayList<>();
  private final Map<List<Integer>, Integer> propertyNumbers = new HashMap<>();
  private boolean frozen;

  Encoder(Version target) {
    this.target = target;
    this.vhlo = new VhloEncoder(this);
  }

  // Collecting.

  void collectOpName(String name) {
    opNames.putIfAbsent(name, -1);
  }

  void collect(Flavor flavor, Object value) {
    Key key = new Key(flavor, value);
    if (attributes.containsKey(key)) {
      return;
    }
    switch (flavor) {
      case VHLO -> {
        String foreign = VhloEncoder.foreignDialect((Attribute) value);
        if (foreign == null) {
          vhlo.collect((Attribute) value);
          attributes.put(key, new Entry("vhlo", true));
        } else {
          if (target.compareTo(new Version(1, 11, 0)) < 0) {
            throw new BytecodeException(
                "attributes of other dialects need StableHLO 1.11.0, target is "
                    + target
                    + ": "
                    + value);
          }
          attributes.put(key, new Entry(foreign, false));
        }
      }
      case TEXT -> attributes.put(key, new Entry(dialectOf(value.toString()), false));
      case DISCARDABLE, MODULE -> {
        Flavor inner = flavor == Flavor.MODULE ? Flavor.TEXT : Flavor.VHLO;
        for (Map.Entry<String, Attribute> entry : ((Attribute.Dict) value).entries().entrySet()) {
          collect(Flavor.STRING, entry.getKey());
          collect(inner, entry.getValue());
        }
        attributes.put(key, new Entry("builtin", true));
      }
      case STRING -> attributes.put(key, new Entry("builtin", true));
      case LOCATION -> {
        collectParts((Location) value);
        attributes.put(key, new Entry("builtin", true));
      }
    }
  }

  /** Dialect of an attribute's text: the name behind {@code #}, else builtin. */
  static String dialectOf(String text) {
    if (!text.startsWith("#")) {
      return "builtin";
    }
    String name = text.substring(1).split("[.<]", 2)[0];
    return name.isEmpty() ? "builtin" : name;
  }

  private void collectParts(Location location) {
    if (location instanceof Location.Line line) {
      collect(Flavor.STRING, line.file());
    } else if (location instanceof Location.Named named) {
      collect(Flavor.STRING, named.name());
      collect(Flavor.LOCATION, named.child() == null ? Location.UNKNOWN : named.child());
    } else if (location instanceof Location.CallSite site) {
      collect(Flavor.LOCATION, site.callee());
      collect(Flavor.LOCATION, site.caller());
    } else if (location instanceof Location.Fused fused) {
      fused.parts().forEach(part -> collect(Flavor.LOCATION, part));
    }
  }

  void collectType(Flavor flavor, Object type) {
    Key key = new Key(flavor, type);
    if (types.containsKey(key)) {
      return;
    }
    if (flavor == Flavor.VHLO) {
      vhlo.collectType(type);
      types.put(key, new Entry("vhlo", true));
    } else {
      types.put(key, new Entry("builtin", false));
    }
  }

  // Numbering: entries of one dialect stand together.

  /** Ends collecting. */
  void freeze() {
    number(attributes, attributeNumbers);
    number(types, typeNumbers);
    int next = 0;
    for (Map.Entry<String, Integer> entry : opNames.entrySet()) {
      entry.setValue(next++);
    }
    frozen = true;
  }

  private static void number(Map<Key, Entry> entries, Map<Key, Integer> numbers) {
    for (String dialect : dialects(entries.values())) {
      for (Map.Entry<Key, Entry> entry : entries.entrySet()) {
        if (entry.getValue().dialect().equals(dialect)) {
          numbers.put(entry.getKey(), numbers.size());
        }
      }
    }
  }

  private static Set<String> dialects(Iterable<Entry> entries) {
    Set<String> dialects = new java.util.TreeSet<>();
    for (Entry entry : entries) {
      dialects.add(entry.dialect());
    }
    return dialects;
  }

  int number(Flavor flavor, Object value) {
    Integer number = attributeNumbers.get(new Key(flavor, value));
    if (number == null) {
      throw new IllegalStateException("attribute was not collected: " + flavor + " " + value);
    }
    return number;
  }

  int typeNumber(Flavor flavor, Object type) {
    Integer number = typeNumbers.get(new Key(flavor, type));
    if (number == null) {
      throw new IllegalStateException("type was not collected: " + flavor + " " + type);
    }
    return number;
  }

  int string(String text) {
    return strings.computeIfAbsent(text, key -> strings.size());
  }

  /** Number of an entry of properties with these bytes. */
  int properties(ByteOutput data) {
    byte[] bytes = data.toBytes();
    List<Integer> key = new ArrayList<>(bytes.length);
    for (byte b : bytes) {
      key.add((int) b);
    }
    return propertyNumbers.computeIfAbsent(
        key,
        absent -> {
          properties.add(bytes);
          return properties.size() - 1;
        });
  }

  // Sections.

  ByteOutput entriesSection(ByteOutput offsets) {
    if (!frozen) {
      throw new IllegalStateException("entries are encoded after they are numbered");
    }
    ByteOutput data = new ByteOutput();
    offsets.varint(attributes.size());
    offsets.varint(types.size());
    List<String> dialects = dialectList();
    encode(attributes, dialects, offsets, data, false);
    encode(types, dialects, offsets, data, true);
    return data;
  }

  private void encode(
      Map<Key, Entry> entries,
      List<String> dialects,
      ByteOutput offsets,
      ByteOutput data,
      boolean isType) {
    for (String dialect : dialects(entries.values())) {
      List<Map.Entry<Key, Entry>> group = new ArrayList<>();
      for (Map.Entry<Key, Entry> entry : entries.entrySet()) {
        if (entry.getValue().dialect().equals(dialect)) {
          group.add(entry);
        }
      }
      offsets.varint(dialects.indexOf(dialect));
      offsets.varint(group.size());
      for (Map.Entry<Key, Entry> entry : group) {
        int start = data.size();
        if (!entry.getValue().custom()) {
          data.terminated(entry.getKey().value().toString());
        } else if (isType) {
          vhlo.type(data, entry.getKey().value());
        } else {
          attribute(data, entry.getKey());
        }
        offsets.flagged(data.size() - start, entry.getValue().custom());
      }
    }
  }

  private void attribute(ByteOutput out, Key key) {
    switch (key.flavor()) {
      case VHLO -> vhlo.attribute(out, (Attribute) key.value());
      case DISCARDABLE -> dictionary(out, (Attribute.Dict) key.value(), Flavor.VHLO);
      case MODULE -> dictionary(out, (Attribute.Dict) key.value(), Flavor.TEXT);
      case STRING -> {
        out.varint(2);
        out.varint(string((String) key.value()));
      }
      case LOCATION -> location(out, (Location) key.value());
      case TEXT -> throw new IllegalStateException("text has no encoding of its own");
    }
  }

  private void dictionary(ByteOutput out, Attribute.Dict dict, Flavor flavor) {
    out.varint(1);
    out.varint(dict.entries().size());
    for (Map.Entry<String, Attribute> entry : dict.entries().entrySet()) {
      out.varint(number(Flavor.STRING, entry.getKey()));
      out.varint(number(flavor, entry.getValue()));
    }
  }

  private void location(ByteOutput out, Location location) {
    if (location instanceof Location.Line line) {
      out.varint(11);
      out.varint(number(Flavor.STRING, line.file()));
      out.varint(line.line());
      out.varint(line.column());
    } else if (location instanceof Location.Named named) {
      out.varint(14);
      out.varint(number(Flavor.STRING, named.name()));
      out.varint(number(Flavor.LOCATION, named.child() == null ? Location.UNKNOWN : named.child()));
    } else if (location instanceof Location.CallSite site) {
      out.varint(10);
      out.varint(number(Flavor.LOCATION, site.callee()));
      out.varint(number(Flavor.LOCATION, site.caller()));
    } else if (location instanceof Location.Fused fused) {
      out.varint(12);
      out.varint(fused.parts().size());
      for (Location part : fused.parts()) {
        out.varint(number(Flavor.LOCATION, part));
      }
    } else {
      out.varint(15);
    }
  }

  private List<String> dialectList() {
    Set<String> dialects = dialects(attributes.values());
    dialects.addAll(dialects(types.values()));
    for (String name : opNames.keySet()) {
      dialects.add(name.substring(0, name.indexOf('.')));
    }
    return new ArrayList<>(dialects);
  }

  ByteOutput dialectSection() {
    ByteOutput out = new ByteOutput();
    List<String> dialects = dialectList();
    out.varint(dialects.size());
    for (String dialect : dialects) {
      out.flagged(string(dialect), false);
    }
    out.varint(opNames.size());
    List<String> ordered = new ArrayList<>(opNames.keySet());
    int at = 0;
    while (at < ordered.size()) {
      String dialect = ordered.get(at).substring(0, ordered.get(at).indexOf('.'));
      int end = at;
      while (end < ordered.size() && ordered.get(end).startsWith(dialect + ".")) {
        end++;
      }
      out.varint(dialects.indexOf(dialect));
      out.varint(end - at);
      for (; at < end; at++) {
        out.flagged(string(ordered.get(at).substring(dialect.length() + 1)), true);
      }
    }
    return out;
  }

  int opName(String name) {
    Integer number = opNames.get(name);
    if (number == null) {
      throw new IllegalStateException("op name was not collected: " + name);
    }
    return number;
  }

  ByteOutput stringSection() {
    ByteOutput out = new ByteOutput();
    out.varint(strings.size());
    List<byte[]> texts = new ArrayList<>();
    for (String text : strings.keySet()) {
      texts.add(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    for (int i = texts.size() - 1; i >= 0; i--) {
      out.varint(texts.get(i).length + 1L);
    }
    for (byte[] text : texts) {
      out.octets(text);
      out.octet(0);
    }
    return out;
  }

  ByteOutput propertySection() {
    ByteOutput out = new ByteOutput();
    out.varint(properties.size());
    for (byte[] entry : properties) {
      out.blob(entry);
    }
    return out;
  }
}
