/**
 * Optimizers, as {@code keras.optimizers}: each is a pure update rule over one variable and its
 * slots, shared by the Keras classes and the functional side. Start reading at {@link
 * org.cornu.optimizers.Optimizer}.
 */
@NullMarked
package org.cornu.optimizers;

import org.jspecify.annotations.NullMarked;
