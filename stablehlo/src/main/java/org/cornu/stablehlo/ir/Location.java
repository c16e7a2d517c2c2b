package org.cornu.stablehlo.ir;

import java.util.List;
import java.util.Objects;
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
    // Written out, as in TensorType: each op has a location.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Line place
          && line == place.line
          && column == place.column
          && file.equals(place.file);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * file.hashCode() + line) + column;
    }

    @Override
    public String toString() {
      return Attribute.quote(file) + ":" + line + ":" + column;
    }
  }

  /** {@code "name"(child)}: a named scope around a place. */
  record Named(String name, @Nullable Location child) implements Location {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Named scope
          && name.equals(scope.name)
          && Objects.equals(child, scope.child);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Objects.hashCode(child);
    }

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
