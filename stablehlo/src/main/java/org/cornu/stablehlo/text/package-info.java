/**
 * Programs as MLIR text, both ways, and their fingerprints. {@link org.cornu.stablehlo.text.Parser}
 * reads what exporters write, {@link org.cornu.stablehlo.text.Printer} writes the generic form,
 * which every version of the official parser reads, and {@link
 * org.cornu.stablehlo.text.Fingerprint} says whether two functions are the same computation.
 * Depends on {@code org.cornu.stablehlo.ir} alone. Start reading at {@link
 * org.cornu.stablehlo.text.Printer} and {@code ModuleParser}.
 */
@NullMarked
package org.cornu.stablehlo.text;

import org.jspecify.annotations.NullMarked;
