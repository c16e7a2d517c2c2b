package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Parts of the API that only some plugins have: done for real where offered, refused by name where
 * not, and the plugin's own refusal where it offers a function and implements nothing.
 */
class RarePartsTest {
  private static final ArraySpec FOUR = ArraySpec.of(BufferType.F32, 4);

  private final Client client = TestClients.shared();
  private final Device device = TestClients.device();
  private final Plugin plugin = client.plugin();

  private Buffer oneToFour() {
    return client.bufferFromHost(new float[] {1, 2, 3, 4}, BufferType.F32, new long[] {4}, device);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Whether the plugin's table holds the function; if not, the call must say so by name. */
  private boolean offered(ApiFunction function, ThrowingCallable call) {
    if (plugin.offers(function)) {
      return true;
    }
    assertThatThrownBy(call)
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining(
            "this plugin (API " + plugin.apiVersion() + ") does not offer " + function);
    return false;
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PjrtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
  }

  @Test
  void buffersTellAboutThemselves() {
    try (Buffer x = oneToFour()) {
      x.await();
      assertThat(x.isReady()).isTrue();
      assertThat(x.failure()).isEmpty();
      assertThat(x.memory()).isEqualTo(device.defaultMemory());
      assertThat(x.isOnHost()).isTrue();
      assertThat(x.onDeviceBytes()).isEqualTo(16);
      assertThat(x.unpaddedDimensions()).containsExactly(4);
      assertThat(x.dynamicDimensions()).isEmpty();
      ByteBuffer middle = direct(8);
      x.copyRawToHost(middle, 4).join();
      assertThat(middle.getFloat(0)).isEqualTo(2);
      assertThat(middle.getFloat(4)).isEqualTo(3);
      assertThatThrownBy(() -> x.copyRawToHost(middle, 12))
          .hasMessage("copyRawToHost: the piece lies outside the buffer: got bytes 12 to 20 of 16");
    }
  }

  @Test
  void aBufferBecomesOneOfAnotherType() {
    try (Buffer x = oneToFour()) {
      assertThatThrownBy(() -> x.bitcast(BufferType.F64, 4))
          .hasMessage(
              "bitcast: both views must have the same size: got f32[4] of 16 bytes and"
                  + " f64[4] of 32");
      if (!offered(ApiFunction.PJRT_Buffer_Bitcast, () -> x.bitcast(BufferType.S32, 2, 2))) {
        return;
      }
      long live = device.liveBuffers();
      try (Buffer bits = x.bitcast(BufferType.S32, 2, 2)) {
        assertThat(bits.toIntArray())
            .containsExactly(0x3f800000, 0x40000000, 0x40400000, 0x40800000);
        assertThat(device.liveBuffers()).isEqualTo(live);
      }
      assertThatThrownBy(x::toFloatArray)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("donated to bitcast");
    }
  }

  @Test
  void aDonationCanWaitForAFuture() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    try (Buffer x = oneToFour();
        Buffer y = oneToFour()) {
      if (!offered(
          ApiFunction.PJRT_Buffer_DonateWithControlDependency, () -> x.donateAfter(first))) {
        return;
      }
      Buffer later;
      try {
        later = x.donateAfter(first);
      } catch (PjrtException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.UNIMPLEMENTED);
        assertThat(x.toFloatArray()).containsExactly(1, 2, 3, 4);
        return;
      }
      try (later;
          Buffer failing = y.donateAfter(second)) {
        assertThat(later.isReady()).isFalse();
        first.complete(null);
        assertThat(later.toFloatArray()).containsExactly(1, 2, 3, 4);
        assertThat(x.isDeleted()).isTrue();
        second.completeExceptionally(new IllegalStateException("the disk is gone"));
        assertThatThrownBy(failing::await).hasMessageContaining("the disk is gone");
        assertThat(failing.failure().orElseThrow()).hasMessageContaining("the disk is gone");
      }
    }
  }

  @Test
  void anAliasStandsForABufferThatComesLater() {
    try (LoadedExecutable add = client.compile(Programs.add(4), CompileOptions.defaults());
        AliasBuffer later = client.aliasBuffer(FOUR, device);
        AliasBuffer never = client.aliasBuffer(FOUR, device);
        AliasBuffer forgotten = client.aliasBuffer(FOUR, device);
        Buffer x = oneToFour();
        Buffer y = oneToFour();
        Buffer sum = add.execute(later.buffer(), x)[0];
        Buffer failed = add.execute(never.buffer(), x)[0];
        Buffer dropped = add.execute(forgotten.buffer(), x)[0]) {
      assertThat(sum.isReady()).isFalse();
      try (Buffer pair =
          client.bufferFromHost(new float[] {1, 2}, BufferType.F32, new long[] {2}, device)) {
        assertThatThrownBy(() -> later.fulfill(pair))
            .hasMessage("fulfill: the alias is f32[4]: got f32[2]");
      }
      later.fulfill(y);
      assertThat(sum.toFloatArray()).containsExactly(2, 4, 6, 8);
      assertThatThrownBy(() -> later.fulfill(x))
          .hasMessage("fulfill: the alias was fulfilled or failed before");
      never.fail(ErrorCode.DATA_LOSS, "the disk is gone");
      assertThatThrownBy(failed::await).hasMessageContaining("the disk is gone");
      forgotten.close();
      assertThatThrownBy(dropped::await).hasMessageContaining("never fulfilled");
      assertThat(x.toFloatArray()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void foreignMemoryIsUsedInPlaceAndGivenBack() throws Exception {
    ByteBuffer memory = direct(4096);
    int start = (int) (-Address.of(memory) & 63);
    for (int i = 0; i < 4; i++) {
      memory.putFloat(start + 4 * i, i + 1);
    }
    CountDownLatch released = new CountDownLatch(1);
    long address = Address.of(memory) + start;
    try (LoadedExecutable add = client.compile(Programs.add(4), CompileOptions.defaults());
        Buffer view = client.bufferView(address, FOUR, device, released::countDown);
        Buffer sum = add.execute(view, view)[0]) {
      assertThat(sum.toFloatArray()).containsExactly(2, 4, 6, 8);
      memory.putFloat(start, 10);
      assertThat(view.toFloatArray()).containsExactly(10, 2, 3, 4);
      assertThat(released.getCount()).isOne();
    }
    assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> client.bufferView(address + 4, FOUR, device, () -> {}))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("not aligned");
    assertThat(memory.getFloat(start)).isEqualTo(10);
  }

  @Test
  void transfersTakeWholeArraysAndNotes() {
    try (HostToDeviceTransfer transfer = client.transfer(device, FOUR);
        Buffer filled = transfer.buffer(0)) {
      assertThat(transfer.device()).isSameAs(device);
      assertThat(transfer.bufferCount()).isOne();
      assertThat(transfer.bufferBytes(0)).isEqualTo(16);
      transfer.annotate(Map.of("step", "3"));
      ByteBuffer data = direct(16).putFloat(1).putFloat(2).putFloat(3).putFloat(4).flip();
      data.order(ByteOrder.nativeOrder());
      if (offered(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_TransferLiteral,
          () -> transfer.writeAll(0, data))) {
        transfer.writeAll(0, data).join();
      } else {
        transfer.write(0, data, 0, true).join();
      }
      assertThat(filled.toFloatArray()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void cpuMapsNoMemoryAndCompilesNoSends() {
    refused(() -> client.mapForTransfers(direct(4096)));
    String text =
        """
        module @talk {
          func.func public @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %t = "stablehlo.create_token"() : () -> !stablehlo.token
            %u = "stablehlo.send"(%x, %t) {channel_handle = #stablehlo.channel_handle<handle = 1,
                type = 2>, is_host_transfer = true} : (tensor<4xf32>, !stablehlo.token)
                -> !stablehlo.token
            "func.return"(%x) : (tensor<4xf32>) -> ()
          }
        }
        """;
    refused(() -> client.compile(text, CompileOptions.defaults()));
  }

  @Test
  void executionsTakeAContext() {
    ExecuteContext context = client.executeContext();
    try (LoadedExecutable add = client.compile(Programs.add(4), CompileOptions.defaults());
        Buffer x = oneToFour()) {
      Buffer[] args = {x, x};
      ExecuteOptions options = ExecuteOptions.defaults().context(context).launchId(3);
      assertThat(context.address()).isNotZero();
      try (Buffer sum = add.execute(args, options)[0]) {
        assertThat(sum.toFloatArray()).containsExactly(2, 4, 6, 8);
      }
      context.close();
      assertThatThrownBy(() -> add.execute(args, options))
          .hasMessage("the execute context is closed");
      assertThat(x.toFloatArray()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void executablesTellWhereAndHowTheyRun() throws Exception {
    CompileOptions two = CompileOptions.builder().replicas(2).build();
    try (LoadedExecutable add = client.compile(Programs.add(4), two)) {
      assertThat(add.replicas()).isEqualTo(2);
      assertThat(add.partitions()).isOne();
      assertThat(add.codeBytes()).isNotNegative();
      DeviceAssignment assignment = add.deviceAssignment().orElseThrow();
      assertThat(assignment.replicas()).isEqualTo(2);
      assertThat(assignment.deviceId(1, 0)).isEqualTo(add.devices().get(1).id());
      if (offered(
          ApiFunction.PJRT_LoadedExecutable_AddressableDeviceLogicalIds, add::logicalDevices)) {
        assertThat(add.logicalDevices())
            .containsExactly(new LogicalDevice(0, 0), new LogicalDevice(1, 0));
      }
      if (offered(ApiFunction.PJRT_Executable_GetCompileOptions, add::compileOptions)) {
        var options = org.cornu.pjrt.proto.CompileOptionsProto.parseFrom(add.compileOptions());
        assertThat(options.getExecutableBuildOptions().getNumReplicas()).isEqualTo(2);
      }
      // What plugin 0.81 to 0.106 refuse, 0.115 answers.
      if (plugin.offers(ApiFunction.PJRT_TopologyDescription_GetMemorySpaceKindIds)) {
        assertThat(add.outputMemoryKinds()).containsExactly("device");
        assertThat(add.parameterMemoryKinds()).containsExactly("device", "device");
      } else {
        refused(add::outputMemoryKinds);
        refused(add::parameterMemoryKinds);
      }
    }
  }

  @Test
  void devicesAndMemoriesAnswer() {
    Memory memory = device.defaultMemory().orElseThrow();
    assertThat(memory.devices()).containsExactly(device);
    assertThat(memory.debugString()).isNotEmpty();
    assertThat(memory.kindId()).isEqualTo(client.devices().get(1).memories().get(0).kindId());
    if (offered(ApiFunction.PJRT_Device_GetAttributes, device::currentAttributes)) {
      assertThat(device.currentAttributes()).isEmpty();
    }
    refused(device::clearMemoryStats);
    if (offered(
        ApiFunction.PJRT_Device_PoisonExecution,
        () -> device.poison(1, ErrorCode.ABORTED, "stop"))) {
      assertThat(device.poison(12345, ErrorCode.ABORTED, "stop")).isFalse();
    }
    if (offered(ApiFunction.PJRT_Device_CreateAsyncTrackingEvent, () -> device.track("step"))) {
      AsyncTracking tracking = device.track("step");
      tracking.close();
      tracking.close();
    }
    client.updateProcesses(
        List.of(new ProcessStatus(0, 1, ProcessStatus.State.CONNECTED, ErrorCode.OK, "")));
  }

  @Test
  void programsCompileForATopologyAlone() {
    Topology topology = client.topology();
    refused(() -> plugin.topology("v5e:2x2", Map.of()));
    CompiledProgram compiled;
    try {
      compiled = plugin.compile(topology, Programs.add(4), CompileOptions.defaults());
    } catch (PjrtException e) {
      // Plugins up to 0.106 know the function and register no compiler behind it.
      assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
      assertThat(plugin.offers(ApiFunction.PJRT_TopologyDescription_GetMemorySpaceKindIds))
          .isFalse();
      return;
    }
    try (compiled;
        LoadedExecutable add = client.load(compiled, CompileOptions.defaults());
        Buffer x = oneToFour();
        Buffer sum = add.execute(x, x)[0]) {
      assertThat(compiled.name()).isEqualTo("add");
      assertThat(compiled.outputTypes()).containsExactly(BufferType.F32);
      assertThat(compiled.serialize()).isNotEmpty();
      assertThat(compiled.fingerprint()).isEqualTo(add.fingerprint());
      assertThat(plugin.fingerprint(topology)).isEqualTo(plugin.fingerprint(client.topology()));
      assertThat(sum.toFloatArray()).containsExactly(2, 4, 6, 8);
    }
    assertThatThrownBy(compiled::name).hasMessage("the compiled program is closed");
  }
}
