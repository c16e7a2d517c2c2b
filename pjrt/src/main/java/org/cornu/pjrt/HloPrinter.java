package org.cornu.pjrt;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.pjrt.proto.hlo.HloComputationProto;
import org.cornu.pjrt.proto.hlo.HloInputOutputAliasProto;
import org.cornu.pjrt.proto.hlo.HloInstructionProto;
import org.cornu.pjrt.proto.hlo.HloModuleProto;
import org.cornu.pjrt.proto.hlo.HloModuleProtoWithConfig;
import org.cornu.pjrt.proto.hlo.OpMetadata;
import org.cornu.pjrt.proto.hlo.ProgramShapeProto;
import org.cornu.pjrt.proto.hlo.StackFrameIndexProto;

/** Writes an HLO module, as a plugin hands it out, in XLA's own text form. */
final class HloPrinter {
  private final HloModuleProto module;
  private final Map<Long, String> instructionNames = new HashMap<>();
  private final Map<Long, String> computationNames = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder();

  private HloPrinter(HloModuleProto module) {
    this.module = module;
  }

  /**
   * The text of a program.
   *
   * @throws IllegalArgumentException if the format is not HLO or the bytes are damaged
   */
  static String print(SerializedProgram program) {
    try {
      HloModuleProto module =
          switch (program.format()) {
            case "hlo" -> HloModuleProto.parseFrom(program.code());
            case "hlo_with_config" ->
                HloModuleProtoWithConfig.parseFrom(program.code()).getHloModule();
            default ->
                throw new IllegalArgumentException(
                    "hlo text: the format must be hlo or hlo_with_config: got '"
                        + program.format()
                        + "'");
          };
      return new HloPrinter(module).print();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("hlo text: the program is damaged", e);
    }
  }

  private String print() {
    for (HloComputationProto computation : module.getComputationsList()) {
      computationNames.put(computation.getId(), computation.getName());
      for (HloInstructionProto instruction : computation.getInstructionsList()) {
        instructionNames.put(instruction.getId(), instruction.getName());
      }
    }
    out.append("HloModule ").append(module.getName());
    printAliases();
    out.append("\n");
    for (HloComputationProto computation : module.getComputationsList()) {
      print(computation);
    }
    return out.toString();
  }

  private void printAliases() {
    List<HloInputOutputAliasProto.AliasEntryProto> entries =
        module.getInputOutputAlias().getEntriesList();
    if (entries.isEmpty()) {
      return;
    }
    out.append(", input_output_alias={ ");
    for (int i = 0; i < entries.size(); i++) {
      HloInputOutputAliasProto.AliasEntryProto entry = entries.get(i);
      out.append(i == 0 ? "" : ", ")
          .append(HloText.braces(entry.getOutputShapeIndexList()))
          .append(": (")
          .append(entry.getParameterNumber())
          .append(", ")
          .append(HloText.braces(entry.getParameterShapeIndexList()))
          .append(entry.getKind() == 2 ? ", must-alias)" : ", may-alias)");
    }
    out.append(" }");
  }

  private void print(HloComputationProto computation) {
    boolean entry = computation.getId() == module.getEntryComputationId();
    ProgramShapeProto shape = computation.getProgramShape();
    out.append("\n").append(entry ? "ENTRY " : "").append("%").append(computation.getName());
    out.append(" (");
    for (int i = 0; i < shape.getParametersCount(); i++) {
      String name =
          i < shape.getParameterNamesCount() ? shape.getParameterNames(i) : "parameter." + i;
      out.append(i == 0 ? "" : ", ").append(name).append(": ");
      out.append(HloText.shape(shape.getParameters(i), false));
    }
    out.append(") -> ").append(HloText.shape(shape.getResult(), false)).append(" {\n");
    for (HloInstructionProto instruction : computation.getInstructionsList()) {
      print(instruction, instruction.getId() == computation.getRootId());
    }
    out.append("}\n");
  }

  private void print(HloInstructionProto instruction, boolean root) {
    out.append("  ").append(root ? "ROOT " : "").append("%").append(instruction.getName());
    out.append(" = ").append(HloText.shape(instruction.getShape(), true));
    out.append(" ").append(instruction.getOpcode()).append("(");
    if (instruction.getOpcode().equals("parameter")) {
      out.append(instruction.getParameterNumber());
    } else if (instruction.getOpcode().equals("constant")) {
      out.append(HloLiterals.text(instruction.getLiteral()));
    } else {
      for (int i = 0; i < instruction.getOperandIdsCount(); i++) {
        out.append(i == 0 ? "%" : ", %").append(instructionName(instruction.getOperandIds(i)));
      }
    }
    out.append(")");
    printCalledComputations(instruction);
    for (String attribute : HloText.attributes(instruction)) {
      out.append(", ").append(attribute);
    }
    if (instruction.getControlPredecessorIdsCount() > 0) {
      out.append(", control-predecessors={");
      for (int i = 0; i < instruction.getControlPredecessorIdsCount(); i++) {
        out.append(i == 0 ? "%" : ", %")
            .append(instructionName(instruction.getControlPredecessorIds(i)));
      }
      out.append("}");
    }
    printMetadata(instruction.getMetadata());
    out.append("\n");
  }

  private void printCalledComputations(HloInstructionProto instruction) {
    List<Long> ids = instruction.getCalledComputationIdsList();
    if (ids.isEmpty()) {
      return;
    }
    String opcode = instruction.getOpcode();
    if (opcode.equals("while") && ids.size() == 2) {
      out.append(", condition=%").append(computationName(ids.get(1)));
      out.append(", body=%").append(computationName(ids.get(0)));
      return;
    }
    String label =
        switch (opcode) {
          case "fusion", "async-start" -> "calls";
          case "conditional" -> "branch_computations";
          case "custom-call" -> "called_computations";
          default -> "to_apply";
        };
    if (ids.size() == 1 && !label.equals("branch_computations")) {
      out.append(", ").append(label).append("=%").append(computationName(ids.get(0)));
      return;
    }
    out.append(", ").append(label).append("={");
    for (int i = 0; i < ids.size(); i++) {
      out.append(i == 0 ? "%" : ", %").append(computationName(ids.get(i)));
    }
    out.append("}");
  }

  private void printMetadata(OpMetadata metadata) {
    String file = metadata.getSourceFile();
    int line = metadata.getSourceLine();
    StackFrameIndexProto frames = module.getStackFrameIndex();
    int frame = metadata.getStackFrameId();
    // Newer plugins keep places in one table; its indices start at 1.
    if (file.isEmpty() && frame > 0 && frame <= frames.getStackFramesCount()) {
      int location = frames.getStackFrames(frame - 1).getFileLocationId();
      if (location > 0 && location <= frames.getFileLocationsCount()) {
        int name = frames.getFileLocations(location - 1).getFileNameId();
        line = frames.getFileLocations(location - 1).getLine();
        file = name > 0 && name <= frames.getFileNamesCount() ? frames.getFileNames(name - 1) : "";
      }
    }
    if (metadata.getOpName().isEmpty() && file.isEmpty()) {
      return;
    }
    out.append(", metadata={op_name=\"").append(metadata.getOpName()).append("\"");
    if (!file.isEmpty()) {
      out.append(" source_file=\"").append(file).append("\" source_line=").append(line);
    }
    out.append("}");
  }

  private String instructionName(long id) {
    return instructionNames.getOrDefault(id, "unknown." + id);
  }

  private String computationName(long id) {
    return computationNames.getOrDefault(id, "unknown." + id);
  }
}
