package org.cornu.stablehlo.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an op comes from; {@link #toString} is the text inside MLIR's {@code loc(...)}. */
public sealed interface Location
    permits Location.Unknown, Location.Line, Location.Named, Location.CallSite, Location.Fused {

  /** No place is known. */
  @SuppressWarnings("ClassInitializationDeadlock") // Unknown has no state of its own to wait for
  Location UNKNOWN = new Unknown();

  /** {@code unknown}. */
  record Unknown() implements Location {
    @Override
    public String toString() {
      return "unknown";
    }
  }

  /** {@code "file":line:column}; line and column count from 1, column 0 where not known. */
  record Line(String file, int line, int column) implements Location {
    @Override
    public String toString() {
      return Attribute.quote(file) + ":" + line + ":" + column;
    }
  }

  /** {@code "name"(child)}: a named scope around a place. */
  record Named(String name, @Nullable Location child) implements Location {
    @Override
    public String toString() {
      return Attribute.quote(name) + (child == null ? "" : "(" + child + ")");
    }
  }

  /** {@code callsite(callee at caller)}. */
  record CallSite(Location callee, Location caller) implements Location {
    @Override
    public String toString() {
      return "callsite(" + callee + " at " + caller + ")";
    }
  }

  /** {@code fused[a, b]}: several places that became one op. */
  record Fused(@Nullable String metadata, List<Location> parts) implements Location {
    /** Copies the list. */
    public Fused {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder("fused");
      if (metadata != null) {
        out.append('<').append(metadata).append('>');
      }
      out.append('[');
      for (int i = 0; i < parts.size(); i++) {
        out.append(i == 0 ? "" : ", ").append(parts.get(i));
      }
      return out.append(']').toString();
    }
  }

  /** The innermost file position, or null. */
  default @Nullable Line innermostLine() {
    if (this instanceof Line line) {
      return line;
    }
    if (this instanceof Named named) {
      return named.child() == null ? null : named.child().innermostLine();
    }
    if (this instanceof CallSite site) {
      Line callee = site.callee().innermostLine();
      return callee != null ? callee : site.caller().innermostLine();
    }
    if (this instanceof Fused fused) {
      for (Location part : fused.parts()) {
        Line line = part.innermostLine();
        if (line != null) {
          return line;
        }
      }
    }
    return null;
  }
}
