/**
 * Weights in few bits: how numbers become 8-bit and 4-bit integers and 8-bit floats and back, with
 * Keras' rounding, packing and scales, and the configs that say so. Start reading at {@link
 * org.cornu.quantizers.Quantizers}.
 */
@NullMarked
package org.cornu.quantizers;

import org.jspecify.annotations.NullMarked;
