package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Location;
import org.jspecify.annotations.Nullable;

/** Reads {@code loc(...)}. */
final class LocationParser {
  private final Lexer lexer;
  private final Aliases aliases;

  LocationParser(Lexer lexer, Aliases aliases) {
    this.lexer = lexer;
    this.aliases = aliases;
  }

  /** The location that stands here, or null. */
  @Nullable Location optional() {
    return lexer.atWord("loc") ? location() : null;
  }

  /** Steps over the location that may stand here, whose alias may not be known yet. */
  void skipOptional() {
    if (lexer.acceptWord("loc")) {
      if (!lexer.at('(')) {
        throw lexer.unexpected("'('");
      }
      lexer.skipGroup();
    }
  }

  /** {@code loc(...)}. */
  Location location() {
    lexer.expectWord("loc");
    lexer.expect('(');
    Location location = inner();
    lexer.expect(')');
    return location;
  }

  private Location inner() {
    lexer.enter();
    Location location = nested();
    lexer.leave();
    return location;
  }

  private Location nested() {
    if (lexer.at('#')) {
      int from = lexer.position();
      lexer.step();
      String name = lexer.suffixId("a location alias after '#'");
      Location location = aliases.location(name);
      if (location == null) {
        throw lexer.error(from, "location alias #" + name + " is not defined");
      }
      return location;
    }
    if (lexer.at('"')) {
      return lineOrName();
    }
    if (lexer.acceptWord("unknown")) {
      return Location.UNKNOWN;
    }
    if (lexer.acceptWord("callsite")) {
      lexer.expect('(');
      Location callee = inner();
      lexer.expectWord("at");
      Location caller = inner();
      lexer.expect(')');
      return new Location.CallSite(callee, caller);
    }
    if (lexer.acceptWord("fused")) {
      return fused();
    }
    throw lexer.unexpected("a location");
  }

  private Location lineOrName() {
    String text = lexer.string();
    if (lexer.accept(':')) {
      int line = (int) Math.min(Integer.MAX_VALUE, Math.max(0, lexer.integer()));
      int column = 0;
      if (lexer.accept(':')) {
        column = (int) Math.min(Integer.MAX_VALUE, Math.max(0, lexer.integer()));
      }
      // The end of a range of lines and columns is not kept.
      if (lexer.acceptWord("to")) {
        lexer.optionalInteger();
        lexer.expect(':');
        lexer.integer();
      }
      return new Location.Line(text, line, column);
    }
    if (lexer.accept('(')) {
      Location child = inner();
      lexer.expect(')');
      return new Location.Named(text, child);
    }
    return new Location.Named(text, null);
  }

  private Location fused() {
    String metadata = null;
    if (lexer.at('<')) {
      int from = lexer.position();
      lexer.skipGroup();
      String text = aliases.normal(from, lexer);
      metadata = text.substring(1, text.length() - 1).strip();
    }
    lexer.expect('[');
    List<Location> parts = new ArrayList<>();
    if (!lexer.accept(']')) {
      do {
        parts.add(inner());
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    return new Location.Fused(metadata, parts);
  }
}
