package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Type;

/**
 * An op as it stands in a file: by name, with operands as numbers. What a number stands for depends
 * on the region, see {@link Region}.
 */
final class RawOp {
  final String name;
  final Location location;

  /** Attributes that belong to the op, and discardable ones. */
  final Map<String, Attribute> attributes = new TreeMap<>();

  /** Of these, the names of those that are discardable; only filled for writing. */
  final Map<String, Attribute> discardable = new TreeMap<>();

  final List<Type> results = new ArrayList<>();
  int[] operands = {};
  final List<Region> regions = new ArrayList<>();

  /** True when its results have types of the builtin dialect; only set for writing. */
  boolean foreign;

  RawOp(String name, Location location) {
    this.name = name;
    this.location = location;
  }

  /**
   * A region of one block. Its values are numbered from {@code firstValue}: arguments, then results
   * of its own ops in order; the regions of these begin behind all of them. Regions of isolated ops
   * (functions, modules) begin again at 0.
   */
  static final class Region {
    final int firstValue;
    final List<Type> arguments = new ArrayList<>();
    final List<RawOp> ops = new ArrayList<>();
    boolean hasBlock;

    /** True when nothing outside can be used inside. */
    final boolean isolated;

    /** True when its arguments have types of the builtin dialect; only set for writing. */
    boolean foreign;

    Region(int firstValue, boolean isolated) {
      this.firstValue = firstValue;
      this.isolated = isolated;
    }

    /** How many values it defines itself. */
    int values() {
      int count = arguments.size();
      for (RawOp op : ops) {
        count += op.results.size();
      }
      return count;
    }
  }
}
