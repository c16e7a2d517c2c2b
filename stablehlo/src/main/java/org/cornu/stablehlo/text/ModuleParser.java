package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads one module. The first pass reads what stands at the top level (aliases, resources, meshes,
 * headers of functions) and steps over bodies; the second reads the bodies, when all aliases and
 * functions are known.
 */
final class ModuleParser {
  private final Lexer lexer;
  private final Aliases aliases = new Aliases();
  private final TypeParser types;
  private final AttributeParser attributes;
  private final LocationParser locations;
  private final OpParser ops;
  private final List<FuncHeader> headers = new ArrayList<>();
  private final List<Module.Mesh> meshes = new ArrayList<>();
  private final Map<String, Attribute> moduleAttributes = new TreeMap<>();
  private @Nullable String moduleName;
  private boolean explicitModule;

  ModuleParser(Lexer lexer, @Nullable String positions) {
    this.lexer = lexer;
    types = new TypeParser(lexer, aliases);
    attributes = new AttributeParser(lexer, aliases, types);
    locations = new LocationParser(lexer, aliases);
    ops = new OpParser(lexer, types, attributes, locations, positions);
  }

  Module module() {
    int start = lexer.position();
    // Aliases of resources may be used before the section that defines them, at the end.
    resourcesAtEnd(start);
    while (lexer.peek() >= 0) {
      topLevel();
    }
    Map<String, Func> functions = new HashMap<>();
    List<Func> order = new ArrayList<>();
    for (FuncHeader header : headers) {
      Location where = ops.place(header.at);
      if (header.location >= 0) {
        lexer.moveTo(header.location);
        where = locations.location();
      }
      Func func = header.func(where);
      order.add(func);
      if (functions.put(header.name, func) != null) {
        throw lexer.error(header.at, "function @" + header.name + " is defined twice");
      }
    }
    CallDepth calls = new CallDepth();
    for (int i = 0; i < order.size(); i++) {
      FuncHeader header = headers.get(i);
      Func caller = order.get(i);
      attributes.resolve(name -> calls.add(caller, functions.get(name)));
      if (header.body >= 0) {
        lexer.moveTo(header.body);
        ops.function(order.get(i).body(), header.argumentNames);
        checkResults(order.get(i), header);
      }
    }
    Func deep = calls.tooDeep(order);
    if (deep != null) {
      throw lexer.error(
          headers.get(order.indexOf(deep)).at,
          "calls nested too deeply: at most " + CallDepth.LIMIT + " levels are read");
    }
    Module module = new Module(moduleName, moduleAttributes);
    meshes.forEach(module::add);
    order.forEach(module::add);
    return module;
  }

  private void checkResults(Func func, FuncHeader header) {
    if (!func.body().resultTypes().equals(header.results)) {
      throw lexer.error(
          header.at,
          "function @"
              + header.name
              + " returns ("
              + Type.join(func.body().resultTypes())
              + "), its type says ("
              + Type.join(header.results)
              + ")");
    }
  }

  private void resourcesAtEnd(int start) {
    int section = lexer.resources();
    if (section >= 0) {
      lexer.moveTo(section);
      resources();
      lexer.moveTo(start);
    }
  }

  private void topLevel() {
    int c = lexer.peek();
    if (c == '#' || c == '!') {
      alias(c);
    } else if (lexer.at("{-#")) {
      resources();
    } else if (lexer.atWord("module") || lexer.atWord("builtin.module")) {
      lexer.word("module");
      beginModule();
      if (lexer.at('@')) {
        moduleName = lexer.symbol();
      }
      if (lexer.acceptWord("attributes")) {
        attributes.dict(moduleAttributes);
      }
      moduleBody();
      locations.skipOptional();
    } else if (lexer.at("\"builtin.module\"")) {
      genericModule();
    } else {
      member();
    }
  }

  private void beginModule() {
    if (explicitModule || !headers.isEmpty()) {
      throw lexer.error("a file has one module; several are divided by lines '// -----'");
    }
    explicitModule = true;
  }

  private void moduleBody() {
    lexer.expect('{');
    while (!lexer.accept('}')) {
      if (lexer.peek() < 0) {
        throw lexer.unexpected("'}' to end the module");
      }
      member();
    }
  }

  // "builtin.module"() <{sym_name = "m"}> ({..}) {attributes} : () -> ()
  private void genericModule() {
    lexer.string();
    beginModule();
    lexer.expect('(');
    lexer.expect(')');
    Map<String, Attribute> own = moduleAttributes;
    properties(own);
    lexer.expect('(');
    lexer.expect('{');
    if (lexer.at('^')) {
      lexer.step();
      lexer.suffixId("a block name");
      lexer.expect(':');
    }
    while (!lexer.accept('}')) {
      if (lexer.peek() < 0) {
        throw lexer.unexpected("'}' to end the module");
      }
      member();
    }
    lexer.expect(')');
    attributes.optionalDict(own);
    lexer.expect(':');
    types.function();
    locations.skipOptional();
    if (own.remove("sym_name") instanceof Attribute.Str symbol) {
      moduleName = symbol.value();
    }
  }

  private void properties(Map<String, Attribute> into) {
    if (lexer.accept('<')) {
      attributes.dict(into);
      lexer.expect('>');
    }
  }

  private void member() {
    int at = lexer.position();
    if (lexer.at('"')) {
      String name = lexer.string();
      switch (name) {
        case "func.func" -> genericFunc(at);
        case "sdy.mesh" -> genericMesh();
        default -> throw notMember(at, name);
      }
      return;
    }
    String name = lexer.word("a function or a mesh");
    switch (name) {
      case "func.func", "func" -> func(at);
      case "sdy.mesh" -> {
        String symbol = lexer.symbol();
        lexer.expect('=');
        addMesh(attributes.shardy().mesh(symbol), optionalDict());
      }
      default -> throw notMember(at, name);
    }
    locations.skipOptional();
  }

  private ParseException notMember(int at, String name) {
    return lexer.error(at, "a module has functions and meshes, got " + name);
  }

  private Map<String, Attribute> optionalDict() {
    Map<String, Attribute> entries = new TreeMap<>();
    attributes.optionalDict(entries);
    return entries;
  }

  private void addMesh(Module.Mesh mesh, Map<String, Attribute> extra) {
    meshes.add(new Module.Mesh(mesh.name(), mesh.axes(), mesh.deviceIds(), extra));
  }

  // "sdy.mesh"() <{mesh = #sdy.mesh<["x"=8]>, sym_name = "mesh"}> {attributes} : () -> ()
  private void genericMesh() {
    int at = lexer.position();
    Map<String, Attribute> own = genericBegin();
    attributes.optionalDict(own);
    genericEnd();
    if (!(own.remove("mesh") instanceof Attribute.Opaque mesh)
        || !mesh.text().startsWith("#sdy.mesh<")
        || !(own.remove("sym_name") instanceof Attribute.Str symbol)) {
      throw lexer.error(at, "sdy.mesh needs the attributes mesh and sym_name");
    }
    Lexer inner = Aliases.lexer(mesh.text().substring("#sdy.mesh".length()), "sdy.mesh");
    addMesh(new ShardyParser(inner, aliases).mesh(symbol.value()), own);
  }

  private Map<String, Attribute> genericBegin() {
    lexer.expect('(');
    lexer.expect(')');
    Map<String, Attribute> own = new TreeMap<>();
    properties(own);
    return own;
  }

  private void genericEnd() {
    lexer.expect(':');
    types.function();
    locations.skipOptional();
  }

  // func.func private @f(%a: T {..}) -> (U {..}) attributes {..} {..} loc(..)
  private void func(int at) {
    FuncHeader header = new FuncHeader(at);
    if (lexer.acceptWord("private") || lexer.acceptWord("nested")) {
      header.isPublic = false;
    } else {
      lexer.acceptWord("public");
    }
    header.name = lexer.symbol();
    arguments(header);
    if (lexer.accept("->")) {
      results(header);
    }
    if (lexer.acceptWord("attributes")) {
      attributes.dict(header.attributes);
    }
    if (lexer.at('{')) {
      header.body = lexer.position();
      if (header.argumentNames == null) {
        if (!header.inputs.isEmpty()) {
          throw lexer.error(at, "a function with a body names its arguments");
        }
        header.argumentNames = List.of();
      }
      lexer.skipGroup();
    }
    if (lexer.atWord("loc")) {
      header.location = lexer.position();
    }
    headers.add(header);
  }

  private void arguments(FuncHeader header) {
    lexer.expect('(');
    if (lexer.accept(')')) {
      return;
    }
    List<String> names = lexer.at('%') ? new ArrayList<>() : null;
    do {
      if (names != null) {
        names.add(ops.valueName());
        lexer.expect(':');
      }
      header.inputs.add(types.type());
      header.argumentAttributes.add(optionalDict());
      locations.skipOptional();
    } while (lexer.accept(','));
    lexer.expect(')');
    header.argumentNames = names;
  }

  private void results(FuncHeader header) {
    if (!lexer.accept('(')) {
      header.results.add(types.type());
      return;
    }
    if (!lexer.accept(')')) {
      do {
        header.results.add(types.type());
        header.resultAttributes.add(optionalDict());
      } while (lexer.accept(','));
      lexer.expect(')');
    }
  }

  // "func.func"() <{function_type = .., sym_name = "f", ..}> ({..}) {..} : () -> ()
  private void genericFunc(int at) {
    FuncHeader header = new FuncHeader(at);
    Map<String, Attribute> own = genericBegin();
    lexer.expect('(');
    int region = lexer.position();
    lexer.skipGroup();
    int behind = lexer.cursor();
    lexer.expect(')');
    attributes.optionalDict(own);
    lexer.expect(':');
    types.function();
    if (lexer.atWord("loc")) {
      header.location = lexer.position();
    }
    locations.skipOptional();
    if (!(own.remove("sym_name") instanceof Attribute.Str symbol)
        || !(own.remove("function_type") instanceof Attribute.OfType ofType)
        || !(ofType.type() instanceof Type.Function type)) {
      throw lexer.error(at, "func.func needs the attributes sym_name and function_type");
    }
    header.name = symbol.value();
    header.inputs = type.inputs();
    header.results = type.results();
    header.isPublic =
        !(own.remove("sym_visibility") instanceof Attribute.Str visibility)
            || visibility.value().equals("public");
    dicts(own.remove("arg_attrs"), header.inputs.size(), header.argumentAttributes, at);
    dicts(own.remove("res_attrs"), header.results.size(), header.resultAttributes, at);
    header.attributes.putAll(own);
    if (!emptyRegion(region, behind)) {
      header.body = region;
    }
    headers.add(header);
  }

  private boolean emptyRegion(int from, int behind) {
    int end = lexer.cursor();
    lexer.moveTo(from);
    lexer.expect('{');
    boolean empty = lexer.accept('}') && lexer.cursor() == behind;
    lexer.moveTo(end);
    return empty;
  }

  private void dicts(
      @Nullable Attribute list, int count, List<Map<String, Attribute>> into, int at) {
    if (list == null) {
      return;
    }
    if (!(list instanceof Attribute.Array array) || array.elements().size() != count) {
      throw lexer.error(at, "arg_attrs and res_attrs have one dictionary per type");
    }
    for (Attribute element : array.elements()) {
      if (!(element instanceof Attribute.Dict dict)) {
        throw lexer.error(at, "arg_attrs and res_attrs have one dictionary per type");
      }
      into.add(dict.entries());
    }
  }

  // #name = attribute, #loc1 = loc(..), !name = type
  private void alias(int sign) {
    int at = lexer.position();
    lexer.step();
    String name = lexer.suffixId("an alias name");
    lexer.expect('=');
    if (sign == '!') {
      aliases.define(name, types.type());
    } else if (lexer.atWord("loc")) {
      aliases.define(name, locations.location());
    } else {
      aliases.define(name, attributes.attribute());
    }
    if (name.indexOf('.') >= 0) {
      throw lexer.error(at, "an alias has no dot in its name");
    }
  }

  // {-# dialect_resources: { builtin: { name: "0x.." } }, external_resources: {..} #-}
  private void resources() {
    lexer.expect("{-#");
    while (!lexer.accept("#-}")) {
      boolean dialects = lexer.word("dialect_resources").equals("dialect_resources");
      lexer.expect(':');
      if (!dialects) {
        lexer.skipGroup();
      } else {
        dialectResources();
      }
      lexer.accept(',');
    }
  }

  private void dialectResources() {
    lexer.expect('{');
    if (lexer.accept('}')) {
      return;
    }
    do {
      lexer.word("a dialect");
      lexer.expect(':');
      lexer.expect('{');
      if (!lexer.accept('}')) {
        do {
          resource();
        } while (lexer.accept(','));
        lexer.expect('}');
      }
    } while (lexer.accept(','));
    lexer.expect('}');
  }

  private void resource() {
    String name = lexer.at('"') ? lexer.string() : lexer.word("a resource name");
    lexer.expect(':');
    int open = lexer.position();
    if (!lexer.at('"')) {
      throw lexer.unexpected("a hex string");
    }
    int close = lexer.skipString();
    if (close - open < 3 || lexer.textAt(open + 1) != '0' || lexer.textAt(open + 2) != 'x') {
      throw lexer.error(open, "a resource is a hex string that begins with 0x");
    }
    aliases.defineResource(name, open + 3, close);
  }
}
