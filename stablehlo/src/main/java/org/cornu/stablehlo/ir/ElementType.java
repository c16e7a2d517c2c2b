package org.cornu.stablehlo.ir;

/** What one element of a tensor is: a {@link DType} or a {@link QuantizedType}. */
public sealed interface ElementType permits DType, QuantizedType {
  /** MLIR's spelling, {@code f32}, {@code i1}, {@code complex<f32>}, … */
  String mlir();

  /** The plain type that stores one element: itself, or a quantized type's storage type. */
  DType storage();
}
