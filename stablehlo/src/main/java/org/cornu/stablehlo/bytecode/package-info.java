/**
 * Portable artifacts: programs as MLIR bytecode of the versioned dialect VHLO, which {@code
 * jax.export} writes and which stays readable for years. Depends on {@code org.cornu.stablehlo.ir}
 * and {@code org.cornu.stablehlo.text}. Start reading at {@link
 * org.cornu.stablehlo.bytecode.PortableArtifact}.
 */
@NullMarked
package org.cornu.stablehlo.bytecode;

import org.jspecify.annotations.NullMarked;
