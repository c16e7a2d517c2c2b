package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornu.pjrt.Diagnosis.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discovery on made-up site-packages trees, device files and settings. */
class PluginSearchTest {
  @TempDir Path folder;
  private Path site;
  private Hardware machine;

  @BeforeEach
  void makeFolders() throws IOException {
    site = Files.createDirectories(folder.resolve("lib/python3.11/site-packages"));
    machine = new Hardware(Files.createDirectories(folder.resolve("root")));
  }

  private Path file(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "not a library");
  }

  private PluginRequest request(
      Platform platform, Map<String, String> properties, Map<String, String> environment) {
    return new PluginRequest(
        platform, properties, environment, List.of(site), folder.resolve("cache"));
  }

  private PluginSearch search(PluginRequest request) {
    return new PluginSearch(
        request,
        (plugin, target, fresh) -> {
          throw new PluginException("no network");
        });
  }

  @Test
  void findsTheCudaPluginAndItsLibrariesInOrder() throws IOException {
    Path plugin = file(site.resolve("jax_plugins/xla_cuda12/xla_cuda_plugin.so"));
    file(site.resolve("xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so"));
    file(machine.root().resolve("dev/nvidia0"));
    file(machine.root().resolve("proc/driver/nvidia/version"));
    Files.writeString(
        machine.root().resolve("proc/driver/nvidia/version"),
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 2024");
    Path cudart = file(site.resolve("nvidia/cuda_runtime/lib/libcudart.so.12"));
    Path cublas = file(site.resolve("nvidia/cublas/lib/libcublas.so.12"));
    Path cublasLt = file(site.resolve("nvidia/cublas/lib/libcublasLt.so.12"));
    Path cudnn = file(site.resolve("nvidia/cudnn/lib/libcudnn.so.9"));
    file(site.resolve("nvidia/cudnn/include/libcudnn.so.txt"));
    file(site.resolve("nvidia/cuda_nvcc/bin/ptxas"));

    PluginRequest gpu = request(Platform.GPU, Map.of(), Map.of());
    assertThat(search(gpu).locate(machine)).isEqualTo(plugin);
    CudaLibraries cuda = new CudaLibraries(plugin);
    assertThat(cuda.cudaMajor()).isEqualTo(12);
    assertThat(cuda.preloadOrder()).containsExactly(cudart, cublasLt, cublas, cudnn);
    assertThat(cuda.missing())
        .contains(CudaLibraries.Part.NCCL, CudaLibraries.Part.CUSOLVER)
        .doesNotContain(CudaLibraries.Part.CUDNN);
    assertThat(cuda.dataFolder()).contains(site.resolve("nvidia/cuda_nvcc"));
    assertThat(cuda.packageOf("libcusparse.so.12")).contains("nvidia-cusparse-cu12");

    Diagnosis diagnosis = new Doctor(gpu, machine).examine();
    assertThat(diagnosis.usable()).isFalse();
    assertThat(diagnosis.library()).contains(plugin);
    assertThat(diagnosis.text())
        .contains("ok      NVIDIA driver: 550.54.15")
        .contains("absent  libnccl.so: nvidia-nccl-cu12")
        .contains("broken  load plugin")
        .contains("next: the file may be damaged");
  }

  @Test
  void cuda13KeepsItsLibrariesInOneFolder() throws IOException {
    Path plugin = file(site.resolve("jax_plugins/xla_cuda13/xla_cuda_plugin.so"));
    Path cublas = file(site.resolve("nvidia/cu13/lib/libcublas.so.13"));
    file(site.resolve("nvidia/cu13/bin/ptxas"));
    CudaLibraries cuda = new CudaLibraries(plugin);
    assertThat(cuda.find(CudaLibraries.Part.CUBLAS)).contains(cublas);
    assertThat(cuda.dataFolder()).contains(site.resolve("nvidia/cu13"));
    assertThat(cuda.packageOf("libcublas.so.13")).contains("nvidia-cublas");
    assertThat(cuda.packageOf("libcudnn.so.9")).contains("nvidia-cudnn-cu13");
  }

  @Test
  void aPluginWithoutItsDeviceIsRefusedBeforeItIsLoaded() throws IOException {
    file(site.resolve("jax_plugins/xla_cuda12/xla_cuda_plugin.so"));
    assertThatThrownBy(() -> search(request(Platform.GPU, Map.of(), Map.of())).locate(machine))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("this machine shows no such device (/dev/nvidia*");
  }

  @Test
  void askingForAGpuWithoutAPluginSaysWhatToInstall() {
    assertThatThrownBy(() -> search(request(Platform.GPU, Map.of(), Map.of())).locate(machine))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("no PJRT plugin for gpu: explicit setting: -Dcornu.pjrt.plugin")
        .hasMessageContaining("pip install 'jax[cuda12]'");
  }

  @Test
  void findsTheTpuLibrary() throws IOException {
    Path plugin = file(site.resolve("libtpu/libtpu.so"));
    file(machine.root().resolve("dev/accel0"));
    PluginRequest tpu = request(Platform.TPU, Map.of(), Map.of());
    assertThat(search(tpu).locate(machine)).isEqualTo(plugin);
    Path other = file(folder.resolve("other/libtpu.so"));
    PluginRequest explicit =
        request(Platform.TPU, Map.of(), Map.of("TPU_LIBRARY_PATH", other.toString()));
    assertThat(search(explicit).locate(machine)).isEqualTo(other);
  }

  @Test
  void anExplicitSettingComesFirst() throws IOException {
    file(site.resolve("xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so"));
    Path mine = file(folder.resolve("my_cpu.so"));
    assertThat(
            search(
                    request(
                        Platform.CPU,
                        Map.of("cornu.pjrt.plugin", mine.toString()),
                        Map.of("CORNU_PJRT_PLUGIN", "/nowhere.so")))
                .locate(machine))
        .isEqualTo(mine);
    assertThat(
            search(
                    request(
                        Platform.CPU,
                        Map.of(),
                        Map.of("PJRT_NAMES_AND_LIBRARY_PATHS", "cuda:/x.so,cpu:" + mine)))
                .locate(machine))
        .isEqualTo(mine);
    assertThatThrownBy(
            () ->
                search(request(Platform.CPU, Map.of(), Map.of("CORNU_PJRT_PLUGIN", "/nowhere.so")))
                    .locate(machine))
        .hasMessageStartingWith(
            "CORNU_PJRT_PLUGIN: no such file and no known package: got '/nowhere.so'");
    assertThatThrownBy(
            () ->
                search(
                        request(
                            Platform.GPU, Map.of("cornu.pjrt.plugin", mine.toString()), Map.of()))
                    .locate(machine))
        .hasMessageContaining("is a plugin for cpu, but gpu was asked for");
  }

  @Test
  void anInstalledPackageComesBeforeTheCache() throws IOException {
    Path installed = file(site.resolve("xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so"));
    assertThat(search(request(Platform.CPU, Map.of(), Map.of())).locate(machine))
        .isEqualTo(installed);
  }

  @Test
  void withoutPluginAndNetworkOneMessageSaysWhatToRun() {
    assertThatThrownBy(() -> search(request(Platform.CPU, Map.of(), Map.of())).locate(machine))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("getting xla-cpu-pjrt==0.0.1 failed: no network. Run once on a")
        .hasMessageContaining(
            "python3 -m pip download --no-deps --dest "
                + folder.resolve("cache/downloads")
                + " xla-cpu-pjrt==0.0.1");
    Diagnosis diagnosis =
        new Doctor(request(Platform.CPU, Map.of("cornu.offline", "true"), Map.of()), machine)
            .examine();
    assertThat(diagnosis.usable()).isFalse();
    assertThat(diagnosis.library()).isEqualTo(Optional.empty());
    assertThat(diagnosis.advice()).contains("pip download --no-deps");
  }

  @Test
  void theDoctorFindsTheRealPluginReady() {
    Diagnosis diagnosis = Diagnosis.of("cpu");
    assertThat(diagnosis.usable()).as(diagnosis.text()).isTrue();
    assertThat(diagnosis.steps()).noneMatch(step -> step.outcome() == Outcome.BROKEN);
    assertThat(diagnosis.text()).startsWith("cpu: ready").contains("load plugin: PJRT API 0.");
  }

  @Test
  void otherSystemsAreAnsweredWithTheTruth() {
    assertThat(NativeSupport.obstacle("Linux", "amd64", false)).isEmpty();
    assertThat(NativeSupport.obstacle("Linux", "aarch64", false)).isEmpty();
    assertThat(NativeSupport.obstacle("Linux", "amd64", true).orElseThrow()).contains("musl");
    assertThat(NativeSupport.obstacle("Windows 11", "amd64", false).orElseThrow())
        .contains("WSL 2");
    assertThat(NativeSupport.obstacle("Mac OS X", "aarch64", false).orElseThrow())
        .contains("Linux container");
    assertThat(NativeSupport.obstacle("Linux", "riscv64", false).orElseThrow()).contains("riscv64");
  }

  @Test
  void siteFoldersAreFoundWithoutStartingPython() throws IOException {
    Path environment = folder.resolve("venv");
    Path packages = Files.createDirectories(environment.resolve("lib/python3.12/site-packages"));
    Path extra = Files.createDirectories(folder.resolve("extra"));
    assertThat(
            PythonSites.find(
                Map.of("VIRTUAL_ENV", environment.toString(), "PYTHONPATH", extra.toString()),
                folder))
        .startsWith(extra, packages);
  }
}
