package org.cornu.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.cornu.cli.CommandProvider;
import org.cornu.cli.Console;
import org.cornu.cli.UsageException;

/** {@code cornu check}: runs recorded cases. */
public final class CheckCommand implements CommandProvider {
  /** For the service loader. */
  public CheckCommand() {}

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String description() {
    return "Runs recorded cases and compares: a line for each, then counts; status 1 unless all"
        + " passed.";
  }

  @Override
  public String synopsis() {
    return "PATH... [--quiet]";
  }

  @Override
  public int run(List<String> args, Console console) throws Exception {
    boolean quiet = args.contains("--quiet");
    List<String> paths = args.stream().filter(a -> !a.equals("--quiet")).toList();
    for (String path : paths) {
      if (path.startsWith("-")) {
        throw new UsageException("check: no option is named " + path);
      }
    }
    if (paths.isEmpty()) {
      throw new UsageException("check: name at least one file or folder of cases");
    }
    Check check =
        new Check(
            (name, outcome) -> {
              if (!quiet || outcome.status() != Outcome.Status.PASSED) {
                String status = outcome.status().name().toLowerCase(Locale.ROOT);
                String detail =
                    outcome.detail().isEmpty()
                        ? ""
                        : ": " + outcome.detail().replaceAll("\\s*\\n\\s*", "; ");
                console.out().println(status + " " + name + detail);
              }
            });
    for (String path : paths) {
      check.run(Path.of(path));
    }
    console.out().println(check.summary());
    return check.allPassed() ? 0 : 1;
  }
}
