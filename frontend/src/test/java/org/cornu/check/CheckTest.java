package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static ObjectNode resource(String name) throws IOException {
    try (InputStream in = CheckTest.class.getResourceAsStream(name)) {
      return (ObjectNode) JSON.readTree(in);
    }
  }

  private List<String> problems(ObjectNode root) throws IOException {
    Path file = folder.resolve("cases.json");
    Files.write(file, JSON.writeValueAsBytes(root));
    List<String> out = new ArrayList<>();
    Check check =
        new Check(
            (name, outcome) -> {
              if (outcome.status() != Outcome.Status.PASSED) {
                out.add(name + ": " + outcome.detail());
              }
            });
    check.run(file);
    assertThat(check.allPassed()).isEqualTo(out.isEmpty());
    return out;
  }

  @Test
  void activationsRegularizersAndConstraintsAgreeWithKeras() throws IOException {
    for (String name : List.of("activations.json", "regularizers.json", "constraints.json")) {
      assertThat(problems(every(2, resource(name)))).as(name).isEmpty();
    }
  }

  @Test
  void wrongOutputGradientTypeAndNameAreFound() throws IOException {
    ObjectNode root = resource("activations.json");
    ObjectNode first = (ObjectNode) root.get("cases").get(0);
    ArrayNode cases = root.putArray("cases");
    ObjectNode output = first.deepCopy();
    ((ArrayNode) output.at("/outputs/0/data")).set(0, 17.5);
    ObjectNode gradient = first.deepCopy();
    ((ArrayNode) gradient.at("/grads/inputs/0/data")).set(0, -3.25);
    ObjectNode type = first.deepCopy();
    ((ObjectNode) type.at("/outputs/0")).put("dtype", "bfloat16");
    ObjectNode name = first.deepCopy();
    name.put("op", "keras.ops.no_such_function");
    cases.add(output).add(gradient).add(type).add(name);
    assertThat(problems(root))
        .hasSize(4)
        .satisfiesExactly(
            p -> assertThat(p).contains("output 0: off by"),
            p -> assertThat(p).contains("gradient of input 0: off by"),
            p -> assertThat(p).contains("expected bf16"),
            p -> assertThat(p).contains("no function for keras.ops.no_such_function"));
  }

  /** The device, for a part of what {@link OpLawsTest} tries on the interpreter. */
  @Test
  void everyEighthRecordedFunctionAgreesWithKeras() throws IOException {
    assertThat(problems(every(8, resource("ops.json")))).isEmpty();
  }

  private static ObjectNode every(int step, ObjectNode root) {
    ArrayNode some = JSON.createArrayNode();
    for (int i = 0; i < root.get("cases").size(); i += step) {
      some.add(root.get("cases").get(i));
    }
    root.set("cases", some);
    return root;
  }
}
