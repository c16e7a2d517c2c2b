package org.cornu.tracer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a jitted function was compiled again: what in its arguments differs from the most similar
 * call before. Warns once about a part of the arguments that changes over and over.
 *
 * <p>{@code -Dcornu.explainRecompiles=true} logs every reason; {@code -Dcornu.recompileWarning=N}
 * sets after how many compilations for the same reason a warning comes (default 5, 0 for never).
 */
final class Recompiles {
  private static final Logger LOG = LoggerFactory.getLogger(Recompiles.class);

  /** How many calls are remembered for comparison, and how many reasons. */
  private static final int MEMORY = 64;

  private static final int SHOWN = 3;

  /** One difference: which argument and path, what kind of thing, before and after. */
  private record Change(String where, String what, String before, String after) {
    String text() {
      return where + ": " + what + " " + before + " became " + after;
    }
  }

  private final String name;
  private final boolean warns;
  private final List<JitCore.Key> calls = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Integer> repeated = new HashMap<>();

  /**
   * For a function of this name.
   *
   * @param warns whether a user can do something about it: not for operations that are called
   *     eagerly on what comes, such as drawing random numbers
   */
  Recompiles(String name, boolean warns) {
    this.name = name;
    this.warns = warns;
  }

  /** The reasons so far, one per compilation. */
  synchronized List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** The warnings so far. */
  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Notes that a program is being compiled for a call, and says why. */
  synchronized String explain(JitCore.Key call) {
    List<Change> nearest = null;
    for (int i = calls.size() - 1; i >= 0; i--) {
      List<Change> changes = changes(calls.get(i), call);
      if (nearest == null || changes.size() < nearest.size()) {
        nearest = changes;
      }
    }
    if (calls.size() == MEMORY) {
      calls.remove(0);
    }
    calls.add(call);
    String reason = nearest == null ? "first call" : text(nearest);
    if (reasons.size() < MEMORY) {
      reasons.add(reason);
    }
    if (nearest != null) {
      if (Boolean.getBoolean("cornu.explainRecompiles")) {
        LOG.info("jit({}) is compiled again: {}{}", name, reason, UserFrame.suffix());
      }
      if (warns) {
        warnOfLoop(nearest);
      }
    }
    return reason;
  }

  private static String text(List<Change> changes) {
    if (changes.isEmpty()) {
      return "the options of the function changed";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(SHOWN, changes.size()); i++) {
      text.append(i == 0 ? "" : "; ").append(changes.get(i).text());
    }
    if (changes.size() > SHOWN) {
      text.append("; and ").append(changes.size() - SHOWN).append(" more differences");
    }
    return text.toString();
  }

  private void warnOfLoop(List<Change> changes) {
    int limit = Integer.getInteger("cornu.recompileWarning", 5);
    for (Change change : changes) {
      int count = repeated.merge(change.where() + "|" + change.what(), 1, Integer::sum);
      if (count == limit) {
        String warning =
            "jit("
                + name
                + ") was compiled "
                + (count + 1)
                + " times because of the same part of its arguments: "
                + change.text()
                + UserFrame.suffix()
                + "\n  hint: "
                + hint(change);
        warnings.add(warning);
        LOG.warn(warning);
        return;
      }
    }
  }

  private static String hint(Change change) {
    return switch (change.what()) {
      case VALUE -> "pass a number that changes as a tensor: Tensor.of(" + change.after() + ")";
      case SHAPE -> "use few sizes: pad the data, or leave out the last, smaller batch";
      case DTYPE -> "convert to one type before the call";
      case PLACEMENT -> "place the argument once, before the loop";
      default -> "call with trees of one structure, or make one jitted function for each";
    };
  }

  private static final String VALUE = "value";
  private static final String SHAPE = "shape";
  private static final String DTYPE = "dtype";
  private static final String PLACEMENT = "sharding";
  private static final String STRUCTURE = "structure";

  private static List<Change> changes(JitCore.Key before, JitCore.Key after) {
    List<Change> changes = new ArrayList<>();
    boolean sameTrees = before.structures().size() == after.structures().size();
    for (int i = 0; i < after.structures().size() && sameTrees; i++) {
      sameTrees =
          compareTrees(
              "argument " + i, before.structures().get(i), after.structures().get(i), changes);
    }
    if (!sameTrees || before.types().size() != after.types().size()) {
      return changes;
    }
    List<String> paths = leafNames(after.structures());
    for (int i = 0; i < paths.size(); i++) {
      TensorType was = before.types().get(i);
      TensorType is = after.types().get(i);
      if (was.dtype() != is.dtype()) {
        changes.add(new Change(paths.get(i), DTYPE, was.brief(), is.brief()));
      } else if (!was.equals(is)) {
        changes.add(new Change(paths.get(i), SHAPE, was.brief(), is.brief()));
      }
      Placement lay = before.placements().get(i);
      Placement lies = after.placements().get(i);
      if (!java.util.Objects.equals(lay, lies)) {
        changes.add(new Change(paths.get(i), PLACEMENT, text(lay), text(lies)));
      }
    }
    return changes;
  }

  /** Adds the values that differ; false when the trees have different tensors. */
  private static boolean compareTrees(
      String argument, Structure before, Structure after, List<Change> changes) {
    if (before.equals(after)) {
      return true;
    }
    Map<String, Object> was = statics(before);
    Map<String, Object> is = statics(after);
    if (before.paths().equals(after.paths()) && was.keySet().equals(is.keySet())) {
      int known = changes.size();
      was.forEach(
          (path, value) -> {
            Object now = is.get(path);
            if (!java.util.Objects.deepEquals(value, now)) {
              changes.add(new Change(named(argument, path), VALUE, show(value), show(now)));
            }
          });
      if (changes.size() > known) {
        return true;
      }
    }
    String difference = before.difference(after);
    int split = difference == null ? -1 : difference.indexOf(" against ");
    int colon = difference == null ? -1 : difference.indexOf(": ");
    if (difference != null && split > colon && colon > 0) {
      String where = difference.substring(0, colon);
      changes.add(
          new Change(
              where.equals("the tree") ? argument : argument + " " + where,
              STRUCTURE,
              difference.substring(colon + 2, split),
              difference.substring(split + 9)));
    }
    return false;
  }

  private static Map<String, Object> statics(Structure structure) {
    Map<String, Object> values = new LinkedHashMap<>();
    structure.statics("", values::put);
    return values;
  }

  private static List<String> leafNames(List<Structure> structures) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < structures.size(); i++) {
      for (String path : structures.get(i).paths()) {
        names.add(named("argument " + i, path));
      }
    }
    return names;
  }

  private static String named(String argument, String path) {
    return path.isEmpty() ? argument : argument + " '" + path + "'";
  }

  private static String show(@Nullable Object value) {
    String text = Arrays.deepToString(new Object[] {value});
    return text.substring(1, text.length() - 1);
  }

  private static String text(@Nullable Placement placement) {
    return placement == null ? "one device" : placement.sharding().toString();
  }
}
