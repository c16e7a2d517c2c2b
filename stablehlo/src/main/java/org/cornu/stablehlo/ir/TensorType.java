package org.cornu.stablehlo.ir;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code tensor<2x3xf32>}: a ranked tensor.
 *
 * @param shape dimension sizes
 * @param element element type
 * @param encoding text of the encoding attribute ({@code #stablehlo.bounds<3, ?>}), or null
 */
public record TensorType(Shape shape, ElementType element, @Nullable String encoding)
    implements Type {

  /** A tensor of this element type and shape without encoding. */
  public static TensorType of(ElementType element, Shape shape) {
    return new TensorType(shape, element, null);
  }

  /** A tensor of this element type and these sizes without encoding. */
  public static TensorType of(ElementType element, long... dims) {
    return new TensorType(Shape.of(dims), element, null);
  }

  /** The plain element type; for a quantized tensor its storage type. */
  public DType dtype() {
    return element.storage();
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.rank();
  }

  /** Size of dimension {@code axis}. */
  public long dim(int axis) {
    return shape.dim(axis);
  }

  /** This type with another element type. */
  public TensorType withElement(ElementType other) {
    return new TensorType(shape, other, encoding);
  }

  /** This type with another shape and no encoding. */
  public TensorType withShape(Shape other) {
    return new TensorType(other, element, null);
  }

  /** Short form for messages: {@code f32[2,3]}. */
  public String brief() {
    return (element instanceof DType ? ((DType) element).text() : element.mlir()) + shape;
  }

  // Types are compared for each op; what a record derives takes a new Java machine long to start.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof TensorType type
            && element.equals(type.element)
            && shape.equals(type.shape)
            && Objects.equals(encoding, type.encoding);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + element.hashCode()) + Objects.hashCode(encoding);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("tensor<");
    for (long dim : shape.dims()) {
      out.append(dim == Shape.DYNAMIC ? "?" : Long.toString(dim)).append('x');
    }
    out.append(element.mlir());
    return out.append(encoding == null ? "" : ", " + encoding).append('>').toString();
  }
}
