package org.cornu.tracer;

/**
 * With respect to which argument a gradient is taken; the first one when nothing is said.
 *
 * <pre>{@code
 * Tensor g = grad(f, Wrt.SECOND).apply(a, b);
 * Transforms.Pair<Params, Tensor> both = grad(f, Wrt.ALL).apply(a, b);
 * }</pre>
 *
 * <p>A type for each, so that the compiler knows the type of the gradient.
 */
public final class Wrt {
  /** The second argument. */
  public static final Second SECOND = new Second();

  /** The third argument. */
  public static final Third THIRD = new Third();

  /** All arguments. */
  public static final All ALL = new All();

  private Wrt() {}

  /** The type of {@link #SECOND}. */
  public static final class Second {
    private Second() {}
  }

  /** The type of {@link #THIRD}. */
  public static final class Third {
    private Third() {}
  }

  /** The type of {@link #ALL}. */
  public static final class All {
    private All() {}
  }
}
