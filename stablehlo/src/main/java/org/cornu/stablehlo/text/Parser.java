package org.cornu.stablehlo.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads programs in MLIR text as JAX, PyTorch/XLA and TensorFlow export them: the pretty and the
 * generic form of every StableHLO and CHLO op, aliases, locations, resources, sharding attributes.
 * What Cornu does not interpret is kept: attributes and types of other dialects as text, ops of
 * other dialects (in their generic form) as {@link org.cornu.stablehlo.ir.OpCode#OPAQUE}.
 *
 * <p>The types of results are taken as written; {@code org.cornu.stablehlo.build} checks them.
 *
 * <pre>{@code
 * Module module = Parser.parse(Path.of("model.mlir"));
 * }</pre>
 */
public final class Parser {
  private static final byte[] SPLIT = "// -----".getBytes(StandardCharsets.US_ASCII);

  private Parser() {}

  /**
   * The module of this text.
   *
   * @throws ParseException if the text is no program
   */
  public static Module parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length, "text", null);
  }

  /**
   * The module of a file. Ops without a location of their own get their place in the file.
   *
   * @throws ParseException if the file is no program
   */
  public static Module parse(Path file) throws IOException {
    return parse(Files.readAllBytes(file), file.getFileName() + "");
  }

  /**
   * The module of UTF-8 text. Ops without a location of their own get their place in {@code
   * source}.
   *
   * @throws ParseException if the text is no program
   */
  public static Module parse(byte[] text, String source) {
    return parse(text, 0, text.length, source, source);
  }

  /**
   * The modules of a test file, in which lines {@code // -----} divide one module from the next.
   *
   * @throws ParseException if a part is no program
   */
  public static List<Module> parseSplit(byte[] text, String source) {
    List<Module> modules = new ArrayList<>();
    int start = 0;
    while (start <= text.length) {
      int end = split(text, start);
      modules.add(parse(text, start, end, source, source));
      start = end;
      while (start < text.length && text[start] != '\n') {
        start++;
      }
      start++;
    }
    return modules;
  }

  /**
   * The attribute of this text, without aliases.
   *
   * @throws ParseException if the text is no attribute
   */
  public static Attribute attribute(String text) {
    Lexer lexer = Aliases.lexer(text, "attribute");
    Aliases none = new Aliases();
    Attribute attribute = new AttributeParser(lexer, none, new TypeParser(lexer, none)).attribute();
    expectEnd(lexer);
    return attribute;
  }

  /**
   * The type of this text, without aliases.
   *
   * @throws ParseException if the text is no type
   */
  public static Type type(String text) {
    Lexer lexer = Aliases.lexer(text, "type");
    Type type = new TypeParser(lexer, new Aliases()).type();
    expectEnd(lexer);
    return type;
  }

  private static void expectEnd(Lexer lexer) {
    if (lexer.peek() >= 0) {
      throw lexer.unexpected("the end of the text");
    }
  }

  /** Where the next dividing line begins, or the end. */
  private static int split(byte[] text, int from) {
    boolean lineStart = true;
    for (int i = from; i < text.length; i++) {
      if (lineStart && startsWith(text, i)) {
        return i;
      }
      lineStart = text[i] == '\n';
    }
    return text.length;
  }

  private static boolean startsWith(byte[] text, int at) {
    if (at + SPLIT.length > text.length) {
      return false;
    }
    for (int i = 0; i < SPLIT.length; i++) {
      if (text[at + i] != SPLIT[i]) {
        return false;
      }
    }
    return true;
  }

  private static Module parse(
      byte[] text, int start, int end, String source, @Nullable String positions) {
    Lexer lexer = new Lexer(text, start, end, source);
    try {
      return new ModuleParser(lexer, positions).module();
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The IR refuses what makes no sense, such as a shape with more elements than can be counted.
      ParseException error = lexer.error(String.valueOf(e.getMessage()));
      error.initCause(e);
      throw error;
    }
  }
}
