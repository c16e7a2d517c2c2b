/**
 * Activation functions by Keras' names, and the family under which layers look them up. Start
 * reading at {@link org.cornu.activations.Activation}.
 */
@NullMarked
package org.cornu.activations;

import org.jspecify.annotations.NullMarked;
