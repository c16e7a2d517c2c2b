package org.cornu.pjrt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything Cornu looked at to find a platform's plugin, step by step, and what to do next. This
 * is what {@code cornu doctor} prints.
 *
 * @param platform the platform
 * @param steps what was looked at, in order
 * @param library the plugin that would be used; empty when there is none
 * @param usable whether a client could be created and has devices
 * @param advice the next command to run; empty when all is well
 */
public record Diagnosis(
    Platform platform, List<Step> steps, Optional<Path> library, boolean usable, String advice) {

  /** How a step went. */
  public enum Outcome {
    /** Found, or in order. */
    OK,
    /** Looked for and absent, which is no fault by itself. */
    ABSENT,
    /** Present and unusable. */
    BROKEN
  }

  /**
   * One step.
   *
   * @param what what was looked for
   * @param outcome how it went
   * @param detail what was found, or why it is unusable
   */
  public record Step(String what, Outcome outcome, String detail) {}

  /** Copies the steps. */
  public Diagnosis {
    steps = List.copyOf(steps);
  }

  /**
   * Looks for a platform's plugin, loads it and creates a client, and notes every step. Downloads
   * nothing; never throws for what it finds.
   */
  public static Diagnosis of(PluginRequest request) {
    return new Doctor(request, Hardware.ofThisMachine()).examine();
  }

  /** As {@link #of(PluginRequest)} for this process. */
  public static Diagnosis of(String platform) {
    return of(PluginRequest.of(Platform.of(platform)));
  }

  /** The steps as lines of text, a mark before each, and the advice as the last line. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(platform.word() + ": " + (usable ? "ready" : "not available"));
    for (Step step : steps) {
      String mark =
          switch (step.outcome()) {
            case OK -> "  ok      ";
            case ABSENT -> "  absent  ";
            case BROKEN -> "  broken  ";
          };
      lines.add(mark + step.what() + (step.detail().isEmpty() ? "" : ": " + step.detail()));
    }
    if (!advice.isEmpty()) {
      lines.add("  next: " + advice);
    }
    return String.join("\n", lines);
  }
}
