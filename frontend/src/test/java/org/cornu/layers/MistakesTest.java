package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cornu.config.Names;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What Keras refuses of every layer is refused here, in words: the layer and the shapes that it
 * got, or the option and its value. {@code mistakes.txt} holds what Keras refuses.
 */
final class MistakesTest {
  private static Stream<String[]> mistakes() throws IOException {
    try (InputStream in = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\|", 2))
          .flatMap(
              parts ->
                  Stream.of(parts[1].strip().split(", "))
                      .filter(what -> !what.isEmpty())
                      .map(what -> new String[] {parts[0], what}));
    }
  }

  @Test
  void whatKerasRefusesIsRefusedInWords() throws IOException {
    Map<String, LawRow> rows =
        LawRow.all().stream().collect(Collectors.toMap(LawRow::className, row -> row));
    List<String> wrong = new ArrayList<>();
    for (String[] mistake : mistakes().toList()) {
      LawRow row = Objects.requireNonNull(rows.get(mistake[0]));
      String name = mistake[0] + ": " + mistake[1];
      try {
        List<String> words = commit(row, mistake[1]);
        wrong.add(name + " is accepted, not refused with " + words);
      } catch (Refused refused) {
        String message = String.valueOf(Objects.requireNonNull(refused.getCause()).getMessage());
        for (String word : refused.words) {
          // The batch size is any, except where the layer is tried with 2.
          if (!message.contains(word) && !message.contains(word.replace("[?", "[2"))) {
            wrong.add(name + " does not name " + word + ": " + message);
            break;
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What a layer said, and which words belong into it. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<String> words;

    Refused(RuntimeException cause, List<String> words) {
      super(cause);
      this.words = words;
    }
  }

  private static List<String> commit(LawRow row, String mistake) throws Refused {
    int equals = mistake.indexOf('=');
    if (equals > 0) {
      String key = mistake.substring(0, equals);
      String text = mistake.substring(equals + 1);
      Object value = text.equals("no_such") ? text : (Object) Integer.valueOf(text);
      Map<String, Object> config = new LinkedHashMap<>(row.config());
      config.put(key, value);
      LawRow changed = new LawRow(row.className(), config, row.inputs(), row.exempt());
      return attempt(
          List.of(key, text),
          () -> changed.layer(null).applyAll(symbols(row.inputs()), Call.DEFAULT));
    }
    Layer<?> layer = row.layer(null).name("wrong");
    if (mistake.equals("other channels")) {
      layer.applyAll(symbols(row.inputs()), Call.DEFAULT);
    }
    List<LawRow.Argument> inputs =
        row.inputs().stream().map(input -> changed(input, mistake)).toList();
    List<Tensor> symbols = symbols(inputs);
    return attempt(
        List.of("wrong: ", symbols.get(0).shape().toString()),
        () -> layer.applyAll(symbols, Call.DEFAULT));
  }

  private static LawRow.Argument changed(LawRow.Argument input, String mistake) {
    List<Long> shape = new ArrayList<>(input.shape());
    switch (mistake) {
      case "lower rank" -> shape.remove(shape.size() - 1);
      case "higher rank" -> shape.add(2L);
      case "other channels" -> shape.set(shape.size() - 1, shape.get(shape.size() - 1) + 1);
      default -> throw new IllegalStateException("no such mistake: " + mistake);
    }
    return new LawRow.Argument(shape, input.bound());
  }

  private static List<Tensor> symbols(List<LawRow.Argument> inputs) {
    return inputs.stream().map(LawRow.Argument::symbolic).toList();
  }

  private static List<String> attempt(List<String> words, Runnable mistake) throws Refused {
    try {
      mistake.run();
      return words;
    } catch (RuntimeException e) {
      throw new Refused(e, words);
    }
  }

  /** Every setter of an option says so when the layer is built already. */
  @Test
  void optionsAreSetBeforeBuilding() throws Exception {
    Set<String> wrong = new TreeSet<>();
    int tried = 0;
    for (LawRow row : LawRow.all()) {
      if (row.exempt().contains("host")) {
        continue;
      }
      Layer<?> layer = row.layer(null).name("late");
      layer.applyAll(symbols(row.inputs()), Call.DEFAULT);
      for (Method setter : layer.getClass().getMethods()) {
        Object value = argument(setter);
        boolean option = layer.spec().option(Names.snakeCase(setter.getName())) != null;
        if (value == null || !option || setter.getName().equals("trainable")) {
          continue;
        }
        tried++;
        InvocationTargetException thrown =
            assertThrows(
                InvocationTargetException.class,
                () -> setter.invoke(layer, value),
                () -> row.className() + "." + setter.getName());
        String message = String.valueOf(Objects.requireNonNull(thrown.getCause()).getMessage());
        if (!message.contains("late") || !message.contains(setter.getName())) {
          wrong.add(row.className() + "." + setter.getName() + ": " + message);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tried).isGreaterThan(200);
  }

  /** Something to give a setter, or null where a method is none. */
  private static @Nullable Object argument(Method method) {
    boolean setter =
        method.getParameterCount() == 1
            && !Modifier.isStatic(method.getModifiers())
            && Layer.class.isAssignableFrom(method.getReturnType());
    if (!setter) {
      return null;
    }
    Class<?> type = method.getParameterTypes()[0];
    return type == boolean.class
        ? (Object) true
        : type == int.class
            ? (Object) 1
            : type == long.class ? (Object) 1L : type == double.class ? (Object) 0.5 : null;
  }
}
