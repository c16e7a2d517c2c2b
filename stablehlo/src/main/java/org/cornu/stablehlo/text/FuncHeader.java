package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a function before any body is read, so that calls may refer to functions further
 * down.
 */
final class FuncHeader {
  final int at;
  String name = "";
  boolean isPublic = true;
  @Nullable List<String> argumentNames;
  List<Type> inputs = new ArrayList<>();
  List<Type> results = new ArrayList<>();
  final Map<String, Attribute> attributes = new TreeMap<>();
  final List<Map<String, Attribute>> argumentAttributes = new ArrayList<>();
  final List<Map<String, Attribute>> resultAttributes = new ArrayList<>();

  /** Place of the body's brace, -1 for a declaration. */
  int body = -1;

  /** Place of the location, -1 where there is none. */
  int location = -1;

  FuncHeader(int at) {
    this.at = at;
  }

  /** The function, whose body is still empty. */
  Func func(Location where) {
    Type.Function type = new Type.Function(inputs, results);
    Func func =
        body < 0
            ? Func.declaration(name, type, isPublic, attributes)
            : Func.ahead(name, new Block(inputs), results, isPublic, attributes, where);
    for (int i = 0; i < argumentAttributes.size(); i++) {
      for (Map.Entry<String, Attribute> entry : argumentAttributes.get(i).entrySet()) {
        func.argumentAttribute(i, entry.getKey(), entry.getValue());
      }
    }
    for (int i = 0; i < resultAttributes.size(); i++) {
      for (Map.Entry<String, Attribute> entry : resultAttributes.get(i).entrySet()) {
        func.resultAttribute(i, entry.getKey(), entry.getValue());
      }
    }
    return func;
  }
}
