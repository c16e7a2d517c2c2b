package org.cornu.tracer;

import java.util.Map;
import java.util.Optional;
import org.cornu.stablehlo.ir.Location;

/** Finds the line of the user's program on the stack: the first frame that is not Cornu's own. */
public final class UserFrame {
  /** Packages whose frames are skipped, except for their tests. */
  private static final String[] OWN = {
    "org.cornu.tracer.",
    "org.cornu.ops.",
    "org.cornu.stablehlo.",
    "org.cornu.pjrt.",
    "org.cornu.distribution.",
    "org.cornu.stateless.",
    "org.cornu.config.",
    "org.cornu.initializers.",
    "org.cornu.losses.",
    "org.cornu.metrics.",
    "org.cornu.optimizers.",
    "org.cornu.layers.",
    "org.cornu.models.",
    "org.cornu.saving.",
    "org.cornu.activations.",
    "org.cornu.cli.",
    "org.cornu.check.",
    "picocli.",
    "java.",
    "jdk.",
    "sun."
  };

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Whether a class is a user's: every operation asks for several, and always for the same. */
  private static final ClassValue<Boolean> IS_USER =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isUser(type.getName());
        }
      };

  private UserFrame() {}

  /** The user's frame, or nothing when the call comes from Cornu alone. */
  public static Optional<StackWalker.StackFrame> current() {
    return WALKER.walk(
        frames -> frames.filter(f -> IS_USER.get(f.getDeclaringClass())).findFirst());
  }

  /**
   * The user's line as a location, {@link Location#UNKNOWN} when there is none.
   *
   * @param known locations of lines seen before, to which it is added
   */
  static Location location(Map<StackTraceElement, Location> known) {
    Optional<StackWalker.StackFrame> frame = current();
    if (frame.isEmpty()) {
      return Location.UNKNOWN;
    }
    StackTraceElement element = frame.get().toStackTraceElement();
    Location location = known.get(element);
    if (location == null) {
      location = location(frame.get());
      known.put(element, location);
    }
    return location;
  }

  private static Location location(StackWalker.StackFrame f) {
    String file = f.getFileName() == null ? simpleClass(f) : f.getFileName();
    return new Location.Named(
        simpleClass(f) + "." + f.getMethodName(),
        new Location.Line(file, Math.max(1, f.getLineNumber()), 1));
  }

  /** {@code "\n at Mnist.loss(Mnist.java:42)"}, or an empty string. */
  public static String suffix() {
    return current().map(f -> "\n  at " + describe(f)).orElse("");
  }

  /** {@code Mnist.loss(Mnist.java:42)}. */
  static String describe(StackWalker.StackFrame f) {
    return simpleClass(f)
        + "."
        + f.getMethodName()
        + "("
        + f.getFileName()
        + ":"
        + f.getLineNumber()
        + ")";
  }

  private static String simpleClass(StackWalker.StackFrame f) {
    String name = f.getClassName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** True for a function of an operation, {@code Random.uniform}, that is compiled as a whole. */
  static boolean isOperation(Class<?> function) {
    String name = function.getName();
    return name.startsWith("org.cornu.ops.") && !isUser(name);
  }

  private static boolean isUser(String className) {
    for (String prefix : OWN) {
      if (className.startsWith(prefix)) {
        int end = className.indexOf('$');
        String top = end < 0 ? className : className.substring(0, end);
        return top.endsWith("Test") || top.endsWith("Properties");
      }
    }
    return true;
  }
}
