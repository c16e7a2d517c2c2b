package org.cornu.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.cornu.config.Names;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code cornu}. */
@Command(
    name = "cornu",
    description = "Machine learning for Java in the shape of JAX and Keras 3.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommandsRepeatable = false)
public final class Main implements Callable<Integer> {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  Main() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) {
    // Unbuffered streams of our own, in UTF-8 whatever the locale says.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.setOut(out);
    System.setErr(err);
    int status = run(new Console(out, err), args);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /**
   * Runs a command.
   *
   * @return the exit status: 0 for success, 1 for failure, 2 for a wrong command line
   */
  public static int run(Console console, String... args) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    line.addSubcommand(new TrainCommand(console));
    line.addSubcommand(new DevicesCommand(console));
    line.addSubcommand(new DoctorCommand(console));
    line.addSubcommand(new RunCommand(console));
    line.addSubcommand(new IrCommand(console));
    line.addSubcommand(new PredictCommand(console));
    line.addSubcommand(new SummaryCommand(console));
    line.addSubcommand(new BenchCommand(console));
    line.addSubcommand(new WarmUpCommand());
    for (CommandProvider provider : services(CommandProvider.class)) {
      line.addSubcommand(provider.name(), ProvidedCommand.of(provider, console));
    }
    line.addSubcommand(new CommandLine.HelpCommand());
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (e, words) -> {
          CommandLine at = e.getCommandLine();
          boolean noCommand = at == line && words.length > 0 && !words[0].startsWith("-");
          console.note(
              noCommand
                  ? "cornu: no command '"
                      + words[0]
                      + "'"
                      + Names.hint(words[0], line.getSubcommands().keySet())
                  : "cornu: " + e.getMessage());
          console.note("try: " + at.getCommandSpec().qualifiedName() + " --help");
          return 2;
        });
    line.setExecutionExceptionHandler((e, command, parsed) -> report(e, main.verbose, console));
    return line.execute(args);
  }

  static <S> List<S> services(Class<S> type) {
    List<S> found = new ArrayList<>();
    ServiceLoader.load(type, Main.class.getClassLoader()).forEach(found::add);
    return found;
  }

  private static int report(Exception e, boolean verbose, Console console) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof NoSuchFileException) {
      message = "no such file: " + message;
    } else if (e.getMessage() == null || e.getClass().getPackageName().startsWith("java.lang")) {
      // the plain exceptions of the language say too little by their message alone
      boolean telling = e instanceof IllegalArgumentException || e instanceof IllegalStateException;
      message = telling && e.getMessage() != null ? message : e.toString();
    }
    console.note("cornu: " + message);
    if (verbose) {
      e.printStackTrace(console.err());
    }
    return e instanceof UsageException ? 2 : 1;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
    return 0;
  }

  /** Name and version, from the build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"cornu " + DoctorCommand.version()};
    }
  }

  /** A command that a service brought along: all words after its name are its own. */
  @Command(mixinStandardHelpOptions = true)
  static final class ProvidedCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "ARG", hidden = true)
    private List<String> words = new ArrayList<>();

    private final CommandProvider provider;
    private final Console console;

    private ProvidedCommand(CommandProvider provider, Console console) {
      this.provider = provider;
      this.console = console;
    }

    static CommandLine of(CommandProvider provider, Console console) {
      CommandLine line = new CommandLine(new ProvidedCommand(provider, console));
      line.setUnmatchedOptionsArePositionalParams(true);
      line.getCommandSpec()
          .usageMessage()
          .description(provider.description())
          .customSynopsis("cornu " + provider.name() + " " + provider.synopsis());
      return line;
    }

    @Override
    public Integer call() throws Exception {
      return provider.run(words, console);
    }
  }
}
