package org.cornu.stablehlo.build;

import org.cornu.stablehlo.ir.Attribute;

/**
 * Fields of a struct attribute that the IR keeps as text: {@code #stablehlo.dot_algorithm<key = 1,
 * list = [0, 1], word = f32>}.
 */
final class StructText {
  private final String text;

  StructText(Attribute attribute) {
    text = attribute.toString();
  }

  /** The text of a field; the empty string when it is absent. */
  String word(String key) {
    int at = -1;
    do {
      at = text.indexOf(key, at + 1);
      if (at < 0) {
        return "";
      }
    } while (!isField(at, key.length()));
    int from = text.indexOf('=', at) + 1;
    int depth = 0;
    int to = from;
    for (; to < text.length(); to++) {
      char c = text.charAt(to);
      if (c == '[' || c == '<') {
        depth++;
      } else if (depth == 0 && (c == ',' || c == '>')) {
        break;
      } else if (c == ']' || c == '>') {
        depth--;
      }
    }
    return text.substring(from, to).trim();
  }

  /** Whether the name stands alone and before an equals sign. */
  private boolean isField(int at, int length) {
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    int next = at + length;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    return before != '_'
        && !Character.isLetterOrDigit(before)
        && next < text.length()
        && text.charAt(next) == '=';
  }

  long integer(String key, long absent) {
    String word = word(key);
    return word.isEmpty() ? absent : Long.parseLong(word);
  }

  double real(String key) {
    String word = word(key);
    return word.isEmpty() ? 0 : Double.parseDouble(word);
  }

  /** A list field; empty when it is absent. */
  long[] list(String key) {
    String word = word(key);
    int open = word.indexOf('[');
    int close = word.lastIndexOf(']');
    return open < 0
        ? new long[0]
        : numbers(word.substring(open + 1, close < open ? word.length() : close));
  }

  /** Numbers between commas. */
  static long[] numbers(String inner) {
    if (inner.isBlank()) {
      return new long[0];
    }
    String[] words = inner.split(",", -1);
    long[] out = new long[words.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Long.parseLong(words[i].trim());
    }
    return out;
  }
}
