package org.cornu.testing;

/** What holds for every function of tensors. */
public enum Law {
  /** The device computes what the reference interpreter of StableHLO computes. */
  REFERENCE("the device equals the reference interpreter"),

  /** A compiled function computes what it does when its operations run one by one. */
  COMPILED("jit equals eager"),

  /** Forward mode gives the slope that differences of values give. */
  FORWARD("jvp equals finite differences"),

  /** Reverse mode gives the gradient that differences of values give. */
  GRADIENT("vjp equals finite differences"),

  /** {@code <u, jvp(v)> = <vjp(u), v>}. */
  CONSISTENT("jvp and vjp are each other's transpose"),

  /** {@code linearize} gives the same linear map as {@code jvp}. */
  LINEARIZED("linearize equals jvp"),

  /**
   * The derivative of the gradient: forward over reverse and reverse over forward mode agree with
   * each other and with differences of gradients.
   */
  SECOND_ORDER("second derivatives equal differences of first ones"),

  /** {@code vmap} over any of the tensors computes what a loop does. */
  VECTORIZED("vmap equals a loop"),

  /** {@code remat} changes neither values nor gradients. */
  REMATERIALIZED("remat equals plain"),

  /**
   * In f32, bf16 and f16 the function and its derivatives have the types of their arguments, and
   * the values that f64 gives, up to rounding.
   */
  TYPES("narrow types agree with f64");

  private final String text;

  Law(String text) {
    this.text = text;
  }

  /** The law in words. */
  public String text() {
    return text;
  }
}
