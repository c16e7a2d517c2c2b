/**
 * Transformations of programs that keep their meaning: each takes a {@link
 * org.cornu.stablehlo.ir.Func} and returns one, the same object where there is nothing to do.
 * Functions reached by calls are transformed too, each once. {@link
 * org.cornu.stablehlo.passes.Passes#forCompiler} is what a program goes through before it is
 * printed for a plugin; the other passes make programs smaller or plainer. Start reading at {@code
 * Rewrite}, which all share.
 */
@NullMarked
package org.cornu.stablehlo.passes;

import org.jspecify.annotations.NullMarked;
