package org.cornu.stablehlo.text;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Location;

/**
 * Numbers the locations of a program, so that each is spelled once, as an alias at the end of the
 * text; nested ones refer to each other's aliases.
 */
final class Locations {
  private final Map<Location, Integer> numbers = new HashMap<>();
  private final StringBuilder definitions = new StringBuilder();

  /** Of locations by identity: the ops of one operation share theirs. */
  private final Map<Location, Integer> seen = new IdentityHashMap<>(1 << 8);

  /** Number of the alias that stands for {@code location}. */
  int number(Location location) {
    Integer known = seen.get(location);
    if (known == null) {
      known = numbers.get(location);
      if (known == null) {
        known = define(location);
      }
      seen.put(location, known);
    }
    return known;
  }

  private int define(Location location) {
    String text = text(location);
    int number = numbers.size();
    numbers.put(location, number);
    definitions.append("#loc").append(number).append(" = loc(").append(text).append(")\n");
    return number;
  }

  private String text(Location location) {
    if (location instanceof Location.Named named) {
      Location child = named.child();
      return Attribute.quote(named.name()) + (child == null ? "" : "(" + alias(child) + ")");
    }
    if (location instanceof Location.CallSite site) {
      return "callsite(" + alias(site.callee()) + " at " + alias(site.caller()) + ")";
    }
    if (location instanceof Location.Fused fused) {
      StringBuilder out = new StringBuilder("fused");
      if (fused.metadata() != null) {
        out.append('<').append(fused.metadata()).append('>');
      }
      out.append('[');
      for (int i = 0; i < fused.parts().size(); i++) {
        out.append(i == 0 ? "" : ", ").append(alias(fused.parts().get(i)));
      }
      return out.append(']').toString();
    }
    return location.toString();
  }

  private String alias(Location location) {
    return location instanceof Location.Unknown ? "unknown" : "#loc" + number(location);
  }

  /** The lines {@code #loc0 = loc(...)}, each after those it refers to. */
  CharSequence definitions() {
    return definitions;
  }
}
