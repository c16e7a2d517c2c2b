package org.cornu.pjrt;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of the API that no other test touches; what a plugin lacks is refused by name. */
class ApiCoverageTest {
  /** The functions that Cornu does not call, and why. */
  private static final Map<ApiFunction, String> UNUSED =
      Map.ofEntries(
          entry(ApiFunction.PJRT_Client_LookupDevice, "the devices are read once"),
          entry(ApiFunction.PJRT_Client_LookupAddressableDevice, "the devices are read once"),
          entry(ApiFunction.PJRT_Client_AddressableMemories, "they are those of the devices"),
          entry(ApiFunction.PJRT_Buffer_ElementType, "known since the buffer was made"),
          entry(ApiFunction.PJRT_Buffer_Dimensions, "known since the buffer was made"),
          entry(ApiFunction.PJRT_Buffer_Device, "known since the buffer was made"),
          entry(ApiFunction.PJRT_Buffer_Delete, "PJRT_Buffer_Destroy frees the data too"),
          entry(ApiFunction.PJRT_Buffer_UnsafePointer, "PJRT_Buffer_OpaqueDeviceMemoryDataPointer"),
          entry(ApiFunction.PJRT_Buffer_CopyRawToHostFuture, "PJRT_Buffer_CopyRawToHost"),
          entry(ApiFunction.PJRT_LoadedExecutable_Delete, "PJRT_LoadedExecutable_Destroy"),
          entry(ApiFunction.PJRT_LoadedExecutable_IsDeleted, "Cornu never deletes without destroy"),
          entry(
              ApiFunction.PJRT_LoadedExecutable_Fingerprint,
              "deprecated: PJRT_Executable_Fingerprint"),
          entry(ApiFunction.PJRT_Event_Create, "no function takes an event of the caller"),
          entry(ApiFunction.PJRT_Event_Set, "no function takes an event of the caller"),
          entry(ApiFunction.PJRT_Error_ForEachPayload, "no plugin known attaches payloads"),
          entry(
              ApiFunction.PJRT_TopologyDescription_MakeCanonicalShapeForMemorySpace,
              "its arguments are declared in no header known"),
          entry(
              ApiFunction.PJRT_TopologyDescription_GetMemorySpaceKindIds,
              "its arguments are declared in no header known"));

  private final Client client = TestClients.shared();
  private final Device device = TestClients.device();

  private static ByteBuffer floats(float... values) {
    ByteBuffer data = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.nativeOrder());
    for (float value : values) {
      data.putFloat(value);
    }
    return data.flip().order(ByteOrder.nativeOrder());
  }

  @Test
  void clientAndDevicesDescribeThemselves() {
    assertThat(client.platformName()).isEqualTo("cpu");
    assertThat(client.devices()).hasSize(8);
    assertThat(client.addressableDevices()).isEqualTo(client.devices());
    assertThat(device.id()).isZero();
    assertThat(device.kind()).isEqualTo("cpu");
    assertThat(device.processIndex()).isZero();
    assertThat(device.memories()).extracting(Memory::kind).contains("device", "pinned_host");
    assertThat(device.defaultMemory().orElseThrow().kind()).isEqualTo("device");
    assertThat(device.memoryStats()).isEmpty();
    assertThat(client.device(7).orElseThrow()).isSameAs(client.devices().get(7));
    assertThat(client.plugin().stablehloVersion()).startsWith("1.");
    DeviceAssignment assignment = client.defaultDeviceAssignment(2, 4);
    assertThat(assignment.deviceId(1, 3)).isEqualTo(7);
    assertThatThrownBy(() -> client.defaultDeviceAssignment(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTopologyListsTheDevices() {
    Topology topology = client.topology();
    assertThat(topology.platformName()).isEqualTo("cpu");
    assertThat(topology.devices()).hasSize(8).containsEntry(3, "cpu");
  }

  @Test
  void buffersCanBeFilledPieceByPiece() {
    ArraySpec spec = ArraySpec.of(BufferType.F32, 4);
    try (HostToDeviceTransfer transfer = client.transfer(device, spec, spec);
        Buffer first = transfer.buffer(0);
        Buffer second = transfer.buffer(1)) {
      transfer.write(0, floats(1, 2), 0, false).join();
      transfer.write(0, floats(3, 4), 8, true).join();
      assertThat(first.toFloatArray()).containsExactly(1, 2, 3, 4);
      assertThatThrownBy(() -> transfer.write(1, floats(1, 2), 12, true))
          .hasMessage("transfer: the piece lies outside the buffer: got bytes 12 to 20 of 16");
      transfer.fail(1, ErrorCode.DATA_LOSS, "the disk is gone");
      assertThatThrownBy(second::toFloatArray)
          .isInstanceOf(PjrtException.class)
          .hasMessageContaining("the disk is gone");
    }
  }

  @Test
  void layoutsAreRowMajor() {
    ArraySpec spec = ArraySpec.of(BufferType.F32, 2, 3);
    assertThat(client.defaultLayout(spec)).isEqualTo("{1,0}");
    try (Buffer buffer = client.uninitializedBuffer(spec, device)) {
      assertThat(buffer.layout()).isEqualTo("{1,0}");
      assertThat(buffer.dimensions()).containsExactly(2, 3);
    }
  }

  @Test
  void aFailureTravelsThroughAProgramAndTheClientStaysUsable() {
    ArraySpec spec = ArraySpec.of(BufferType.F32, 4);
    if (!client.plugin().offers(ApiFunction.PJRT_Client_CreateErrorBuffer)) {
      assertThatThrownBy(() -> client.errorBuffer(ErrorCode.ABORTED, "boom", spec, device))
          .isInstanceOf(PjrtException.class)
          .hasMessageContaining(
              "this plugin (API "
                  + client.plugin().apiVersion()
                  + ") does not offer PJRT_Client_CreateErrorBuffer; it came with API 0.82");
      return;
    }
    String text =
        """
        module @negate {
          func.func public @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = "stablehlo.negate"(%x) : (tensor<4xf32>) -> tensor<4xf32>
            "func.return"(%0) : (tensor<4xf32>) -> ()
          }
        }
        """;
    try (LoadedExecutable negate = client.compile(text, CompileOptions.defaults());
        Buffer bad = client.errorBuffer(ErrorCode.ABORTED, "boom", spec, device);
        Buffer result = negate.execute(bad)[0];
        Buffer good =
            client.bufferFromHost(floats(1, 2, 3, 4), BufferType.F32, new long[] {4}, device)) {
      assertThatThrownBy(result::await)
          .isInstanceOf(PjrtException.class)
          .hasMessageContaining("boom");
      assertThatThrownBy(result::toFloatArray).hasMessageContaining("boom");
      assertThatThrownBy(() -> result.ready().join()).hasMessageContaining("boom");
      assertThat(negate.execute(good)[0].toFloatArray()).containsExactly(-1, -2, -3, -4);
    }
  }

  @Test
  void everyFunctionIsUsedOrHasAReason() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (Path root : List.of(Path.of("src/main/java"), Path.of("src/main/cpp"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          sources.append(Files.readString(file)).append('\n');
        }
      }
    }
    Set<String> called = new HashSet<>();
    Matcher matcher = Pattern.compile("(?:ApiFunction\\.|->)(PJRT_\\w+)").matcher(sources);
    while (matcher.find()) {
      called.add(matcher.group(1));
    }
    assertThat(Stream.of(ApiFunction.values()).filter(f -> !called.contains(f.name())))
        .containsExactlyInAnyOrderElementsOf(UNUSED.keySet());
  }

  @Test
  void everyFunctionIsOfferedOrNamedAsMissing() {
    Plugin plugin = client.plugin();
    int minor = Integer.parseInt(plugin.apiVersion().substring(2));
    assertThat(plugin.missingFunctions())
        .allMatch(function -> function.sinceMinorVersion() > minor);
    assertThat(plugin.offers(ApiFunction.PJRT_LoadedExecutable_Execute)).isTrue();
  }

  @Test
  void closedClientsRefuseNewWorkAndFreeTheirPartsLater() {
    Client other = client.plugin().createClient(ClientOptions.cpu(1));
    Device only = other.devices().get(0);
    Buffer survivor = other.bufferFromHost(floats(1, 2), BufferType.F32, new long[] {2}, only);
    other.close();
    other.close();
    assertThat(survivor.toFloatArray()).containsExactly(1, 2);
    assertThatThrownBy(() -> other.bufferFromHost(floats(1), BufferType.F32, new long[] {1}, only))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
    survivor.close();
  }

  @Test
  void buffersOfAnotherClientAreRefused() {
    try (Client other = client.plugin().createClient(ClientOptions.cpu(1));
        Buffer foreign =
            other.bufferFromHost(
                floats(1), BufferType.F32, new long[] {1}, other.devices().get(0))) {
      assertThatThrownBy(() -> foreign.copyTo(device))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the clients differ");
      assertThatThrownBy(
              () ->
                  client.bufferFromHost(
                      floats(1), BufferType.F32, new long[] {1}, other.devices().get(0)))
          .hasMessageContaining("belongs to another client");
    }
  }
}
