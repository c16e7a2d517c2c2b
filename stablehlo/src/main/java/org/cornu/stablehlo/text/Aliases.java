package org.cornu.stablehlo.text;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a file names at its top level: {@code #name = attribute}, {@code !name = type}, {@code #loc1
 * = loc(...)} and the blobs of its resource section.
 */
final class Aliases {
  private final Map<String, Attribute> attributes = new HashMap<>();
  private final Map<String, Type> types = new HashMap<>();
  private final Map<String, Location> locations = new HashMap<>();
  private final Map<String, int[]> resources = new HashMap<>();

  void define(String name, Attribute attribute) {
    attributes.put(name, attribute);
  }

  void define(String name, Type type) {
    types.put(name, type);
  }

  void define(String name, Location location) {
    locations.put(name, location);
  }

  /** The hex digits of resource {@code name} stand between two places of the file. */
  void defineResource(String name, int from, int to) {
    resources.put(name, new int[] {from, to});
  }

  @Nullable Attribute attribute(String name) {
    return attributes.get(name);
  }

  @Nullable Type type(String name) {
    return types.get(name);
  }

  @Nullable Location location(String name) {
    return locations.get(name);
  }

  /** Where the hex digits of a resource begin and end; null when there is none of that name. */
  int @Nullable [] resource(String name) {
    return resources.get(name);
  }

  static Lexer lexer(String text, String source) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Lexer(bytes, 0, bytes.length, source);
  }

  /**
   * The text from {@code from} to the cursor as it is kept in the IR: comments dropped, blanks
   * between tokens reduced to one space, aliases replaced by what they stand for.
   */
  String normal(int from, Lexer lexer) {
    int to = lexer.cursor();
    StringBuilder out = new StringBuilder(to - from);
    lexer.moveTo(from);
    int last = from;
    while (lexer.position() < to) {
      int at = lexer.position();
      if (at > last && out.length() > 0) {
        out.append(' ');
      }
      int c = lexer.raw();
      if (c == '"') {
        lexer.skipString();
      } else if (c == '#' || c == '!') {
        lexer.step();
        if (Lexer.isLetter(lexer.raw())) {
          String name = lexer.suffixId("a name");
          String replacement = replacement(c, name);
          if (replacement != null) {
            out.append(replacement);
            last = lexer.cursor();
            continue;
          }
        }
      } else if (c > 0x7E) {
        throw lexer.error("only strings and comments have characters beyond ASCII");
      } else {
        lexer.step();
      }
      last = lexer.cursor();
      out.append(lexer.slice(at, last));
    }
    lexer.moveTo(to);
    return out.toString();
  }

  private @Nullable String replacement(int sign, String name) {
    Object alias = sign == '#' ? attributes.get(name) : types.get(name);
    return alias == null ? null : alias.toString();
  }
}
