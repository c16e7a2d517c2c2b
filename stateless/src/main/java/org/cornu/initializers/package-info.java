/**
 * Initial values of variables, as {@code keras.initializers}: objects with a seed whose values
 * equal Keras' on JAX. Start reading at {@link org.cornu.initializers.Initializer}.
 */
@NullMarked
package org.cornu.initializers;

import org.jspecify.annotations.NullMarked;
