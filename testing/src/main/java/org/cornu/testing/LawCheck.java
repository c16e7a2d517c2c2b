package org.cornu.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.testing.LawPrograms.Inputs;
import org.cornu.testing.LawPrograms.Lanes;
import org.cornu.testing.LawPrograms.Mapped;
import org.cornu.testing.LawPrograms.Point;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The laws of one function at one argument. */
final class LawCheck {
  private static final Interpreter INTERPRETER = new Interpreter();
  private static final DType[] NARROW = {DType.F32, DType.BF16, DType.F16};

  /** More tensors than these are batched one by one and all together, not in all combinations. */
  private static final int MOST_COMBINED = 4;

  private final LawPrograms programs;
  private final Settings settings;
  private final List<String> paths;
  private final List<Literal> x;
  private final List<Literal> wide;
  private final List<Literal> direction = new ArrayList<>();
  private final List<Literal> weights = new ArrayList<>();
  private final List<String> activePaths = new ArrayList<>();
  private final Func func;
  private final Func wideFunc;
  private final List<Literal> values;
  private final List<Integer> inexact = new ArrayList<>();
  private final Map<String, List<Literal>> got = new HashMap<>();

  LawCheck(LawPrograms programs, Settings settings, List<String> paths, List<Literal> x) {
    this.programs = programs;
    this.settings = settings;
    this.paths = paths;
    this.x = x;
    this.wide = x.stream().map(leaf -> Numbers.cast(leaf, DType.F64)).toList();
    Random random = new Random(settings.seed());
    for (int i = 0; i < wide.size(); i++) {
      if (wide.get(i).type().dtype().isInexact()) {
        direction.add(Numbers.normal(wide.get(i).type(), random));
        activePaths.add(paths.get(i));
      }
    }
    func = programs.values(types(x));
    wideFunc = types(wide).equals(types(x)) ? func : programs.values(types(wide));
    values = INTERPRETER.run(func, x);
    List<TensorType> results = resultTypes(wideFunc);
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).dtype().isInexact()) {
        inexact.add(i);
        weights.add(Numbers.normal(results.get(i), random));
      }
    }
  }

  private static List<TensorType> resultTypes(Func func) {
    return func.type().results().stream().map(TensorType.class::cast).toList();
  }

  private static List<TensorType> types(List<Literal> literals) {
    return literals.stream().map(Literal::type).toList();
  }

  private static List<Tensor> tensors(List<Literal> literals) {
    return literals.stream().map(Tensor::of).toList();
  }

  private static List<Literal> literals(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toLiteral).toList();
  }

  private boolean isDifferentiable() {
    return !direction.isEmpty() && !weights.isEmpty();
  }

  void run() {
    List<Mapped> masks = settings.asks(Law.VECTORIZED) ? masks() : List.of();
    List<DType> narrow = settings.asks(Law.TYPES) ? narrow() : List.of();
    Point point = new Point(tensors(wide), tensors(direction), tensors(weights));
    boolean derived =
        settings.asks(Law.FORWARD, Law.GRADIENT, Law.CONSISTENT, Law.LINEARIZED, Law.SECOND_ORDER);
    List<Point> points = derived && isDifferentiable() ? List.of(point) : List.of();
    try {
      List<Lanes> lanes = masks.stream().map(this::lanes).toList();
      Inputs inputs =
          new Inputs(tensors(x), points, lanes, narrow.stream().map(this::narrowed).toList());
      programs.run(inputs).forEach((name, results) -> got.put(name, literals(results)));
      got.putAll(programs.interpret(INTERPRETER, new Inputs(inputs.x(), points, lanes, List.of())));
    } catch (LawViolation e) {
      throw new LawViolation(e.law(), e.getMessage() + arguments(), e.getCause());
    }
    valuesAgree();
    if (!points.isEmpty()) {
      derivativesAgree();
    }
    for (int i = 0; i < masks.size(); i++) {
      vectorizedAgrees(i, masks.get(i));
    }
    for (int i = 0; i < narrow.size(); i++) {
      narrowAgrees(i, narrow.get(i));
    }
  }

  private List<Literal> section(String name) {
    return Objects.requireNonNull(got.get(name), name);
  }

  // ---- values

  private void valuesAgree() {
    if (settings.asks(Law.REFERENCE)) {
      equal(Law.REFERENCE, "on the device", section("values"), values);
    }
    if (settings.asks(Law.COMPILED)) {
      List<Literal> eager = literals(programs.eager(tensors(x)));
      equal(Law.COMPILED, "by jit", section("values"), eager);
    }
    if (settings.asks(Law.REMATERIALIZED)) {
      equal(Law.REMATERIALIZED, "under remat", section("remat values"), values);
    }
  }

  private void equal(Law law, String how, List<Literal> results, List<Literal> expected) {
    equal(law, "result", how, results, expected, 0);
  }

  /** Results one by one, to the exactness of their types or to another tolerance. */
  private void equal(
      Law law,
      String what,
      String how,
      List<Literal> results,
      List<Literal> expected,
      double tolerance) {
    if (results.size() != expected.size()) {
      throw broken(law, "has " + results.size() + " results " + how + ", not " + expected.size());
    }
    for (int i = 0; i < results.size(); i++) {
      Literal r = results.get(i);
      double allowed = tolerance > 0 ? tolerance : exactness(r.type().dtype());
      String difference = Numbers.difference(r, expected.get(i), allowed);
      if (difference != null) {
        String name = what.equals("result") ? resultName(i) : what + " " + quoted(i);
        throw broken(law, name + " " + difference + " " + how);
      }
    }
  }

  private String resultName(int i) {
    return values.size() == 1 ? "the result" : "result " + i;
  }

  private String quoted(int active) {
    String path = activePaths.get(active);
    return path.isEmpty() ? "of the argument" : "of '" + path + "'";
  }

  private double exactness(DType dtype) {
    return dtype.real() == DType.F64 || !dtype.isInexact()
        ? settings.exactness()
        : settings.units() * Numbers.unit(dtype);
  }

  // ---- derivatives

  private void derivativesAgree() {
    List<Literal> atPoint = INTERPRETER.run(wideFunc, wide);
    for (int i : inexact) {
      if (!Numbers.isFinite(atPoint.get(i))) {
        return;
      }
    }
    Differences differences =
        new Differences(
            moved -> pick(INTERPRETER.run(wideFunc, moved)),
            wide,
            direction,
            settings.differences());
    boolean smooth = differences.isSmooth();
    List<Literal> slopes = differences.slopes();
    if (settings.asks(Law.FORWARD) && smooth) {
      List<Literal> tangents = section("tangents");
      for (int k = 0; k < tangents.size(); k++) {
        String difference =
            Numbers.difference(tangents.get(k), slopes.get(k), settings.differences());
        if (difference != null) {
          throw broken(
              Law.FORWARD, "the tangent of " + resultName(inexact.get(k)) + " " + difference);
        }
      }
    }
    if (settings.asks(Law.GRADIENT) && smooth) {
      gradientAgrees(slopes);
    }
    if (settings.asks(Law.CONSISTENT)) {
      double forward = pairing(section("tangents"), weights);
      double backward = pairing(section("cotangents"), direction);
      double allowed = 10 * settings.exactness() * (1 + Math.abs(forward) + sizes());
      if (!(Math.abs(forward - backward) <= allowed) && Double.isFinite(forward)) {
        throw broken(
            Law.CONSISTENT, "<vjp(u), v> is " + backward + " and <u, jvp(v)> is " + forward);
      }
    }
    if (settings.asks(Law.LINEARIZED)) {
      equal(Law.LINEARIZED, "by linearize", section("linearized"), section("plain tangents"));
    }
    if (settings.asks(Law.REMATERIALIZED) && settings.asks(Law.GRADIENT)) {
      equal(
          Law.REMATERIALIZED,
          "the gradient",
          "under remat",
          section("remat cotangents"),
          section("plain cotangents"),
          0);
    }
    if (settings.asks(Law.SECOND_ORDER) && smooth) {
      secondOrderAgrees();
    }
  }

  private List<Literal> pick(List<Literal> results) {
    return inexact.stream().map(results::get).toList();
  }

  /** The sum of sizes of the terms of a pairing. */
  private double sizes() {
    double out = 0;
    List<Literal> tangents = section("tangents");
    for (int k = 0; k < tangents.size(); k++) {
      double[] a = Numbers.parts(tangents.get(k));
      double[] b = Numbers.parts(weights.get(k));
      for (int i = 0; i < a.length; i++) {
        out += Math.abs(a[i] * b[i]);
      }
    }
    return out;
  }

  private static double pairing(List<Literal> a, List<Literal> b) {
    double sum = 0;
    for (int k = 0; k < a.size(); k++) {
      sum += Numbers.pairing(a.get(k), b.get(k));
    }
    return sum;
  }

  private void gradientAgrees(List<Literal> slopes) {
    List<Literal> cotangents = section("cotangents");
    for (int k = 0; k < cotangents.size(); k++) {
      if (!cotangents.get(k).type().equals(direction.get(k).type())) {
        throw broken(
            Law.GRADIENT, "the gradient " + quoted(k) + " is " + cotangents.get(k).type().brief());
      }
    }
    double expected = pairing(slopes, weights);
    double backward = pairing(cotangents, direction);
    if (Math.abs(backward - expected) <= settings.differences() * (1 + Math.abs(expected))) {
      return;
    }
    String place = worstElement(cotangents);
    throw broken(
        Law.GRADIENT,
        place != null
            ? place
            : "along a random direction the slope is "
                + backward
                + ", differences give "
                + expected);
  }

  /** The element of the gradient that differs most from differences along its axis. */
  private @Nullable String worstElement(List<Literal> cotangents) {
    String worst = null;
    double most = settings.differences();
    for (int k = 0; k < direction.size(); k++) {
      Literal v = direction.get(k);
      for (int e = 0; e < Math.min(v.count(), 100); e++) {
        List<Literal> one = new ArrayList<>();
        direction.forEach(d -> one.add(Numbers.zip(d, d, (a, b) -> 0)));
        double[] parts = new double[Numbers.parts(v).length];
        parts[v.type().dtype().isComplex() ? 2 * e : e] = 1;
        one.set(k, Numbers.of(v.type(), parts));
        Differences d =
            new Differences(
                m -> pick(INTERPRETER.run(wideFunc, m)), wide, one, settings.differences());
        double want = pairing(d.slopes(), weights);
        double mine = cotangents.get(k).doubleAt(e);
        double off = Math.abs(mine - want) / (1 + Math.abs(want));
        if (off > most || Double.isNaN(off)) {
          most = off;
          worst =
              "the gradient "
                  + quoted(k)
                  + " is "
                  + mine
                  + ", differences give "
                  + want
                  + Numbers.at(v.type().shape(), e);
        }
      }
    }
    return worst;
  }

  private void secondOrderAgrees() {
    List<Literal> forward = section("forward over reverse");
    List<Literal> reverse = section("reverse over forward");
    Func pullback = programs.pullback(types(wide), types(direction), types(weights));
    Differences differences =
        new Differences(
            moved -> {
              List<Literal> all = new ArrayList<>(moved);
              all.addAll(direction);
              all.addAll(weights);
              return INTERPRETER.run(pullback, all);
            },
            wide,
            direction,
            settings.differences());
    List<Literal> slopes = differences.slopes();
    for (Literal slope : slopes) {
      if (!Numbers.isFinite(slope)) {
        return;
      }
    }
    // first derivatives may cancel, which leaves their rounding
    double exact = 100 * settings.exactness();
    equal(
        Law.SECOND_ORDER,
        "the second derivative",
        "in reverse over forward mode, against forward over reverse",
        reverse,
        forward,
        exact);
    if (differences.isSmooth()) {
      equal(
          Law.SECOND_ORDER,
          "the second derivative",
          "against differences of gradients",
          forward,
          slopes,
          10 * settings.differences());
    }
  }

  // ---- vmap

  private List<Mapped> masks() {
    int n = x.size();
    List<Mapped> out = new ArrayList<>();
    for (int bits = 1; bits < 1 << Math.min(n, MOST_COMBINED); bits++) {
      if (n > MOST_COMBINED) {
        break;
      }
      out.add(mask(bits));
    }
    if (n > MOST_COMBINED) {
      for (int i = 0; i < n; i++) {
        Integer[] places = new Integer[n];
        Arrays.fill(places, -1);
        places[i] = i % 2;
        out.add(new Mapped(List.of(places)));
      }
      Integer[] places = new Integer[n];
      Arrays.setAll(places, i -> i % 2);
      out.add(new Mapped(List.of(places)));
    }
    return out;
  }

  private Mapped mask(int bits) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      places.add((bits >> i & 1) == 0 ? -1 : i % 2);
    }
    return new Mapped(places);
  }

  /** Three lanes: the argument, its elements in reverse order, and itself again. */
  private Lanes lanes(Mapped mapped) {
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      Literal leaf = x.get(i);
      int place = mapped.places().get(i);
      out.add(
          Tensor.of(
              place < 0 ? leaf : Numbers.stack(place == 0, leaf, Numbers.reversed(leaf), leaf)));
    }
    return new Lanes(out, mapped);
  }

  private final Map<List<Literal>, List<Literal>> loops = new HashMap<>();

  private void vectorizedAgrees(int number, Mapped mapped) {
    List<Literal> other = new ArrayList<>();
    List<String> batched = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      boolean mask = mapped.places().get(i) >= 0;
      other.add(mask ? Numbers.reversed(x.get(i)) : x.get(i));
      if (mask) {
        batched.add("'" + paths.get(i) + "'");
      }
    }
    List<Literal> between = loops.computeIfAbsent(other, o -> INTERPRETER.run(func, o));
    List<Literal> expected = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      expected.add(Numbers.stack(true, values.get(i), between.get(i), values.get(i)));
    }
    String over = batched.size() == x.size() ? "everything" : String.join(", ", batched);
    equal(Law.VECTORIZED, "by vmap over " + over, section("vmap " + number), expected);
  }

  // ---- narrow types

  private List<DType> narrow() {
    boolean any = wide.stream().anyMatch(leaf -> leaf.type().dtype().isInexact());
    // complex numbers have no parts narrower than f32
    return !any ? List.of() : hasComplex(wideFunc.body()) ? List.of(DType.F32) : List.of(NARROW);
  }

  private static boolean hasComplex(Block block) {
    for (Value argument : block.arguments()) {
      if (isComplex(argument.type())) {
        return true;
      }
    }
    for (Op op : block.ops()) {
      if (op.results().stream().anyMatch(v -> isComplex(v.type()))
          || op.regions().stream().anyMatch(LawCheck::hasComplex)) {
        return true;
      }
      for (Attribute attribute : op.attributes().values()) {
        if (attribute instanceof Attribute.Callee callee && hasComplex(callee.func().body())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isComplex(Type type) {
    return type instanceof TensorType tensor && tensor.dtype().isComplex();
  }

  private static List<Literal> cast(List<Literal> literals, DType dtype) {
    return literals.stream().map(leaf -> Numbers.cast(leaf, dtype)).toList();
  }

  private Point narrowed(DType dtype) {
    return new Point(
        tensors(cast(wide, dtype)), tensors(cast(direction, dtype)), tensors(cast(weights, dtype)));
  }

  private void narrowAgrees(int number, DType dtype) {
    List<Literal> at = cast(cast(wide, dtype), DType.F64);
    List<Literal> v = cast(cast(direction, dtype), DType.F64);
    List<Literal> u = cast(cast(weights, dtype), DType.F64);
    List<Literal> wanted = INTERPRETER.run(wideFunc, at);
    narrowEqual("values", number, dtype, wanted);
    for (int i : inexact) {
      if (!Numbers.isFinite(wanted.get(i))) {
        return;
      }
    }
    List<Literal> all = new ArrayList<>(at);
    all.addAll(v);
    all.addAll(u);
    if (got.containsKey("narrow tangents " + number)) {
      Func tangents = programs.tangents(types(wide), types(direction), types(weights));
      narrowEqual("tangents", number, dtype, INTERPRETER.run(tangents, all));
    }
    if (got.containsKey("narrow cotangents " + number)) {
      Func pullback = programs.pullback(types(wide), types(direction), types(weights));
      narrowEqual("cotangents", number, dtype, INTERPRETER.run(pullback, all));
    }
  }

  private void narrowEqual(String what, int number, DType dtype, List<Literal> wanted) {
    List<Literal> results = section("narrow " + what + " " + number);
    for (int i = 0; i < results.size(); i++) {
      Literal mine = results.get(i);
      TensorType type = Numbers.cast(wanted.get(i).type(), dtype);
      if (!mine.type().equals(type)) {
        throw broken(
            Law.TYPES,
            "with arguments in "
                + dtype
                + " "
                + what
                + " "
                + i
                + " have the type "
                + mine.type().brief()
                + ", expected "
                + type.brief());
      }
      if (!mine.type().dtype().isInexact()) {
        continue; // a comparison of rounded numbers may come out otherwise
      }
      Literal widened = Numbers.cast(mine, DType.F64);
      double allowed = settings.units() * Numbers.unit(mine.type().dtype());
      String difference = Numbers.difference(widened, wanted.get(i), allowed);
      if (difference != null) {
        throw broken(
            Law.TYPES, "with arguments in " + dtype + " " + what + " " + i + " " + difference);
      }
    }
  }

  // ---- messages

  private LawViolation broken(Law law, String how) {
    return new LawViolation(
        law,
        settings.name() + " breaks the law " + law + " (" + law.text() + "): " + how + arguments(),
        null);
  }

  private String arguments() {
    StringBuilder out = new StringBuilder("\n  at");
    for (int i = 0; i < x.size(); i++) {
      String text = x.get(i).toString();
      out.append("\n    ")
          .append(paths.get(i).isEmpty() ? "the argument" : paths.get(i))
          .append(": ")
          .append(x.get(i).type().brief())
          .append(' ')
          .append(text.length() > 300 ? text.substring(0, 300) + "..." : text);
    }
    return out.toString();
  }
}
