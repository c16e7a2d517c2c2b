package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of tests of type rules: ops that are right, and ops that violate one constraint. */
final class RuleTable {
  /** An op that is right, with the result types to infer. */
  record Good(RuleCase row, String results) {}

  /** An op that violates the constraint of this label, or has these words in the message. */
  record Bad(RuleCase row, String label, String words) {}

  /** A constraint that no program text can violate, with the reason. */
  record Exempt(OpCode code, String label, String reason) {}

  final List<Good> good = new ArrayList<>();
  final List<Bad> bad = new ArrayList<>();
  final List<Exempt> exempt = new ArrayList<>();

  /** The row is right and has these result types. Returns it, to derive violations from. */
  RuleCase ok(RuleCase row, String results) {
    good.add(new Good(row, results));
    return row;
  }

  /** The row violates the constraint with this label. */
  void bad(String label, RuleCase row) {
    bad.add(new Bad(row, label, ""));
  }

  /** The row violates a rule without a label; the message contains these words. */
  void refused(String words, RuleCase row) {
    bad.add(new Bad(row, "", words));
  }

  void exempt(OpCode code, String label, String reason) {
    exempt.add(new Exempt(code, label, reason));
  }
}
