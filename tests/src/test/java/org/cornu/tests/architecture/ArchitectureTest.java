package org.cornu.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms of the house (docs/architecture.md) and the doors between them. */
@SuppressWarnings("NullAway") // filled before the first test
class ArchitectureTest {
  /** Modules from the bottom up; those of one row know nothing of each other. */
  private static final List<List<String>> ROWS =
      List.of(
          List.of("stablehlo", "pjrt"),
          List.of("tracer"),
          List.of("distribution"),
          List.of("stateless"),
          List.of("frontend"),
          List.of("samples", "testing"));

  private static final int LONGEST_FILE = 800;
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Map<String, String> MODULE_OF = new HashMap<>();
  private static final List<String> SHARED = new ArrayList<>();
  private static JavaClasses classes;

  @BeforeAll
  static void read() throws IOException {
    for (List<String> row : ROWS) {
      for (String module : row) {
        for (String part : packages(module)) {
          String other = MODULE_OF.put(part, module);
          if (other != null) {
            SHARED.add(part + " in " + other + " and " + module);
          }
        }
      }
    }
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cornu");
  }

  /** The packages of a module's sources, generated ones too. */
  private static Set<String> packages(String module) throws IOException {
    Set<String> out = new TreeSet<>();
    List<Path> roots = new ArrayList<>();
    for (String source : List.of("src/main/java", "src/preset/java", "target/generated-sources")) {
      Path root = ROOT.resolve(module).resolve(source);
      if (Files.isDirectory(root)) {
        roots.add(root);
      }
    }
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          String name = file.toString().replace('\\', '/');
          int start = name.lastIndexOf("/org/cornu/");
          if (name.endsWith(".java") && start >= 0) {
            String part = name.substring(start + 1, name.lastIndexOf('/'));
            out.add(part.replace('/', '.'));
          }
        }
      }
    }
    assertThat(out).as("packages of " + module).isNotEmpty();
    return out;
  }

  private static int row(String module) {
    for (int i = 0; i < ROWS.size(); i++) {
      if (ROWS.get(i).contains(module)) {
        return i;
      }
    }
    throw new IllegalArgumentException(module);
  }

  private static String module(JavaClass type) {
    return MODULE_OF.getOrDefault(type.getPackageName(), "");
  }

  private static List<JavaClass> ofModules() {
    return classes.stream().filter(c -> !module(c).isEmpty()).toList();
  }

  @Test
  void noPackageLiesInTwoModules() {
    assertThat(SHARED).isEmpty();
  }

  @Test
  void modulesDependDownwardsOnly() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : ofModules()) {
      String from = module(type);
      type.getDirectDependenciesFromSelf()
          .forEach(
              dependency -> {
                String to = module(dependency.getTargetClass().getBaseComponentType());
                if (!to.isEmpty() && !to.equals(from) && row(to) >= row(from)) {
                  wrong.add(from + " -> " + to + ": " + dependency.getDescription());
                }
              });
    }
    assertThat(wrong).isEmpty();
    assertThat(ofModules().stream().map(ArchitectureTest::module).distinct())
        .as("modules that were looked at")
        .containsExactlyInAnyOrderElementsOf(ROWS.stream().flatMap(List::stream).toList());
  }

  @Test
  void onlyTheRuntimeOfTheTracerTouchesPjrt() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : ofModules()) {
      if (!module(type).equals("tracer")
          || type.getPackageName().startsWith("org.cornu.tracer.runtime")) {
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .filter(d -> module(d.getTargetClass()).equals("pjrt"))
          .forEach(d -> wrong.add(d.getDescription()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noJavaCppTypeAppearsInAPublicSignatureAbovePjrt() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : ofModules()) {
      if (module(type).equals("pjrt") || !isPublic(type)) {
        continue;
      }
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (isVisible(unit.getModifiers())) {
          Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
              .filter(ArchitectureTest::isNative)
              .forEach(t -> wrong.add(unit.getFullName()));
        }
      }
      for (JavaField field : type.getFields()) {
        if (isVisible(field.getModifiers()) && isNative(field.getRawType())) {
          wrong.add(field.getFullName());
        }
      }
      type.getAllRawSuperclasses().stream()
          .filter(ArchitectureTest::isNative)
          .forEach(t -> wrong.add(type.getName() + " extends " + t.getName()));
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean isNative(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.startsWith("org.bytedeco") || name.startsWith("org.cornu.pjrt.capi");
  }

  // ---- files

  private record SourceFile(Path path, int lines) {}

  @Test
  void filesAreShortEnoughToRead() throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(m -> Files.isRegularFile(m.resolve("pom.xml"))).toList()) {
        try (Stream<Path> sources = Files.walk(module.resolve("src"))) {
          for (Path file : (Iterable<Path>) sources::iterator) {
            if (file.toString().endsWith(".java")) {
              files.add(new SourceFile(ROOT.relativize(file), Files.readAllLines(file).size()));
            }
          }
        }
      }
    }
    files.sort(Comparator.comparingInt(SourceFile::lines).reversed());
    System.out.println("the longest of " + files.size() + " files:");
    files.stream()
        .limit(10)
        .forEach(file -> System.out.printf("%6d %s%n", file.lines(), file.path()));
    assertThat(files.stream().filter(file -> file.lines() > LONGEST_FILE)).isEmpty();
  }
}
