package org.cornu.pjrt;

import org.jspecify.annotations.Nullable;

/**
 * Which parameters a program consumes.
 *
 * <p>A program that names parameters as donated may consume them; which it does is decided by the
 * compiler, and shows at a launch. An argument that somebody reads at that moment, or whose memory
 * belongs to the host, is copied by the plugin in place of being consumed; so "not consumed" is
 * never final, while "consumed" is: from then on the argument counts as donated even if the plugin
 * copied it.
 *
 * @param possible flags the parameters that may be consumed; null if there is none
 * @param known flags those that were seen consumed; null if there is none
 * @param unknown flags the possible ones that are not known; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // flags handed to native code; never compared
record Consumption(byte @Nullable [] possible, byte @Nullable [] known, byte @Nullable [] unknown) {
  private static final Consumption NOTHING = new Consumption(null, null, null);

  static Consumption of(byte @Nullable [] possible) {
    return possible == null ? NOTHING : new Consumption(possible, null, possible);
  }

  boolean fits(int numParameters) {
    return possible == null || possible.length == numParameters;
  }

  /** Adds the parameters whose handles a launch made negative, on whichever device. */
  Consumption learn(LaunchMemory handles) {
    byte[] may = possible;
    if (may == null || may.length == 0) {
      return this;
    }
    byte[] seen = null;
    for (int i = 0; i < handles.arguments(); i++) {
      if (handles.get(i) < 0) {
        if (seen == null) {
          seen = known == null ? new byte[may.length] : known.clone();
        }
        seen[i % may.length] = 1;
      }
    }
    if (seen == null) {
      return this;
    }
    byte[] rest = new byte[may.length];
    boolean more = false;
    for (int i = 0; i < may.length; i++) {
      rest[i] = (byte) (may[i] != 0 && seen[i] == 0 ? 1 : 0);
      more |= rest[i] != 0;
    }
    return new Consumption(may, seen, more ? rest : null);
  }

  /** Makes the handles of the known parameters negative, on every device. */
  void mark(LaunchMemory handles) {
    byte[] flags = known;
    if (flags == null) {
      return;
    }
    for (int start = 0; start < handles.arguments(); start += flags.length) {
      for (int i = 0; i < flags.length; i++) {
        if (flags[i] != 0) {
          handles.set(start + i, -handles.get(start + i));
        }
      }
    }
  }
}
