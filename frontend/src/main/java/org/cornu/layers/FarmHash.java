package org.cornu.layers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 64-bit fingerprint of bytes that TensorFlow's {@code to_hash_bucket_fast} takes: FarmHash,
 * version na (Pike and Alakuijala, 2014), and how two fingerprints become one.
 */
final class FarmHash {
  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;
  private static final long CAT = 0xc6a4a7935bd1e995L;

  private final ByteBuffer bytes;

  private FarmHash(byte[] data) {
    bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The fingerprint of bytes. */
  static long fingerprint(byte[] data) {
    FarmHash hash = new FarmHash(data);
    int n = data.length;
    if (n <= 16) {
      return hash.upTo16(n);
    }
    return n <= 32 ? hash.upTo32(n) : n <= 64 ? hash.upTo64(n) : hash.longer(n);
  }

  /** The fingerprint of two fingerprints. */
  static long concatenate(long first, long second) {
    long result = first ^ CAT;
    result ^= shiftMix(second * CAT) * CAT;
    result *= CAT;
    result = shiftMix(result) * CAT;
    return shiftMix(result);
  }

  private long u64(int at) {
    return bytes.getLong(at);
  }

  private long u32(int at) {
    return bytes.getInt(at) & 0xFFFFFFFFL;
  }

  private static long shiftMix(long x) {
    return x ^ (x >>> 47);
  }

  private static long mix(long u, long v, long multiplier) {
    long a = (u ^ v) * multiplier;
    a ^= a >>> 47;
    long b = (v ^ a) * multiplier;
    b ^= b >>> 47;
    return b * multiplier;
  }

  private long upTo16(int n) {
    if (n >= 8) {
      long multiplier = K2 + n * 2L;
      long a = u64(0) + K2;
      long b = u64(n - 8);
      long c = Long.rotateRight(b, 37) * multiplier + a;
      long d = (Long.rotateRight(a, 25) + b) * multiplier;
      return mix(c, d, multiplier);
    }
    if (n >= 4) {
      long multiplier = K2 + n * 2L;
      return mix(n + (u32(0) << 3), u32(n - 4), multiplier);
    }
    if (n > 0) {
      int a = bytes.get(0) & 0xFF;
      int b = bytes.get(n >> 1) & 0xFF;
      int c = bytes.get(n - 1) & 0xFF;
      long y = (a + (b << 8)) & 0xFFFFFFFFL;
      long z = (n + (c << 2)) & 0xFFFFFFFFL;
      return shiftMix(y * K2 ^ z * K0) * K2;
    }
    return K2;
  }

  private long upTo32(int n) {
    long multiplier = K2 + n * 2L;
    long a = u64(0) * K1;
    long b = u64(8);
    long c = u64(n - 8) * multiplier;
    long d = u64(n - 16) * K2;
    return mix(
        Long.rotateRight(a + b, 43) + Long.rotateRight(c, 30) + d,
        a + Long.rotateRight(b + K2, 18) + c,
        multiplier);
  }

  private long upTo64(int n) {
    long multiplier = K2 + n * 2L;
    long a = u64(0) * K2;
    long b = u64(8);
    long c = u64(n - 8) * multiplier;
    long d = u64(n - 16) * K2;
    long y = Long.rotateRight(a + b, 43) + Long.rotateRight(c, 30) + d;
    long z = mix(y, a + Long.rotateRight(b + K2, 18) + c, multiplier);
    long e = u64(16) * multiplier;
    long f = u64(24);
    long g = (y + u64(n - 32)) * multiplier;
    long h = (z + u64(n - 24)) * multiplier;
    return mix(
        Long.rotateRight(e + f, 43) + Long.rotateRight(g, 30) + h,
        e + Long.rotateRight(f + a, 18) + g,
        multiplier);
  }

  private record Pair(long first, long second) {}

  private Pair weak(int at, long a, long b) {
    long w = u64(at);
    long x = u64(at + 8);
    long y = u64(at + 16);
    long z = u64(at + 24);
    long s = a + w;
    long t = Long.rotateRight(b + s + z, 21);
    long c = s;
    s += x + y;
    t += Long.rotateRight(s, 44);
    return new Pair(s + z, t + c);
  }

  private long longer(int n) {
    long seed = 81;
    long x = seed;
    long y = seed * K1 + 113;
    long z = shiftMix(y * K2 + 113) * K2;
    Pair v = new Pair(0, 0);
    Pair w = new Pair(0, 0);
    x = x * K2 + u64(0);
    int end = (n - 1) / 64 * 64;
    int last = end + ((n - 1) & 63) - 63;
    int at = 0;
    do {
      x = Long.rotateRight(x + y + v.first() + u64(at + 8), 37) * K1;
      y = Long.rotateRight(y + v.second() + u64(at + 48), 42) * K1;
      x ^= w.second();
      y += v.first() + u64(at + 40);
      z = Long.rotateRight(z + w.first(), 33) * K1;
      v = weak(at, v.second() * K1, x + w.first());
      w = weak(at + 32, z + w.second(), y + u64(at + 16));
      long swap = z;
      z = x;
      x = swap;
      at += 64;
    } while (at != end);
    long multiplier = K1 + ((z & 0xFF) << 1);
    at = last;
    w = new Pair(w.first() + ((n - 1) & 63), w.second());
    v = new Pair(v.first() + w.first(), v.second());
    w = new Pair(w.first() + v.first(), w.second());
    x = Long.rotateRight(x + y + v.first() + u64(at + 8), 37) * multiplier;
    y = Long.rotateRight(y + v.second() + u64(at + 48), 42) * multiplier;
    x ^= w.second() * 9;
    y += v.first() * 9 + u64(at + 40);
    z = Long.rotateRight(z + w.first(), 33) * multiplier;
    v = weak(at, v.second() * multiplier, x + w.first());
    w = weak(at + 32, z + w.second(), y + u64(at + 16));
    return mix(
        mix(v.first(), w.first(), multiplier) + shiftMix(y) * K0 + x,
        mix(v.second(), w.second(), multiplier) + z,
        multiplier);
  }
}
