package org.cornu.stablehlo.text;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over UTF-8 text that reads MLIR's tokens on demand, since what a character means depends
 * on where it stands ({@code 4x0xf32} in a type is not a hex number). Every method skips blanks and
 * comments first.
 */
final class Lexer {
  /** How deep brackets, regions, types and attributes may nest. */
  private static final int MAX_DEPTH = 200;

  private static final int EXCERPT = 100;

  private final byte[] text;
  private final int end;
  private final String source;
  private int position;
  private int depth;
  // Line numbers are counted on from the last place asked for.
  private int countedTo;
  private int countedLines = 1;

  /** Reads {@code text} from {@code start} to {@code end}; {@code source} names it in messages. */
  Lexer(byte[] text, int start, int end, String source) {
    this.text = text;
    this.end = end;
    this.source = source;
    this.position = start;
  }

  /** Place of the next token. */
  int position() {
    skip();
    return position;
  }

  /** Place right behind the last token. */
  int cursor() {
    return position;
  }

  /** Continues from {@code place}. */
  void moveTo(int place) {
    position = place;
  }

  /** The character at the cursor itself, without skipping; -1 at the end. */
  int raw() {
    return position < end ? text[position] & 0xFF : -1;
  }

  /** The character {@code ahead} of the cursor, without skipping; -1 past the end. */
  int raw(int ahead) {
    return position + ahead < end ? text[position + ahead] & 0xFF : -1;
  }

  /** Steps over the character at the cursor. */
  void step() {
    position++;
  }

  /** First character of the next token, -1 at the end. */
  int peek() {
    skip();
    return raw();
  }

  private void skip() {
    while (position < end) {
      byte c = text[position];
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        position++;
      } else if (c == '/' && raw(1) == '/') {
        while (position < end && text[position] != '\n') {
          position++;
        }
      } else {
        return;
      }
    }
  }

  boolean at(char c) {
    return peek() == c;
  }

  boolean at(String punctuation) {
    skip();
    return startsWith(punctuation);
  }

  private boolean startsWith(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (raw(i) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    position++;
    return true;
  }

  boolean accept(String punctuation) {
    if (!at(punctuation)) {
      return false;
    }
    position += punctuation.length();
    return true;
  }

  void expect(char c) {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  void expect(String punctuation) {
    if (!accept(punctuation)) {
      throw unexpected("'" + punctuation + "'");
    }
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean continuesWord(int c) {
    return isLetter(c) || isDigit(c) || c == '$' || c == '.';
  }

  /** True before a bare word. */
  boolean atWord() {
    return isLetter(peek());
  }

  /** True before exactly this bare word. */
  boolean atWord(String word) {
    skip();
    return startsWith(word) && !continuesWord(raw(word.length()));
  }

  boolean acceptWord(String word) {
    if (!atWord(word)) {
      return false;
    }
    position += word.length();
    return true;
  }

  void expectWord(String word) {
    if (!acceptWord(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  /** A bare word such as {@code stablehlo.add}; {@code what} says in errors what it stands for. */
  String word(String what) {
    if (!atWord()) {
      throw unexpected(what);
    }
    int from = position;
    while (continuesWord(raw())) {
      position++;
    }
    return ascii(from, position);
  }

  /** A bare word without dots or {@code $}, as dimension letters and types need. */
  String plainWord(String what) {
    if (!atWord()) {
      throw unexpected(what);
    }
    int from = position;
    while (isLetter(raw()) || isDigit(raw())) {
      position++;
    }
    return ascii(from, position);
  }

  /** The name of a value, block or alias, right at the cursor. */
  String suffixId(String what) {
    int from = position;
    if (isDigit(raw())) {
      while (isDigit(raw())) {
        position++;
      }
    } else {
      while (continuesWord(raw()) || raw() == '-') {
        position++;
      }
    }
    if (position == from) {
      throw unexpected(what);
    }
    return ascii(from, position);
  }

  /** {@code @name} or {@code @"any text"} without the sign. */
  String symbol() {
    expect('@');
    return raw() == '"' ? string() : suffixId("a symbol name after '@'");
  }

  private String ascii(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** The byte at a place. */
  int textAt(int at) {
    return text[at];
  }

  /** The text between two places, as it stands. */
  String slice(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  /** Steps over a string and returns the place of its closing quote. */
  int skipString() {
    int open = position;
    int at = position + 1;
    while (at < end) {
      byte c = text[at++];
      if (c == '"') {
        position = at;
        return at - 1;
      }
      if (c == '\\') {
        at++;
      } else if (c == '\n') {
        break;
      }
    }
    throw error(open, "string is not closed on its line");
  }

  /** A quoted string with its escapes resolved. */
  String string() {
    if (!at('"')) {
      throw unexpected("a string");
    }
    int from = position + 1;
    int to = skipString();
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        return unescape(from, to);
      }
    }
    return slice(from, to);
  }

  private String unescape(int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int i = from;
    while (i < to) {
      if (text[i] != '\\') {
        out.write(text[i++]);
        continue;
      }
      byte escaped = text[i + 1];
      switch (escaped) {
        case 'n' -> out.write('\n');
        case 't' -> out.write('\t');
        case '"', '\\' -> out.write(escaped);
        default -> {
          int high = hexValue(escaped);
          int low = i + 2 < to ? hexValue(text[i + 2]) : -1;
          if ((high | low) < 0) {
            throw error(
                i, "unknown escape in string: expected \\n, \\t, \\\", \\\\ or two hex digits");
          }
          out.write(high << 4 | low);
          i++;
        }
      }
      i += 2;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final byte[] HEX_VALUES = new byte[256];

  static {
    Arrays.fill(HEX_VALUES, (byte) -1);
    for (int i = 0; i < 16; i++) {
      HEX_VALUES["0123456789abcdef".charAt(i)] = (byte) i;
      HEX_VALUES["0123456789ABCDEF".charAt(i)] = (byte) i;
    }
  }

  /** Value of a hex digit, or -1. */
  static int hexValue(int c) {
    return c < 0 ? -1 : HEX_VALUES[c & 0xFF];
  }

  /** The bytes that the hex digits between two places stand for. */
  byte[] hexBytes(int from, int to) {
    if ((to - from & 1) != 0) {
      throw error(from, "hex blob has an odd number of digits");
    }
    byte[] out = new byte[(to - from) / 2];
    int bad = 0;
    for (int i = 0; i < out.length; i++) {
      int high = HEX_VALUES[text[from + 2 * i] & 0xFF];
      int low = HEX_VALUES[text[from + 2 * i + 1] & 0xFF];
      bad |= high | low;
      out[i] = (byte) (high << 4 | low);
    }
    if (bad < 0) {
      int at = from;
      while (hexValue(text[at]) >= 0) {
        at++;
      }
      throw error(at, "hex blob has a character that is no hex digit");
    }
    return out;
  }

  /** A signed decimal number or a hex number, as it stands. */
  Number number() {
    int from = position();
    boolean negative = accept('-');
    if (!isDigit(raw())) {
      position = from;
      throw unexpected("a number");
    }
    int digits = position;
    if (raw() == '0' && raw(1) == 'x' && hexValue(raw(2)) >= 0) {
      position += 2;
      while (hexValue(raw()) >= 0) {
        position++;
      }
      return new Number(this, from, digits, position, negative, true, false);
    }
    while (isDigit(raw())) {
      position++;
    }
    boolean real = raw() == '.';
    if (real) {
      position++;
      while (isDigit(raw())) {
        position++;
      }
      int sign = raw(1) == '+' || raw(1) == '-' ? 2 : 1;
      if ((raw() == 'e' || raw() == 'E') && isDigit(raw(sign))) {
        position += sign;
        while (isDigit(raw())) {
          position++;
        }
      }
    }
    return new Number(this, from, digits, position, negative, false, real);
  }

  /** A decimal integer that fits a long. */
  long integer() {
    Number number = number();
    if (number.real() || number.hex()) {
      throw error(number.from(), "expected a decimal integer");
    }
    return number.asLong();
  }

  /**
   * A number in the text.
   *
   * @param from place of the sign or first digit
   * @param digits place behind the sign
   * @param to place behind the last digit
   * @param real true when it has a decimal point
   */
  record Number(
      Lexer lexer, int from, int digits, int to, boolean negative, boolean hex, boolean real) {
    long asLong() {
      if (!hex && to - digits <= 18) {
        long value = 0;
        for (int i = digits; i < to; i++) {
          value = value * 10 + (lexer.text[i] - '0');
        }
        return negative ? -value : value;
      }
      BigInteger value = asBig();
      if (value.bitLength() > 63) {
        throw lexer.error(from, "integer does not fit 64 bits");
      }
      return value.longValue();
    }

    BigInteger asBig() {
      if (to - digits > 4096) {
        throw lexer.error(from, "integer has more than 4096 digits");
      }
      String word = lexer.ascii(hex ? digits + 2 : digits, to);
      BigInteger value = new BigInteger(word, hex ? 16 : 10);
      return negative ? value.negate() : value;
    }

    double asDouble() {
      long mantissa = 0;
      int used = 0;
      int power = 0;
      boolean fraction = false;
      int i = digits;
      for (; i < to && used <= 15; i++) {
        byte c = lexer.text[i];
        if (c == '.') {
          fraction = true;
        } else if (isDigit(c)) {
          mantissa = mantissa * 10 + (c - '0');
          used += mantissa == 0 ? 0 : 1;
          power -= fraction ? 1 : 0;
        } else {
          power += exponent(i + 1);
          i = to - 1;
        }
      }
      // Both factors are exact, so that the one operation rounds correctly (Clinger 1990).
      if (used <= 15 && power >= -22 && power <= 22) {
        double value = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
        return negative ? -value : value;
      }
      return Double.parseDouble(lexer.ascii(from, to));
    }

    private int exponent(int at) {
      int value = 0;
      for (int i = at; i < to; i++) {
        byte c = lexer.text[i];
        if (isDigit(c) && value < 1000) {
          value = value * 10 + (c - '0');
        }
      }
      return lexer.text[at] == '-' ? -value : value;
    }
  }

  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  /**
   * Steps over a bracketed group, strings and comments within it, to behind its closing bracket.
   */
  void skipGroup() {
    int open = position();
    if ("{([<".indexOf(peek()) < 0) {
      throw unexpected("an opening bracket");
    }
    byte[] closers = new byte[16];
    int level = 0;
    while (true) {
      int c = peek();
      int close =
          switch (c) {
            case '{' -> '}';
            case '(' -> ')';
            case '[' -> ']';
            case '<' -> raw(1) == '=' ? 0 : '>';
            default -> 0;
          };
      if (c < 0) {
        throw error(open, "bracket is not closed");
      } else if (c == '"') {
        skipString();
        continue;
      } else if (close != 0) {
        if (level == closers.length) {
          closers = Arrays.copyOf(closers, 2 * level);
        }
        closers[level++] = (byte) close;
      } else if (c == '-' && raw(1) == '>') {
        position++;
      } else if (c == '}' || c == ')' || c == ']' || c == '>') {
        // A '>' that closes nothing is a comparison, as in affine sets.
        boolean comparison = c == '>' && closers[level - 1] != '>';
        if (!comparison && closers[--level] != c) {
          throw error(position, "expected '" + (char) closers[level] + "' to close a bracket");
        }
      }
      position++;
      if (level == 0) {
        return;
      }
      // Runs of plain text need no further look.
      while (position < end && PLAIN[text[position] & 0xFF]) {
        position++;
      }
    }
  }

  private static final boolean[] PLAIN = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      PLAIN[c] = isLetter(c) || isDigit(c) || " ,.%:@=\n\t\r$_#^*+?".indexOf(c) >= 0;
    }
  }

  /** Begins a nested construct; an error when too many are open. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw error("nested too deeply: at most " + MAX_DEPTH + " levels are read");
    }
  }

  /** Ends what {@link #enter} began. */
  void leave() {
    depth--;
  }

  /** An error at the next token that says what was expected. */
  ParseException unexpected(String expected) {
    int c = peek();
    String got;
    if (c < 0) {
      got = "the end of the text";
    } else {
      int from = position;
      int to = from + 1;
      while (to < end && to - from < 40 && continuesWord(text[to]) && continuesWord(text[to - 1])) {
        to++;
      }
      got = "'" + slice(from, to) + "'";
    }
    return error("expected " + expected + ", got " + got);
  }

  /** An error at the next token. */
  ParseException error(String problem) {
    return error(position(), problem);
  }

  /** An error at a place. */
  ParseException error(int at, String problem) {
    int place = Math.min(at, end);
    int lineStart = place;
    while (lineStart > 0 && text[lineStart - 1] != '\n') {
      lineStart--;
    }
    int lineEnd = place;
    while (lineEnd < end && text[lineEnd] != '\n' && lineEnd - place < EXCERPT) {
      lineEnd++;
    }
    int from = Math.max(lineStart, place - EXCERPT);
    String before = from > lineStart ? "..." : "";
    String head = before + slice(from, place).replace('\t', ' ');
    String excerpt = head + slice(place, lineEnd) + "\n" + " ".repeat(head.length()) + "^";
    return new ParseException(problem, source, line(place), place - lineStart + 1, excerpt);
  }

  /** Line of a place, counted from 1. */
  int line(int place) {
    if (place < countedTo) {
      countedTo = 0;
      countedLines = 1;
    }
    for (; countedTo < place; countedTo++) {
      if (text[countedTo] == '\n') {
        countedLines++;
      }
    }
    return countedLines;
  }

  /** Column of a place in bytes, counted from 1. */
  int column(int place) {
    int start = place;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    return place - start + 1;
  }

  /** Where the section of resources begins that ends the text; -1 when there is none. */
  int resources() {
    int last = end - 1;
    while (last >= 0 && text[last] <= ' ') {
      last--;
    }
    if (last < 5 || text[last] != '}' || text[last - 1] != '-' || text[last - 2] != '#') {
      return -1;
    }
    for (int i = last - 5; i >= 0; i--) {
      if (text[i] == '{' && text[i + 1] == '-' && text[i + 2] == '#') {
        return i;
      }
    }
    return -1;
  }

  /** The next integer if one stands here, else null. */
  @Nullable Long optionalInteger() {
    int c = peek();
    return isDigit(c) || c == '-' && isDigit(raw(1)) ? (Long) integer() : null;
  }
}
