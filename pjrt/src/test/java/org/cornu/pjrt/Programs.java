package org.cornu.pjrt;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** StableHLO texts that several tests use. */
final class Programs {
  private Programs() {}

  /** {@code f(x, y) = x + y} on a vector. */
  static String add(int size) {
    String type = "tensor<" + size + "xf32>";
    return "module @add {\n  func.func public @main(%x: T, %y: T) -> T {\n".replace("T", type)
        + "    %0 = \"stablehlo.add\"(%x, %y) : (T, T) -> T\n".replace("T", type)
        + "    \"func.return\"(%0) : (T) -> ()\n  }\n}\n".replace("T", type);
  }

  /** {@code parameters} vectors of 16, each consumed and returned doubled. */
  static String doubleAll(int parameters) {
    String arguments =
        list(parameters, ", ", i -> "%a" + i + ": T {tf.aliasing_output = " + i + " : i32}");
    String body =
        list(
            parameters,
            "",
            i ->
                "    %r#I = \"stablehlo.add\"(%a#I, %a#I) : (T, T) -> T\n"
                    .replace("#I", String.valueOf(i)));
    return elementwise("double_all", parameters, arguments, body).replace("T", "tensor<16xf32>");
  }

  /** {@code parameters} arrays of a type, each returned plus one; consumed if so wished. */
  static String increment(int parameters, String type, boolean donate) {
    String arguments =
        list(
            parameters,
            ", ",
            i -> "%a" + i + ": T" + (donate ? " {tf.aliasing_output = " + i + " : i32}" : ""));
    String one = "    %one = \"stablehlo.constant\"() {value = dense<1.0> : T} : () -> T\n";
    String body =
        list(
            parameters,
            "",
            i ->
                "    %r#I = \"stablehlo.add\"(%a#I, %one) : (T, T) -> T\n"
                    .replace("#I", String.valueOf(i)));
    return elementwise("increment", parameters, arguments, one + body).replace("T", type);
  }

  private static String elementwise(String name, int count, String arguments, String body) {
    String types = list(count, ", ", i -> "T");
    return "module @"
        + name
        + " {\n  func.func public @main("
        + arguments
        + ") -> ("
        + types
        + ") {\n"
        + body
        + "    \"func.return\"("
        + list(count, ", ", i -> "%r" + i)
        + ") : ("
        + types
        + ") -> ()\n  }\n}\n";
  }

  private static String list(int count, String separator, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
  }

  /** A chain of {@code length} ops, which a compiler visits recursively. */
  static String chain(int length) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < length; i++) {
      body.append("    %").append(i + 1).append(" = \"stablehlo.");
      body.append(i % 2 == 0 ? "sine" : "cosine").append("\"(%").append(i);
      body.append(") : (tensor<4xf32>) -> tensor<4xf32>\n");
    }
    return "module @chain {\n  func.func public @main(%in: tensor<4xf32>) -> tensor<4xf32> {\n"
        + "    %0 = \"stablehlo.negate\"(%in) : (tensor<4xf32>) -> tensor<4xf32>\n"
        + body
        + "    \"func.return\"(%"
        + length
        + ") : (tensor<4xf32>) -> ()\n  }\n}\n";
  }

  /** Multiplies a matrix with itself 50 times: busy for a while. */
  static String matmulLoop() {
    return """
        module @busy {
          func.func public @main(%x: tensor<512x512xf32>) -> tensor<512x512xf32> {
            %z = "stablehlo.constant"() {value = dense<0> : tensor<i32>} : () -> tensor<i32>
            %n = "stablehlo.constant"() {value = dense<50> : tensor<i32>} : () -> tensor<i32>
            %one = "stablehlo.constant"() {value = dense<1> : tensor<i32>} : () -> tensor<i32>
            %r:2 = "stablehlo.while"(%z, %x) ({
              ^bb0(%i: tensor<i32>, %m: tensor<512x512xf32>):
                %p = "stablehlo.compare"(%i, %n)
                    {comparison_direction = #stablehlo<comparison_direction LT>}
                    : (tensor<i32>, tensor<i32>) -> tensor<i1>
                "stablehlo.return"(%p) : (tensor<i1>) -> ()
            }, {
              ^bb0(%i: tensor<i32>, %m: tensor<512x512xf32>):
                %j = "stablehlo.add"(%i, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32>
                %q = "stablehlo.dot_general"(%m, %m) {dot_dimension_numbers =
                    #stablehlo.dot<lhs_contracting_dimensions = [1],
                                   rhs_contracting_dimensions = [0]>}
                    : (tensor<512x512xf32>, tensor<512x512xf32>) -> tensor<512x512xf32>
                "stablehlo.return"(%j, %q) : (tensor<i32>, tensor<512x512xf32>) -> ()
            }) : (tensor<i32>, tensor<512x512xf32>) -> (tensor<i32>, tensor<512x512xf32>)
            "func.return"(%r#1) : (tensor<512x512xf32>) -> ()
          }
        }
        """;
  }

  /** A result of {@code elements} floats out of nothing. */
  static String huge(long elements) {
    return """
        module @huge {
          func.func public @main(%%x: tensor<f32>) -> tensor<%1$dxf32> {
            %%0 = "stablehlo.broadcast_in_dim"(%%x) {broadcast_dimensions = array<i64>}
                : (tensor<f32>) -> tensor<%1$dxf32>
            "func.return"(%%0) : (tensor<%1$dxf32>) -> ()
          }
        }
        """
        .formatted(elements);
  }

  /** Eight devices: each holds 2 of 16 elements; the result is the sum of all, everywhere. */
  static String shardedSum() {
    return """
        module @sharded_sum attributes {mhlo.num_partitions = 8 : i32, mhlo.num_replicas = 1 : i32} {
          sdy.mesh @mesh = <["x"=8]>
          func.func public @main(
              %arg0: tensor<16xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}]>})
              -> (tensor<f32> {sdy.sharding = #sdy.sharding<@mesh, []>},
                  tensor<16xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}]>}) {
            %c = "stablehlo.constant"() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32>
            %0 = "stablehlo.reduce"(%arg0, %c) ({
              ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                %s = "stablehlo.add"(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
                "stablehlo.return"(%s) : (tensor<f32>) -> ()
            }) {dimensions = array<i64: 0>} : (tensor<16xf32>, tensor<f32>) -> tensor<f32>
            %1 = "stablehlo.add"(%arg0, %arg0)
                : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
            "func.return"(%0, %1) : (tensor<f32>, tensor<16xf32>) -> ()
          }
        }
        """;
  }
}
