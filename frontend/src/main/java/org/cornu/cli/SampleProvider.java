package org.cornu.cli;

/** Service: a sample that {@code cornu train NAME} runs. */
public interface SampleProvider {
  /** The sample's name: {@code digits}. */
  String name();

  /** One line: what it trains, on what data, with which layers. */
  String description();

  /**
   * Trains, evaluates and saves.
   *
   * @return the exit status
   */
  int run(SampleOptions options, Console console) throws Exception;
}
