package org.cornu.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Spelling rules shared by configs, automatic names and error messages. */
public final class Names {
  private static final Pattern NOT_WORD = Pattern.compile("\\W+");
  private static final Pattern WORD_START = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern CASE_CHANGE = Pattern.compile("([a-z])([A-Z])");
  private static final int LISTED = 60;
  private static final Map<String, Integer> COUNTERS = new HashMap<>();

  private Names() {}

  /**
   * Class name to Keras' snake case: {@code MaxPooling2D} gives {@code max_pooling2d}, {@code ReLU}
   * gives {@code re_lu}. Same three replacements as Keras, so that names and file paths agree.
   */
  public static String snakeCase(String className) {
    String name = NOT_WORD.matcher(className).replaceAll("");
    name = WORD_START.matcher(name).replaceAll("$1_$2");
    return CASE_CHANGE.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }

  /** Keras option name to the Java setter's name: {@code use_bias} gives {@code useBias}. */
  public static String camelCase(String key) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '_' && i > 0 && i + 1 < key.length()) {
        out.append(Character.toUpperCase(key.charAt(++i)));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Next automatic name with this prefix in the process: {@code dense}, {@code dense_1}, {@code
   * dense_2}.
   */
  public static String unique(String prefix) {
    synchronized (COUNTERS) {
      int n = COUNTERS.merge(prefix, 1, Integer::sum) - 1;
      return n == 0 ? prefix : prefix + "_" + n;
    }
  }

  /** Starts the counters of {@link #unique} afresh, as Keras' {@code clear_session} does. */
  public static void resetUnique() {
    synchronized (COUNTERS) {
      COUNTERS.clear();
    }
  }

  /**
   * The known name closest to a misspelt one, if any is close: at most a third of the letters away.
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(1, name.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The tail of an unknown-name error: {@code ; did you mean 'x'? known: [x, y]}. */
  public static String hint(String name, Collection<String> known) {
    List<String> listed = new ArrayList<>(known);
    String more = "";
    if (listed.size() > LISTED) {
      more = ", … " + (listed.size() - LISTED) + " more";
      listed = listed.subList(0, LISTED);
    }
    return nearest(name, known).map(n -> "; did you mean '" + n + "'?").orElse(";")
        + " known: ["
        + String.join(", ", listed)
        + more
        + "]";
  }

  /** Edit distance in which swapping two neighbours counts as one edit. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + substitution);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
