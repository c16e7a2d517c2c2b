/** Penalties on weights and activations, as {@code keras.regularizers}. */
@NullMarked
package org.cornu.regularizers;

import org.jspecify.annotations.NullMarked;
