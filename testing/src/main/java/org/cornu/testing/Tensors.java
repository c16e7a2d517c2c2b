package org.cornu.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Arbitrary arguments for functions of tensors, all of which shrink to small ones.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<Dense> layers() {
 *   return Tensors.records(Dense.class, Tensors.floats().shape(3, 2), Tensors.floats().shape(2));
 * }
 * }</pre>
 */
public final class Tensors {
  private Tensors() {}

  /** Tensors of f64: what the laws of derivatives are checked in. */
  public static TensorArbitrary floats() {
    return of(DType.F64);
  }

  /** Tensors of this type: floats, complex, integers or bool. */
  public static TensorArbitrary of(DType dtype) {
    return TensorArbitrary.of(dtype);
  }

  /** Tensors of any of these types. */
  public static Arbitrary<Tensor> ofAny(DType... dtypes) {
    return Arbitraries.of(dtypes).flatMap(Tensors::of);
  }

  /** The float types that programs are written in. */
  public static Arbitrary<DType> floatTypes() {
    return Arbitraries.of(DType.F32, DType.F64, DType.BF16, DType.F16);
  }

  /** The integer types of 8 to 64 bits. */
  public static Arbitrary<DType> integerTypes() {
    return Arbitraries.of(
        DType.I32, DType.I64, DType.I16, DType.I8, DType.U32, DType.U64, DType.U16, DType.U8);
  }

  /** Shapes with up to so many axes of 1 to so many elements; they shrink to a scalar. */
  public static Arbitrary<Shape> shapes(int mostAxes, int mostElements) {
    return shapes(0, mostAxes, 1, mostElements);
  }

  /** Shapes with a number of axes and sizes within bounds; size 0 makes an empty tensor. */
  public static Arbitrary<Shape> shapes(
      int fewestAxes, int mostAxes, int fewestElements, int mostElements) {
    return Arbitraries.longs()
        .between(fewestElements, mostElements)
        .shrinkTowards(fewestElements)
        .list()
        .ofMinSize(fewestAxes)
        .ofMaxSize(mostAxes)
        .map(dims -> Shape.of(dims.stream().mapToLong(d -> d).toArray()));
  }

  /**
   * Several shapes that broadcast together by NumPy's rule: of a common shape, each without some
   * leading axes and with size 1 in some places.
   */
  public static Arbitrary<List<Shape>> broadcastable(int count, int mostAxes, int mostElements) {
    return shapes(mostAxes, mostElements)
        .flatMap(
            common -> {
              Arbitrary<Shape> part =
                  Combinators.combine(
                          Arbitraries.integers()
                              .between(0, common.rank())
                              .shrinkTowards(0), // whole shapes are simpler than parts
                          Arbitraries.of(false, true).list().ofSize(common.rank()))
                      .as((dropped, ones) -> part(common, dropped, ones));
              return part.list()
                  .ofSize(count - 1)
                  .map(
                      parts -> {
                        List<Shape> out = new ArrayList<>(List.of(common));
                        out.addAll(parts);
                        return out;
                      });
            });
  }

  private static Shape part(Shape common, int dropped, List<Boolean> ones) {
    long[] dims = Arrays.copyOfRange(common.dims(), dropped, common.rank());
    for (int d = 0; d < dims.length; d++) {
      dims[d] = ones.get(dropped + d) ? 1 : dims[d];
    }
    return Shape.of(dims);
  }

  /** Several tensors whose shapes broadcast together. */
  public static Arbitrary<List<Tensor>> broadcastable(TensorArbitrary elements, int count) {
    return broadcastable(count, 3, 3)
        .flatMap(
            shapes ->
                Combinators.combine(
                        shapes.stream()
                            .<Arbitrary<Tensor>>map(s -> elements.shape(s.dims()))
                            .toList())
                    .as(list -> list));
  }

  /** Keys for {@code Random}. */
  public static Arbitrary<Tensor> keys() {
    return Arbitraries.longs().between(0, 0xFFFFFFFFL).shrinkTowards(0).map(Random::key);
  }

  /**
   * Records of a class, from arbitraries of their components in order: tensors, other records, or
   * whatever else they hold.
   *
   * @throws IllegalArgumentException if the number of components is another one
   */
  public static <R extends Record> Arbitrary<R> records(Class<R> type, Arbitrary<?>... components) {
    RecordComponent[] parts = type.getRecordComponents();
    if (parts.length != components.length) {
      throw new IllegalArgumentException(
          "records: "
              + type.getSimpleName()
              + " has "
              + parts.length
              + " components: got "
              + components.length
              + " arbitraries");
    }
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Arbitrary<Object>> values = new ArrayList<>();
    for (Arbitrary<?> component : components) {
      values.add(component.map(Object.class::cast));
    }
    return Combinators.combine(values).as(list -> construct(type, types, list));
  }

  private static <R extends Record> R construct(
      Class<R> type, Class<?>[] types, List<Object> values) {
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "records: the constructor of " + type.getName() + " cannot be called: " + e, e);
    }
  }
}
