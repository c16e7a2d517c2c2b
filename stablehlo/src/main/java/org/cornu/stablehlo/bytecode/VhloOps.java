package org.cornu.stablehlo.bytecode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cornu.stablehlo.ir.OpCode;
import org.jspecify.annotations.Nullable;

/** Which ops VHLO has in which versions, and the attributes of each in the order of the file. */
final class VhloOps {
  private VhloOps() {}

  /** An attribute of an op; optional ones are marked as present or absent. */
  record Property(String name, boolean optional) {}

  /**
   * A version of an op.
   *
   * @param name {@code gather_v2}
   * @param last null when it is still current
   */
  record Op(String name, Version first, @Nullable Version last, List<Property> properties) {
    boolean isIn(Version target) {
      return first.compareTo(target) <= 0 && (last == null || target.compareTo(last) <= 0);
    }
  }

  /** Attributes that ops of CHLO can do without. */
  private static final Set<String> OPTIONAL =
      Set.of("broadcast_dimensions", "compare_type", "precision_config");

  private static final Map<String, List<Property>> PROPERTIES = new HashMap<>();
  private static final Map<String, List<Op>> BY_BASE = new HashMap<>();

  static {
    try (InputStream in = VhloOps.class.getResourceAsStream("vhlo-ops.txt")) {
      if (in == null) {
        throw new IllegalStateException("resource vhlo-ops.txt is missing");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          add(line.split(" "));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PROPERTIES.put(
        "builtin.module",
        List.of(new Property("sym_name", true), new Property("sym_visibility", true)));
    PROPERTIES.put("sdy.mesh", required("mesh", "sym_name"));
    for (OpCode code : OpCode.values()) {
      if (isChlo(code)) {
        List<Property> properties = new ArrayList<>();
        for (String name : new TreeSet<>(code.properties())) {
          if (!name.equals("is_stable")) {
            properties.add(new Property(name, OPTIONAL.contains(name)));
          }
        }
        PROPERTIES.put(code.mlirName(), properties);
      }
    }
    PROPERTIES.put("builtin.unrealized_conversion_cast", List.of());
    PROPERTIES.put("sdy.return", List.of());
    PROPERTIES.put("sdy.sharding_constraint", required("sharding"));
    PROPERTIES.put("sdy.reshard", required("sharding"));
    PROPERTIES.put("sdy.sharding_group", required("group_id"));
    PROPERTIES.put("sdy.propagation_barrier", required("allowed_direction"));
    PROPERTIES.put(
        "sdy.named_computation",
        List.of(
            new Property("in_shardings", true),
            new Property("name", false),
            new Property("out_shardings", true)));
    PROPERTIES.put(
        "sdy.manual_computation", required("in_shardings", "manual_axes", "out_shardings"));
  }

  /** Ops of CHLO, whose attributes stand in alphabetical order; scans have no stable form. */
  static boolean isChlo(OpCode code) {
    return code.dialect().equals("chlo") && code != OpCode.CHLO_SCAN;
  }

  private static void add(String[] words) {
    List<Property> properties = new ArrayList<>();
    for (int i = 3; i < words.length; i++) {
      properties.add(new Property(words[i], false));
    }
    Version last = words[2].equals("-") ? null : Version.parse(words[2]);
    PROPERTIES.put("vhlo." + words[0], properties);
    String base = words[0].substring(0, words[0].lastIndexOf("_v"));
    BY_BASE
        .computeIfAbsent(base, key -> new ArrayList<>())
        .add(new Op(words[0], Version.parse(words[1]), last, properties));
  }

  private static List<Property> required(String... names) {
    List<Property> properties = new ArrayList<>();
    for (String name : names) {
      properties.add(new Property(name, false));
    }
    return properties;
  }

  /** The attributes of an op of this full name. */
  static List<Property> properties(String name) {
    List<Property> properties = PROPERTIES.get(name);
    if (properties == null) {
      throw new BytecodeException("op " + name + " is not known");
    }
    return properties;
  }

  /** True for an attribute that belongs to the op, false for a discardable one. */
  static boolean isProperty(String name, String key) {
    for (Property property : properties(name)) {
      if (property.name().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** The version of op {@code base} that {@code target} has. */
  static Op forTarget(String base, Version target) {
    List<Op> versions = BY_BASE.get(base);
    if (versions == null) {
      throw new BytecodeException("op " + base + " has no counterpart in VHLO");
    }
    for (Op op : versions) {
      if (op.isIn(target)) {
        return op;
      }
    }
    throw new BytecodeException(
        "op " + base + " needs StableHLO " + versions.get(0).first() + ", target is " + target);
  }
}
