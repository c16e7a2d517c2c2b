package org.cornu.pjrt;

import java.nio.ByteBuffer;

/** Takes what a running program sends to the host: see {@link ExecuteOptions#send}. */
@FunctionalInterface
public interface HostSend {
  /**
   * Takes a piece of an array, on a plugin thread.
   *
   * @param chunk the bytes, valid during the call only
   * @param totalBytes the size of the whole array
   * @param last whether this is its last piece
   * @throws Exception which fails the program with its text
   */
  void accept(ByteBuffer chunk, long totalBytes, boolean last) throws Exception;
}
