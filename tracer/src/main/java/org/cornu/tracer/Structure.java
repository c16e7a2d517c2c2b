package org.cornu.tracer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a pytree without its tensors: which records, lists and maps it is made of and every
 * component that is not a tensor. Compared by value; part of every compile-cache key.
 */
public abstract sealed class Structure {
  private final int leafCount;
  private final int hash;

  private Structure(int leafCount, int hash) {
    this.leafCount = leafCount;
    this.hash = hash;
  }

  /** Number of tensors in a tree of this structure. */
  public int leafCount() {
    return leafCount;
  }

  @Override
  public final int hashCode() {
    return hash;
  }

  @Override
  public abstract boolean equals(@Nullable Object other);

  /** Rebuilds a tree of this structure around {@code leaves}, read from the cursor on. */
  abstract @Nullable Object build(Cursor leaves);

  /** Appends the path of every leaf, in leaf order. */
  abstract void paths(String prefix, Consumer<String> out);

  /** Passes on every component that is not a tensor, with its path. */
  abstract void statics(String prefix, BiConsumer<String, Object> out);

  /** Paths of the leaves in leaf order, {@code layers[3].kernel}; {@code ""} for a bare tensor. */
  public List<String> paths() {
    List<String> out = new ArrayList<>(leafCount);
    paths("", out::add);
    return out;
  }

  /**
   * Where two structures differ, as a sentence for messages, or null when they are equal.
   *
   * @param other the structure to compare with
   */
  public @Nullable String difference(Structure other) {
    return difference(this, other, "");
  }

  private static @Nullable String difference(Structure a, Structure b, String path) {
    if (a.equals(b)) {
      return null;
    }
    String where = path.isEmpty() ? "the tree" : "'" + path + "'";
    if (a instanceof Node x && b instanceof Node y && x.sameKind(y)) {
      for (int i = 0; i < x.children.length; i++) {
        String inner = difference(x.children[i], y.children[i], x.childPath(path, i));
        if (inner != null) {
          return inner;
        }
      }
    }
    return where + ": " + a + " against " + b;
  }

  /** Reads leaves one after the other. */
  static final class Cursor {
    private final Object[] leaves;
    private int next;

    Cursor(Object[] leaves) {
      this.leaves = leaves;
    }

    Object next() {
      return leaves[next++];
    }
  }

  /** A tensor. */
  static final class Leaf extends Structure {
    static final Leaf INSTANCE = new Leaf();

    private Leaf() {
      super(1, 17);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    Object build(Cursor leaves) {
      return leaves.next();
    }

    @Override
    void paths(String prefix, Consumer<String> out) {
      out.accept(prefix);
    }

    @Override
    void statics(String prefix, BiConsumer<String, Object> out) {}

    @Override
    public String toString() {
      return "tensor";
    }
  }

  /** A component that is not a tensor: part of the structure. */
  static final class Static extends Structure {
    /** A missing subtree. */
    static final Static NULL = new Static(null);

    final @Nullable Object value;

    Static(@Nullable Object value) {
      super(0, Arrays.deepHashCode(new Object[] {value}));
      this.value = value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Static that && Objects.deepEquals(value, that.value);
    }

    @Override
    @Nullable Object build(Cursor leaves) {
      return value;
    }

    @Override
    void paths(String prefix, Consumer<String> out) {}

    @Override
    void statics(String prefix, BiConsumer<String, Object> out) {
      if (value != null) {
        out.accept(prefix, value);
      }
    }

    @Override
    public String toString() {
      String text = Arrays.deepToString(new Object[] {value});
      return text.substring(1, text.length() - 1);
    }
  }

  /** An inner node: a kind with its description, and children. */
  abstract static sealed class Node extends Structure {
    final Structure[] children;

    Node(Object kind, Structure[] children) {
      super(
          Arrays.stream(children).mapToInt(Structure::leafCount).sum(),
          31 * kind.hashCode() + Arrays.hashCode(children));
      this.children = children;
    }

    abstract boolean sameKind(Node other);

    abstract String childPath(String prefix, int i);

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || other instanceof Node that
              && hashCode() == that.hashCode()
              && sameKind(that)
              && Arrays.equals(children, that.children);
    }

    @Override
    void paths(String prefix, Consumer<String> out) {
      for (int i = 0; i < children.length; i++) {
        children[i].paths(childPath(prefix, i), out);
      }
    }

    @Override
    void statics(String prefix, BiConsumer<String, Object> out) {
      for (int i = 0; i < children.length; i++) {
        children[i].statics(childPath(prefix, i), out);
      }
    }

    Object[] buildChildren(Cursor leaves) {
      Object[] out = new Object[children.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = children[i].build(leaves);
      }
      return out;
    }
  }

  /** A record, a class that implements {@link TreeNode}, or a registered one. */
  static final class Composite extends Node {
    final TreePlan plan;

    Composite(TreePlan plan, Structure[] children) {
      super(plan.type(), children);
      this.plan = plan;
    }

    @Override
    boolean sameKind(Node other) {
      return other instanceof Composite that && plan.type() == that.plan.type();
    }

    @Override
    String childPath(String prefix, int i) {
      return prefix.isEmpty() ? plan.name(i) : prefix + "." + plan.name(i);
    }

    @Override
    Object build(Cursor leaves) {
      return plan.construct(buildChildren(leaves));
    }

    @Override
    public String toString() {
      return plan.type().getSimpleName();
    }
  }

  /** A list. */
  static final class Sequence extends Node {
    Sequence(Structure[] children) {
      super("list", children);
    }

    @Override
    boolean sameKind(Node other) {
      return other instanceof Sequence && children.length == other.children.length;
    }

    @Override
    String childPath(String prefix, int i) {
      return prefix + "[" + i + "]";
    }

    @Override
    Object build(Cursor leaves) {
      return java.util.Collections.unmodifiableList(Arrays.asList(buildChildren(leaves)));
    }

    @Override
    public String toString() {
      return "list of " + children.length;
    }
  }

  /** A map, in the order of its sorted keys. */
  static final class Mapping extends Node {
    final List<?> keys;

    Mapping(List<?> keys, Structure[] children) {
      super(keys, children);
      this.keys = keys;
    }

    @Override
    boolean sameKind(Node other) {
      return other instanceof Mapping that && keys.equals(that.keys);
    }

    @Override
    String childPath(String prefix, int i) {
      return prefix.isEmpty() ? String.valueOf(keys.get(i)) : prefix + "." + keys.get(i);
    }

    @Override
    Object build(Cursor leaves) {
      Map<Object, Object> out = new LinkedHashMap<>();
      Object[] values = buildChildren(leaves);
      for (int i = 0; i < values.length; i++) {
        out.put(keys.get(i), values[i]);
      }
      return java.util.Collections.unmodifiableMap(out);
    }

    @Override
    public String toString() {
      return "map of " + keys;
    }
  }

  /** An array of trees. */
  static final class Array extends Node {
    final Class<?> component;

    Array(Class<?> component, Structure[] children) {
      super(component, children);
      this.component = component;
    }

    @Override
    boolean sameKind(Node other) {
      return other instanceof Array that
          && component == that.component
          && children.length == that.children.length;
    }

    @Override
    String childPath(String prefix, int i) {
      return prefix + "[" + i + "]";
    }

    @Override
    Object build(Cursor leaves) {
      Object[] out = (Object[]) java.lang.reflect.Array.newInstance(component, children.length);
      System.arraycopy(buildChildren(leaves), 0, out, 0, out.length);
      return out;
    }

    @Override
    public String toString() {
      return component.getSimpleName() + "[" + children.length + "]";
    }
  }

  /** An {@link Optional} that is present; an empty one is {@link Static}. */
  static final class Present extends Node {
    Present(Structure child) {
      super("optional", new Structure[] {child});
    }

    @Override
    boolean sameKind(Node other) {
      return other instanceof Present;
    }

    @Override
    String childPath(String prefix, int i) {
      return prefix;
    }

    @Override
    Object build(Cursor leaves) {
      return Optional.of(Objects.requireNonNull(children[0].build(leaves)));
    }

    @Override
    public String toString() {
      return "optional";
    }
  }
}
