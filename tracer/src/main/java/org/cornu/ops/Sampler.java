package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.F1;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * A distribution: a compiled function of a key and of parameters, whose type and shape are static.
 */
final class Sampler {
  /**
   * One call: for float types, the parameters already have the type; they broadcast to the shape.
   */
  record Draw(Tensor key, DType dtype, Shape shape, List<Tensor> parameters) {

    Draw withKey(Tensor other) {
      return new Draw(other, dtype, shape, parameters);
    }

    /** As many keys as are drawn from, in place of this one. */
    Tensor[] keys(int count) {
      return Keys.several(key, count);
    }

    /** Uniform in [0, 1). */
    Tensor uniform() {
      return RandomUniform.uniform(key, dtype, shape.dims());
    }

    /** Uniform in [low, high). */
    Tensor uniform(double low, double high) {
      return RandomUniform.uniform(
          key, Lax.full(dtype, low), Lax.full(dtype, high), dtype, shape.dims());
    }

    /** A parameter in the shape of the result. */
    Tensor parameter(int i) {
      return Dims.broadcastTo(given(i), shape);
    }

    /**
     * A parameter in its own shape. What is computed of scalars is computed once, as in JAX: loops
     * over many elements round some functions otherwise.
     */
    Tensor given(int i) {
      return parameters.get(i);
    }

    Tensor full(double value) {
      return Lax.full(dtype, value, shape.dims());
    }
  }

  private final String name;
  private final boolean ofBits;
  private final Jit1<Draw, Tensor> draw;

  private Sampler(String name, boolean ofBits, F1<Draw, Tensor> f) {
    this.name = name;
    this.ofBits = ofBits;
    this.draw = Transforms.jit(f);
  }

  /** A distribution of floats. */
  static Sampler of(String name, F1<Draw, Tensor> f) {
    return new Sampler(name, false, f);
  }

  /**
   * A distribution of floats that is a function of random bits: of those that {@link
   * RandomUniform#bits} draws, which stand where the key stands. Outside of a trace the bits are a
   * program of their own, so that the compiler rounds what is made of them as it does for JAX,
   * whose bits come from a loop.
   */
  static Sampler ofBits(String name, F1<Draw, Tensor> f) {
    return new Sampler(name, true, f);
  }

  /** Draws floats of this type. */
  Tensor apply(Tensor key, DType dtype, long[] dims, Tensor... parameters) {
    return counts(key, requireFloat(name, dtype), dtype, dims, parameters);
  }

  /**
   * Draws numbers of a type.
   *
   * @param parameterType the float type to compute with
   */
  Tensor counts(Tensor key, DType parameterType, DType dtype, long[] dims, Tensor... parameters) {
    Keys.kind(key);
    Shape shape = shape(name, dims, parameters);
    Tensor[] aligned = Dims.cast(parameterType, parameters);
    Tensor source = ofBits ? RandomUniform.bits(key, dtype, shape) : key;
    return draw.apply(new Draw(source, dtype, shape, List.of(aligned)));
  }

  /** The dimensions given, or those that the parameters broadcast to. */
  static Shape shape(String name, long[] dims, Tensor... parameters) {
    if (dims.length == 0) {
      return Dims.broadcast(name, Arrays.asList(parameters));
    }
    Shape shape = Shape.of(dims);
    for (Tensor p : parameters) {
      if (!broadcasts(p.shape(), shape)) {
        throw new OpException(
            name
                + ": a parameter of shape "
                + p.shape()
                + " does not broadcast to the shape "
                + shape
                + " of the result\n  hint: the dimensions given are the whole shape of the result,"
                + " the parameters' included");
      }
    }
    return shape;
  }

  private static boolean broadcasts(Shape from, Shape to) {
    int shift = to.rank() - from.rank();
    for (int i = 0; i < from.rank(); i++) {
      if (shift < 0 || from.dim(i) != 1 && from.dim(i) != to.dim(i + shift)) {
        return false;
      }
    }
    return true;
  }

  /** Checks that a type is a float type that numbers are drawn in. */
  static DType requireFloat(String name, DType dtype) {
    if (dtype != DType.F32 && dtype != DType.F64 && dtype != DType.F16 && dtype != DType.BF16) {
      throw new OpException(name + ": the type must be f16, bf16, f32 or f64: got " + dtype);
    }
    return dtype;
  }

  /** Checks that a type is an integer type of at least 8 bits. */
  static DType requireInteger(String name, DType dtype) {
    if (!dtype.isInteger() || dtype.bits() < 8) {
      throw new OpException(name + ": the type must be an integer of 8 to 64 bits: got " + dtype);
    }
    return dtype;
  }

  /** A number beside tensors of a type. */
  static Tensor number(String name, DType dtype, double value) {
    return Scalars.of(requireFloat(name, dtype), value);
  }
}
