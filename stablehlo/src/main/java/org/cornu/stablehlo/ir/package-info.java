/**
 * The one intermediate representation of Cornu: StableHLO as Java values. {@link
 * org.cornu.stablehlo.ir.Type} and {@link org.cornu.stablehlo.ir.Attribute} are immutable records
 * compared by value; {@link org.cornu.stablehlo.ir.Op}, {@link org.cornu.stablehlo.ir.Value},
 * {@link org.cornu.stablehlo.ir.Block} and {@link org.cornu.stablehlo.ir.Func} are nodes compared
 * by identity. Start reading at {@link org.cornu.stablehlo.ir.Op}. Depends on nothing but the JDK.
 */
@NullMarked
package org.cornu.stablehlo.ir;

import org.jspecify.annotations.NullMarked;
