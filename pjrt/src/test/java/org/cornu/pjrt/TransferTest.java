package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
  private final Client client = TestClients.shared();
  private final Device device = TestClients.device();

  static Stream<BufferType> typesWithData() {
    return Stream.of(BufferType.values())
        .filter(BufferType::hasData)
        .filter(TestClients::offersType);
  }

  @ParameterizedTest
  @MethodSource("typesWithData")
  void everyElementTypeSurvivesARoundTrip(BufferType type) {
    int count = 37;
    byte[] bytes = new byte[count * type.byteSize()];
    new Random(7).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (type == BufferType.PRED) {
        bytes[i] &= 1;
      } else if (type.isSubByte()) {
        bytes[i] &= (byte) ((1 << type.bits()) - 1);
      }
    }
    ByteBuffer heap = ByteBuffer.wrap(bytes);
    try (Buffer buffer = client.bufferFromHost(heap, type, new long[] {count}, device)) {
      assertThat(buffer.type()).isEqualTo(type);
      ByteBuffer back = buffer.toByteBuffer();
      byte[] got = new byte[bytes.length];
      back.get(got);
      assertThat(got).isEqualTo(bytes);
      assertThat(heap.position()).isZero();
    }
  }

  @Test
  void signedNibblesComeBackWithTheirSign() {
    byte[] values = {-8, -2, -1, 0, 1, 7};
    long[] dims = {6};
    try (Buffer buffer = client.bufferFromHost(values, BufferType.S4, dims, device)) {
      assertThat(buffer.toByteArray()).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 16_384, 16_385, 3_000_001})
  void arraysOfAnySizeSurvive(int count) {
    long[] dims = {count};
    Random random = new Random(count);
    float[] floats = new float[count];
    double[] doubles = new double[count];
    int[] ints = new int[count];
    for (int i = 0; i < count; i++) {
      floats[i] = random.nextFloat();
      doubles[i] = random.nextDouble();
      ints[i] = random.nextInt();
    }
    try (Buffer f = client.bufferFromHost(floats, BufferType.F32, dims, device);
        Buffer d = client.bufferFromHost(doubles, BufferType.F64, dims, device);
        Buffer n = client.bufferFromHost(ints, BufferType.S32, dims, device)) {
      assertThat(f.toFloatArray()).isEqualTo(floats);
      assertThat(d.toDoubleArray()).isEqualTo(doubles);
      assertThat(n.toIntArray()).isEqualTo(ints);
      if (count > 1) {
        assertThat(f.elementBits(count - 1)).isEqualTo(Float.floatToRawIntBits(floats[count - 1]));
      }
      ByteBuffer heap = ByteBuffer.allocate(4 * count + 8).order(ByteOrder.nativeOrder());
      n.toHost(heap);
      assertThat(heap.position()).isEqualTo(4 * count);
    }
  }

  @Test
  void everyPrimitiveArrayHasItsTypes() {
    long[] two = {2};
    try (Buffer s = client.bufferFromHost(new short[] {1, -1}, BufferType.BF16, two, device);
        Buffer l = client.bufferFromHost(new long[] {1, -1}, BufferType.U64, two, device);
        Buffer c = client.bufferFromHost(new char[] {'a', 'z'}, BufferType.U16, two, device);
        Buffer p = client.bufferFromHost(new boolean[] {true, false}, two, device);
        Buffer z = client.bufferFromHost(new float[] {1, 2, 3, 4}, BufferType.C64, two, device);
        Buffer x = client.bufferFromHost(new double[] {1, 2, 3, 4}, BufferType.C128, two, device)) {
      assertThat(s.toShortArray()).containsExactly(1, -1);
      assertThat(l.toLongArray()).containsExactly(1, -1);
      assertThat(c.toShortArray()).containsExactly('a', 'z');
      assertThat(p.toBooleanArray()).containsExactly(true, false);
      assertThat(z.toFloatArray()).containsExactly(1, 2, 3, 4);
      assertThat(x.toDoubleArray()).containsExactly(1, 2, 3, 4);
      assertThatThrownBy(s::toFloatArray)
          .hasMessage("toFloatArray: the element type must be F32 or C64: got bf16[2]");
    }
  }

  @Test
  void sharedMemoryIsSeenByTheDevice() {
    ByteBuffer memory = ByteBuffer.allocateDirect(4096 + 64).alignedSlice(64);
    memory.order(ByteOrder.nativeOrder()).limit(4096);
    memory.putFloat(0, 5);
    try (Buffer shared =
        client.bufferFromHostZeroCopy(memory, BufferType.F32, new long[] {1024}, device)) {
      memory.putFloat(0, 6);
      assertThat(Float.intBitsToFloat((int) shared.elementBits(0))).isEqualTo(6);
    }
  }

  @Test
  void buffersMoveBetweenDevicesAndMemories() {
    Device other = client.devices().get(3);
    try (Buffer a =
            client.bufferFromHost(new float[] {1, 2}, BufferType.F32, new long[] {2}, device);
        Buffer b = a.copyTo(other);
        Buffer c = a.copyTo(device)) {
      assertThat(b.device()).isSameAs(other);
      assertThat(b.toFloatArray()).containsExactly(1, 2);
      assertThat(c.toFloatArray()).containsExactly(1, 2);
      for (Memory memory : device.memories()) {
        try (Buffer d = a.copyTo(device, memory)) {
          assertThat(d.toFloatArray()).as(memory.kind()).containsExactly(1, 2);
        }
      }
    }
  }

  @Test
  void asynchronousReadsCompleteTheirFutures() {
    ByteBuffer target = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
    try (Buffer a =
        client.bufferFromHost(new float[] {1, 2}, BufferType.F32, new long[] {2}, device)) {
      float sum =
          a.ready()
              .thenCompose(done -> a.toHostAsync(target))
              .thenApply(done -> target.getFloat(0) + target.getFloat(4))
              .join();
      assertThat(sum).isEqualTo(3);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    float[] three = new float[3];
    assertThatThrownBy(
            () -> client.bufferFromHost(three, BufferType.F32, new long[] {2, 2}, device))
        .hasMessage(
            "bufferFromHost: the data does not fill the shape: got 12 bytes for f32[2,2], which"
                + " takes 16");
    assertThatThrownBy(() -> client.bufferFromHost(three, BufferType.S8, new long[] {3}, device))
        .hasMessageContaining("float[] does not hold elements of S8");
    assertThatThrownBy(() -> client.bufferFromHost(three, BufferType.F32, new long[] {-3}, device))
        .hasMessageContaining("must not be negative");
    assertThatThrownBy(
            () ->
                client.bufferFromHost(
                    three, BufferType.F32, new long[] {1L << 40, 1L << 40}, device))
        .hasMessageContaining("exceed 2^63");
    assertThatThrownBy(() -> client.bufferFromHost(three, BufferType.TOKEN, new long[] {3}, device))
        .hasMessageContaining("holds no data");
  }

  @Test
  void closingTwiceIsHarmlessAndUseAfterwardsIsNot() {
    CallSite.refill();
    long before = device.liveBuffers();
    Buffer a = client.bufferFromHost(new float[] {1}, BufferType.F32, new long[0], device);
    assertThat(device.liveBuffers()).isEqualTo(before + 1);
    assertThat(a.scalar()).isEqualTo(1);
    a.close();
    a.close();
    assertThat(a.isDeleted()).isTrue();
    assertThat(device.liveBuffers()).isEqualTo(before);
    assertThatThrownBy(a::scalar)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("elementBits: the buffer f32[] was closed at TransferTest.java:");
  }
}
