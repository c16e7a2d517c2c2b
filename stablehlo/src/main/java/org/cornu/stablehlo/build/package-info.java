/**
 * Building and checking StableHLO. {@link org.cornu.stablehlo.build.Builder} appends ops to a
 * block; {@link org.cornu.stablehlo.build.TypeRules} infers their result types and enforces every
 * constraint of the StableHLO specification, named by its label; {@link
 * org.cornu.stablehlo.build.Verifier} does the same to whole programs that came from elsewhere.
 * Rules of one op family stand in one file. Start reading at {@link
 * org.cornu.stablehlo.build.TypeRules}.
 */
@NullMarked
package org.cornu.stablehlo.build;

import org.jspecify.annotations.NullMarked;
