package org.cornu.saving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a file that h5py wrote, and back what it writes itself. */
@NullUnmarked
final class H5FileTest {
  private static H5File file;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    byte[] image;
    try (var in = H5FileTest.class.getResourceAsStream("h5py-types.h5")) {
      image = in.readAllBytes();
    }
    file = H5File.open("h5py-types.h5", image);
  }

  @AfterAll
  static void close() {
    file.close();
  }

  private static double[] doubles(Literal literal) {
    return IntStream.range(0, literal.count()).mapToDouble(literal::doubleAt).toArray();
  }

  @Test
  void readsEveryElementTypeThatH5pyWrites() throws IOException {
    Map<String, DType> expected =
        Map.ofEntries(
            Map.entry("f2", DType.F16),
            Map.entry("f4", DType.F32),
            Map.entry("f8", DType.F64),
            Map.entry("i1", DType.I8),
            Map.entry("i2", DType.I16),
            Map.entry("i4", DType.I32),
            Map.entry("i8", DType.I64),
            Map.entry("u1", DType.U8),
            Map.entry("u2", DType.U16),
            Map.entry("u4", DType.U32),
            Map.entry("u8", DType.U64),
            Map.entry("c8", DType.C64),
            Map.entry("c16", DType.C128),
            Map.entry("be_i4", DType.I32),
            Map.entry("be_f8", DType.F64),
            Map.entry("bool", DType.BOOL));
    H5Group types = file.root().group("types");
    assertThat(types.names()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (String name : types.names()) {
      Literal literal = types.dataset(name).read();
      assertThat(literal.type().dtype()).as(name).isEqualTo(expected.get(name));
      if (name.equals("bool")) {
        assertThat(doubles(literal)).containsExactly(1, 0, 0, 1);
      } else if (name.startsWith("u")) {
        assertThat(doubles(literal)).as(name).containsExactly(0, 1, 2, 3, 4, 5);
      } else {
        assertThat(doubles(literal)).as(name).containsExactly(-2, -1, 0, 1, 2, 3);
        assertThat(literal.type().shape().dims()).containsExactly(2, 3);
      }
    }
  }

  @Test
  void readsScalarsEmptyArraysBfloat16AndChunks() throws IOException {
    H5Group root = file.root();
    assertThat(root.dataset("scalar").read()).isEqualTo(Literal.scalar(DType.F32, 3));
    assertThat(root.dataset("count").read()).isEqualTo(Literal.scalar(DType.I64, 7));
    assertThat(root.dataset("empty").read().type()).isEqualTo(TensorType.of(DType.I32, 3, 0, 2));
    Literal bf16 = root.dataset("bf16").read();
    assertThat(bf16.type()).isEqualTo(TensorType.of(DType.BF16, 2, 3));
    assertThat(doubles(bf16)).containsExactly(0, 1, 2, 3, 4, 5);
    Literal chunked = root.dataset("chunked").read();
    assertThat(doubles(chunked))
        .containsExactly(IntStream.range(0, 600).asDoubleStream().toArray());
    assertThat(root.dataset("strings").readStrings()).containsExactly("one", "two");
    assertThat(root.group("many").variables()).hasSize(12);
    assertThat(root.group("many").variables().get(10).doubleAt(0)).isEqualTo(10);
    assertThat(root.has("layers/dense/vars")).isTrue();
    assertThat(root.has("layers/dense_1/vars")).isFalse();
  }

  @Test
  void readsAttributesOfAllKinds() throws IOException {
    H5Group group = file.root().group("layers/dense/vars");
    Map<String, Object> attributes = group.attributes();
    assertThat(attributes)
        .containsEntry("name", "dense")
        .containsEntry("bytes", "raw")
        .containsEntry("weight_names", List.of("dense/kernel", "dense/bias"))
        .containsEntry("ints", List.of(1L, 2L))
        .containsEntry("long", "x".repeat(70000))
        .containsEntry("flag", true)
        .containsEntry("pi", 3.5)
        .containsEntry("unicode", List.of("α", "b"))
        .containsEntry("none", null)
        .containsEntry("no_items", List.of());
    assertThat(group.strings("layer_names")).containsExactly("a", "b", "c");
    assertThat(group.strings("weight_names")).containsExactly("dense/kernel", "dense/bias");
    assertThat(group.strings("absent")).isEmpty();
  }

  @Test
  void refusesWhatLeadsOutOfTheFile() throws IOException {
    H5Group root = file.root();
    assertThatThrownBy(() -> root.get("soft"))
        .isInstanceOf(FormatException.class)
        .hasMessage("hdf5: h5py-types.h5:/soft is a soft or external link, which is refused");
    assertThatThrownBy(() -> root.get("ext")).hasMessageContaining("external link");
    assertThatThrownBy(() -> root.dataset("outside").read())
        .hasMessage("hdf5: h5py-types.h5:/outside is stored outside the file, which is refused");
    assertThatThrownBy(() -> root.get("layers/desne"))
        .hasMessage("hdf5: h5py-types.h5:/ has no 'layers/desne'; it has " + root.names());
    assertThatThrownBy(() -> root.dataset("strings").read())
        .hasMessageContaining("holds strings, not numbers");
    assertThatThrownBy(() -> H5File.open("junk", new byte[100]))
        .isInstanceOf(FormatException.class)
        .hasMessage("hdf5: cannot open junk: it is no HDF5 file, or it is damaged");
  }

  @Test
  void readsBackEveryTypeItWrites() throws IOException {
    Path path = folder.resolve("out.h5");
    List<DType> types =
        Arrays.stream(DType.values())
            .filter(t -> t != DType.INDEX && t != DType.F6E2M3FN && t != DType.F6E3M2FN)
            .toList();
    try (H5Writer out = H5Writer.create(path)) {
      for (DType type : types) {
        out.dataset("/types/" + type.text(), sample(type));
      }
      out.dataset("/empty", Literal.ofBytes(TensorType.of(DType.F32, 0, 3), new byte[0]));
      out.dataset("/splat", Literal.ofDoubles(TensorType.of(DType.F32, 4), 2.5));
      out.group("/layers/dropout/vars");
      out.group("/layers/dropout/vars");
      out.attribute("/layers/dropout/vars", "name", "dropout");
      out.attribute("/layers/dropout/vars", "name", "dropout_ü");
      out.attribute("/", "long", "y".repeat(100_000));
      out.attribute("/", "names", List.of("a", "bcd", "é"));
      out.attribute("/", "none", List.of());
      out.attribute("/", "n", 5);
      out.attribute("/", "x", 0.5);
      out.attribute("/", "yes", true);
    }
    try (H5File in = H5File.open(path)) {
      for (DType type : types) {
        assertThat(in.root().dataset("types/" + type.text()).read()).isEqualTo(sample(type));
      }
      assertThat(in.root().dataset("empty").type()).isEqualTo(TensorType.of(DType.F32, 0, 3));
      assertThat(doubles(in.root().dataset("splat").read())).containsExactly(2.5, 2.5, 2.5, 2.5);
      assertThat(in.root().group("layers/dropout/vars").attributes())
          .containsExactly(Map.entry("name", "dropout_ü"));
      assertThat(in.root().attributes())
          .containsEntry("long", "y".repeat(100_000))
          .containsEntry("names", List.of("a", "bcd", "é"))
          .containsEntry("none", List.of())
          .containsEntry("n", 5L)
          .containsEntry("x", 0.5)
          .containsEntry("yes", true);
    }
    assertThat(Files.size(path)).isPositive();
  }

  private static Literal sample(DType type) {
    TensorType tensor = TensorType.of(type, 2, 2);
    return type.isComplex()
        ? Literal.ofComplex(tensor, 1, 2, 3, 4, 5, 6, 7, -8)
        : Literal.ofDoubles(tensor, 0, 1, 1, type.isUnsigned() || type.isBool() ? 1 : -1);
  }
}
