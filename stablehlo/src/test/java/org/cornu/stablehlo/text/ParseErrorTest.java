package org.cornu.stablehlo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ParseErrorTest {
  private static ParseException error(String text) {
    return catchThrowableOfType(ParseException.class, () -> Parser.parse(text));
  }

  private static String body(String text) {
    return error(
            "func.func @f(%a: tensor<2xf32>, %b: tensor<2xi32>) {\n  " + text + "\n  return\n}")
        .problem();
  }

  @Test
  void showsThePlaceUnderTheLine() {
    assertThatThrownBy(
            () ->
                Parser.parse(
                    "func.func @f(%a: tensor<f32>) {\n\t%0 = stablehlo.abs %b : tensor<f32>\n}"))
        .hasMessage(
            """
            text:2:21: value %b is not defined here
             %0 = stablehlo.abs %b : tensor<f32>
                                ^\
            """);
    ParseException error = error("module {\n");
    assertThat(error.line()).isEqualTo(2);
    assertThat(error.column()).isEqualTo(1);
    assertThat(error.problem())
        .isEqualTo("expected '}' to end the module, got the end of the text");
  }

  @Test
  void cutsLongLines() {
    ParseException error =
        error("// " + "x".repeat(300) + "\nmodule attributes {" + "a = 1, ".repeat(100) + "} {}");
    assertThat(error.problem()).isEqualTo("attribute 'a' is given twice");
    error =
        error(
            "module attributes {b = \""
                + "y".repeat(1000)
                + "\", a = ?, c = \""
                + "z".repeat(1000)
                + "\"} {}");
    assertThat(error.toString().length()).isLessThan(500);
  }

  @Test
  void values() {
    assertThat(body("%a = stablehlo.abs %a : tensor<2xf32>"))
        .isEqualTo("value %a is defined twice");
    assertThat(body("%0:2 = stablehlo.abs %a : tensor<2xf32>"))
        .isEqualTo("stablehlo.abs has 1 results, 2 are named");
    assertThat(body("%0 = stablehlo.abs %a#1 : tensor<2xf32>")).isEqualTo("%a has 1 values, no #1");
    assertThat(body("%0 = stablehlo.abs %a : tensor<3xf32>"))
        .isEqualTo("stablehlo.abs: operand 0 has type tensor<2xf32>, the text says tensor<3xf32>");
    assertThat(body("%0 = \"stablehlo.abs\"(%a) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>"))
        .isEqualTo("stablehlo.abs has 1 operands, 2 types");
  }

  @Test
  void ops() {
    assertThat(body("%0 = stablehlo.foo %a : tensor<2xf32>"))
        .isEqualTo("unknown operation stablehlo.foo");
    assertThat(body("%0 = arith.addi %b, %b : tensor<2xi32>"))
        .isEqualTo(
            "arith.addi: an op of another dialect is only read in its generic form,"
                + " \"arith.addi\"(...)");
    assertThat(body("%0 = stablehlo.gather %a : tensor<2xf32>"))
        .isEqualTo("stablehlo.gather has no pretty form: it is written \"stablehlo.gather\"(...)");
    assertThat(body("%0 = stablehlo.reshape %a : tensor<2xf32>"))
        .isEqualTo("stablehlo.reshape needs a function type (..) -> ..");
    assertThat(body("%0 = stablehlo.transpose %a, perm = [0] : (tensor<2xf32>) -> tensor<2xf32>"))
        .isEqualTo("expected 'dims', got 'perm'");
    assertThat(body("%0 = call @g(%a) : (tensor<2xf32>) -> tensor<2xf32>"))
        .isEqualTo("function @g is not defined");
    assertThat(body("\"foo.br\"()[^bb1] : () -> ()"))
        .isEqualTo("ops with successor blocks are not part of StableHLO");
    assertThat(body("^bb1:")).isEqualTo("regions of several blocks are not part of StableHLO");
  }

  @Test
  void functions() {
    assertThat(error("func.func @f() {}").problem())
        .isEqualTo("expected func.return at the end of a function");
    assertThat(error("func.func @f() -> tensor<f32> { return }").problem())
        .isEqualTo("function @f returns (), its type says (tensor<f32>)");
    assertThat(error("func.func @f() { return } func.func @f() { return }").problem())
        .isEqualTo("function @f is defined twice");
    assertThat(error("foo.bar @x").problem())
        .isEqualTo("a module has functions and meshes, got foo.bar");
    assertThat(error("module {} module {}").problem())
        .isEqualTo("a file has one module; several are divided by lines '// -----'");
  }

  private static String attribute(String text) {
    return error("module attributes {a = " + text + "} {}").problem();
  }

  @Test
  void literals() {
    assertThat(attribute("dense<[1.0, 2.0]> : tensor<3xf32>"))
        .isEqualTo("list of 2 in dimension 0 of a literal, its type is tensor<3xf32>");
    assertThat(attribute("dense<1> : tensor<f32>"))
        .isEqualTo("expected a float with a decimal point for f32");
    assertThat(attribute("dense<1.0> : tensor<i32>"))
        .isEqualTo("expected an integer for i32, got a float");
    assertThat(attribute("dense<256> : tensor<i8>")).isEqualTo("integer does not fit i8");
    assertThat(attribute("dense<-1> : tensor<ui8>")).isEqualTo("integer does not fit u8");
    assertThat(attribute("dense<\"0x00\"> : tensor<2xf32>"))
        .isEqualTo("blob has 1 bytes, tensor<2xf32> takes 4 or 4 * 2");
    assertThat(attribute("dense<\"0x0\"> : tensor<2xi8>"))
        .isEqualTo("hex blob has an odd number of digits");
    assertThat(attribute("dense<1.0> : tensor<?xf32>"))
        .isEqualTo("a literal needs a static type, got tensor<?xf32>");
    assertThat(attribute("dense<1> : tensor<9999999999x9999999999xi8>"))
        .isEqualTo(
            "type tensor<9999999999x9999999999xi8> has more elements than 64 bits can count");
    assertThat(attribute("dense_resource<w> : tensor<f32>"))
        .isEqualTo("resource 'w' is not in the file's dialect_resources");
  }

  @Test
  void tokens() {
    assertThat(attribute("\"abc")).isEqualTo("string is not closed on its line");
    assertThat(attribute("\"\\q\"")).startsWith("unknown escape in string");
    assertThat(attribute("tensor<2f32>")).isEqualTo("expected 'x' after a dimension, got 'f32'");
    assertThat(attribute("#nope")).isEqualTo("attribute alias #nope is not defined");
    assertThat(attribute("floop")).isEqualTo("unknown type 'floop'");
  }

  @Test
  void deepNestingIsAnErrorNotAnOverflow() {
    String problem = "nested too deeply: at most 200 levels are read";
    assertThat(attribute("[".repeat(100_000))).isEqualTo(problem);
    assertThat(attribute("tuple<".repeat(100_000))).isEqualTo(problem);
    assertThat(error("#l = " + "loc(fused[".repeat(1) + "callsite(".repeat(100_000)).problem())
        .isEqualTo(problem);
    String region = "\"foo.r\"() ({\n".repeat(10_000);
    assertThat(
            error("func.func @f() {" + region + "}) : () -> ()".repeat(10_000) + "return }")
                .problem())
        .isEqualTo(problem);
    assertThat(error("module attributes {a = #foo.bar<" + "(".repeat(1_000_000)).problem())
        .isEqualTo("bracket is not closed");
  }

  @Test
  void longChainsOfCallsAreAnErrorToo() {
    StringBuilder text = new StringBuilder("func.func @f0() { return }\n");
    for (int i = 1; i <= 10_000; i++) {
      text.append("func.func @f" + i + "() { call @f" + (i - 1) + "() : () -> () return }\n");
    }
    assertThat(error(text.toString()).problem())
        .isEqualTo("calls nested too deeply: at most 300 levels are read");
    assertThat(Parser.parse(text.substring(0, text.indexOf("func.func @f300"))).functions())
        .hasSize(300);
  }
}
