/**
 * The functions of {@code keras.random}. Start reading at {@link org.cornu.random.KerasRandom}; the
 * functions of {@code jax.random} are in {@link org.cornu.ops.Random}.
 */
@NullMarked
package org.cornu.random;

import org.jspecify.annotations.NullMarked;
