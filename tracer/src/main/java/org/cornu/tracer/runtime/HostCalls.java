package org.cornu.tracer.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.cornu.pjrt.CustomCallHandler;
import org.cornu.pjrt.CustomCalls;
import org.cornu.pjrt.HostArray;
import org.cornu.pjrt.PjrtException;
import org.cornu.pjrt.Plugin;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;

/**
 * What programs call back in Java: printing, checks, and functions of the user. What a call does
 * stands in the attributes of its op, so that a program that prints or checks means the same when
 * it was saved and loaded; only a function of the user belongs to this process.
 *
 * <p>On devices that share no memory with the host there are no such calls: compiling one fails.
 */
public final class HostCalls {
  /** Prints operands: {@code text} with a pair of braces for each. */
  public static final String PRINT = "cornu.debug_print";

  /** Fails where the first operand is true: {@code text} with braces for the others. */
  public static final String CHECK = "cornu.error_if";

  /** Remembers {@code number} where the operand is true; see {@link #collect}. */
  public static final String NOTE = "cornu.note_if";

  /** Calls a function of the user, by {@code function}. */
  public static final String CALL = "cornu.host_call";

  private static final String PREFIX = "\"cornu.";
  private static final String BEGIN = "<<cornu-check:";
  private static final String END = ":check-cornu>>";

  /** A call: attributes and operands to results. */
  private interface Body {
    List<Literal> run(Map<String, Object> attributes, List<Literal> operands) throws Exception;
  }

  private static final Map<String, Body> BODIES =
      Map.of(
          PRINT, HostCalls::print,
          CHECK, HostCalls::check,
          NOTE, HostCalls::note,
          CALL, HostCalls::call);

  private static final Map<Long, Function<List<Literal>, List<Literal>>> FUNCTIONS =
      new ConcurrentHashMap<>();
  private static final Map<Object, Long> NUMBERS = new IdentityHashMap<>();
  private static final Set<Plugin> INSTALLED = ConcurrentHashMap.newKeySet();
  private static final Set<Long> NOTED = new TreeSet<>();

  private HostCalls() {}

  /** Makes the calls known to the plugin before a program that contains some is compiled. */
  static void installFor(String program) {
    if (program.contains(PREFIX)) {
      install();
    }
  }

  /** Makes the calls known to the plugin: needed before a saved program is loaded. */
  public static void install() {
    Plugin plugin = Backend.current().client().plugin();
    if (INSTALLED.add(plugin)) {
      BODIES.forEach((target, body) -> CustomCalls.register(plugin, target, handler(body)));
    }
  }

  private static CustomCallHandler handler(Body body) {
    return call -> {
      List<Literal> operands = new ArrayList<>();
      for (HostArray argument : call.arguments()) {
        operands.add(literal(argument));
      }
      List<Literal> results = body.run(call.attributes(), operands);
      for (int i = 0; i < call.results().size(); i++) {
        HostArray target = call.results().get(i);
        Literal result = i < results.size() ? results.get(i) : null;
        if (result == null || result.expandedBytes().length != target.data().remaining()) {
          throw new IllegalArgumentException(
              "a callback must return "
                  + target.type()
                  + target.dimensions()
                  + " as result "
                  + i
                  + ": got "
                  + (result == null ? "nothing" : result.type().brief()));
        }
        target.data().put(result.expandedBytes());
      }
    };
  }

  private static Literal literal(HostArray array) {
    for (DType dtype : DType.values()) {
      if (DeviceArray.isStored(dtype) && DeviceArray.bufferType(dtype) == array.type()) {
        long[] dims = array.dimensions().stream().mapToLong(Long::longValue).toArray();
        ByteBuffer data = array.data().duplicate();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return Literal.ofBytes(TensorType.of(dtype, dims), bytes);
      }
    }
    throw new IllegalArgumentException("no element type for arguments of " + array.type());
  }

  /** Makes the calls known to an interpreter. */
  public static Interpreter install(Interpreter interpreter) {
    BODIES.forEach(
        (target, body) ->
            interpreter.handler(
                target,
                (op, operands) -> {
                  try {
                    return body.run(attributes(op), operands);
                  } catch (RuntimeException e) {
                    throw e;
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
    return interpreter;
  }

  private static Map<String, Object> attributes(Op op) {
    Map<String, Object> out = new HashMap<>();
    if (op.attribute("backend_config") instanceof Attribute.Dict dict) {
      dict.entries()
          .forEach(
              (key, value) -> {
                if (value instanceof Attribute.Str text) {
                  out.put(key, text.value());
                } else if (value instanceof Attribute.Int number) {
                  out.put(key, number.asLong());
                }
              });
    }
    return out;
  }

  // ---- what the calls do

  private static List<Literal> print(Map<String, Object> attributes, List<Literal> operands) {
    boolean ordered = "true".equals(attributes.get("ordered"));
    List<Literal> shown = ordered ? operands.subList(1, operands.size()) : operands;
    System.out.println(fill(text(attributes), shown));
    return ordered ? List.of(operands.get(0)) : List.of();
  }

  private static List<Literal> check(Map<String, Object> attributes, List<Literal> operands) {
    if (operands.get(0).longAt(0) != 0) {
      String text = fill(text(attributes), operands.subList(1, operands.size()));
      // The marks survive the way through the plugin, which wraps the text in words of its own.
      throw new CheckException(BEGIN + text + END);
    }
    return List.of();
  }

  private static List<Literal> note(Map<String, Object> attributes, List<Literal> operands) {
    if (operands.get(0).longAt(0) != 0) {
      synchronized (NOTED) {
        NOTED.add((Long) Objects.requireNonNull(attributes.get("number")));
      }
    }
    return List.of();
  }

  private static List<Literal> call(Map<String, Object> attributes, List<Literal> operands) {
    Object number = Objects.requireNonNull(attributes.get("function"));
    Function<List<Literal>, List<Literal>> function = FUNCTIONS.get(number);
    if (function == null) {
      throw new IllegalStateException(
          "a callback of another process was called: programs with callbacks cannot be saved");
    }
    return function.apply(operands);
  }

  private static String text(Map<String, Object> attributes) {
    return String.valueOf(attributes.get("text"));
  }

  /** {@code text} with each pair of braces replaced by an operand. */
  public static String fill(String text, List<Literal> operands) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (Literal operand : operands) {
      int at = text.indexOf("{}", from);
      if (at < 0) {
        break;
      }
      out.append(text, from, at).append(LiteralPrinter.print(operand));
      from = at + 2;
    }
    return out.append(text.substring(from)).toString();
  }

  /**
   * The number of a function, the same each time, so that programs that call it are compiled once.
   */
  public static long number(Function<List<Literal>, List<Literal>> function) {
    synchronized (NUMBERS) {
      return NUMBERS.computeIfAbsent(
          function,
          f -> {
            long number = NUMBERS.size() + 1L;
            FUNCTIONS.put(number, function);
            return number;
          });
    }
  }

  /** Runs something, and returns the numbers that {@link #NOTE} calls have noted meanwhile. */
  static synchronized List<Long> collect(Runnable run) {
    synchronized (NOTED) {
      NOTED.clear();
    }
    run.run();
    synchronized (NOTED) {
      return List.copyOf(NOTED);
    }
  }

  /** The failed check behind an error of the plugin, or the error itself. */
  public static RuntimeException translate(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    int begin = message.indexOf(BEGIN);
    int end = message.indexOf(END, begin + 1);
    if (begin < 0 || end < 0 || !(e instanceof PjrtException || e instanceof CheckException)) {
      return e;
    }
    CheckException out = new CheckException(message.substring(begin + BEGIN.length(), end));
    out.initCause(e);
    return out;
  }
}
