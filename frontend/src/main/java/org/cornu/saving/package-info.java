/**
 * Files: Keras' {@code .keras} archives and legacy {@code .h5}, weights in HDF5, safetensors, and
 * config trees as JSON. Arrays are {@link org.cornu.stablehlo.ir.Literal}s here; what they mean to
 * a model is the business of the packages above. Every writer goes through a temporary file, so
 * that a failure leaves the old file as it was. Start reading at {@link
 * org.cornu.saving.KerasArchive}.
 */
@NullMarked
package org.cornu.saving;

import org.jspecify.annotations.NullMarked;
