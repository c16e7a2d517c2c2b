package org.cornu.callbacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how training goes on standard error: a bar that moves in place on a terminal, one line per
 * epoch elsewhere.
 */
public final class ProgressBar extends Callback {
  private static final long REFRESH_NANOS = 200_000_000L;

  private final boolean terminal = isTerminal();
  private me.tongfei.progressbar.@Nullable ProgressBar bar;
  private int epochs;
  private int steps;
  private long epochStart;
  private long lastShown;

  /** Whether standard error is a terminal. */
  @SuppressWarnings("SystemConsoleNull") // elsewhere than on Linux the console is the best guess
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  @Override
  public void onTrainBegin(int epochCount, int stepsPerEpoch) {
    epochs = epochCount;
    steps = stepsPerEpoch;
  }

  @Override
  public boolean needsBatchLogs() {
    return false;
  }

  @Override
  public void onEpochBegin(int epoch) {
    epochStart = System.nanoTime();
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("Epoch " + (epoch + 1) + "/" + epochs)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(100)
              .build();
    }
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    me.tongfei.progressbar.ProgressBar shown = bar;
    long now = System.nanoTime();
    if (shown != null && (now - lastShown > REFRESH_NANOS || batch == steps - 1)) {
      lastShown = now;
      shown.stepTo(batch + 1L);
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    me.tongfei.progressbar.ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage(text(logs));
      shown.close();
      bar = null;
      return;
    }
    double seconds = (System.nanoTime() - epochStart) * 1e-9;
    System.err.printf(
        Locale.ROOT, "Epoch %d/%d - %.1fs - %s%n", epoch + 1, epochs, seconds, text(logs));
  }

  private static String text(Map<String, Double> logs) {
    StringBuilder out = new StringBuilder();
    logs.forEach(
        (name, value) ->
            out.append(out.length() == 0 ? "" : " - ")
                .append(name)
                .append(String.format(Locale.ROOT, ": %.4f", value)));
    return out.toString();
  }
}
