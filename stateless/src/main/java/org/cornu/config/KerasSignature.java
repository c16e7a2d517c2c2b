package org.cornu.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A Python signature as text, such as {@code (units, activation=None, strides=(1, 1), **kwargs)},
 * taken apart, so that a {@link Spec} can be compared with the class it stands for.
 *
 * @param parameters names in order, each with its default as a config tree, or {@link #REQUIRED}
 * @param open whether further keyword arguments are accepted
 */
public record KerasSignature(Map<String, @Nullable Object> parameters, boolean open) {
  /** Stands in place of a default where there is none. */
  public static final Object REQUIRED =
      new Object() {
        @Override
        public String toString() {
          return "(required)";
        }
      };

  /** Parses the text of a signature, parentheses included. */
  public static KerasSignature parse(String text) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    boolean open = false;
    for (String part : split(text.strip().substring(1, text.strip().length() - 1))) {
      if (part.startsWith("**")) {
        open = true;
      } else if (!part.startsWith("*") && !part.equals("/")) {
        int equals = part.indexOf('=');
        parameters.put(
            equals < 0 ? part : part.substring(0, equals),
            equals < 0 ? REQUIRED : literal(part.substring(equals + 1)));
      }
    }
    return new KerasSignature(parameters, open);
  }

  /**
   * The differences between a table and this signature, in words; empty where they agree in names,
   * order and defaults. The family's shared options are those of Keras' base class, whether or not
   * the signature passes them on.
   */
  public List<String> differences(Spec spec) {
    List<String> found = new ArrayList<>();
    parameters.forEach(
        (name, expected) -> {
          Option<?> option = spec.option(name);
          if (option == null) {
            found.add(name + ": missing");
          } else if (expected == REQUIRED ? !option.isRequired() : !sameDefault(option, expected)) {
            String got = option.isRequired() ? "(required)" : String.valueOf(option.defaultTree());
            found.add(name + ": default is " + got + ", not " + expected);
          }
        });
    List<String> own = new ArrayList<>();
    for (Option<?> option : spec.options()) {
      if (parameters.containsKey(option.key())) {
        if (!spec.isBase(option.key())) {
          own.add(option.key());
        }
      } else if (!spec.isBase(option.key())) {
        found.add(option.key() + ": not in Keras");
      }
    }
    List<String> order = new ArrayList<>(parameters.keySet());
    order.retainAll(own);
    if (!order.equals(own)) {
      found.add("order: " + own + ", not " + order);
    }
    return found;
  }

  /** Equal, or Keras' {@code None} where the option says what that stands for. */
  private static boolean sameDefault(Option<?> option, @Nullable Object expected) {
    Object got = option.defaultTree();
    return !option.isRequired()
        && (same(got, expected)
            || (expected == null && got != null && got.equals(option.nullTree())));
  }

  /** Equal as configs: 1 and 1.0, and a number for a list of that number alone. */
  private static boolean same(@Nullable Object got, @Nullable Object expected) {
    if (got instanceof Number a && expected instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    if (got instanceof List<?> list && expected instanceof List<?> other) {
      return list.size() == other.size()
          && IntStream.range(0, list.size()).allMatch(i -> same(list.get(i), other.get(i)));
    }
    if (got instanceof List<?> list) {
      return !list.isEmpty() && list.stream().allMatch(item -> same(item, expected));
    }
    if (expected instanceof List<?> list) {
      return !list.isEmpty() && list.stream().allMatch(item -> same(got, item));
    }
    return got == null ? expected == null : got.equals(expected);
  }

  /** Splits at commas outside brackets and quotes. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
        continue;
      }
      part.append(c);
    }
    parts.add(part.toString().strip());
    parts.removeIf(String::isEmpty);
    return parts;
  }

  private static @Nullable Object literal(String text) {
    char first = text.charAt(0);
    if (first == '\'' || first == '"') {
      return text.substring(1, text.length() - 1);
    }
    if (first == '(' || first == '[') {
      List<@Nullable Object> items = new ArrayList<>();
      split(text.substring(1, text.length() - 1)).forEach(item -> items.add(literal(item)));
      return items;
    }
    switch (text) {
      case "None":
        return null;
      case "True":
        return true;
      case "False":
        return false;
      default:
        try {
          return text.matches("-?\\d+") ? (Object) Long.valueOf(text) : Double.valueOf(text);
        } catch (NumberFormatException e) {
          return text; // an expression, such as the name of a class
        }
    }
  }
}
