package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What trees are made of. */
@SuppressWarnings("NullAway") // maps have the keys that the tests put there
class TreesTest {
  enum Kind {
    DENSE,
    SPARSE
  }

  record Linear(Tensor kernel, Tensor bias) {}

  record Model<T>(
      List<T> layers, Map<Kind, Linear> byKind, Optional<Tensor> scale, Tensor[] more) {}

  /** Not a record: two tensors and a name. */
  static final class Point implements TreeNode<Point> {
    static int made;
    final Tensor x;
    final Tensor y;
    final String name;

    Point(Tensor x, Tensor y, String name) {
      made++;
      this.x = x;
      this.y = y;
      this.name = name;
    }

    @Override
    public List<String> componentNames() {
      return List.of("x", "y", "name");
    }

    @Override
    public List<Object> components() {
      return Arrays.asList(x, y, name);
    }

    @Override
    public Point withComponents(List<Object> c) {
      return new Point((Tensor) c.get(0), (Tensor) c.get(1), (String) c.get(2));
    }
  }

  /** Somebody else's class. */
  static final class Foreign {
    final Tensor value;
    final int order;

    Foreign(Tensor value, int order) {
      this.value = value;
      this.order = order;
    }
  }

  static final class Unregistered {
    final Tensor weight = Tensor.of(1f);
  }

  record Declared(ArrayList<Tensor> list) {}

  private final Tensor a = Tensor.of(new float[] {1, 2});
  private final Tensor b = Tensor.of(3f);

  @Test
  void nodesOfEveryKindNestAndComeBack() {
    Model<Linear> model =
        new Model<>(
            List.of(new Linear(a, b), new Linear(b, a)),
            Map.of(Kind.SPARSE, new Linear(a, a), Kind.DENSE, new Linear(b, b)),
            Optional.of(b),
            new Tensor[] {a, b});
    assertThat(Trees.paths(model))
        .containsExactly(
            "layers[0].kernel",
            "layers[0].bias",
            "layers[1].kernel",
            "layers[1].bias",
            "byKind.DENSE.kernel",
            "byKind.DENSE.bias",
            "byKind.SPARSE.kernel",
            "byKind.SPARSE.bias",
            "scale",
            "more[0]",
            "more[1]");
    Model<Linear> twice = Trees.map(model, t -> t.mul(2.0));
    assertThat(twice.layers().get(1).kernel().item()).isEqualTo(6);
    assertThat(twice.byKind().get(Kind.SPARSE).bias().toFloatArray()).containsExactly(2, 4);
    assertThat(twice.scale().orElseThrow().item()).isEqualTo(6);
    assertThat(twice.more()).hasSize(2);
    Model<Linear> empty = new Model<>(List.of(), Map.of(), Optional.empty(), new Tensor[0]);
    assertThat(Trees.leaves(empty)).isEmpty();
    assertThat(Trees.structure(empty)).isNotEqualTo(Trees.structure(model));
    assertThat(
            Transforms.jit((Model<Linear> m) -> m.scale().isPresent() ? a : b).apply(empty).item())
        .isEqualTo(3);
  }

  @Test
  void nullIsAnEmptySubtreeAndStaticPartsAreStructure() {
    Linear noBias = new Linear(a, null);
    assertThat(Trees.paths(noBias)).containsExactly("kernel");
    assertThat(Trees.map(noBias, t -> t.neg()).bias()).isNull();
    assertThat(Trees.structure(noBias).difference(Trees.structure(new Linear(a, b))))
        .contains("'bias'")
        .contains("null against tensor");
    assertThat(Trees.structure(List.of(a, 1))).isNotEqualTo(Trees.structure(List.of(a, 2)));
  }

  @Test
  void mapsAreInTheOrderOfTheirKeysWhateverTheirClass() {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put("z", a);
    map.put("a", b);
    assertThat(Trees.paths(map)).containsExactly("a", "z");
    assertThat(Trees.structure(map)).isEqualTo(Trees.structure(Map.of("z", a, "a", b)));
    assertThat(Trees.map(map, t -> t).keySet()).containsExactly("a", "z");
    assertThat(Trees.paths(Map.of(10, a, 9, b))).containsExactly("9", "10");
    assertThatThrownBy(
            () -> Trees.leaves(new java.util.HashMap<>(Map.of(new Object(), a, this, b))))
        .hasMessageContaining("keys")
        .hasMessageContaining("TreesTest.java");
  }

  @Test
  void classesOfOnesOwn() {
    Point p = new Point(a, b, "p");
    assertThat(Trees.paths(p)).containsExactly("x", "y");
    Point g = Transforms.grad((Point q) -> q.x.mul(q.y).sum()).apply(new Point(a, b, "g"));
    assertThat(g.x.toFloatArray()).containsExactly(3, 3);
    assertThat(g.y.item()).isEqualTo(3);
    assertThat(g.name).isEqualTo("g");
    // Taking apart a second object of the class makes no other.
    Trees.structure(p);
    int before = Point.made;
    assertThat(Trees.structure(p)).isEqualTo(Trees.structure(p));
    assertThat(Point.made).isEqualTo(before);

    assertThatThrownBy(() -> Trees.leaves(new Foreign(a, 1)))
        .hasMessageContaining("Foreign")
        .hasMessageContaining("'value'")
        .hasMessageContaining("Trees.register");
    Trees.register(
        Foreign.class,
        List.of("value", "order"),
        f -> List.of(f.value, f.order),
        parts -> new Foreign((Tensor) parts.get(0), (Integer) parts.get(1)));
    Foreign f =
        Transforms.jit((Foreign v) -> new Foreign(v.value.mul(2.0), v.order + 1))
            .apply(new Foreign(b, 1));
    assertThat(f.value.item()).isEqualTo(6);
    assertThat(f.order).isEqualTo(2);
  }

  @Test
  void unsupportedLeavesSayWhatToDo() {
    for (Object tree :
        List.of(
            Set.of(a),
            Map.entry("k", a),
            Stream.of(a),
            List.of(a).iterator(),
            new java.util.ArrayDeque<>(List.of(a)),
            new java.util.concurrent.atomic.AtomicReference<>(a),
            new Unregistered())) {
      assertThatThrownBy(() -> Trees.leaves(List.of(tree)))
          .isInstanceOf(OpException.class)
          .hasMessageContaining("pytree")
          .hasMessageContaining("TreesTest.java")
          .hasMessageContaining("hint");
    }
    assertThat(Trees.leaves(List.of(Set.of("a"), a))).hasSize(1);
    assertThatThrownBy(() -> Trees.map(new Declared(new ArrayList<>(List.of(a))), t -> t))
        .hasMessageContaining("component 'list' of record Declared")
        .hasMessageContaining("declare it as List");
  }
}
