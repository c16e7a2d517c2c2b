package org.cornu.tracer;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which axis of each tensor {@code vmap} maps over. {@link #NONE} leaves a tensor whole.
 *
 * <pre>{@code
 * vmap(f, Axes.of(0, Axes.NONE), 0);                       // by argument
 * vmap(f, Axes.byPath(p -> p.endsWith("bias") ? Axes.NONE : 1), 0);
 * }</pre>
 */
public final class Axes {
  /** The tensor is not mapped over: every call sees all of it. */
  public static final int NONE = Integer.MIN_VALUE;

  private final int[] byArgument;
  private final @Nullable ToIntFunction<String> byPath;
  private final @Nullable String axisName;
  private final long size;

  private Axes(
      int[] byArgument,
      @Nullable ToIntFunction<String> byPath,
      @Nullable String axisName,
      long size) {
    this.byArgument = byArgument;
    this.byPath = byPath;
    this.axisName = axisName;
    this.size = size;
  }

  /** The same axis of every tensor. */
  public static Axes all(int axis) {
    return byPath(path -> axis);
  }

  /** One axis for all tensors of each argument. */
  public static Axes of(int... byArgument) {
    return new Axes(byArgument.clone(), null, null, -1);
  }

  /**
   * An axis for each tensor by its path; the path starts with the argument's position when there
   * are several, {@code [1].layers[0].kernel}.
   */
  public static Axes byPath(ToIntFunction<String> axis) {
    return new Axes(new int[0], axis, null, -1);
  }

  /** Names the mapped axis, so that {@code Lax.psum} and its kin can refer to it. */
  public Axes named(String name) {
    return new Axes(byArgument, byPath, name, size);
  }

  /**
   * Says how long the mapped axis is. Needed only where no tensor is mapped, such as for a function
   * of keys made inside; else the sizes must agree with it.
   */
  public Axes size(long axisSize) {
    if (axisSize < 0) {
      throw new IllegalArgumentException(
          "vmap: the size of an axis must be at least 0: got " + axisSize + UserFrame.suffix());
    }
    return new Axes(byArgument, byPath, axisName, axisSize);
  }

  /** The size said, or -1. */
  long size() {
    return size;
  }

  @Nullable String axisName() {
    return axisName;
  }

  int axis(int argument, int arguments, String path) {
    if (byPath != null) {
      return byPath.applyAsInt(
          arguments == 1
              ? path
              : "[" + argument + "]" + (path.isEmpty() || path.startsWith("[") ? "" : ".") + path);
    }
    if (byArgument.length != arguments) {
      throw new OpException(
          "vmap: one axis per argument: got "
              + Arrays.toString(byArgument)
              + " for "
              + arguments
              + " arguments",
          "Axes.of takes one axis per argument, Axes.byPath one per tensor");
    }
    return byArgument[argument];
  }
}
