package org.cornu.cli;

import java.util.List;

/** Service: a command that another module adds to the command line. */
public interface CommandProvider {
  /** The command's name: {@code check}. */
  String name();

  /** One line for the list of commands. */
  String description();

  /** How it is called, for its help: {@code PATH... [--verbose]}. */
  String synopsis();

  /**
   * Runs the command.
   *
   * @param args the words after the name
   * @param console where to write
   * @return the exit status
   * @throws UsageException where the arguments make no sense
   */
  int run(List<String> args, Console console) throws Exception;
}
