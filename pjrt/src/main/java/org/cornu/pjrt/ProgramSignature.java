package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The parameters of a program as its author knows them: a plugin compares only byte sizes and would
 * read an {@code s32} buffer as {@code f32} without a word.
 *
 * @param parameters in the order of {@code main}
 */
public record ProgramSignature(List<Parameter> parameters) {
  /**
   * One parameter.
   *
   * @param name for error messages
   * @param type the element type
   * @param dims the dimensions on each device
   * @param donated whether the program may consume the argument's memory
   */
  public record Parameter(String name, BufferType type, List<Long> dims, boolean donated) {
    /** Checks that the dimensions are not negative. */
    public Parameter {
      dims = List.copyOf(dims);
      for (long dim : dims) {
        if (dim < 0) {
          throw new IllegalArgumentException(
              "parameter '" + name + "': dimensions must not be negative: got " + dims);
        }
      }
    }

    long[] dimsArray() {
      return dims.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** Copies the list. */
  public ProgramSignature {
    parameters = List.copyOf(parameters);
  }

  /** Collects parameters one by one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a signature. */
  public static final class Builder {
    private final List<Parameter> parameters = new ArrayList<>();

    private Builder() {}

    /** Adds the next parameter. */
    public Builder parameter(String name, BufferType type, long... dims) {
      return add(name, type, dims, false);
    }

    /** Adds the next parameter, whose memory the program may consume. */
    public Builder donated(String name, BufferType type, long... dims) {
      return add(name, type, dims, true);
    }

    private Builder add(String name, BufferType type, long[] dims, boolean donated) {
      List<Long> list = new ArrayList<>(dims.length);
      for (long dim : dims) {
        list.add(dim);
      }
      parameters.add(new Parameter(name, type, Collections.unmodifiableList(list), donated));
      return this;
    }

    /** The signature. */
    public ProgramSignature build() {
      return new ProgramSignature(parameters);
    }
  }
}
