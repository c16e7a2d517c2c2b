package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.cornu.pjrt.capi.Pjrt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cornu's declaration of the ABI against the header that OpenXLA ships inside its CPU plugin. */
class PjrtHeaderTest {
  private static final Pattern STRUCT =
      Pattern.compile("struct (PJRT_\\w+) \\{\\n(.*?)\\n\\}", Pattern.DOTALL);
  private static final Pattern TABLE_ENTRY = Pattern.compile("_PJRT_API_STRUCT_FIELD\\((\\w+)\\)");

  private static String header;
  private static Path headerFile;

  @BeforeAll
  static void findHeader() throws IOException {
    Path plugin =
        new PluginCache(PluginRequest.of(Platform.CPU).cache(), new PipDownload("python3", false))
            .get(PluginPackage.XLA_CPU);
    headerFile = plugin.resolveSibling("include").resolve("pjrt_c_api.h");
    assumeTrue(Files.isRegularFile(headerFile), "the plugin package ships no header");
    header = Files.readString(headerFile);
    NativeSupport.require();
  }

  @Test
  void functionTableHasTheHeadersOrder() {
    List<String> theirs = new ArrayList<>();
    Matcher matcher = TABLE_ENTRY.matcher(header);
    while (matcher.find()) {
      theirs.add(matcher.group(1));
    }
    theirs.remove("fn_type");
    List<String> ours = Stream.of(ApiFunction.values()).map(Enum::name).toList();
    assertThat(theirs).hasSize(118);
    assertThat(ours.subList(0, theirs.size())).isEqualTo(theirs);
  }

  @Test
  void enumsHaveTheHeadersNumbers(@TempDir Path folder) throws Exception {
    List<String> names = new ArrayList<>();
    Map<String, Long> ours = new TreeMap<>();
    for (BufferType type : BufferType.values()) {
      put(names, ours, "PJRT_Buffer_Type_" + type, type.number());
    }
    List<ErrorCode> codes = List.of(ErrorCode.values());
    for (ErrorCode code : codes) {
      put(names, ours, "PJRT_Error_Code_" + code, codes.indexOf(code));
    }
    for (var field : Pjrt.class.getFields()) {
      if (field.getType() == int.class && field.getName().startsWith("PJRT_")) {
        put(names, ours, field.getName(), field.getInt(null));
      }
    }
    StringBuilder program = new StringBuilder();
    for (String name : names) {
      program.append(print(name, "(long)" + name));
    }
    Map<String, Long> theirs = run(program.toString(), folder);
    assertThat(theirs).hasSizeGreaterThan(60);
    assertThat(theirs).isEqualTo(ours);
  }

  private static void put(List<String> names, Map<String, Long> map, String name, long value) {
    // The declared part of an enum in the 0.81 header; later constants are not in it.
    if (Pattern.compile("\\b" + name + "\\b").matcher(header).find()) {
      names.add(name);
      map.put(name, value);
    }
  }

  @Test
  void everyFieldHasTheHeadersOffset(@TempDir Path folder) throws Exception {
    StringBuilder program = new StringBuilder();
    Map<String, Long> ours = new TreeMap<>();
    Matcher matcher = STRUCT.matcher(header);
    while (matcher.find()) {
      String name = matcher.group(1);
      String body = matcher.group(2);
      Class<? extends Pointer> type = generated(name);
      if (type == null) {
        continue;
      }
      for (Method method : type.getDeclaredMethods()) {
        String field = method.getName();
        if (!Modifier.isNative(method.getModifiers())
            || field.startsWith("allocate")
            || !Pattern.compile("\\b" + field + ";").matcher(body).find()) {
          continue;
        }
        String key = name + "." + field;
        if (ours.put(key, (long) Loader.offsetof(type, field)) == null) {
          program.append(print(key, "offsetof(" + name + ", " + field + ")"));
        }
      }
    }
    assertThat(ours).hasSizeGreaterThan(500);
    assertThat(run(program.toString(), folder)).isEqualTo(ours);
  }

  private static @Nullable Class<? extends Pointer> generated(String name) {
    try {
      return Class.forName("org.cornu.pjrt.capi." + name).asSubclass(Pointer.class);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static String print(String key, String value) {
    return "  printf(\"" + key + " %ld\\n\", (long)(" + value + "));\n";
  }

  private static Map<String, Long> run(String statements, Path folder) throws Exception {
    Path source = folder.resolve("offsets.cc");
    Files.writeString(
        source,
        "#include <stddef.h>\n#include <stdio.h>\n#include \""
            + headerFile
            + "\"\nint main() {\n"
            + statements
            + "}\n");
    Path binary = folder.resolve("offsets");
    Path log = folder.resolve("log");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder("g++", "-O0", "-o", binary.toString(), source.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no g++ here");
      throw e;
    }
    assertThat(compiler.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(compiler.exitValue()).as(Files.readString(log)).isZero();
    Process process = new ProcessBuilder(binary.toString()).start();
    Map<String, Long> values = new TreeMap<>();
    for (String line :
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
      String[] words = line.split(" ");
      values.put(words[0], Long.parseLong(words[1]));
    }
    return values;
  }
}
