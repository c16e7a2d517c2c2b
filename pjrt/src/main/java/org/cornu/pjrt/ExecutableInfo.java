package org.cornu.pjrt;

import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.cornu.pjrt.capi.PJRT_Executable;
import org.cornu.pjrt.capi.PJRT_Executable_Destroy_Args;
import org.cornu.pjrt.capi.PJRT_Executable_Fingerprint_Args;
import org.cornu.pjrt.capi.PJRT_Executable_GetCompileOptions_Args;
import org.cornu.pjrt.capi.PJRT_Executable_GetCompiledMemoryStats_Args;
import org.cornu.pjrt.capi.PJRT_Executable_GetCostAnalysis_Args;
import org.cornu.pjrt.capi.PJRT_Executable_Name_Args;
import org.cornu.pjrt.capi.PJRT_Executable_NumOutputs_Args;
import org.cornu.pjrt.capi.PJRT_Executable_NumPartitions_Args;
import org.cornu.pjrt.capi.PJRT_Executable_NumReplicas_Args;
import org.cornu.pjrt.capi.PJRT_Executable_OptimizedProgram_Args;
import org.cornu.pjrt.capi.PJRT_Executable_OutputDimensions_Args;
import org.cornu.pjrt.capi.PJRT_Executable_OutputElementTypes_Args;
import org.cornu.pjrt.capi.PJRT_Executable_OutputMemoryKinds_Args;
import org.cornu.pjrt.capi.PJRT_Executable_ParameterMemoryKinds_Args;
import org.cornu.pjrt.capi.PJRT_Executable_Serialize_Args;
import org.cornu.pjrt.capi.PJRT_Executable_SizeOfGeneratedCodeInBytes_Args;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable_GetExecutable_Args;
import org.cornu.pjrt.capi.PJRT_Program;
import org.cornu.pjrt.capi.Pjrt;

/** The plugin's description of a loaded executable, held open for a few questions. */
final class ExecutableInfo implements AutoCloseable {
  private final Api api;
  private final PJRT_Executable executable;

  /** Takes over a description that is not loaded. */
  ExecutableInfo(Api api, PJRT_Executable executable) {
    this.api = api;
    this.executable = executable;
  }

  ExecutableInfo(Api api, long loadedExecutable) {
    this.api = api;
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_LoadedExecutable_GetExecutable_Args.class,
                  PJRT_LoadedExecutable_GetExecutable_Args::new)
              .loaded_executable(new PJRT_LoadedExecutable(new Address(loadedExecutable)));
      api.call(ApiFunction.PJRT_LoadedExecutable_GetExecutable, args);
      this.executable = args.executable();
    }
  }

  String name() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Executable_Name_Args.class, PJRT_Executable_Name_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_Name, args);
      return Frame.text(args.executable_name(), args.executable_name_size());
    }
  }

  int numOutputs() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Executable_NumOutputs_Args.class, PJRT_Executable_NumOutputs_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_NumOutputs, args);
      return Math.toIntExact(args.num_outputs());
    }
  }

  BufferType[] outputTypes() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_OutputElementTypes_Args.class,
                  PJRT_Executable_OutputElementTypes_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_OutputElementTypes, args);
      BufferType[] types = new BufferType[Math.toIntExact(args.num_output_types())];
      for (int i = 0; i < types.length; i++) {
        types[i] = BufferType.of(args.output_types().get(i));
      }
      return types;
    }
  }

  long[][] outputDimensions() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_OutputDimensions_Args.class,
                  PJRT_Executable_OutputDimensions_Args::new)
              .executable(executable);
      args.num_outputs(numOutputs());
      api.call(ApiFunction.PJRT_Executable_OutputDimensions, args);
      long[][] dimensions = new long[Math.toIntExact(args.num_outputs())][];
      SizeTPointer ranks = args.dim_sizes();
      LongPointer dims = args.dims();
      long offset = 0;
      for (int i = 0; i < dimensions.length; i++) {
        dimensions[i] = new long[Math.toIntExact(ranks.get(i))];
        for (int d = 0; d < dimensions[i].length; d++) {
          dimensions[i][d] = dims.get(offset++);
        }
      }
      return dimensions;
    }
  }

  String fingerprint() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Executable_Fingerprint_Args.class, PJRT_Executable_Fingerprint_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_Fingerprint, args);
      byte[] bytes = Frame.bytes(args.executable_fingerprint(), args.executable_fingerprint_size());
      for (byte b : bytes) {
        if (b < ' ' || b > '~') {
          return HexFormat.of().formatHex(bytes);
        }
      }
      return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    }
  }

  Map<String, Object> costAnalysis() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_GetCostAnalysis_Args.class,
                  PJRT_Executable_GetCostAnalysis_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_GetCostAnalysis, args);
      return NamedValues.read(args.properties(), args.num_properties());
    }
  }

  CompiledMemoryStats memoryStats() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_GetCompiledMemoryStats_Args.class,
                  PJRT_Executable_GetCompiledMemoryStats_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_GetCompiledMemoryStats, args);
      return new CompiledMemoryStats(
          args.generated_code_size_in_bytes(),
          args.argument_size_in_bytes(),
          args.output_size_in_bytes(),
          args.alias_size_in_bytes(),
          args.temp_size_in_bytes(),
          args.peak_memory_in_bytes());
    }
  }

  /** The first call asks for the size, the second for the bytes. */
  SerializedProgram optimizedProgram() {
    try (Frame frame = new Frame()) {
      var program = frame.args(PJRT_Program.class, PJRT_Program::new);
      program.struct_size(org.bytedeco.javacpp.Loader.sizeof(PJRT_Program.class));
      var args =
          frame
              .args(
                  PJRT_Executable_OptimizedProgram_Args.class,
                  PJRT_Executable_OptimizedProgram_Args::new)
              .executable(executable)
              .program(program);
      api.call(ApiFunction.PJRT_Executable_OptimizedProgram, args);
      long size = program.code_size();
      program.code(new BytePointer(frame.zeroed(size)));
      api.call(ApiFunction.PJRT_Executable_OptimizedProgram, args);
      return new SerializedProgram(
          Frame.text(program.format(), program.format_size()),
          Frame.bytes(program.code(), program.code_size()));
    }
  }

  java.util.List<String> outputLayouts() {
    return new Layouts(api).ofOutputs(executable);
  }

  java.util.List<String> parameterLayouts() {
    return new Layouts(api).ofParameters(executable);
  }

  int replicas() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Executable_NumReplicas_Args.class, PJRT_Executable_NumReplicas_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_NumReplicas, args);
      return Math.toIntExact(args.num_replicas());
    }
  }

  int partitions() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_NumPartitions_Args.class, PJRT_Executable_NumPartitions_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_NumPartitions, args);
      return Math.toIntExact(args.num_partitions());
    }
  }

  long codeBytes() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_SizeOfGeneratedCodeInBytes_Args.class,
                  PJRT_Executable_SizeOfGeneratedCodeInBytes_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_SizeOfGeneratedCodeInBytes, args);
      return args.size_in_bytes();
    }
  }

  java.util.List<String> outputMemoryKinds() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_OutputMemoryKinds_Args.class,
                  PJRT_Executable_OutputMemoryKinds_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_OutputMemoryKinds, args);
      return texts(args::memory_kinds, args.memory_kind_sizes(), args.num_outputs());
    }
  }

  java.util.List<String> parameterMemoryKinds() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_ParameterMemoryKinds_Args.class,
                  PJRT_Executable_ParameterMemoryKinds_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_ParameterMemoryKinds, args);
      return texts(args::memory_kinds, args.memory_kind_sizes(), args.num_parameters());
    }
  }

  private static java.util.List<String> texts(
      IntFunction<BytePointer> texts, SizeTPointer sizes, long count) {
    java.util.List<String> list = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(Frame.text(texts.apply(i), sizes.get(i)));
    }
    return java.util.Collections.unmodifiableList(list);
  }

  byte[] compileOptions() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Executable_GetCompileOptions_Args.class,
                  PJRT_Executable_GetCompileOptions_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_GetCompileOptions, args);
      byte[] bytes = Frame.bytes(args.serialized_bytes(), args.serialized_bytes_size());
      Pjrt.cornu_delete(
          Address.of(args.serialized_compile_options_deleter()),
          Address.of(args.serialized_compile_options()));
      return bytes;
    }
  }

  byte[] serialize() {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Executable_Serialize_Args.class, PJRT_Executable_Serialize_Args::new)
              .executable(executable);
      api.call(ApiFunction.PJRT_Executable_Serialize, args);
      byte[] bytes = Frame.bytes(args.serialized_bytes(), args.serialized_bytes_size());
      Pjrt.cornu_delete(
          Address.of(args.serialized_executable_deleter()),
          Address.of(args.serialized_executable()));
      return bytes;
    }
  }

  @Override
  public void close() {
    try (Frame frame = new Frame()) {
      api.tryCall(
          ApiFunction.PJRT_Executable_Destroy,
          frame
              .args(PJRT_Executable_Destroy_Args.class, PJRT_Executable_Destroy_Args::new)
              .executable(executable));
    }
  }
}
