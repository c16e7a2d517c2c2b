/** Projections applied to weights after each update, as {@code keras.constraints}. */
@NullMarked
package org.cornu.constraints;

import org.jspecify.annotations.NullMarked;
