/**
 * Runs StableHLO programs in plain Java, element by element, as the spec reads: the oracle that
 * compiled programs and derivative rules are checked against. Values are primitive arrays; every
 * float operation is computed in {@code double} and rounded to its type. Start reading at {@link
 * org.cornu.stablehlo.interpreter.Interpreter}, then {@code Evaluator}, which names the kernel of
 * each op. Depends on {@code org.cornu.stablehlo.ir} and the attribute readers of {@code
 * org.cornu.stablehlo.build}.
 */
@NullMarked
package org.cornu.stablehlo.interpreter;

import org.jspecify.annotations.NullMarked;
