package org.cornu.pjrt.example;

import java.util.Arrays;
import org.cornu.pjrt.Buffer;
import org.cornu.pjrt.BufferType;
import org.cornu.pjrt.Client;
import org.cornu.pjrt.ClientOptions;
import org.cornu.pjrt.CompileOptions;
import org.cornu.pjrt.Device;
import org.cornu.pjrt.LoadedExecutable;
import org.cornu.pjrt.Plugins;

public final class AddTwoVectors {
  private static final String PROGRAM =
      """
      module @add {
        func.func public @main(%x: tensor<3xf32>, %y: tensor<3xf32>) -> tensor<3xf32> {
          %0 = "stablehlo.add"(%x, %y) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
          "func.return"(%0) : (tensor<3xf32>) -> ()
        }
      }
      """;

  public static void main(String[] args) {
    long[] dims = {3};
    try (Client client = Plugins.find("cpu").createClient(ClientOptions.cpu(1));
        LoadedExecutable add = client.compile(PROGRAM, CompileOptions.defaults())) {
      Device device = client.devices().get(0);
      try (Buffer x = client.bufferFromHost(new float[] {1, 2, 3}, BufferType.F32, dims, device);
          Buffer y = client.bufferFromHost(new float[] {9, 8, 7}, BufferType.F32, dims, device);
          Buffer sum = add.execute(x, y)[0]) {
        System.out.println(Arrays.toString(sum.toFloatArray())); // [10.0, 10.0, 10.0]
      }
    }
  }
}
