package org.cornu.tests.oplaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tests.oplaws.Interpreted.reals;
import static org.cornu.tests.oplaws.Interpreted.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.cornu.ops.Fft;
import org.cornu.ops.Linalg;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Special;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Functions beside Keras', against values of JAX (SciPy for the ends of distributions), in f64. */
class JaxFunctionsTest {
  @TestFactory
  List<DynamicTest> agreeWithJax() throws IOException {
    List<DynamicTest> out = new ArrayList<>();
    try (InputStream in = JaxFunctionsTest.class.getResourceAsStream("jax-functions.json")) {
      for (JsonNode recorded : JsonMapper.builder().build().readTree(in).get("cases")) {
        out.add(
            DynamicTest.dynamicTest(
                recorded.get("fn").asText() + " " + recorded.get("par"), () -> check(recorded)));
      }
    }
    return out;
  }

  private static void check(JsonNode recorded) {
    List<Literal> inputs = new ArrayList<>();
    recorded.get("args").forEach(a -> inputs.add(literal(a)));
    List<Literal> got =
        Interpreted.run(
            x -> call(recorded.get("fn").asText(), x, recorded.get("par")),
            inputs.toArray(new Literal[0]));
    JsonNode want = recorded.get("out");
    assertThat(got).hasSize(want.size());
    for (int i = 0; i < want.size(); i++) {
      Literal expected = literal(want.get(i));
      assertThat(got.get(i).type().shape()).isEqualTo(expected.type().shape());
      double size = 1;
      for (double v : values(expected)) {
        size = Double.isFinite(v) ? Math.max(size, Math.abs(v)) : size;
      }
      assertThat(values(got.get(i))).containsExactly(values(expected), Offset.offset(1e-9 * size));
    }
  }

  private static Literal literal(JsonNode node) {
    double[] data = new double[node.get("data").size()];
    for (int i = 0; i < data.length; i++) {
      JsonNode v = node.get("data").get(i);
      data[i] = v.isTextual() ? Double.parseDouble(v.asText()) : v.asDouble();
    }
    long[] dims = new long[node.get("shape").size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = node.get("shape").get(i).asLong();
    }
    return reals(data, dims);
  }

  private static @Nullable Double number(JsonNode par, String name) {
    return par.has(name) ? Double.valueOf(par.get(name).asDouble()) : null;
  }

  private static List<Tensor> call(String name, List<Tensor> x, JsonNode par) {
    Tensor a = x.get(0);
    Tensor b = x.size() > 1 ? x.get(1) : a;
    int axis = par.path("axis").asInt(-1);
    return switch (name) {
      case "divmod" -> Np.divmod(a, b);
      case "modf" -> Np.modf(a);
      default -> List.of(one(name, x, a, b, axis, par));
    };
  }

  private static Tensor one(
      String name, List<Tensor> x, Tensor a, Tensor b, int axis, JsonNode par) {
    return switch (name) {
      case "copysign" -> Np.copysign(a, b);
      case "unwrap" -> Np.unwrap(a, 2 * Math.PI, -1);
      case "gradient" -> Np.gradient(a, par.get("spacing").asDouble(), axis);
      case "ediff1d" -> Np.ediff1d(a);
      case "interp" -> Np.interp(a, b, x.get(2), number(par, "left"), number(par, "right"));
      case "cov" -> Np.cov(a, par.get("ddof").asInt());
      case "convolve" -> Np.convolve(a, b, par.get("mode").asText());
      case "polyval" -> Np.polyval(a, b);
      case "polyadd" -> Np.polyadd(a, b);
      case "polysub" -> Np.polysub(a, b);
      case "polymul" -> Np.polymul(a, b);
      case "polyder" -> Np.polyder(a);
      case "polyint" -> Np.polyint(a);
      case "polyfit" -> Np.polyfit(a, b, par.get("degree").asInt());
      case "lexsort" -> Np.lexsort(x, axis);
      case "intersect1d" -> Np.intersect1d(a, b, 2);
      case "setdiff1d" -> Np.setdiff1d(a, b, 2);
      case "union1d" -> Np.union1d(a, b, 5);
      case "setxor1d" -> Np.setxor1d(a, b, 3);
      case "choose" -> Np.choose(Np.cast(a, DType.I32), x.subList(1, x.size()));
      case "cumlogsumexp" -> Np.cumlogsumexp(a, axis);
      case "gamma" -> Special.gamma(a);
      case "gammasgn" -> Special.gammasgn(a);
      case "factorial" -> Special.factorial(a);
      case "betaln" -> Special.betaln(a, b);
      case "ndtri" -> Special.ndtri(a);
      case "xlogy" -> Special.xlogy(a, b);
      case "xlog1py" -> Special.xlog1py(a, b);
      case "betainc" -> Special.betainc(a, b, x.get(2));
      case "gammainc" -> Special.gammainc(a, b);
      case "gammaincc" -> Special.gammaincc(a, b);
      case "multiDot" -> Linalg.multiDot(x);
      case "beta" -> Special.beta(a, b);
      case "poch" -> Special.poch(a, b);
      case "multigammaln" -> Special.multigammaln(a, par.get("d").asInt());
      case "relEntr" -> Special.relEntr(a, b);
      case "klDiv" -> Special.klDiv(a, b);
      case "boxcox" -> Special.boxcox(a, b);
      case "boxcox1p" -> Special.boxcox1p(a, b);
      case "logNdtr" -> Special.logNdtr(a);
      case "log1mexp" -> Nn.log1mexp(a);
      case "tensorinv" -> Linalg.tensorinv(a, par.get("split").asInt());
      case "tensorsolve" -> Linalg.tensorsolve(a, b);
      case "choSolve" -> Linalg.choSolve(a, b, par.get("upper").asBoolean());
      case "blockDiag" -> Linalg.blockDiag(x);
      case "toeplitz" -> Linalg.toeplitz(a, b);
      case "geomspace" -> Np.geomspace(a, b, 5, true, 0);
      case "hfft" -> Fft.hfft(a, par.get("n").asInt());
      default -> throw new IllegalArgumentException(name);
    };
  }
}
