package org.cornu.stablehlo.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an op knows of itself. */
class OpTest {
  private static Op op(Map<String, Attribute> attributes) {
    List<Type> results = List.of(TensorType.of(DType.F32, 2), TensorType.of(DType.I32));
    return new Op(OpCode.CUSTOM_CALL, List.of(), attributes, List.of(), results, Location.UNKNOWN);
  }

  @Test
  void attributesAreAnImmutableSortedMapOfAnySize() {
    for (int count = 0; count <= 40; count++) {
      Map<String, Attribute> entries = new HashMap<>();
      for (int i = 0; i < count; i++) {
        entries.put("key" + i * 7919 % 100, Attribute.Int.i64(i));
      }
      Map<String, Attribute> attributes = op(entries).attributes();
      assertThat(attributes).isEqualTo(entries).hasSameHashCodeAs(entries);
      assertThat(attributes.keySet()).containsExactlyElementsOf(new TreeMap<>(entries).keySet());
      assertThat(attributes.values()).containsExactlyElementsOf(new TreeMap<>(entries).values());
      assertThat(attributes.containsKey("key")).isFalse();
      assertThat(attributes.get("zzz")).isNull();
      entries.put("added later", new Attribute.Unit());
      assertThat(attributes).hasSize(count).doesNotContainKey("added later");
      assertThatThrownBy(() -> attributes.put("a", new Attribute.Unit()))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void calleesAreFoundWithinListsAndDictionaries() {
    Func f = new Func("f", new Block(List.of()));
    Func g = new Func("g", new Block(List.of()));
    Attribute list = new Attribute.Array(List.of(new Attribute.Callee(g), new Attribute.Unit()));
    Op calling =
        op(
            Map.of(
                "a", new Attribute.Dict(Map.of("inner", list)),
                "b", new Attribute.Str("f"),
                "c", new Attribute.Callee(f)));
    assertThat(calling.callees()).containsExactly(g, f);
    assertThat(calling.isLeaf()).isFalse();
    assertThat(op(Map.of("b", new Attribute.Str("f"))).callees()).isEmpty();
    assertThat(op(Map.of()).isLeaf()).isTrue();
  }

  @Test
  void anOpLikeAnotherHasValuesOfItsOwn() {
    Op first = op(Map.of("a", new Attribute.Unit()));
    Op second = first.with(List.of(), first.attributes(), List.of());
    assertThat(second.attributes()).isSameAs(first.attributes());
    assertThat(second.resultTypes()).isEqualTo(first.resultTypes());
    assertThat(second.results()).doesNotContainAnyElementsOf(first.results());
    assertThat(second.result(1).op()).isSameAs(second);
  }

  @Test
  void typesAndLocationsAreEqualByWhatTheySay() {
    TensorType type = TensorType.of(DType.F32, 2, 3);
    assertThat(TensorType.of(DType.F32, 2, 3)).isEqualTo(type).hasSameHashCodeAs(type);
    assertThat(TensorType.of(DType.F64, 2, 3)).isNotEqualTo(type);
    assertThat(TensorType.of(DType.F32, 3, 2)).isNotEqualTo(type);
    assertThat(new TensorType(type.shape(), type.element(), "#e")).isNotEqualTo(type);
    Location place = new Location.Named("f", new Location.Line("A.java", 3, 1));
    Location same = new Location.Named("f", new Location.Line("A.java", 3, 1));
    assertThat(same).isEqualTo(place).hasSameHashCodeAs(place);
    assertThat(new Location.Named("f", new Location.Line("A.java", 4, 1))).isNotEqualTo(place);
    assertThat(new Location.Named("g", new Location.Line("A.java", 3, 1))).isNotEqualTo(place);
    assertThat(new Location.Named("f", null)).isNotEqualTo(place);
  }
}
