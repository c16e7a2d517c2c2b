package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY_OR_AXIS;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of ops that are ordered by tokens: communication with the host and between devices. */
final class TokenRules {
  private static final Type TOKEN = new Type.Token();
  private static final int DEVICE_TO_DEVICE = 1;
  private static final int DEVICE_TO_HOST = 2;
  private static final int HOST_TO_DEVICE = 3;

  private TokenRules() {}

  /** Joins tokens. */
  static List<Type> afterAll(Adaptor a) {
    for (int i = 0; i < a.count(); i++) {
      a.token(i);
    }
    return a.result("", TOKEN);
  }

  /** A fresh token. */
  static List<Type> createToken(Adaptor a) {
    a.arity(0);
    return a.result("", TOKEN);
  }

  /** Values from the host. */
  static List<Type> infeed(Adaptor a) {
    a.arity(1);
    a.token(0);
    receivedTypes(a, "C1", "C2", "C3"); // (C1), (C2), (C3)
    Attribute.Array layout = a.optional("layout", Attribute.Array.class);
    if (layout != null && layout.elements().size() != a.given.size() - 1) {
      throw a.fail(
          "",
          "layout must have one entry per tensor, "
              + (a.given.size() - 1)
              + ", got "
              + layout.elements().size());
    }
    for (Attribute entry : layout == null ? List.<Attribute>of() : layout.elements()) {
      boolean ints = entry instanceof Attribute.Array;
      if (entry instanceof Attribute.Array dims) {
        for (Attribute dim : dims.elements()) {
          ints &= dim instanceof Attribute.Int;
        }
      }
      if (!ints) {
        throw a.fail("", "layout must contain lists of dimensions, got " + entry);
      }
    }
    return List.copyOf(a.given);
  }

  private static void receivedTypes(
      Adaptor a, String countLabel, String tensorLabel, String tokenLabel) {
    int n = a.given.size();
    if (n == 0) {
      throw a.fail(countLabel, "expected at least one result");
    }
    for (int i = 0; i < n - 1; i++) {
      if (!(a.given.get(i) instanceof TensorType)) {
        throw a.fail(
            tensorLabel,
            "results before the last must be tensors, got " + Adaptor.text(a.given.get(i)));
      }
    }
    if (!(a.given.get(n - 1) instanceof Type.Token)) {
      throw a.fail(
          tokenLabel, "the last result must be a token, got " + Adaptor.text(a.given.get(n - 1)));
    }
  }

  private static void dataAndToken(Adaptor a) {
    a.atLeast(1);
    for (int i = 0; i < a.count() - 1; i++) {
      a.tensor(i, ANY_OR_AXIS);
    }
    a.token(a.count() - 1);
  }

  /** Values to the host. */
  static List<Type> outfeed(Adaptor a) {
    dataAndToken(a);
    return a.result("", TOKEN);
  }

  /** Values to another device or the host. */
  static List<Type> send(Adaptor a) {
    dataAndToken(a);
    transfer(a, DEVICE_TO_HOST, "DEVICE_TO_HOST");
    return a.result("", TOKEN);
  }

  /** Values from another device or the host. */
  static List<Type> recv(Adaptor a) {
    a.arity(1);
    a.token(0);
    transfer(a, HOST_TO_DEVICE, "HOST_TO_DEVICE");
    receivedTypes(a, "", "", "");
    return List.copyOf(a.given);
  }

  private static void transfer(Adaptor a, int hostType, String hostName) {
    Literal pairs = a.literal("source_target_pairs");
    if (pairs != null) {
      CollectiveRules.pairs(a, pairs); // (C1) to (C4)
    }
    long type = a.attribute("channel_handle", Attribute.ChannelHandle.class).type();
    boolean host = a.flag("is_host_transfer", false);
    if (type != (host ? hostType : DEVICE_TO_DEVICE)) {
      throw a.fail(
          "C5",
          "channel type must be "
              + (host ? hostName : "DEVICE_TO_DEVICE")
              + " when is_host_transfer is "
              + host
              + ", got type "
              + type); // (C5)
    }
  }
}
