package org.cornu.pjrt;

/** Provides what a running program receives from the host: see {@link ExecuteOptions#receive}. */
@FunctionalInterface
public interface HostReceive {
  /**
   * Fills a stream, now or later and on any thread; closes it when all bytes are added.
   *
   * @throws Exception which is logged, and closes the stream: the program, which lacks its data,
   *     fails or hangs as the plugin decides
   */
  void provide(DeviceStream stream) throws Exception;
}
