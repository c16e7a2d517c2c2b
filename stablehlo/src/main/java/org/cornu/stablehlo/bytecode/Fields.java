package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes apart the text of an attribute that the IR keeps as text: {@code #d.name<a = 1, ..>}. */
final class Fields {
  private Fields() {}

  /** What stands between the first and the last bracket. */
  static String body(String text) {
    int open = text.indexOf('<');
    if (open < 0 || !text.endsWith(">")) {
      throw new BytecodeException("attribute has no fields: " + text);
    }
    return text.substring(open + 1, text.length() - 1).strip();
  }

  /** The parts between commas outside of brackets and strings. */
  static List<String> split(String body) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && "<[({".indexOf(c) >= 0) {
        depth++;
      } else if (!quoted && ">])}".indexOf(c) >= 0) {
        depth--;
      } else if (!quoted && c == ',' && depth == 0) {
        parts.add(body.substring(from, i).strip());
        from = i + 1;
      }
    }
    if (!body.substring(from).isBlank()) {
      parts.add(body.substring(from).strip());
    }
    return parts;
  }

  /** The fields {@code key = value} of an attribute. */
  static Map<String, String> of(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : split(body(text))) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new BytecodeException("expected key = value, got '" + part + "' in " + text);
      }
      fields.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    return fields;
  }

  /** The numbers of {@code [1, 2]} or {@code 1, ?}; a question mark is {@code open}. */
  static long[] longs(String list, long open) {
    String inner = list.startsWith("[") ? list.substring(1, list.length() - 1) : list;
    List<String> words = split(inner);
    long[] values = new long[words.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = words.get(i).equals("?") ? open : integer(words.get(i));
    }
    return values;
  }

  static long integer(String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new BytecodeException("expected an integer, got '" + word + "'");
    }
  }
}
