package org.cornu.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pytrees: nested records, lists, maps (in the natural order of their keys), arrays and optionals
 * whose leaves are {@link Tensor}s, and classes that implement {@link TreeNode} or were {@link
 * #register registered}. Every other component is static structure; a null component is an empty
 * subtree. A static component that holds tensors where they would go unseen, such as a set of
 * tensors or an object with a field of type {@code Tensor}, is an error.
 *
 * <pre>{@code
 * record Linear(Tensor kernel, Tensor bias) {}
 * Linear halved = Trees.map(linear, t -> t.mul(0.5));
 * Trees.paths(List.of(linear));   // [[0].kernel, [0].bias]
 * }</pre>
 */
public final class Trees {
  private Trees() {}

  /** A tree taken apart. */
  public record Flat(Structure structure, List<Tensor> leaves) {}

  /** Takes a tree apart into its structure and its tensors. */
  public static Flat flatten(@Nullable Object tree) {
    List<Tensor> leaves = new ArrayList<>();
    Structure structure = flatten(tree, leaves);
    return new Flat(structure, leaves);
  }

  /** Appends the tensors of a tree to {@code out} and returns its structure. */
  static Structure flatten(@Nullable Object tree, List<Tensor> out) {
    if (tree instanceof Tensor tensor) {
      out.add(tensor);
      return Structure.Leaf.INSTANCE;
    }
    if (tree == null) {
      return Structure.Static.NULL;
    }
    if (tree instanceof TreeNode<?> node) {
      TreePlan plan = TreePlan.node(node);
      return new Structure.Composite(plan, children(plan.components(tree), out));
    }
    if (tree instanceof Record) {
      TreePlan plan = TreePlan.record(tree.getClass());
      return new Structure.Composite(plan, children(plan.components(tree), out));
    }
    if (tree instanceof List<?> list) {
      return new Structure.Sequence(children(list.toArray(), out));
    }
    if (tree instanceof Map<?, ?> map) {
      Map<?, ?> sorted = sorted(map);
      return new Structure.Mapping(
          List.copyOf(sorted.keySet()), children(sorted.values().toArray(), out));
    }
    if (tree instanceof Optional<?> optional && optional.isPresent()) {
      return new Structure.Present(flatten(optional.get(), out));
    }
    if (tree instanceof Object[] array) {
      return new Structure.Array(array.getClass().getComponentType(), children(array, out));
    }
    TreePlan registered = TreePlan.registered(tree.getClass());
    if (registered != null) {
      return new Structure.Composite(registered, children(registered.components(tree), out));
    }
    StaticValues.requireNoTensors(tree);
    return new Structure.Static(tree);
  }

  private static Map<?, ?> sorted(Map<?, ?> map) {
    try {
      return new TreeMap<>(map);
    } catch (ClassCastException | NullPointerException e) {
      throw new OpException(
          "pytree: the keys of a map must be comparable with each other, such as strings or"
              + " numbers: got "
              + map.keySet(),
          "use strings or enums as keys, or a record");
    }
  }

  /**
   * Makes a class of someone else's a node: its components, tensors, trees or static values, and
   * how to build another object around other components. Classes of your own can implement {@link
   * TreeNode} instead; records need neither.
   *
   * @param names names of the components, as they appear in paths
   * @param components takes an object apart, in the order of the names
   * @param build puts one together
   */
  public static <T> void register(
      Class<T> type,
      List<String> names,
      Function<T, List<Object>> components,
      Function<List<Object>, T> build) {
    TreePlan.register(type, names, components, build);
  }

  private static Structure[] children(Object[] components, List<Tensor> out) {
    Structure[] children = new Structure[components.length];
    for (int i = 0; i < children.length; i++) {
      children[i] = flatten(components[i], out);
    }
    return children;
  }

  /** Puts a tree together again; {@code leaves} in leaf order. */
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the caller names the type the structure was taken from
  public static <T> T unflatten(Structure structure, List<Tensor> leaves) {
    if (leaves.size() != structure.leafCount()) {
      throw new OpException(
          "unflatten: the structure has " + structure.leafCount() + " leaves, got " + leaves.size(),
          "take structure and leaves from one tree");
    }
    return (T) structure.build(new Structure.Cursor(leaves.toArray()));
  }

  /** The tensors of a tree in leaf order. */
  public static List<Tensor> leaves(@Nullable Object tree) {
    return flatten(tree).leaves();
  }

  /** The structure of a tree. */
  public static Structure structure(@Nullable Object tree) {
    return flatten(tree).structure();
  }

  /** The paths of the tensors in leaf order, {@code layers[3].kernel}. */
  public static List<String> paths(@Nullable Object tree) {
    return structure(tree).paths();
  }

  /** The tensors by path, in leaf order. */
  public static Map<String, Tensor> byPath(@Nullable Object tree) {
    Flat flat = flatten(tree);
    List<String> paths = flat.structure().paths();
    Map<String, Tensor> out = new java.util.LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      out.put(paths.get(i), flat.leaves().get(i));
    }
    return out;
  }

  /** A tree of the same structure with {@code f} applied to every tensor. */
  public static <T> T map(T tree, UnaryOperator<Tensor> f) {
    Flat flat = flatten(tree);
    return unflatten(flat.structure(), flat.leaves().stream().map(f).toList());
  }

  /** Like {@link #map(Object, UnaryOperator)}, with the path of each tensor. */
  public static <T> T mapWithPath(T tree, BiFunction<String, Tensor, Tensor> f) {
    Flat flat = flatten(tree);
    List<String> paths = flat.structure().paths();
    List<Tensor> out = new ArrayList<>(paths.size());
    for (int i = 0; i < paths.size(); i++) {
      out.add(f.apply(paths.get(i), flat.leaves().get(i)));
    }
    return unflatten(flat.structure(), out);
  }

  /** A tree made of two trees of equal structure, leaf by leaf. */
  public static <T> T map(T tree, T other, BinaryOperator<Tensor> f) {
    Flat a = flatten(tree);
    Flat b = same(a, flatten(other));
    List<Tensor> out = new ArrayList<>(a.leaves().size());
    for (int i = 0; i < a.leaves().size(); i++) {
      out.add(f.apply(a.leaves().get(i), b.leaves().get(i)));
    }
    return unflatten(a.structure(), out);
  }

  /** A function of three tensors. */
  @FunctionalInterface
  public interface TernaryOperator {
    /** The result for one leaf of each tree. */
    Tensor apply(Tensor first, Tensor second, Tensor third);
  }

  /** A tree made of three trees of equal structure, leaf by leaf. */
  public static <T> T map(T tree, T second, T third, TernaryOperator f) {
    Flat a = flatten(tree);
    Flat b = same(a, flatten(second));
    Flat c = same(a, flatten(third));
    List<Tensor> out = new ArrayList<>(a.leaves().size());
    for (int i = 0; i < a.leaves().size(); i++) {
      out.add(f.apply(a.leaves().get(i), b.leaves().get(i), c.leaves().get(i)));
    }
    return unflatten(a.structure(), out);
  }

  private static Flat same(Flat a, Flat b) {
    String difference = a.structure().difference(b.structure());
    if (difference != null) {
      throw new OpException(
          "Trees.map: the trees differ at " + difference,
          "both must have the same records, lists, maps and static parts");
    }
    return b;
  }
}
