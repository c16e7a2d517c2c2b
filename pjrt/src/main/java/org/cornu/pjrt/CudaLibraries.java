package org.cornu.pjrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cornu.pjrt.capi.Pjrt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The NVIDIA libraries that a CUDA plugin needs and the loader cannot find by itself: they lie in
 * Python packages, {@code nvidia/<part>/lib} beside the plugin's own, and {@code LD_LIBRARY_PATH}
 * is read only when a process starts. So they are loaded by path, in dependency order, before the
 * plugin.
 */
final class CudaLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(CudaLibraries.class);

  /** Libraries in the order they depend on each other, with the package that brings each. */
  enum Part {
    CUDART("libcudart.so", "nvidia-cuda-runtime"),
    NVRTC("libnvrtc.so", "nvidia-cuda-nvrtc"),
    NVJITLINK("libnvJitLink.so", "nvidia-nvjitlink"),
    CUBLAS_LT("libcublasLt.so", "nvidia-cublas"),
    CUBLAS("libcublas.so", "nvidia-cublas"),
    NCCL("libnccl.so", "nvidia-nccl"),
    CUPTI("libcupti.so", "nvidia-cuda-cupti"),
    CUSPARSE("libcusparse.so", "nvidia-cusparse"),
    CUSOLVER("libcusolver.so", "nvidia-cusolver"),
    CUFFT("libcufft.so", "nvidia-cufft"),
    NVSHMEM("libnvshmem_host.so", "nvidia-nvshmem"),
    CUDNN("libcudnn.so", "nvidia-cudnn");

    final String library;
    final String packageName;

    Part(String library, String packageName) {
      this.library = library;
      this.packageName = packageName;
    }

    /** The package for a CUDA generation: {@code nvidia-cublas-cu12}, and bare names from 13 on. */
    String packageFor(int cudaMajor) {
      boolean suffixed = cudaMajor < 13 || this == NCCL || this == CUDNN || this == NVSHMEM;
      return suffixed ? packageName + "-cu" + cudaMajor : packageName;
    }
  }

  private final Path plugin;

  CudaLibraries(Path plugin) {
    this.plugin = plugin;
  }

  /** The CUDA generation in the plugin folder's name ({@code xla_cuda12}), 12 if it has none. */
  int cudaMajor() {
    String folder =
        String.valueOf(
            plugin
                .toAbsolutePath()
                .normalize()
                .getName(Math.max(0, plugin.toAbsolutePath().normalize().getNameCount() - 2)));
    String digits = folder.replaceAll("\\D", "");
    return digits.isEmpty() ? 12 : Integer.parseInt(digits);
  }

  /** {@code site-packages/nvidia}, seen from {@code site-packages/jax_plugins/NAME/plugin.so}. */
  Path nvidiaFolder() {
    return plugin.toAbsolutePath().resolve("../../../nvidia").normalize();
  }

  /** The installed file of a part, newest name first. */
  Optional<Path> find(Part part) {
    if (!Files.isDirectory(nvidiaFolder())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(nvidiaFolder(), 4)) {
      return files
          .filter(file -> file.getParent() != null && file.getParent().endsWith("lib"))
          .filter(file -> file.getFileName().toString().startsWith(part.library))
          .max((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    } catch (IOException e) {
      LOG.debug("cannot read {}", nvidiaFolder(), e);
      return Optional.empty();
    }
  }

  /** Parts that no package has installed; the system may still have them. */
  List<Part> missing() {
    return Stream.of(Part.values()).filter(part -> find(part).isEmpty()).toList();
  }

  /** The files to load, in order. */
  List<Path> preloadOrder() {
    List<Path> order = new ArrayList<>();
    for (Part part : Part.values()) {
      find(part).ifPresent(order::add);
    }
    return order;
  }

  /** Where ptxas and libdevice are, for {@code xla_gpu_cuda_data_dir}. */
  Optional<Path> dataFolder() {
    for (String candidate : List.of("cuda_nvcc", "cu" + cudaMajor())) {
      Path folder = nvidiaFolder().resolve(candidate);
      if (Files.isDirectory(folder.resolve("nvvm")) || Files.isDirectory(folder.resolve("bin"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** Loads what is installed; returns what the loader said about files it refused. */
  List<String> preload() {
    List<String> failures = new ArrayList<>();
    for (Path file : preloadOrder()) {
      byte[] message = new byte[2048];
      if (Pjrt.cornu_preload(file.toString(), message, message.length) != 0) {
        failures.add(file.getFileName() + ": " + Frame.terminatedText(message));
      }
    }
    return failures;
  }

  /** The package that brings a library the loader asked for, such as {@code libcudnn.so.9}. */
  Optional<String> packageOf(String library) {
    return Stream.of(Part.values())
        .filter(part -> library.startsWith(part.library))
        .map(part -> part.packageFor(cudaMajor()))
        .findFirst();
  }
}
