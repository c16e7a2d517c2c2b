package org.cornu.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters as Python writes them: {@code (x, axis=-1, *, keepdims=False, **kwargs)}. */
public record Signature(List<Parameter> parameters) {
  /** How a parameter takes arguments. */
  public enum Kind {
    /** By position or by name. */
    PLAIN,
    /** By name alone. */
    NAMED,
    /** All positional arguments that are left. */
    REST,
    /** All named arguments that are left. */
    NAMED_REST
  }

  /**
   * One parameter.
   *
   * @param defaultText its default as written, or null when an argument is required
   */
  public record Parameter(String name, Kind kind, @Nullable String defaultText) {
    boolean isRequired() {
      return defaultText == null;
    }

    /** The default: null for None, Boolean, Long, Double, String, or a list. */
    @Nullable Object defaultValue() {
      return defaultText == null ? null : literal(defaultText.trim());
    }
  }

  /** Copies the list. */
  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** Reads a signature in parentheses. */
  public static Signature parse(String text) {
    String inner = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
    List<Parameter> out = new ArrayList<>();
    boolean named = false;
    for (String part : split(inner)) {
      String p = part.trim();
      if (p.equals("*")) {
        named = true;
      } else if (p.startsWith("**")) {
        out.add(new Parameter(p.substring(2), Kind.NAMED_REST, null));
      } else if (p.startsWith("*")) {
        out.add(new Parameter(p.substring(1), Kind.REST, null));
        named = true;
      } else if (!p.isEmpty()) {
        int equals = p.indexOf('=');
        out.add(
            new Parameter(
                equals < 0 ? p : p.substring(0, equals).trim(),
                named ? Kind.NAMED : Kind.PLAIN,
                equals < 0 ? null : p.substring(equals + 1).trim()));
      }
    }
    return new Signature(out);
  }

  private static List<String> split(String text) {
    List<String> out = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        out.add(text.substring(start, i));
        start = i + 1;
      }
    }
    out.add(text.substring(start));
    return out;
  }

  private static @Nullable Object literal(String text) {
    switch (text) {
      case "None":
        return null;
      case "True":
        return true;
      case "False":
        return false;
      default:
    }
    if (text.startsWith("'") || text.startsWith("\"")) {
      return text.substring(1, text.length() - 1);
    }
    if (text.startsWith("(")) {
      List<Object> out = new ArrayList<>();
      for (String part : split(text.substring(1, text.length() - 1))) {
        Object value = part.isBlank() ? null : literal(part.trim());
        if (value != null) {
          out.add(value);
        }
      }
      return out;
    }
    return text.matches("-?\\d+") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("(");
    boolean named = false;
    for (Parameter p : parameters) {
      if (out.length() > 1) {
        out.append(", ");
      }
      if (p.kind() == Kind.NAMED && !named) {
        out.append("*, ");
      }
      named |= p.kind() == Kind.NAMED || p.kind() == Kind.REST;
      out.append(
          switch (p.kind()) {
            case REST -> "*";
            case NAMED_REST -> "**";
            default -> "";
          });
      out.append(p.name());
      if (p.defaultText() != null) {
        out.append('=').append(p.defaultText());
      }
    }
    return out.append(')').toString();
  }
}
