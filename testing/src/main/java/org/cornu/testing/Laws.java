package org.cornu.testing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.JqwikException;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.F3;
import org.cornu.tracer.Structure;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/**
 * The laws that a function of tensors obeys whatever it computes: its derivatives are those of its
 * values, {@code vmap} is a loop, {@code jit} and {@code remat} change nothing ({@link Law}).
 *
 * <pre>{@code
 * // in a property of jqwik
 * @Property(tries = 20)
 * void swish(@ForAll("matrices") Tensor x) {
 *   Laws.of(Layers::swish).check(x);
 * }
 *
 * // in any test: draws arguments, and shrinks those that break a law
 * Laws.of(Layers::swish).named("swish").checkAll(Tensors.floats().between(-2, 2), 20);
 * }</pre>
 *
 * <p>Arguments and results are trees of tensors, as everywhere. What is asked of derivatives is
 * asked in f64 (c128), to which the arguments are converted; where a function has a kink or a jump
 * at its arguments, nothing is asked of its derivatives there.
 *
 * @param <A> the argument: a tensor or a tree of tensors
 * @param <R> the result: a tensor or a tree of tensors
 */
public final class Laws<A, R> {
  private static final Settings DEFAULT =
      new Settings("the function", EnumSet.allOf(Law.class), 1e-10, 1e-6, 32, 1);

  private final F1<A, R> f;
  private final Settings settings;
  private final Map<Structure, LawPrograms> programs = new HashMap<>();

  private Laws(F1<A, R> f, Settings settings) {
    this.f = f;
    this.settings = settings;
  }

  /** All laws for a function of one argument. */
  public static <A, R> Laws<A, R> of(F1<A, R> f) {
    return new Laws<>(f, DEFAULT);
  }

  /** Two arguments as one. */
  public record Two<A, B>(A a, B b) {}

  /** Three arguments as one. */
  public record Three<A, B, C>(A a, B b, C c) {}

  /** All laws for a function of two arguments. */
  public static <A, B, R> Laws<Two<A, B>, R> of(F2<A, B, R> f) {
    return of((Two<A, B> in) -> f.apply(in.a(), in.b()));
  }

  /** All laws for a function of three arguments. */
  public static <A, B, C, R> Laws<Three<A, B, C>, R> of(F3<A, B, C, R> f) {
    return of((Three<A, B, C> in) -> f.apply(in.a(), in.b(), in.c()));
  }

  /** What messages call the function. */
  public Laws<A, R> named(String name) {
    return with(
        new Settings(
            name,
            settings.laws(),
            settings.exactness(),
            settings.differences(),
            settings.units(),
            settings.seed()));
  }

  /** Only these laws. */
  public Laws<A, R> only(Law first, Law... more) {
    return with(settings.withLaws(EnumSet.of(first, more)));
  }

  /** All laws asked so far but these. */
  public Laws<A, R> except(Law... some) {
    Set<Law> laws = EnumSet.copyOf(settings.laws());
    laws.removeAll(List.of(some));
    return with(settings.withLaws(laws));
  }

  /** For a function without reverse mode, such as one with a loop of unknown length. */
  public Laws<A, R> forwardOnly() {
    return except(Law.GRADIENT, Law.CONSISTENT, Law.SECOND_ORDER);
  }

  /**
   * How closely the ways of computing agree in f64, relative to the largest element; default 1e-10.
   * In f32 and below a few units of the type are allowed.
   */
  public Laws<A, R> exactness(double relative) {
    return with(
        new Settings(
            settings.name(),
            settings.laws(),
            relative,
            settings.differences(),
            settings.units(),
            settings.seed()));
  }

  /** How closely derivatives agree with differences, relative to the largest; default 1e-6. */
  public Laws<A, R> differences(double relative) {
    return with(
        new Settings(
            settings.name(),
            settings.laws(),
            settings.exactness(),
            relative,
            settings.units(),
            settings.seed()));
  }

  /** How many units of f32, bf16 and f16 results in these types may be off; default 32. */
  public Laws<A, R> units(double count) {
    return with(
        new Settings(
            settings.name(),
            settings.laws(),
            settings.exactness(),
            settings.differences(),
            count,
            settings.seed()));
  }

  private Laws<A, R> with(Settings other) {
    return new Laws<>(f, other);
  }

  /**
   * Checks the laws at an argument.
   *
   * @throws LawViolation with the law, the place and the argument, when one is broken
   */
  public void check(A argument) {
    Trees.Flat flat = Trees.flatten(argument);
    List<String> paths = flat.structure().paths();
    List<Literal> leaves = new ArrayList<>();
    flat.leaves().forEach(leaf -> leaves.add(leaf.toLiteral()));
    LawPrograms compiled =
        programs.computeIfAbsent(flat.structure(), s -> new LawPrograms(onLeaves(s), settings));
    new LawCheck(compiled, settings, paths, leaves).run();
  }

  private F1<List<Tensor>, List<Tensor>> onLeaves(Structure structure) {
    return leaves -> Trees.leaves(f.apply(Trees.<A>unflatten(structure, leaves)));
  }

  /**
   * Checks the laws at drawn arguments, always the same ones. Arguments that break a law are shrunk
   * as long as smaller ones break it too.
   *
   * @throws LawViolation for the smallest arguments found
   */
  public void checkAll(Arbitrary<A> arguments, int tries) {
    boolean outside = startSession();
    try {
      drawAndCheck(arguments, tries);
    } finally {
      if (outside) {
        JqwikSession.finish();
      }
    }
  }

  /** Arbitraries need a session of jqwik where none of its properties is running. */
  private static boolean startSession() {
    if (JqwikSession.isActive()) {
      return false;
    }
    try {
      JqwikSession.start();
      return true;
    } catch (JqwikException insideOfAProperty) {
      return false;
    }
  }

  private void drawAndCheck(Arbitrary<A> arguments, int tries) {
    RandomGenerator<A> anywhere = arguments.generator(GENERATION_SIZE, false);
    RandomGenerator<A> atEdges = arguments.generator(GENERATION_SIZE, true);
    Random random = new Random(settings.seed());
    for (int i = 0; i < tries; i++) {
      Shrinkable<A> drawn = (i % 4 == 3 ? atEdges : anywhere).next(random);
      LawViolation broken = violation(drawn.value());
      if (broken != null) {
        throw shrunk(drawn, broken);
      }
    }
  }

  private static final int MOST_SHRINKINGS = 1000;
  private static final int GENERATION_SIZE = 1000;

  private LawViolation shrunk(Shrinkable<A> start, LawViolation first) {
    LawViolation found = first;
    Shrinkable<A> at = start;
    int[] budget = {MOST_SHRINKINGS};
    Laws<A, R> one = with(settings.withLaws(EnumSet.of(first.law())));
    for (boolean smaller = true; smaller && budget[0] > 0; ) {
      smaller = false;
      for (Shrinkable<A> next : (Iterable<Shrinkable<A>>) at.shrink()::iterator) {
        if (budget[0]-- <= 0) {
          break;
        }
        LawViolation broken = one.violation(next.value());
        if (broken != null) {
          found = broken;
          at = next;
          smaller = true;
          break;
        }
      }
    }
    return found;
  }

  private @Nullable LawViolation violation(A argument) {
    try {
      check(argument);
      return null;
    } catch (LawViolation e) {
      return e;
    }
  }
}
