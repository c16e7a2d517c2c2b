/**
 * A client of the PJRT C API: it loads an XLA plugin, compiles StableHLO programs and runs them on
 * the plugin's devices.
 *
 * <p>The package stands alone: it knows nothing of tensors, tracing or the StableHLO IR, and takes
 * programs as text or bytes. The generated classes of {@code org.cornu.pjrt.capi} mirror the C
 * structs and stay internal. Start reading at {@link org.cornu.pjrt.Plugins}, {@link
 * org.cornu.pjrt.Client} and {@link org.cornu.pjrt.LoadedExecutable}.
 */
@NullMarked
package org.cornu.pjrt;

import org.jspecify.annotations.NullMarked;
