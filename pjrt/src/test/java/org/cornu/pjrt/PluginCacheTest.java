package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache with made-up wheels: no network, no real plugin. */
class PluginCacheTest {
  @TempDir Path folder;
  private Path goodWheel;
  private PluginPackage plugin;
  private final AtomicInteger downloads = new AtomicInteger();

  @BeforeEach
  void makeWheel() throws IOException {
    goodWheel = folder.resolve("made.whl");
    zip(goodWheel, Map.of("toy/toy_cpu.so", "library", "toy/__init__.py", ""));
    plugin =
        new PluginPackage(
            "toy-cpu",
            "1.0",
            "toy/toy_cpu.so",
            Map.of(PluginPackage.architecture(), PluginCache.sha256(goodWheel)));
  }

  private static void zip(Path file, Map<String, String> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String wheelName() {
    return "toy_cpu-1.0-py3-none-manylinux_2_27_" + PluginPackage.architecture() + ".whl";
  }

  private PluginCache cache(PluginCache.PackageSource source) {
    return new PluginCache(folder.resolve("cache"), source);
  }

  private void deliver(PluginPackage wanted, Path target, boolean fresh) throws IOException {
    downloads.incrementAndGet();
    Files.copy(goodWheel, target.resolve(wheelName()));
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache/plugins"))) {
      return files.filter(f -> f.getFileName().toString().startsWith(".")).toList();
    }
  }

  @Test
  void unpacksOnceAndThenFindsIt() throws IOException {
    Path library = cache(this::deliver).get(plugin);
    assertThat(library).hasContent("library");
    assertThat(cache(this::deliver).get(plugin)).isEqualTo(library);
    assertThat(downloads).hasValue(1);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aCorruptDownloadIsRefusedAndFetchedAgain() throws IOException {
    List<Boolean> asked = new ArrayList<>();
    Path library =
        cache(
                (wanted, target, fresh) -> {
                  asked.add(fresh);
                  if (fresh) {
                    deliver(wanted, target, true);
                  } else {
                    Files.writeString(target.resolve(wheelName()), "half a whe");
                  }
                })
            .get(plugin);
    assertThat(library).hasContent("library");
    assertThat(asked).containsExactly(false, true);
  }

  @Test
  void twoCorruptDownloadsInstallNothing() throws IOException {
    PluginCache cache =
        cache(
            (wanted, target, fresh) -> Files.writeString(target.resolve(wheelName()), "nonsense"));
    assertThatThrownBy(() -> cache.get(plugin))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("two downloads had the wrong checksum")
        .hasMessageContaining("nothing was installed");
    assertThat(cache.cached(plugin)).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aDamagedCopyIsReplaced() throws IOException {
    Path library = cache(this::deliver).get(plugin);
    Files.writeString(library, "lib");
    assertThat(cache(this::deliver).get(plugin)).hasContent("library");
    assertThat(downloads).hasValue(2);
  }

  @Test
  void aWheelPutThereByHandIsTakenWithoutNetwork() throws IOException {
    PluginCache cache =
        cache(
            (wanted, target, fresh) -> {
              throw new PluginException("no network");
            });
    Files.createDirectories(cache.downloads());
    Files.copy(goodWheel, cache.downloads().resolve(wheelName()));
    assertThat(cache.get(plugin)).hasContent("library");
  }

  @Test
  void manyThreadsDownloadOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Path> task = () -> cache(this::deliver).get(plugin);
      List<Future<Path>> results = threads.invokeAll(java.util.Collections.nCopies(16, task));
      for (Future<Path> result : results) {
        assertThat(result.get()).hasContent("library");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(downloads).hasValue(1);
  }

  @Test
  void anArchiveCannotWriteOutsideItsFolder() throws IOException {
    Path evil = folder.resolve("evil.whl");
    zip(evil, Map.of("../../escaped", "x"));
    PluginPackage bad =
        new PluginPackage(
            "toy-cpu",
            "1.0",
            "toy/toy_cpu.so",
            Map.of(PluginPackage.architecture(), PluginCache.sha256(evil)));
    PluginCache cache =
        cache((wanted, target, fresh) -> Files.copy(evil, target.resolve(wheelName())));
    assertThatThrownBy(() -> cache.get(bad)).hasMessageContaining("entry outside the archive");
  }

  @Test
  void pipIsStartedWithThePinnedNameAndItsErrorsAreReported() throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(
        python,
        "#!/bin/sh\necho \"$@\" > \""
            + folder.resolve("args")
            + "\"\necho 'Looking around'\necho 'ERROR: No matching distribution found'\nexit 1\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    Path target = Files.createDirectories(folder.resolve("target"));
    assertThatThrownBy(
            () -> new PipDownload(python.toString(), false).download(plugin, target, true))
        .isInstanceOf(PluginException.class)
        .hasMessage("pip failed: No matching distribution found");
    assertThat(Files.readString(folder.resolve("args")))
        .startsWith("-m pip download --no-deps")
        .contains("--no-cache-dir")
        .endsWith("toy-cpu==1.0\n");
    assertThatThrownBy(() -> new PipDownload("python3", true).download(plugin, target, false))
        .hasMessageContaining("switched off");
  }
}
