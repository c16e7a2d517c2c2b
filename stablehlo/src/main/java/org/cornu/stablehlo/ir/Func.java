package org.cornu.stablehlo.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function: a named {@link Block} with attributes on itself, its arguments and its results.
 * Functions call each other by reference ({@link Attribute.Callee}); names need to be unique only
 * in print, where the printer sees to it.
 */
public final class Func {
  private final String name;
  private final @Nullable Block body;
  private final Type.Function type;
  private final boolean isPublic;
  private final Map<String, Attribute> attributes;
  private final List<Map<String, Attribute>> argumentAttributes = new ArrayList<>();
  private final List<Map<String, Attribute>> resultAttributes = new ArrayList<>();
  private final Location location;

  /** A private function with this body. */
  public Func(String name, Block body) {
    this(name, body, false, Map.of(), Location.UNKNOWN);
  }

  /** A function with this body, whose results must be set. */
  public Func(
      String name,
      Block body,
      boolean isPublic,
      Map<String, Attribute> attributes,
      Location where) {
    this(
        name,
        body,
        new Type.Function(body.argumentTypes(), body.resultTypes()),
        isPublic,
        attributes,
        where);
  }

  private Func(
      String name,
      @Nullable Block body,
      Type.Function type,
      boolean isPublic,
      Map<String, Attribute> attributes,
      Location location) {
    this.name = name;
    this.body = body;
    this.type = type;
    this.isPublic = isPublic;
    this.attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    this.location = location;
    for (int i = 0; i < type.inputs().size(); i++) {
      argumentAttributes.add(Map.of());
    }
    for (int i = 0; i < type.results().size(); i++) {
      resultAttributes.add(Map.of());
    }
  }

  /** A function without a body, declared only. */
  public static Func declaration(
      String name, Type.Function type, boolean isPublic, Map<String, Attribute> attributes) {
    return new Func(name, null, type, isPublic, attributes, Location.UNKNOWN);
  }

  /**
   * A function whose body is filled in later, so that calls may refer to it before; what the body
   * returns must then agree with {@code results}.
   */
  public static Func ahead(
      String name,
      Block body,
      List<Type> results,
      boolean isPublic,
      Map<String, Attribute> attributes,
      Location where) {
    Type.Function type = new Type.Function(body.argumentTypes(), results);
    return new Func(name, body, type, isPublic, attributes, where);
  }

  /** Its symbol without {@code @}. */
  public String name() {
    return name;
  }

  /** Its body; an error for a declaration. */
  public Block body() {
    if (body == null) {
      throw new IllegalStateException("function @" + name + " is declared but has no body");
    }
    return body;
  }

  /** True when it has no body. */
  public boolean isDeclaration() {
    return body == null;
  }

  /** Argument and result types. */
  public Type.Function type() {
    return type;
  }

  /** False for {@code func.func private}. */
  public boolean isPublic() {
    return isPublic;
  }

  /** Discardable attributes of the function. */
  public Map<String, Attribute> attributes() {
    return attributes;
  }

  /**
   * Attributes of argument {@code i}, such as {@code sdy.sharding} or {@code tf.aliasing_output}.
   */
  public Map<String, Attribute> argumentAttributes(int i) {
    return argumentAttributes.get(i);
  }

  /** Attributes of result {@code i}. */
  public Map<String, Attribute> resultAttributes(int i) {
    return resultAttributes.get(i);
  }

  /** Adds an attribute to argument {@code i}. */
  public Func argumentAttribute(int i, String key, Attribute value) {
    argumentAttributes.set(i, plus(argumentAttributes.get(i), key, value));
    return this;
  }

  /** Adds an attribute to result {@code i}. */
  public Func resultAttribute(int i, String key, Attribute value) {
    resultAttributes.set(i, plus(resultAttributes.get(i), key, value));
    return this;
  }

  private static Map<String, Attribute> plus(
      Map<String, Attribute> map, String key, Attribute value) {
    Map<String, Attribute> copy = new TreeMap<>(map);
    copy.put(key, value);
    return Collections.unmodifiableMap(copy);
  }

  /** Where it was defined. */
  public Location location() {
    return location;
  }

  @Override
  public String toString() {
    return "@" + name + " : " + type;
  }
}
