package org.cornu.samples.bench;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.cornu.cli.BenchmarkProvider;
import org.cornu.cli.Console;
import org.cornu.saving.Json;

/** The workloads of {@code cornu bench}. */
public final class Benchmarks implements BenchmarkProvider {
  private static final Map<String, Workload> WORKLOADS = new TreeMap<>();

  static final TrainBench<?> MLP =
      new TrainBench<>(
          SmallModels::mlp,
          () -> SmallModels.mlpData(8, 128),
          SmallModels::mlpLoss,
          TrainBench.adam(),
          200);
  static final TrainBench<?> CNN =
      new TrainBench<>(
          SmallModels::cnn, SmallModels::cnnData, SmallModels::cnnLoss, TrainBench.adam(), 40);
  static final TrainBench<?> LSTM =
      new TrainBench<>(
          SmallModels::lstm, SmallModels::lstmData, SmallModels::lstmLoss, TrainBench.adam(), 60);
  static final TrainBench<?> LSTM_OF_FEW =
      new TrainBench<>(
          SmallModels::lstm,
          () -> SmallModels.lstmData(8),
          SmallModels::lstmLoss,
          TrainBench.adam(),
          60);
  static final TrainBench<?> GPT =
      new TrainBench<>(
          GptModel::parameters, GptModel::data, GptModel::loss, TrainBench.adamW(3e-4, 0.1), 20);

  static {
    WORKLOADS.put("dispatch_scalar", (t, n) -> DispatchBench.scalar(t, n, false));
    WORKLOADS.put("dispatch_sync", (t, n) -> DispatchBench.scalar(t, n, true));
    WORKLOADS.put("dispatch_200", DispatchBench::many);
    WORKLOADS.put("matmul_256", (t, n) -> DispatchBench.matmul(t, n > 0 ? n : 300, 10, 256));
    WORKLOADS.put("matmul_1024", (t, n) -> DispatchBench.matmul(t, n > 0 ? n : 60, 10, 1024));
    WORKLOADS.put("matmul_2048", (t, n) -> DispatchBench.matmul(t, n > 0 ? n : 20, 5, 2048));
    WORKLOADS.put("mlp", MLP);
    WORKLOADS.put("cnn", CNN);
    WORKLOADS.put("lstm", LSTM);
    WORKLOADS.put("gpt", GPT);
    WORKLOADS.put("bert", InferenceBench.bert());
    WORKLOADS.put("resnet18", InferenceBench.resnet18());
    WORKLOADS.put("mobilenetv2", InferenceBench.mobilenetV2());
    WORKLOADS.put("compile_gpt", CompileBench.training(GPT));
    WORKLOADS.put("compile_resnet18", CompileBench.inference(InferenceBench.resnet18()));
    WORKLOADS.put("fit_mlp", FitBench.MLP);
    WORKLOADS.put("fit_cnn", FitBench.CNN);
    WORKLOADS.put("perex_mlp", GradientBench::perExample);
    WORKLOADS.put("gradgrad_mlp", GradientBench::gradientOfGradient);
    WORKLOADS.put("dp1_mlp", new ParallelBench(1));
    WORKLOADS.put("dp8_mlp", new ParallelBench(8));
    WORKLOADS.put("decode_gpt", DecodeBench::tokenByToken);
    WORKLOADS.put("decode_gpt_loop", DecodeBench::oneLoop);
    WORKLOADS.putAll(LoweringBench.all());
    WORKLOADS.put("startup", (t, n) -> DispatchBench.startup(t));
    WORKLOADS.put(
        "startup_train",
        (t, n) -> {
          t.put("checksum", MLP.firstLoss());
          t.times(Timing.sinceSpawn());
        });
  }

  @Override
  public Set<String> workloads() {
    return WORKLOADS.keySet();
  }

  @Override
  public int run(String workload, int steps, Console console) throws Exception {
    Timing timing = new Timing(workload);
    Objects.requireNonNull(WORKLOADS.get(workload)).run(timing, steps);
    console.result("%s", Json.write(timing.finish()));
    return 0;
  }
}
