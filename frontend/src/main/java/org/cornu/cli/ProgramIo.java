package org.cornu.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cornu.saving.AtomicFile;
import org.cornu.saving.FormatException;
import org.cornu.saving.TensorJson;
import org.cornu.stablehlo.ir.Literal;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call of a program, {@code io.json}: inputs, the outputs that are expected, and how far
 * results may be off.
 *
 * @param inputs whole arrays; of a program for several replicas, which share nothing, those of each
 *     replica in turn
 * @param outputs expected arrays, or null where the file has none
 * @param rtol tolerance relative to the expected element
 * @param atol tolerance added to that
 * @param replicas number of replicas whose inputs and outputs are recorded
 * @param devices number of devices that the program was written for
 * @param inputShards {@code [input][device]}: the part of each input that a device holds; empty
 *     where every device holds all of it
 * @param outputShards the same for outputs
 */
public record ProgramIo(
    List<Literal> inputs,
    @Nullable List<Literal> outputs,
    double rtol,
    double atol,
    int replicas,
    int devices,
    List<List<Slice>> inputShards,
    List<List<Slice>> outputShards) {
  private static final double RTOL = 1e-5;
  private static final double ATOL = 1e-6;

  /**
   * Reads a file.
   *
   * @throws FormatException where it is not such a file
   */
  public static ProgramIo read(Path path) throws IOException {
    List<Literal> inputs = null;
    List<Literal> outputs = null;
    double rtol = RTOL;
    double atol = ATOL;
    int replicas = 1;
    int devices = 1;
    List<List<Slice>> inputShards = List.of();
    List<List<Slice>> outputShards = List.of();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
        JsonParser in = TensorJson.parser(file)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new FormatException(path + ": expected an object with 'inputs'");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        in.nextToken();
        switch (field) {
          case "inputs" -> inputs = TensorJson.readList(in, path + ": inputs");
          case "outputs" -> outputs = TensorJson.readList(in, path + ": outputs");
          case "rtol" -> rtol = TensorJson.number(in, RTOL);
          case "atol" -> atol = TensorJson.number(in, ATOL);
          case "num_replicas" -> replicas = (int) TensorJson.number(in, 1);
          case "num_devices" -> devices = (int) TensorJson.number(in, 1);
          case "input_shards" -> inputShards = shards(TensorJson.tree(in));
          case "output_shards" -> outputShards = shards(TensorJson.tree(in));
          default -> in.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw new FormatException(
          path + ": " + e.getOriginalMessage() + " at line " + e.getLocation().getLineNr(), e);
    }
    if (inputs == null) {
      throw new FormatException(path + ": 'inputs' is missing");
    }
    if (replicas < 1 || inputs.size() % replicas != 0) {
      throw new FormatException(
          path + ": " + inputs.size() + " inputs are not those of " + replicas + " replicas");
    }
    return new ProgramIo(inputs, outputs, rtol, atol, replicas, devices, inputShards, outputShards);
  }

  /** The inputs of each replica. */
  List<List<Literal>> replicaInputs() {
    int each = inputs.size() / replicas;
    List<List<Literal>> out = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      out.add(inputs.subList(i * each, (i + 1) * each));
    }
    return out;
  }

  private static List<List<Slice>> shards(@Nullable Object tree) {
    List<List<Slice>> out = new ArrayList<>();
    for (Object array : tree instanceof List<?> list ? list : List.of()) {
      List<Slice> perDevice = new ArrayList<>();
      for (Object device : (List<?>) array) {
        perDevice.add(Slice.of((List<?>) device));
      }
      out.add(perDevice);
    }
    return out;
  }

  /** Writes outputs in the same form. */
  static void writeOutputs(Path path, List<Literal> outputs) throws IOException {
    AtomicFile.write(
        path,
        temporary -> {
          try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(temporary));
              JsonGenerator out = TensorJson.generator(file)) {
            out.writeStartObject();
            out.writeArrayFieldStart("outputs");
            for (Literal output : outputs) {
              TensorJson.write(out, output);
            }
            out.writeEndArray();
            out.writeEndObject();
          }
        });
  }
}
