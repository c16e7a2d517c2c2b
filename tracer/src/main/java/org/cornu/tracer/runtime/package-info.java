/**
 * From a StableHLO function to results on a device: the process-wide {@link
 * org.cornu.tracer.runtime.Backend}, arrays in device memory ({@link
 * org.cornu.tracer.runtime.DeviceArray}, whole or sharded over a mesh), and compiled programs with
 * their cache ({@link org.cornu.tracer.runtime.ProgramCache}). The only package that touches {@code
 * org.cornu.pjrt}; it knows nothing of tensors and transforms.
 */
@NullMarked
package org.cornu.tracer.runtime;

import org.jspecify.annotations.NullMarked;
